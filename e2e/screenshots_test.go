//go:build e2e && screenshots

package e2e

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// gallery is where the README finds its pictures. HOSTWISE_SCREENSHOTS names another folder, which gets them all: every
// page, tab and dialog in both themes at three sizes, and every page with the text at 200 %.
const gallery = "../docs/screenshots"

// pages in the order of the rail; Ctrl+1 to Ctrl+6 go there.
var pages = []string{"guide", "results", "compare", "library", "facts", "help"}

// shown are the ready scenarios that the library holds in the pictures; the
// last one saved is the one that the app opens with.
var shown = []string{"weekend-experiment", "research-lab", "saas-app", "enterprise-private-inference", "private-rag-prototype"}

// view is one picture of TestEveryScreenshot and how to get there.
type view struct {
	name string
	// keys lead there from the view before. "find WORDS" goes by the finder, "type WORDS" types, and "click X Y" presses
	// at a place in the window, in its own units, from the left and upper edge, or from the right one where X is negative.
	keys []string
}

// find goes by the finder and takes its first row.
func find(words string) []string { return []string{"find " + words} }

// views are all that a person can have before them, a page after the other.
var views = []view{
	{"guide-1-workload", []string{"ctrl+1"}},
	{"guide-2-model", []string{"alt+Down"}},
	{"guide-3-rules", []string{"alt+Down"}},
	{"guide-4-hardware", []string{"alt+Down"}},
	{"guide-5-money", []string{"alt+Down"}},
	{"guide-6-review", []string{"alt+Down"}},
	{"guide-start", find("guide templates")},
	{"guide-calls", find("calls a month")},
	{"guide-price", find("output price")},
	{"guide-all", find("guide all inputs")},
	{"results-answer", find("results answer")},
	{"results-answer-below", []string{"Next"}},
	{"results-answer-end", []string{"End"}},
	{"results-whatif", []string{"Home", "Right"}},
	{"results-whatif-sweep", find("results sweep")},
	{"results-winmap", []string{"Right"}},
	{"results-setups", find("results set ups")},
	{"results-setups-search", find("results cheapest set")},
	{"results-setups-budget", find("results most calls")},
	{"results-memory", find("results memory")},
	{"results-costs", find("results cost lines")},
	{"results-assumptions", find("results assumptions")},
	{"results-numbers", find("results all numbers")},
	{"results-next", find("results next steps")},
	{"figure-tornado", find("results what moves the answer")},
	{"figure-break-even", find("results break even")},
	{"figure-over-time", find("results cost over time")},
	{"figure-capacity", find("results capacity")},
	{"figure-quality-cost", find("results quality and cost")},
	{"compare", []string{"Escape", "ctrl+3"}},
	{"compare-below", []string{"Next"}},
	{"compare-end", []string{"End"}},
	{"library", []string{"ctrl+4"}},
	{"library-search", []string{"slash", "type rag"}},
	{"facts-prices", append([]string{"ctrl+a", "BackSpace"}, find("facts api prices")...)},
	{"facts-models", find("facts models")},
	{"facts-precisions", find("facts precisions")},
	{"facts-devices", find("facts devices")},
	{"facts-device-open", find("h200 sxm")},
	{"facts-servers", find("facts servers")},
	{"facts-engines", find("facts engines")},
	{"facts-rents", find("facts rental")},
	{"facts-claims", find("facts claims")},
	{"facts-sources", find("facts sources")},
	{"facts-speed", find("facts measured speed")},
	{"facts-memory", find("facts measured memory")},
	{"facts-yours", find("facts your figures")},
	{"facts-recheck", find("facts what to recheck")},
	{"facts-old", find("facts old prices")},
	{"facts-accuracy", find("facts how accurate")},
	{"facts-accuracy-end", []string{"End"}},
	{"help", []string{"ctrl+6"}},
	{"help-answers", []string{"slash", "type ollama 70b"}},
	{"settings", []string{"Escape", "ctrl+comma"}},
	{"dialog-find", []string{"ctrl+k", "type pric"}},
	{"dialog-new", []string{"Escape", "ctrl+n"}},
	{"dialog-import", []string{"Escape", "ctrl+o"}},
	{"dialog-export-scenario", []string{"Escape", "ctrl+shift+e"}},
	{"dialog-keys", []string{"Escape", "F1"}},
	{"dialog-export", []string{"Escape", "ctrl+2", "ctrl+e"}},
	{"dialog-add-case", []string{"Escape", "ctrl+3", "click -60 45"}},
	{"guide-quote", append(append([]string{"Escape"}, find("output price")...), "Tab", "Tab", "Return")},
	{"menu-case", []string{"Escape", "click 28 12"}},
	{"menu-edit", []string{"Escape", "click 70 12"}},
	{"menu-view", []string{"Escape", "click 112 12"}},
	{"menu-help", []string{"Escape", "click 160 12"}},
}

// sizes are the windows that pictures are taken of: a view of 1920×1080 has twice the pixels.
var sizes = []struct{ width, height, scale int }{{960, 640, 1}, {1280, 800, 1}, {1920, 1080, 2}}

// largeText are how often Ctrl and = make the text larger, from 100 to 200 %.
const largeText = 10

// quiet is how long a window rests before its picture is taken: figures arrive one after the other.
const quiet = 700 * time.Millisecond

// TestEveryScreenshot fills the folder that HOSTWISE_SCREENSHOTS names.
func TestEveryScreenshot(t *testing.T) {
	folder := os.Getenv("HOSTWISE_SCREENSHOTS")
	if folder == "" {
		t.Skip("HOSTWISE_SCREENSHOTS names no folder")
	}
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			home := showcase(t)
			for _, size := range sizes {
				s := shooting{theme: theme, folder: folder, size: fmt.Sprintf("%dx%d", size.width, size.height), scale: size.scale}
				s.take(t, home, size.width, size.height, nil)
			}
			s := shooting{theme: theme, folder: folder, size: "1280x800-text200", scale: 1}
			s.take(t, home, 1280, 800, func(app *App) {
				for range largeText {
					app.Key("ctrl+equal")
				}
				app.Rest(rest)
			})
		})
	}
}

// showcase is a home with the cases that the pictures show.
func showcase(t *testing.T) *Home {
	home := NewHome(t)
	for _, template := range shown {
		home.Command("cases", "import", home.Write(template+".json", home.Command("template", template)))
	}
	return home
}

// shooting is a series of pictures of one theme and size.
type shooting struct {
	theme, folder, size string
	scale               int
	app                 *App
}

func (s shooting) take(t *testing.T, home *Home, width, height int, prepare func(*App)) {
	width, height = width*s.scale, height*s.scale
	s.app = OpenScreen(t, width+20, height+20).Start(Options{Home: home, Env: []string{"HOSTWISE_THEME=" + s.theme,
		fmt.Sprintf("FYNE_SCALE=%d", s.scale)}})
	s.app.Resize(width, height)
	if prepare != nil {
		prepare(s.app)
	}
	var writing sync.WaitGroup
	for _, v := range views {
		if prepare != nil && strings.HasPrefix(v.name, "menu-") {
			continue // the menu bar is elsewhere with large text
		}
		for _, step := range v.keys {
			s.do(step)
		}
		s.app.Rest(quiet)
		picture, name := s.app.Picture(), filepath.Join(s.folder, fmt.Sprintf("%s-%s-%s.png", v.name, s.theme, s.size))
		writing.Go(func() {
			if err := save(name, picture, png.BestSpeed); err != nil {
				t.Error(err)
			}
		})
	}
	writing.Wait()
	s.app.Key("Escape", "ctrl+0")
	s.app.Rest(rest)
	s.app.CloseWindow()
	s.app.WaitEnd(20 * time.Second)
}

// do takes one step of a view's way.
func (s shooting) do(step string) {
	verb, rest, _ := strings.Cut(step, " ")
	s.app.Rest(quiet / 2)
	switch verb {
	case "find":
		s.answered(2*time.Second, func() { s.app.Key("ctrl+k") })
		s.answered(2*time.Second, func() { s.app.Type(rest) })
		s.app.Rest(quiet / 2)
		s.answered(20*time.Second, func() { s.app.Key("Return") }) // a page that is opened first takes its time
	case "type":
		s.answered(2*time.Second, func() { s.app.Type(rest) })
	case "click":
		var x, y int
		if _, err := fmt.Sscan(rest, &x, &y); err != nil {
			s.app.tb.Fatalf("%q names no place: %v", step, err)
		}
		if x *= s.scale; x < 0 {
			width, _ := s.app.Size()
			x += width
		}
		s.answered(2*time.Second, func() { s.app.Click(x, y*s.scale) })
	default:
		s.answered(2*time.Second, func() { s.app.Key(step) })
	}
}

// answered does something and waits until the window shows that it has happened. What changes nothing, as Escape where
// nothing is open, is given a moment.
func (s shooting) answered(patience time.Duration, do func()) {
	before := s.app.view(image.Rectangle{}, nil)
	do()
	var now []byte
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if now = s.app.view(image.Rectangle{}, now); unlike(before, now) > caret {
			return
		}
	}
}

// TestScreenshots takes a picture of every page, light and dark, at the size
// that the window has at first and at the smallest that is still usable.
func TestScreenshots(t *testing.T) {
	home := showcase(t)
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			app := OpenScreen(t, 1400, 900).Start(Options{Home: home, Env: []string{"HOSTWISE_THEME=" + theme}})
			for _, size := range [][2]int{{1280, 800}, {960, 640}} {
				app.Resize(size[0], size[1])
				for i, page := range pages {
					app.Key(fmt.Sprintf("ctrl+%d", i+1))
					name := fmt.Sprintf("%s-%s-%dx%d.png", page, theme, size[0], size[1])
					Save(t, filepath.Join(gallery, name), app.Settle())
				}
			}
			app.CloseWindow()
			app.WaitEnd(10 * time.Second)
		})
	}
}
