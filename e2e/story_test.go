//go:build e2e

package e2e

import (
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// savedCase is what the tests read of `hostwise cases list --json`.
type savedCase struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Model    string   `json:"model"`
	Calls    *float64 `json:"calls_per_month"`
	Route    string   `json:"route"`
	Headline string   `json:"headline"`
}

// cases reads the saved cases by the command line, newest first.
func (h *Home) cases() []savedCase {
	h.tb.Helper()
	var list []savedCase
	if err := json.Unmarshal([]byte(h.Command("cases", "list", "--json")), &list); err != nil {
		h.tb.Fatalf("the list of cases cannot be read: %v", err)
	}
	return list
}

// scenario reads the answers of a saved case.
func (h *Home) scenario(id string) string {
	h.tb.Helper()
	return h.Command("cases", "show", id)
}

// TestStory is the main job by the keyboard alone: the private RAG prototype is answered, its verdict read and saved,
// the program started again, the case found, compared with another, and its pictures exported.
func TestStory(t *testing.T) {
	home := NewHome(t)
	screen := OpenScreen(t, 1400, 900)

	app := screen.Start(Options{Home: home})
	app.step("Return") // the eight questions
	app.Key("1")       // a prototype
	app.step("Return")
	for _, answer := range []string{"10k", "4000", "600"} { // calls a month, tokens in, tokens out
		app.Settle()
		app.Key("ctrl+a")
		app.Type(answer)
		app.step("Return")
	}
	app.step("Return") // how uneven the day is stays as it is
	app.Type("32b")    // what is typed on the list of models is a name
	app.step("Return")
	app.step("Return") // data may leave
	app.step("Return") // somebody is there to run it: the last of the eight, then the results
	app.Key("ctrl+2")
	if colours, ground := Content(app.Settle()); colours < 60 || ground > 0.97 {
		t.Errorf("the results look empty: %d colours, %.1f %% of the window in one", colours, 100*ground)
	}
	app.Key("ctrl+s")
	app.Settle()
	app.CloseWindow()
	app.WaitEnd(20 * time.Second)

	first := home.cases()
	if len(first) != 1 {
		t.Fatalf("%d cases are saved, want 1", len(first))
	}
	answers := home.scenario(first[0].ID)
	for _, want := range []string{`"stage": "prototype"`, `"calls_per_month": 10000`, `"input_tokens_per_call": 4000`,
		`"output_tokens_per_call": 600`, `"model": "r1-distill-qwen-32b"`} {
		if !strings.Contains(answers, want) {
			t.Errorf("the saved scenario lacks %s:\n%s", want, answers)
		}
	}
	if first[0].Route != "api-direct" || !strings.HasPrefix(first[0].Headline, "Call an API.") {
		t.Errorf("the verdict saved with the case is %q, %q", first[0].Route, first[0].Headline)
	}

	home.Command("cases", "import", home.Write("other.json", home.Command("template", "saas-app")))
	app = screen.Start(Options{Home: home})
	app.Settle()
	app.Key("ctrl+4") // the library holds both
	app.Settle()
	app.Key("ctrl+2")
	before := app.Settle()
	app.Key("ctrl+3")
	compared := app.WaitChange(before, "the comparison")
	if colours, ground := Content(compared); colours < 60 || ground > 0.97 {
		t.Errorf("the comparison looks empty: %d colours, %.1f %% of the window in one", colours, 100*ground)
	}
	if n := len(home.cases()); n != 2 {
		t.Errorf("%d cases are saved, want 2", n)
	}
	exportPictures(t, app)
	app.Key("ctrl+q")
	app.WaitEnd(20 * time.Second)
}

// step presses a key and waits until the window has answered and come to rest: a page that is still being laid out
// takes no key.
func (a *App) step(key string) {
	a.tb.Helper()
	before := a.Settle()
	a.Key(key)
	a.WaitChange(before, "the answer to "+key)
	a.Settle()
}

// exportPictures exports by the dialog's own keys and checks what was written.
func exportPictures(t *testing.T, app *App) {
	t.Helper()
	app.Key("ctrl+2")
	app.Settle()
	app.Key("ctrl+e")
	app.Settle()
	app.Key("shift+Tab") // the last control is the button that starts
	app.Key("Return")
	var picture string
	waitFor(t, 60*time.Second, "the exported pictures", func() bool {
		found, _ := filepath.Glob(app.Path("Hostwise/*monthly-cost*.png"))
		if len(found) == 0 {
			return false
		}
		picture = found[0]
		return true
	})
	file, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	image, err := png.Decode(file)
	if err != nil {
		t.Fatalf("%s is no whole picture: %v", picture, err)
	}
	if size := image.Bounds().Size(); size.X != 1920 || size.Y != 1080 {
		t.Errorf("the picture is %v, want 1920×1080", size)
	}
	app.Settle()
	app.Key("Escape")
	app.Settle()
}
