# Every target is a few lines; `make help` lists them.

GO    ?= go
ADDR  ?= 127.0.0.1:8080
FLAGS ?=

.PHONY: help run build test lint bench load clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, index the shipped corpus and serve it (ADDR=127.0.0.1:8080)
	bin/ibid serve --addr $(ADDR) $(FLAGS)

build: ## build bin/ibid
	$(GO) build -trimpath -o bin/ibid ./cmd/ibid

test: lint ## run all checks; browser tests need Chromium and say so where it is missing
	$(GO) test -race ./...

lint: ## gofmt, go vet, staticcheck
	@unformatted="$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go'))"; \
	if [ -n "$$unformatted" ]; then echo "gofmt these files:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench: ## run the Go benchmarks; cmd/bench measures at scale (see BENCHMARKS.md)
	$(GO) test -run '^$$' -bench . -benchmem ./...

load: build ## ask a server 200,000 searches from a second process (minutes; loopback only)
	$(GO) run ./cmd/loadtest -ibid bin/ibid

clean: ## remove what was built
	rm -rf bin
