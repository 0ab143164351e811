package web

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts Chromium, or skips the test where there is none; with
// IBID_BROWSER=required a missing browser is a failure.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("IBID_BROWSER") == "required" {
			t.Fatal("IBID_BROWSER=required, and no Chromium is found in PATH")
		}
		t.Skip("no Chromium is found in PATH: the browser journeys are left out")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // without a deadline, which would end the browser
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

func serveFake(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(New(Config{}, newFake(), quiet()))
	t.Cleanup(server.Close)
	return server.URL
}

// A step is an action without a value.
type step = chromedp.Action[chromedp.Void]

// do runs the steps of a journey; the failure names the step.
func do(t *testing.T, ctx context.Context, name string, steps ...step) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for i, step := range steps {
		if err := chromedp.Do(ctx, step); err != nil {
			t.Fatalf("%s, step %d: %v", name, i+1, err)
		}
	}
}

// until waits for a condition, written in JavaScript, to hold on the page or on
// the one that follows it. An error while pages change is asked again.
func until(condition string) step {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		for {
			holds, err := chromedp.Evaluate[bool]("Boolean("+condition+")")(ctx, target)
			if holds && err == nil {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s does not come true: %w", condition, errors.Join(ctx.Err(), err))
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

// script evaluates a script on the page.
func script(source string) step { return chromedp.Evaluate[chromedp.Void](source) }

// click clicks as a reader does, on whatever the page shows now.
func click(selector string) step {
	return chromedp.Steps(until(fmt.Sprintf("document.querySelector(%q)", selector)), script(fmt.Sprintf("document.querySelector(%q).click()", selector)))
}

var goBack = script(`history.back()`)

func address(t *testing.T, ctx context.Context) string {
	t.Helper()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return at[strings.LastIndex(at, "/"):]
}

func TestJourneySearchNarrowOpenBack(t *testing.T) {
	ctx := browser(t)
	base := serveFake(t)
	do(t, ctx, "search", chromedp.Navigate(base+"/"), until(`document.documentElement.classList.contains("script")`),
		chromedp.SendKeys("#q", "harbour"+kb.Enter), until(`document.querySelector("#results-h").textContent === "3 passages"`))
	if got := address(t, ctx); got != "/?q=harbour" {
		t.Errorf("the search has the address %s", got)
	}
	do(t, ctx, "narrow by keyboard", script(`document.querySelector("#f-kind-quotation").focus()`), chromedp.KeyEvent(" "), until(`document.querySelector("#results-h").textContent === "1 passage"`),
		until(`document.activeElement.id === "f-kind-quotation"`), until(`document.querySelector(".chips").textContent.includes("quotation")`))
	do(t, ctx, "open", click(`.card h3 a`), until(`location.pathname === "/passage/hale/q01"`),
		until(`document.querySelector(".here .said mark").textContent === "harbour"`))
	do(t, ctx, "walk the matches", until(`document.documentElement.classList.contains("script")`), chromedp.KeyEvent("n"), until(`document.querySelector("mark.current") === document.activeElement`))
	do(t, ctx, "back to the narrowed search", goBack, until(`document.querySelector("#results-h")?.textContent === "1 passage"`),
		until(`document.querySelector("#f-kind-quotation").checked`))
	do(t, ctx, "back to the search", goBack, until(`document.querySelector("#results-h")?.textContent === "3 passages"`))
	do(t, ctx, "remove a chip", click(`#f-kind-heading`), until(`document.querySelector(".chips a")`),
		click(`.chips a`), until(`!document.querySelector(".chips")`), until(`document.querySelector("#results-h").textContent === "3 passages"`))
}

func TestJourneySuggestionsByKeyboard(t *testing.T) {
	ctx := browser(t)
	base := serveFake(t)
	do(t, ctx, "suggest", chromedp.Navigate(base+"/help"), until(`document.documentElement.classList.contains("script")`),
		chromedp.KeyEvent("/"), until(`document.activeElement.id === "top-q"`),
		script(`document.querySelector("#top-q").value = ""`), // the driver types the slash although the page took it
		chromedp.KeyEvent("harb"),
		until(`document.querySelector("#top-q").getAttribute("aria-expanded") === "true"`),
		chromedp.KeyEvent(kb.ArrowDown), until(`document.querySelector("[role=option]").getAttribute("aria-selected") === "true"`),
		chromedp.KeyEvent(kb.Enter), until(`location.search === "?q=harbour"`), until(`document.querySelector("#results-h").textContent === "3 passages"`))
}

func TestJourneyTimelineDrag(t *testing.T) {
	ctx := browser(t)
	base := serveFake(t)
	const drag = `(() => {
		const box = document.querySelector(".timeline svg").getBoundingClientRect();
		const fire = (type, x) => document.querySelector(".timeline svg").dispatchEvent(
			new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX: x, clientY: box.top + 20 }));
		fire("pointerdown", box.left + 5); 
		try { fire("pointermove", box.right - 5); } catch {}
		fire("pointerup", box.right - 5);
	})()`
	do(t, ctx, "drag", chromedp.Navigate(base+"/?q=harbour"), until(`document.documentElement.classList.contains("script")`),
		script(drag), until(`location.search.includes("from=1901-05-01") && location.search.includes("to=1901-05-31")`),
		until(`document.querySelector("#from").value === "1901-05-01"`))
}

// What a page asks for, it gets: no console message says that the policy
// refused something, and nothing is wider than a narrow screen.
func TestPagesFitNarrowScreens(t *testing.T) {
	ctx := browser(t)
	base := serveFake(t)
	for _, at := range []string{"/", "/?q=harbour", "/passage/hale/p01?q=harbour", "/passage/hale/p02", "/passage/hale/p01?view=print", "/source/hale",
		"/documents", "/document/HP-12", "/actors", "/actor/brandt", "/about", "/help", "/api", "/quote", "/quote?text=harbour+is+closed", "/problems/busy", "/nowhere"} {
		do(t, ctx, at, chromedp.EmulateViewport(320, 640), chromedp.Navigate(base+at), until(`document.documentElement.classList.contains("script")`))
		wide, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
		if err != nil {
			t.Fatal(err)
		}
		if wide > 320 {
			t.Errorf("%s is %d pixels wide on a screen of 320", at, wide)
		}
	}
}
