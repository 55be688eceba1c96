//go:build e2e && screenshots

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// gallery is where the README finds its pictures. HOSTWISE_SCREENSHOTS names another folder, which gets them all: every
// page and tab in both themes at three sizes.
const gallery = "../docs/screenshots"

// pages in the order of the rail; Ctrl+1 to Ctrl+6 go there.
var pages = []string{"guide", "results", "compare", "library", "facts", "help"}

// shown are the ready scenarios that the library holds in the pictures; the
// last one saved is the one that the app opens with.
var shown = []string{"weekend-experiment", "research-lab", "saas-app", "enterprise-private-inference", "private-rag-prototype"}

// tabs is how many tabs the Results page has; the arrows go from one to the next.
const tabs = 9

// TestEveryScreenshot fills the folder that HOSTWISE_SCREENSHOTS names: a view of 1920×1080 is taken at twice the
// pixels.
func TestEveryScreenshot(t *testing.T) {
	folder := os.Getenv("HOSTWISE_SCREENSHOTS")
	if folder == "" {
		t.Skip("HOSTWISE_SCREENSHOTS names no folder")
	}
	home := NewHome(t)
	for _, template := range shown {
		home.Command("cases", "import", home.Write(template+".json", home.Command("template", template)))
	}
	for _, theme := range []string{"light", "dark"} {
		for _, size := range []struct{ width, height, scale int }{{960, 640, 1}, {1280, 800, 1}, {1920, 1080, 2}} {
			name := fmt.Sprintf("%s-%dx%d", theme, size.width, size.height)
			t.Run(name, func(t *testing.T) {
				width, height := size.width*size.scale, size.height*size.scale
				app := OpenScreen(t, width+40, height+40).Start(Options{Home: home, Env: []string{"HOSTWISE_THEME=" + theme,
					fmt.Sprintf("FYNE_SCALE=%d", size.scale)}})
				app.Resize(width, height)
				for i, page := range pages {
					app.Key(fmt.Sprintf("ctrl+%d", i+1))
					Save(t, filepath.Join(folder, page+"-"+name+".png"), app.Settle())
					for tab := 2; page == "results" && tab <= tabs; tab++ {
						app.Key("Right")
						Save(t, filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", page, tab, name)), app.Settle())
					}
				}
				app.Key("ctrl+comma")
				Save(t, filepath.Join(folder, "settings-"+name+".png"), app.Settle())
				app.CloseWindow()
				app.WaitEnd(20 * time.Second)
			})
		}
	}
}

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
