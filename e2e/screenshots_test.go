//go:build e2e && screenshots

package e2e

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// gallery is where the README finds its pictures.
const gallery = "../docs/screenshots"

// pages in the order of the rail; Ctrl+1 to Ctrl+6 go there.
var pages = []string{"guide", "results", "compare", "library", "facts", "help"}

// shown are the ready scenarios that the library holds in the pictures; the
// last one saved is the one that the app opens with.
var shown = []string{"weekend-experiment", "research-lab", "saas-app", "enterprise-private-inference", "private-rag-prototype"}

// TestScreenshots takes a picture of every page, light and dark, at the size
// that the window has at first and at the smallest that is still usable.
func TestScreenshots(t *testing.T) {
	home := NewHome(t)
	for _, template := range shown {
		home.Command("cases", "import", home.Write(template+".json", home.Command("template", template)))
	}
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
