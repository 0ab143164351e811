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

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// startBrowser starts Chromium, or skips the test where there is none; with
// IBID_BROWSER=required a missing browser is a failure.
func startBrowser(t *testing.T) context.Context {
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
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	showIn(t, ctx, "light")
	return ctx
}

// showIn sets the colour scheme, and lets nothing move by itself.
func showIn(t *testing.T, ctx context.Context, scheme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	if err != nil {
		t.Fatal(err)
	}
}

func serveFake(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(New(Config{}, newFake(), quiet()))
	t.Cleanup(server.Close)
	return server.URL
}

func serveShipped(t *testing.T) string {
	t.Helper()
	h, _ := overShipped(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// A step is an action without a value.
type step = chromedp.Action[chromedp.Void]

// patience is for a machine that has much else to do; a test that passes does not
// wait for it.
const patience = 60 * time.Second

// do runs the steps of a journey; the failure names the step.
func do(t *testing.T, ctx context.Context, name string, steps ...step) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
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

// click clicks what the selector finds, with the mouse, once nothing lies over it.
func click(selector string) step {
	const middle = `(() => { const e = document.querySelector(%q); if (!e) return [];
		e.scrollIntoView({ block: "center" });
		const b = e.getClientRects()[0]; if (!b) return [];
		const at = [b.left + b.width / 2, b.top + b.height / 2];
		return e.contains(document.elementFromPoint(...at)) ? at : [] })()`
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for {
			at, err := chromedp.Evaluate[[]float64](fmt.Sprintf(middle, selector))(ctx, target)
			if err == nil && len(at) == 2 {
				_, err = chromedp.MouseClickXY(at[0], at[1])(ctx, target)
				return err
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("nothing to click at %s: %w", selector, errors.Join(ctx.Err(), err))
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

// focus puts the keyboard's focus on an element, as many presses of Tab would.
func focus(selector string) step {
	return chromedp.Steps(until(fmt.Sprintf("document.querySelector(%q)", selector)), script(fmt.Sprintf("document.querySelector(%q).focus()", selector)),
		until(fmt.Sprintf("document.activeElement === document.querySelector(%q)", selector)))
}

// enter activates an element by keyboard.
func enter(selector string) step { return chromedp.Steps(focus(selector), chromedp.KeyEvent(kb.Enter)) }

// open goes to an address and waits for its script.
func open(address string) step {
	return chromedp.Steps(chromedp.Navigate(address), ready)
}

var (
	ready  = until(`document.documentElement.classList.contains("script")`)
	goBack = script(`history.back()`)
)

// drag drags from the left to the right end of an element, so far in from both.
func drag(selector string, left, right float64) step {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		box, err := chromedp.Evaluate[[]float64](fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({ block: "center" });
			const b = e.getBoundingClientRect(); return [b.left, b.right, (b.top + b.bottom) / 2] })()`, selector))(ctx, target)
		if err != nil {
			return err
		}
		width := box[1] - box[0]
		from, to := box[0]+left*width, box[0]+right*width
		for _, event := range []struct {
			kind input.DispatchMouseEventType
			x    float64
		}{{input.DispatchMouseEventTypeMousePressed, from}, {input.DispatchMouseEventTypeMouseMoved, (from + to) / 2},
			{input.DispatchMouseEventTypeMouseMoved, to}, {input.DispatchMouseEventTypeMouseReleased, to}} {
			if _, err := chromedp.MouseEvent(event.kind, event.x, box[2], chromedp.ButtonLeft)(ctx, target); err != nil {
				return err
			}
		}
		return nil
	})
}

// evaluate gives the value of a script, which may be a promise.
func evaluate[T any](t *testing.T, ctx context.Context, source string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", source[:min(len(source), 80)], err)
	}
	return value
}

// allowClipboard lets a page read and write the clipboard, as a reader would who
// presses the button.
func allowClipboard(t *testing.T, ctx context.Context) {
	t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestJourneySearchNarrowOpenBack(t *testing.T) {
	ctx := startBrowser(t)
	base := serveFake(t)
	do(t, ctx, "search", open(base+"/"),
		chromedp.SendKeys("#q", "harbour"+kb.Enter), until(`document.querySelector("#results-h").textContent === "3 passages"`))
	if got := strings.TrimPrefix(evaluate[string](t, ctx, `location.href`), base); got != "/?q=harbour" {
		t.Errorf("the search has the address %s", got)
	}
	do(t, ctx, "narrow by keyboard", focus("#f-kind-quotation"), chromedp.KeyEvent(" "), until(`document.querySelector("#results-h").textContent === "1 passage"`),
		until(`document.activeElement.id === "f-kind-quotation"`), until(`document.querySelector(".chips").textContent.includes("quotation")`))
	do(t, ctx, "open", click(`.card h3 a`), until(`location.pathname === "/passage/hale/q01"`),
		until(`document.querySelector(".here .said mark").textContent === "harbour"`))
	do(t, ctx, "walk the matches", ready, chromedp.KeyEvent("n"), until(`document.querySelector("mark.current") === document.activeElement`),
		until(`document.querySelector(".matches").textContent.includes("match 1 of 1")`))
	do(t, ctx, "back to the narrowed search", goBack, until(`document.querySelector("#results-h")?.textContent === "1 passage"`),
		until(`document.querySelector("#f-kind-quotation").checked`))
	do(t, ctx, "back to the search", goBack, until(`document.querySelector("#results-h")?.textContent === "3 passages"`))
	do(t, ctx, "remove a chip", click(`#f-kind-heading`), until(`document.querySelector(".chips a")`),
		click(`.chips a`), until(`!document.querySelector(".chips")`), until(`document.querySelector("#results-h").textContent === "3 passages"`))
}

func TestJourneySuggestionsByKeyboard(t *testing.T) {
	ctx := startBrowser(t)
	base := serveFake(t)
	do(t, ctx, "suggest", open(base+"/help"),
		chromedp.KeyEvent("/"), until(`document.activeElement.id === "top-q"`),
		script(`document.querySelector("#top-q").value = ""`), // the driver types the slash although the page took it
		chromedp.KeyEvent("harb"),
		until(`document.querySelector("#top-q").getAttribute("aria-expanded") === "true"`),
		chromedp.KeyEvent(kb.ArrowDown), until(`document.querySelector("[role=option]").getAttribute("aria-selected") === "true"`),
		chromedp.KeyEvent(kb.Enter), until(`location.search === "?q=harbour"`), until(`document.querySelector("#results-h").textContent === "3 passages"`))
}
