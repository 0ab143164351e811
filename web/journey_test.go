package web

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The journeys of a reader over the shipped corpus. They say what must happen and
// not how many hits there are, which changes with the index.

// hits is the number of passages that the page says were found.
const hits = `Number(document.querySelector("#results-h")?.textContent.replace(/.*in /, "").match(/\d+/)?.[0] ?? 0)`

func found(t *testing.T, condition string) step {
	t.Helper()
	return until(hits + " " + condition)
}

func TestJourneySearch(t *testing.T) {
	ctx := startBrowser(t)
	base := serveShipped(t)
	do(t, ctx, "search", open(base+"/"), chromedp.SendKeys("#q", "political base"+kb.Enter),
		until(`location.search === "?q=political+base"`), found(t, "> 10"), until(`document.querySelector(".card.quotation .voices .arrow")`),
		until(`document.querySelector(".card .cut")`), until(`document.querySelector(".timeline svg.undated")`))
	all := evaluate[int](t, ctx, hits)
	do(t, ctx, "the first actor", click("#f-actor-molotov"), found(t, fmt.Sprintf("< %d", all)), until(`document.querySelectorAll(".chips li").length === 1`))
	one := evaluate[int](t, ctx, hits)
	do(t, ctx, "the second actor", click("#f-actor-astakhov"), found(t, fmt.Sprintf("> %d", one)), until(`document.querySelectorAll(".chips li").length === 2`))
	two := evaluate[int](t, ctx, hits)
	do(t, ctx, "drag on the timeline", drag(".timeline svg", 0.7, 0.97),
		until(`/from=1939-0[4-7]-01/.test(location.search) && /to=1939-0[78]-31/.test(location.search)`), found(t, fmt.Sprintf("< %d", two)),
		until(`document.querySelector(".range").textContent.includes("1939")`), until(`document.querySelector("#from").value.startsWith("1939-0")`),
		until(`document.querySelectorAll(".chips li").length === 3`))
	narrow := evaluate[int](t, ctx, hits)
	do(t, ctx, "open and come back", click(".card h3 a"), until(`location.pathname.startsWith("/passage/")`), ready, goBack,
		found(t, fmt.Sprintf("=== %d", narrow)), until(`document.querySelector("#f-actor-astakhov").checked`), until(`document.querySelector("#from").value.startsWith("1939-0")`))
	do(t, ctx, "back to all", goBack, found(t, fmt.Sprintf("=== %d", two)), goBack, goBack, found(t, fmt.Sprintf("=== %d", all)), until(`!document.querySelector(".chips")`))
	do(t, ctx, "a misspelling", open(base+"/?q=Schulenberg"), until(`document.querySelector(".correction").textContent.toLowerCase().includes("schulenburg")`), found(t, "> 0"),
		click(".correction a"), until(`location.search.includes("match=exact")`), found(t, "=== 0"), goBack, found(t, "> 0"))
	do(t, ctx, "copy the search", script(`document.querySelector(".take").scrollIntoView()`), until(`document.querySelector("#cite-search").textContent.includes("Schulenberg")`))
}

// Suggestions say names and numbers, and who goes back has in the box what was asked there.
func TestJourneySuggestions(t *testing.T) {
	ctx := startBrowser(t)
	base := serveShipped(t)
	const first = `document.querySelector("[role=option]")?.textContent`
	do(t, ctx, "an actor", open(base+"/"), chromedp.SendKeys("#q", "molo"), until(first+`?.startsWith("Molotov, Vyacheslav ")`))
	do(t, ctx, "a document", open(base+"/"), chromedp.SendKeys("#q", "gk 36"), until(first+`?.startsWith("GK 362 20 May 1939")`))
	do(t, ctx, "back", open(base+"/?q=Poland"), script(`document.querySelector("#q").select()`), chromedp.SendKeys("#q", "Hungary"+kb.Enter), until(`location.search === "?q=Hungary"`),
		until(`document.title.startsWith("Hungary")`), goBack, until(`document.title.startsWith("Poland") && document.querySelector("#q").value === "Poland"`))
}

func TestJourneyConcordanceToPrint(t *testing.T) {
	ctx := startBrowser(t)
	base := serveShipped(t)
	allowClipboard(t, ctx)
	do(t, ctx, "concordance", open(base+"/?q=political+base"), click("#view-concordance"), until(`document.querySelectorAll(".kwic li").length > 10`),
		until(`document.querySelector("#results-h").textContent.includes("lines in")`))
	do(t, ctx, "by the words after", click(`.sorts a[href*="lines=right"]`), until(`location.search.includes("lines=right")`),
		until(`document.querySelector(".sorts [aria-current]").textContent === "words after"`))
	do(t, ctx, "open a line", click(".kwic .key"), until(`location.pathname.startsWith("/passage/") && location.search.includes("q=political")`), ready)
	do(t, ctx, "walk the matches", open(base+"/passage/leem/q039?q=political+base"), chromedp.KeyEvent("n"), until(`document.querySelector(".matches").textContent.includes("match 1 of")`),
		chromedp.KeyEvent("n"), until(`document.querySelector(".matches").textContent.includes("match 2 of")`), chromedp.KeyEvent("p"),
		until(`document.querySelectorAll("mark.current").length === 1 && document.querySelector(".here mark") === document.querySelector("mark.current")`),
		click(`button[data-step="1"]`), until(`document.querySelector(".matches").textContent.includes("match 2 of")`))
	do(t, ctx, "copy the citation", click("#cite-note + .copy"), until(`document.querySelector("#cite-note + .copy").textContent === "Copied"`))
	if copied, note := evaluate[string](t, ctx, `navigator.clipboard.readText()`), evaluate[string](t, ctx, `document.querySelector("#cite-note").textContent.trim()`); copied != note || len(note) < 40 {
		t.Errorf("copied %q, the note is %q", copied, note)
	}
	do(t, ctx, "print", click(`.switch a[href*="view=print"]`), until(`document.querySelectorAll(".lines li[value]").length > 3`), ready,
		goBack, until(`document.querySelector(".here .said")`))
	do(t, ctx, "follow a note and back", open(base+"/passage/leem/p002"), click("sup.caller a"), until(`location.hash === "#n01" && document.querySelector(":target").classList.contains("footnote")`),
		click("#n01 a.number"), until(`location.hash === "#ref-n01"`))
	do(t, ctx, "document", open(base+"/passage/leem/q039"), click(`.named a[href^="/document/"]`), until(`location.pathname === "/document/GK-362"`), until(`document.querySelector(".card.quotation")`), ready)
	do(t, ctx, "actor", click(`.card-list a[href="/actor/molotov"]`), until(`location.pathname === "/actor/molotov"`), until(`document.querySelector(".timeline .bar")`), ready)
	do(t, ctx, "help and one of its examples", click(`nav a[href="/help"]`), until(`location.pathname === "/help"`), ready, click("dl.examples a"), until(`location.pathname === "/" && location.search.startsWith("?q=")`), found(t, "> 0"))
	do(t, ctx, "find in the calendar", open(base+"/documents"), chromedp.SendKeys(".table-find input", "potemkin"),
		until(`[...document.querySelectorAll(".calendar tbody tr")].filter(r => !r.hidden).every(r => r.textContent.includes("Potemkin"))`))
}

func TestJourneyByKeyboard(t *testing.T) {
	ctx := startBrowser(t)
	base := serveShipped(t)
	do(t, ctx, "skip to the text", open(base+"/help"), chromedp.KeyEvent(kb.Tab), until(`document.activeElement.className === "skip"`), chromedp.KeyEvent(kb.Enter), until(`location.hash === "#main"`))
	do(t, ctx, "search", open(base+"/"), until(`document.activeElement.id === "q"`), chromedp.KeyEvent("Schulenberg"+kb.Enter), until(`document.querySelector(".correction")`), found(t, "> 0"))
	do(t, ctx, "two actors", focus("#f-actor-molotov"), chromedp.KeyEvent(" "), until(`document.querySelectorAll(".chips li").length === 1`), until(`document.activeElement.id === "f-actor-molotov"`),
		focus("#f-actor-germany"), chromedp.KeyEvent(" "), until(`document.querySelectorAll(".chips li").length === 2`))
	do(t, ctx, "a range on the timeline", focus(".timeline a[data-from]"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowLeft, chromedp.KeyModifiers(chromedp.ModifierShift)),
		until(`document.querySelectorAll(".timeline .chosen").length === 2`), chromedp.KeyEvent(kb.Enter), until(`location.search.includes("from=1939-")`), until(`document.querySelectorAll(".chips li").length === 3`))
	do(t, ctx, "take a filter away", enter(".chips li:last-child a"), until(`!location.search.includes("from=")`), until(`document.querySelectorAll(".chips li").length === 2`))
	do(t, ctx, "concordance", enter("#view-concordance"), until(`document.querySelector(".kwic")`))
	do(t, ctx, "open", enter(".kwic .key"), until(`location.pathname.startsWith("/passage/")`), ready, chromedp.KeyEvent("n"), until(`document.activeElement.tagName === "MARK"`))
	do(t, ctx, "print", enter(`.switch a[href*="view=print"]`), until(`document.querySelector(".lines")`), ready, goBack, until(`document.querySelector(".text")`))
	do(t, ctx, "back to the search", goBack, until(`document.querySelector(".kwic")`), until(`document.querySelectorAll(".chips li").length === 2`))
	do(t, ctx, "note beside its number", open(base+"/source/leem"), chromedp.KeyEvent(kb.Tab), focus(`sup.caller a[href="#n03"]`),
		until(`!document.querySelector(".note-card").hidden && document.querySelector(".note-card").textContent.startsWith("3")`), chromedp.KeyEvent(kb.Escape), until(`document.querySelector(".note-card").hidden`))
	do(t, ctx, "note", open(base+"/source/leem"), enter(`sup.caller a[href="#n03"]`), until(`location.hash === "#n03"`), enter("#n03 a.number"), until(`location.hash === "#ref-n03"`))
	do(t, ctx, "citation", open(base+"/passage/leem/q039"), enter(".cite summary"), until(`document.querySelector(".cite details").open`), focus("#cite-note + .copy"))
	do(t, ctx, "document, actor, help", enter(`.named a[href^="/document/"]`), until(`location.pathname.startsWith("/document/")`), ready,
		enter(`.card-list a[href^="/actor/"]`), until(`location.pathname.startsWith("/actor/")`), ready, enter(`nav a[href="/help"]`), until(`location.pathname === "/help"`))
}

func TestJourneyWithoutScript(t *testing.T) {
	ctx := startBrowser(t)
	base := serveShipped(t)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, "search", chromedp.Navigate(base+"/"), until(`!document.documentElement.classList.contains("script")`),
		chromedp.SendKeys("#q", "political base"+kb.Enter), until(`location.search.includes("q=political+base")`), found(t, "> 10"))
	all := evaluate[int](t, ctx, hits)
	do(t, ctx, "narrow by two actors", click("#f-actor-molotov"), click("#f-actor-astakhov"), click(".apply button"), until(`document.querySelectorAll(".chips li").length === 2`), found(t, fmt.Sprintf("< %d", all)))
	do(t, ctx, "narrow by a bar", script(`document.querySelector(".timeline a:last-of-type").focus()`), chromedp.KeyEvent(kb.Enter), until(`location.search.includes("from=1939-08")`), until(`document.querySelectorAll(".chips li").length === 3`))
	do(t, ctx, "back", goBack, until(`document.querySelectorAll(".chips li").length === 2`))
	do(t, ctx, "concordance", click("#view-concordance"), until(`document.querySelector(".kwic")`))
	do(t, ctx, "open", click(".kwic .key"), until(`location.pathname.startsWith("/passage/") && document.querySelector(".here mark")`))
	do(t, ctx, "print and reading", click(`.switch a[href*="view=print"]`), until(`document.querySelector(".lines li[value]")`), click(`.switch a:first-child`), until(`document.querySelector(".text .here")`))
	do(t, ctx, "note and back", chromedp.Navigate(base+"/passage/leem/p002"), click("sup.caller a"), until(`location.hash === "#n01"`), click("#n01 a.number"), until(`location.hash === "#ref-n01"`))
	do(t, ctx, "document, actor, source", chromedp.Navigate(base+"/passage/leem/q039"), click(`.named a[href^="/document/"]`), until(`location.pathname === "/document/GK-362"`),
		click(`.card-list a[href="/actor/molotov"]`), until(`location.pathname === "/actor/molotov"`), click(`nav a[href="/source/leem"]`), until(`document.querySelectorAll(".whole .page-break").length > 20`))
}
