package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hostwise/calc"
)

var update = flag.Bool("update", false, "write the golden files again")

// ran is what a run left behind.
type ran struct {
	code     int
	out, err string
}

// here runs a command on a machine of its own: a fixed day, an empty home, no display.
func here(t *testing.T, stdin string, args ...string) ran {
	t.Helper()
	return in(t, t.TempDir(), stdin, args...)
}

func in(t *testing.T, home, stdin string, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	code := Run(context.Background(), args, Streams{In: strings.NewReader(stdin), Out: &out, Err: &errs}, machine(home))
	return ran{code, out.String(), errs.String()}
}

func machine(home string) Env {
	return Env{
		Getenv:  func(name string) string { return map[string]string{"HOME": home}[name] },
		GOOS:    "linux",
		Now:     func() time.Time { return time.Date(2026, 11, 23, 22, 30, 0, 0, time.FixedZone("", -5*3600)) },
		Version: "1.2.3",
	}
}

// well fails the test unless the run went well, and returns standard output.
func (r ran) well(t *testing.T) string {
	t.Helper()
	if r.code != exitDone {
		t.Fatalf("exit code %d: %s", r.code, r.err)
	}
	return r.out
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not the JSON that is wanted: %v\n%.300s", err, text)
	}
	return v
}

// folder returns a folder with files in it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func template(t *testing.T, name string) string {
	t.Helper()
	return here(t, "", "template", name).well(t)
}

const small = `{"schema": 1, "name": "Small"}`

func TestWrongInputIsExitCodeTwoWithTheNearestWord(t *testing.T) {
	dir := folder(t, map[string]string{"case.json": small, "bad.json": `{"schema": 1, "workload": {"calls_per_mont": 3, "retry_rate": 2000}}`})
	file, bad := filepath.Join(dir, "case.json"), filepath.Join(dir, "bad.json")
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"asess", file}, []string{"asess", "no command", "did you mean assess?"}},
		{[]string{"--verbose"}, []string{"--verbose", "is no option of hostwise"}},
		{[]string{"assess"}, []string{"something is missing", "FILE"}},
		{[]string{"assess", file, file}, []string{"one argument too many"}},
		{[]string{"assess", file, "--drews", "5"}, []string{"--drews", "did you mean --draws?"}},
		{[]string{"assess", file, "-x"}, []string{"-x", "is no option"}},
		{[]string{"assess", file, "--draws"}, []string{"--draws", "needs a value"}},
		{[]string{"assess", file, "--draws", "many"}, []string{"--draws", `"many"`}},
		{[]string{"assess", file, "--draws", "0"}, []string{"--draws", "1 to 100000"}},
		{[]string{"assess", file, "--draws", "-4"}, []string{"--draws", "1 to 100000"}},
		{[]string{"assess", file, "--draws", "100001"}, []string{"--draws", "1 to 100000"}},
		{[]string{"assess", file, "--today", "23.11.2026"}, []string{"--today", "YYYY-MM-DD"}},
		{[]string{"assess", file, "--today", "2026-02-30"}, []string{"--today", "YYYY-MM-DD"}},
		{[]string{"assess", bad}, []string{"workload.calls_per_mont: the key is unknown", "did you mean calls_per_month?", "workload.retry_rate"}},
		{[]string{"template"}, []string{"saas-app", "--list"}},
		{[]string{"template", "sas-app"}, []string{"is no template", "did you mean saas-app?"}},
		{[]string{"template", "--list", "--all"}, []string{"does not go with"}},
		{[]string{"template", "saas-app", "--list"}, []string{"too many"}},
		{[]string{"facts"}, []string{"models, precisions"}},
		{[]string{"facts", "devises"}, []string{"did you mean devices?"}},
		{[]string{"version", "now"}, []string{"too many"}},
		{[]string{"help", "asess"}, []string{"did you mean assess?"}},
		{[]string{"ask"}, []string{"the words to look for"}},
		{[]string{"ask", " "}, []string{"no words"}},
		{[]string{"ask", "free", "--most", "0"}, []string{"1 to 100"}},
		{[]string{"compare", file}, []string{"two or more"}},
		{[]string{"compare", "-", "-"}, []string{"only once"}},
		{[]string{"compare", file, bad, bad}, []string{"bad.json: workload.calls_per_mont"}},
		{[]string{"plan", file, "--for", "budgt"}, []string{"did you mean budget?"}},
		{[]string{"plan", file, "--for", "budget"}, []string{"rules.monthly_usd_limit", "no budget"}},
		{[]string{"plan", file, "--for", "budget", "--usd", "-1"}, []string{"--usd"}},
		{[]string{"study", file}, []string{"no study"}},
		{[]string{"study", file, "--map", "a,b", "--sweep", "c=1:2:3"}, []string{"more than one"}},
		{[]string{"study", file, "--solve", callsPath}, []string{"go together"}},
		{[]string{"study", file, "--for", "monthly_usd=3"}, []string{"go together"}},
		{[]string{"study", file, "--map", callsPath}, []string{"two inputs"}},
		{[]string{"study", file, "--map", callsPath + "," + callsPath}, []string{"different"}},
		{[]string{"study", file, "--map", callsPath + ",finance.puue"}, []string{"finance.puue: is no input", "did you mean finance.pue?"}},
		{[]string{"study", file, "--map", "pue," + callsPath}, []string{"did you mean finance.pue?"}},
		{[]string{"study", file, "--sweep", "model=1:2:3"}, []string{"model", "not a number"}},
		{[]string{"study", file, "--sweep", callsPath + "=1:2"}, []string{"PATH=a:b:n"}},
		{[]string{"study", file, "--sweep", callsPath + "=x:2:3"}, []string{"from a number"}},
		{[]string{"study", file, "--sweep", callsPath + "=1:Inf:3"}, []string{"from a number"}},
		{[]string{"study", file, "--sweep", callsPath + "=1:2:1"}, []string{"2 to 10000"}},
		{[]string{"study", file, "--sweep", "workload.retry_rate=0:5000:3"}, []string{"workload.retry_rate"}},
		{[]string{"study", file, "--solve", callsPath, "--for", "monthly_usd"}, []string{"OUT=V"}},
		{[]string{"study", file, "--solve", callsPath, "--for", "happiness=3"}, []string{"happiness", "monthly_usd"}},
		{[]string{"study", file, "--solve", callsPath, "--for", "api-dirct=3"}, []string{"api-dirct", "did you mean api-direct?"}},
		{[]string{"chart", file}, []string{"--figure", "monthly-cost"}},
		{[]string{"chart", file, "--figure", "memry", "--out", "x.png"}, []string{"did you mean memory?"}},
		{[]string{"chart", file, "--figure", "memory"}, []string{"--out"}},
		{[]string{"chart", file, "--figure", "memory", "--out", filepath.Join(dir, "x.gif")}, []string{".png or .svg"}},
		{[]string{"chart", file, "--figure", "all", "--out", "x", "--title", "One for all"}, []string{"--title", "one figure at a time"}},
		{[]string{"export", file, "--out", "x.pdf", "--figures", "memory,tornadoo"}, []string{"--figures", "did you mean tornado?"}},
		{[]string{"chart", file, "--figure", "memory", "--out", "x.png", "--size", "big"}, []string{"WxH"}},
		{[]string{"chart", file, "--figure", "memory", "--out", "x.png", "--size", "0x0"}, []string{"200 to 16384"}},
		{[]string{"chart", file, "--figure", "memory", "--out", "x.png", "--size", "16384x16384"}, []string{"million"}},
		{[]string{"chart", file, "--figure", "memory", "--out", "x.png", "--theme", "drak"}, []string{"did you mean dark?"}},
		{[]string{"chart", bad, "--figure", "memory", "--out", filepath.Join(dir, "x.png")}, []string{"workload.calls_per_mont"}},
		{[]string{"cases", "lst"}, []string{"did you mean list?"}},
		{[]string{"cases", "show", "nobody"}, []string{"nobody: is no saved case"}},
		{[]string{"cases", "delete", "nobody"}, []string{"nobody: is no saved case"}},
		{[]string{"cases", "import", "case.txt"}, []string{".jsonl"}},
		{[]string{"cases", "export"}, []string{"--out"}},
		{[]string{"cases", "export", "--out", filepath.Join(dir, "x.txt")}, []string{".jsonl"}},
		{[]string{"cases", "backup"}, []string{"--out"}},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			home := t.TempDir()
			if c.args[0] == "cases" && c.args[1] == "show" {
				in(t, home, "", "cases", "import", file).well(t)
			}
			got := in(t, home, "", c.args...)
			if got.code != exitWrong || got.out != "" {
				t.Errorf("exit code %d, standard output %.80q; want 2 and nothing", got.code, got.out)
			}
			for _, word := range c.says {
				if !strings.Contains(got.err, word) {
					t.Errorf("standard error lacks %q:\n%s", word, got.err)
				}
			}
		})
	}
	if left := names(t, dir); len(left) != 2 {
		t.Errorf("wrong input has left files: %v", left)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestEveryProblemOfAFileIsALine(t *testing.T) {
	got := here(t, `{"schema": 1, "modle": "x", "workload": {"retry_rate": -1, "stage": "later"}}`, "assess", "-")
	if lines := strings.Split(strings.TrimSpace(got.err), "\n"); got.code != exitWrong || len(lines) != 3 {
		t.Errorf("exit code %d, %d lines, want 2 and 3:\n%s", got.code, len(lines), got.err)
	}
}

func TestWhatCannotBeReadIsExitCodeOne(t *testing.T) {
	dir := folder(t, map[string]string{"text.db": "these are notes of mine"})
	for _, args := range [][]string{
		{"assess", filepath.Join(dir, "nothing.json")},
		{"assess", dir},
		{"assess", dir, "--lines"},
		{"assess", "-", "--db", filepath.Join(dir, "nothing.db")},
		{"assess", "-", "--db", dir},
		{"assess", "-", "--db", filepath.Join(dir, "text.db")},
		{"compare", "-", filepath.Join(dir, "nothing.json")},
		{"facts", "prices", "--db", filepath.Join(dir, "nothing.db")},
		{"cases", "list", "--db", dir},
		{"cases", "list", "--db", filepath.Join(dir, "no", "such.db")},
		{"cases", "check", "--db", filepath.Join(dir, "nothing.db")},
		{"cases", "check", "--db", filepath.Join(dir, "text.db")},
		{"cases", "import", filepath.Join(dir, "nothing.json")},
		{"cases", "import", filepath.Join(dir, "nothing.zip")},
	} {
		got := here(t, small, args...)
		if got.code != exitCouldNot || got.out != "" || got.err == "" {
			t.Errorf("%v: exit code %d, standard output %.60q, standard error %q", args, got.code, got.out, got.err)
		}
	}
}

// A file that was named by mistake is not taken for a damaged database and moved away.
func TestAnotherFileIsNeverTakenForSavedCases(t *testing.T) {
	dir := folder(t, map[string]string{"notes.txt": "these are notes of mine", "case.json": small})
	notes := filepath.Join(dir, "notes.txt")
	got := here(t, "", "cases", "import", filepath.Join(dir, "case.json"), "--db", notes)
	if got.code != exitCouldNot {
		t.Errorf("exit code %d, want 1: %s", got.code, got.err)
	}
	if left := names(t, dir); len(left) != 2 || read(t, notes) != "these are notes of mine" {
		t.Errorf("the file was touched: %v", left)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAFileOverFourMiBIsRefusedAndADeviceWithoutEndToo(t *testing.T) {
	var errs, out bytes.Buffer
	code := Run(context.Background(), []string{"assess", "-"}, Streams{In: endless{}, Out: &out, Err: &errs}, machine(""))
	if code != exitWrong || !strings.Contains(errs.String(), "4 MiB") || out.Len() > 0 {
		t.Errorf("exit code %d: %s", code, errs.String())
	}
	exact := small + strings.Repeat(" ", maxFile-len(small))
	here(t, exact, "assess", "-", "--quick").well(t)
	if got := here(t, exact+" ", "assess", "-", "--quick"); got.code != exitWrong {
		t.Errorf("a byte over 4 MiB: exit code %d", got.code)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// The names of what an assessment holds, from the contract.
var contractKeys = []string{
	"schema", "catalogue", "today", "draws", "seed", "scenario_name", "assumptions", "memory", "deployment", "throughput", "capacity",
	"routes", "mix", "alternatives", "curve", "break_even", "over_time", "sensitivity", "verdict", "monitoring", "claims", "warnings",
}

func TestEveryTemplateIsAssessed(t *testing.T) {
	for _, tpl := range calc.Templates {
		t.Run(tpl.Name, func(t *testing.T) {
			t.Parallel()
			file := template(t, tpl.Name)
			first := here(t, file, "assess", "-", "--draws", "100").well(t)
			if second := here(t, file, "assess", "-", "--draws", "100").well(t); second != first {
				t.Error("the same input has given other bytes")
			}
			keys := decode[map[string]json.RawMessage](t, first)
			for _, key := range contractKeys {
				if len(keys[key]) == 0 || string(keys[key]) == "null" {
					t.Errorf("the assessment has no %s", key)
				}
			}
			if got := string(keys["today"]); got != `"2026-11-23"` {
				t.Errorf("today is %s, want the day of the machine where it stands", got)
			}
			if got := string(keys["draws"]); got != "100" {
				t.Errorf("draws are %s", got)
			}
		})
	}
}

// No number has more digits than it can bear, so that output agrees between machines.
func TestNumbersHaveAtMostTwelveDigits(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": template(t, "saas-app"), "b.json": template(t, "private-rag-prototype")})
	a, b := filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
	for _, args := range [][]string{
		{"assess", a, "--draws", "50"}, {"assess", a, "--lines"}, {"compare", a, b, "--json", "--draws", "50"}, {"plan", a, "--json"},
		{"plan", a, "--for", "budget", "--usd", "12345", "--json"}, {"study", a, "--sweep", callsPath + "=1:999:7", "--json"},
		{"study", a, "--map", callsPath + ",finance.pue", "--json"}, {"facts", "measured", "--json"},
	} {
		if args[0] == "assess" && args[2] == "--lines" {
			if err := os.WriteFile(a, oneLine([]byte(read(t, a))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		d := json.NewDecoder(strings.NewReader(here(t, "", args...).well(t)))
		d.UseNumber()
		numbers := 0
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			n, ok := token.(json.Number)
			if !ok {
				continue
			}
			numbers++
			mantissa, _, _ := strings.Cut(strings.ToLower(n.String()), "e")
			if figures := strings.Trim(strings.NewReplacer("-", "", ".", "").Replace(mantissa), "0"); len(figures) > 12 {
				t.Errorf("%v prints %s", args[:2], n)
			}
		}
		if numbers == 0 {
			t.Errorf("%v prints no number", args)
		}
	}
}

func TestQuickDrawsNothingAndTodayIsTaken(t *testing.T) {
	a := decode[calc.Assessment](t, here(t, small, "assess", "-", "--quick", "--today", "2027-03-01").well(t))
	if a.Draws != 0 || len(a.Sensitivity) != 0 || len(a.Verdict.Flips) != 0 || a.Verdict.Chance != nil {
		t.Errorf("a quick answer has draws %d, %d bars, %d flips", a.Draws, len(a.Sensitivity), len(a.Verdict.Flips))
	}
	if a.Today != "2027-03-01" {
		t.Errorf("today is %s", a.Today)
	}
}

func TestTextIsNotEscapedForHTML(t *testing.T) {
	out := here(t, `{"schema": 1, "name": "R&D <pilot>"}`, "assess", "-", "--quick").well(t)
	if !strings.Contains(out, `"R&D <pilot>"`) {
		t.Error("the name was escaped")
	}
}

func TestHelpAndListsAreAsKept(t *testing.T) {
	for name, args := range map[string][]string{
		"help": {"help"}, "help-assess": {"help", "assess"}, "version": {"version"}, "templates": {"template", "--list"}, "cases": {"cases"},
	} {
		t.Run(name, func(t *testing.T) {
			got := here(t, "", args...).well(t)
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if want := read(t, golden); got != want {
				t.Errorf("got\n%s\nwant\n%s\n(go test -update writes it again)", got, want)
			}
		})
	}
}

func TestEveryCommandHasHelpAndNoneIsAnError(t *testing.T) {
	root := newProgram(Streams{}, machine("")).root()
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" && c.Example == "" && c.Name() != "version" && c.Name() != "help" {
			t.Errorf("%s says too little of itself", c.Name())
		}
		long := here(t, "", c.Name(), "--help").well(t)
		if other := here(t, "", "help", c.Name()).well(t); other != long || !strings.Contains(long, "Usage:") {
			t.Errorf("help %s and %s --help differ", c.Name(), c.Name())
		}
	}
	if got := here(t, ""); got.code != exitDone || !strings.Contains(got.out, "Usage:") {
		t.Errorf("no arguments: exit code %d", got.code)
	}
}

func TestShellsComplete(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := here(t, "", "completion", shell).well(t); !strings.Contains(out, "hostwise") {
			t.Errorf("%s has no completion", shell)
		}
	}
	if out := here(t, "", "__complete", "template", "saas").well(t); !strings.Contains(out, "saas-app") {
		t.Errorf("a template's name is not completed: %s", out)
	}
	if out := here(t, "", "__complete", "chart", "x.json", "--figure", "torn").well(t); !strings.Contains(out, "tornado") {
		t.Errorf("a figure's name is not completed: %s", out)
	}
}

func TestVersionAsJSON(t *testing.T) {
	v := decode[edition](t, here(t, "", "version", "--json").well(t))
	if v.Version != "1.2.3" || v.Catalogue.Version == "" || v.Catalogue.Date == "" {
		t.Errorf("version is %+v", v)
	}
}

func TestTemplatesCanBeReadBack(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(here(t, "", "template", "--all").well(t)), "\n")
	if len(lines) != len(calc.Templates) {
		t.Fatalf("%d lines, want one for each of %d templates", len(lines), len(calc.Templates))
	}
	for i, line := range lines {
		s, problems := calc.Parse([]byte(line), nil)
		if problems != nil || !s.Equal(calc.Templates[i].Scenario()) {
			t.Errorf("line %d is not %s: %v", i+1, calc.Templates[i].Name, problems)
		}
	}
	if full := here(t, "", "template", "saas-app", "--full").well(t); !strings.Contains(full, `"pue"`) {
		t.Error("--full does not show every key")
	}
}

func TestAnInterruptLeavesNothing(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	dir := folder(t, map[string]string{"case.json": small})
	blocked, w := io.Pipe() // standard input that never says anything
	defer w.Close()
	for _, args := range [][]string{
		{"assess", "-"}, {"assess", "-", "--lines"}, {"assess", filepath.Join(dir, "case.json")},
		{"chart", filepath.Join(dir, "case.json"), "--figure", "all", "--out", filepath.Join(dir, "figures")},
	} {
		var out, errs bytes.Buffer
		code := Run(ctx, args, Streams{In: blocked, Out: &out, Err: &errs}, machine(""))
		if code != exitCouldNot || out.Len() > 0 || !strings.Contains(errs.String(), "stopped") {
			t.Errorf("%v: exit code %d, %.80q, %q", args, code, out.String(), errs.String())
		}
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestStandardOutputThatFailsIsExitCodeOne(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"assess", "-", "--quick"}, {"assess", "-", "--quick", "--lines"}} {
		var errs bytes.Buffer
		code := Run(context.Background(), args, Streams{In: strings.NewReader(small), Out: full{}, Err: &errs}, machine(""))
		if code != exitCouldNot || !strings.Contains(errs.String(), "standard output") {
			t.Errorf("%v: exit code %d: %s", args, code, errs.String())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestATerminalDoesNotObeyWhatAFileHolds(t *testing.T) {
	got := here(t, `{"schema": 1, "\u001b[31mred\n": 1}`, "assess", "-")
	if got.code != exitWrong || strings.ContainsRune(got.err, '\x1b') || strings.Count(got.err, "\n") != 1 {
		t.Errorf("exit code %d: %q", got.code, got.err)
	}
}

func TestNearestWord(t *testing.T) {
	words := []string{"assess", "compare", "chart", "cases"}
	for typed, want := range map[string]string{
		"asess": "assess", "ASSESS": "assess", "comparr": "compare", "chrat": "chart", "case": "cases", "comp": "compare",
		"xyzzy": "", "": "", strings.Repeat("a", 100): "",
	} {
		if got := nearestWord(typed, words); got != want {
			t.Errorf("nearest to %q is %q, want %q", typed, got, want)
		}
	}
}
