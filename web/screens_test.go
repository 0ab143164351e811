package web

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var (
	screens = flag.String("screens", "", "folder for pictures of every page; none are taken without")
	served  = flag.String("site", "", "with -screens: address of a server to take them of, in place of the shipped corpus")
	only    = flag.String("only", "", "with -screens: addresses to take pictures of, separated by spaces, in place of every page")
	widths  = flag.String("widths", "320 360 768 1280", "with -screens: widths in pixels, separated by spaces; \"print\" for a PDF")
)

// TestScreens takes pictures of every page for looking at them:
//
//	go test ./web -run Screens -screens /tmp/pictures
func TestScreens(t *testing.T) {
	if *screens == "" {
		t.Skip("-screens names no folder for pictures")
	}
	ctx := startBrowser(t)
	base := *served
	if base == "" {
		base = serveShipped(t)
	}
	if err := os.MkdirAll(*screens, 0o755); err != nil {
		t.Fatal(err)
	}
	pages := everyPage
	if *only != "" {
		pages = strings.Fields(*only)
	}
	for _, at := range pages {
		for _, width := range strings.Fields(*widths) {
			for _, scheme := range []string{"light", "dark"} {
				name := filepath.Join(*screens, fileName(at)+"-"+width+"-"+scheme)
				if width != "print" {
					save(t, name+".png", shoot(t, ctx, base+at, width, scheme))
				} else if scheme == "light" {
					save(t, name+".pdf", printed(t, ctx, base+at))
				}
			}
		}
	}
}

func fileName(address string) string {
	return strings.Trim(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(address, "-"), "-")
}

// shoot is a picture of a whole page, at most some screens of it.
func shoot(t *testing.T, ctx context.Context, address, width, scheme string) []byte {
	t.Helper()
	var wide int64
	if _, err := fmt.Sscan(width, &wide); err != nil {
		t.Fatalf("-widths: %v", err)
	}
	showIn(t, ctx, scheme)
	do(t, ctx, "open", chromedp.EmulateViewport(wide, 900), open(address))
	tall := min(evaluate[int64](t, ctx, `document.documentElement.scrollHeight`), 2400)
	do(t, ctx, "the whole", chromedp.EmulateViewport(wide, tall))
	answer, err := chromedp.Call(ctx, cdp.CaptureScreenshot, cdp.CaptureScreenshotParams{Format: cdp.CaptureScreenshotFormatPng})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Data
}

func printed(t *testing.T, ctx context.Context, address string) []byte {
	t.Helper()
	do(t, ctx, "open", open(address))
	answer, err := chromedp.Call(ctx, cdp.PrintToPDF, cdp.PrintToPDFParams{})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Data
}

func save(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
