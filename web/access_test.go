package web

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// everyPage are addresses of the shipped corpus: each page, in each of its states.
var everyPage = []string{"/", "/?q=political+base", "/?q=political+base&actor=molotov&from=1939-05&to=1939-06", "/?q=political+base&view=concordance", "/?view=concordance", "/?q=Schulenberg",
	"/?q=xyzzyq&kind=footnote", "/?q=%22open", "/passage/leem/q039?q=political+base", "/passage/leem/p002", "/passage/leem/p031?view=print", "/passage/leem/n11", "/passage/leem/h02",
	"/source/leem", "/sources", "/documents", "/documents?sort=number", "/document/GK-362", "/actors", "/actor/molotov", "/quote?text=the+political+base", "/about", "/help", "/api", "/problems/busy", "/actor/molotow"}

// Every page stands still while it comes, shows the focus, breaks no rule that axe
// knows, in light or dark, and loses nothing at 320 pixels, which is also a screen
// of 1280 at four times the size.
func TestEveryPageIsWithinReach(t *testing.T) {
	t.Parallel() // it takes long
	ctx := startBrowser(t)
	source := readAxe(t)
	withinReach(t, ctx, source, serveShipped(t), everyPage)
	withinReach(t, ctx, source, serveEdition(t), editionPages)
}

func withinReach(t *testing.T, ctx context.Context, source, base string, pages []string) {
	for _, at := range pages {
		t.Run(at, func(t *testing.T) {
			showIn(t, ctx, "light")
			do(t, ctx, "wide", chromedp.EmulateViewport(1280, 800), open(base+at))
			standsStill(t, ctx, "wide")
			showsFocus(t, ctx)
			do(t, ctx, "open everything", script(`for (const d of document.querySelectorAll("details")) d.open = true`), script(source))
			hasNoBarrier(t, ctx, "light", `axe.run(document, { resultTypes: ["violations"] })`)
			showIn(t, ctx, "dark")
			hasNoBarrier(t, ctx, "dark", `axe.run(document, { resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"] })`)
			for _, width := range []int64{640, 320} {
				do(t, ctx, "narrow", chromedp.EmulateViewport(width, 800))
				if wide := evaluate[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
					t.Errorf("%d pixels wide on a screen of %d", wide, width)
				}
			}
			do(t, ctx, "narrow", open(base+at))
			standsStill(t, ctx, "narrow")
		})
	}
}

// standsStill says that the layout did not shift while the page came.
func standsStill(t *testing.T, ctx context.Context, screen string) {
	t.Helper()
	const moved = `new Promise(done => { let sum = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value })
		.observe({ type: "layout-shift", buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))) })`
	if by := evaluate[float64](t, ctx, moved); by > 0.01 {
		t.Errorf("on a %s screen the layout shifts by %.3f", screen, by)
	}
}

// showsFocus says that every control that the keyboard reaches shows that it has
// the focus.
func showsFocus(t *testing.T, ctx context.Context) {
	t.Helper()
	const unseen = `(() => {
		const out = [];
		for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, textarea, [tabindex='0']")) {
			if (!e.checkVisibility({ visibilityProperty: true }) || e.closest("svg")) continue;
			e.focus({ focusVisible: true });
			if (document.activeElement !== e) continue;
			const s = getComputedStyle(e);
			if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) out.push(e.outerHTML.slice(0, 120));
		}
		const bar = document.querySelector(".timeline a[tabindex='0']");
		if (bar) { bar.focus({ focusVisible: true }); if (getComputedStyle(bar.querySelector(".catch")).stroke === "none") out.push("a bar of the timeline"); }
		document.activeElement.blur();
		return out;
	})()`
	for _, html := range evaluate[[]string](t, ctx, unseen) {
		t.Errorf("the focus is not seen on %s", html)
	}
}

// readAxe is the program that looks for barriers; see testdata/axe.
func readAxe(t *testing.T) string {
	t.Helper()
	f, err := os.Open("testdata/axe/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	source, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// hasNoBarrier reports what axe says of the page.
func hasNoBarrier(t *testing.T, ctx context.Context, scheme, run string) {
	t.Helper()
	const violations = `.then(r => JSON.stringify(r.violations.map(v => ({ ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")) }))))`
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(evaluate[string](t, ctx, run+violations)), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("%s: %s: %s: %q", scheme, v.ID, v.Help, v.Nodes)
	}
}
