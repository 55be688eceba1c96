package report

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hostwise/app/figure"
	"hostwise/assets"
	"hostwise/calc"
)

var testDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

var sharedAssessor = sync.OnceValues(func() (*calc.Assessor, error) {
	cat, err := assets.Catalogue()
	if err != nil {
		return nil, err
	}
	return calc.NewAssessor(cat), nil
})

func assessor(t testing.TB) *calc.Assessor {
	t.Helper()
	a, err := sharedAssessor()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// assessed is a case with a few draws.
func assessed(t testing.TB, s calc.Scenario) Case {
	t.Helper()
	a, err := assessor(t).Assess(context.Background(), s, calc.Options{Today: testDay, Draws: 60})
	if err != nil {
		t.Fatal(err)
	}
	return Case{Scenario: s, Assessment: a}
}

func template(t testing.TB, name string) calc.Scenario {
	t.Helper()
	tpl, ok := calc.TemplateNamed(name)
	if !ok {
		t.Fatalf("there is no template %q", name)
	}
	return tpl.Scenario()
}

func sample(t testing.TB) Case { return assessed(t, template(t, "saas-app")) }

// hostileText is what a person, or who sends them a file, may put where a name goes.
var hostileText = `=HYPERLINK("http://x","<&"'>) ../../etc/passwd \ 🙈 שלום ` + "\u202egnp.exe\u202c \x00\x1b[2J\ufffe\n" + strings.Repeat("very long ", 30)

// hostileCase carries hostile text wherever text can come from outside.
func hostileCase(t testing.TB) Case {
	t.Helper()
	c := assessed(t, template(t, "enterprise-private-inference"))
	a := c.Assessment
	a.ScenarioName = hostileText
	a.Verdict.Headline = hostileText
	a.Verdict.ConfidenceBecause = hostileText
	a.Warnings = append(a.Warnings, hostileText)
	a.Verdict.Flips = append(a.Verdict.Flips, calc.Flip{Label: hostileText, Words: hostileText})
	for i := range a.Routes {
		a.Routes[i].Label = "@" + hostileText
		for k := range a.Routes[i].Lines {
			a.Routes[i].Lines[k].Label = "+" + hostileText
			a.Routes[i].Lines[k].Source = hostileText
		}
		for k := range a.Routes[i].Bill {
			a.Routes[i].Bill[k].What = "-" + hostileText
		}
	}
	for i := range a.Assumptions {
		a.Assumptions[i].Label, a.Assumptions[i].Text, a.Assumptions[i].Source = hostileText, hostileText, hostileText
	}
	for i := range a.Verdict.Recheck {
		a.Verdict.Recheck[i].What, a.Verdict.Recheck[i].Source = hostileText, hostileText
	}
	return c
}

// made writes a document in memory.
func made(t testing.TB, ending string, cases []Case, opt Options) []byte {
	t.Helper()
	writer, ok := For(ending)
	if !ok {
		t.Fatalf("no document ends in %s", ending)
	}
	var b bytes.Buffer
	if err := writer(context.Background(), &b, cases, opt); err != nil {
		t.Fatalf("%s: %v", ending, err)
	}
	return b.Bytes()
}

// unpacked are the files of an archive.
func unpacked(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		if out[f.Name], err = readPart(f); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestSameCaseSameBytes(t *testing.T) {
	cases := []Case{sample(t), assessed(t, template(t, "research-lab"))}
	opt := Options{Version: "1.0", Today: testDay, Figures: []string{"monthly-cost", "memory", "tornado"}}
	for _, ending := range Endings {
		first, second := made(t, ending, cases, opt), made(t, ending, cases, opt)
		if !bytes.Equal(first, second) {
			t.Errorf("%s: the same cases gave different bytes", ending)
		}
	}
}

func TestProgressEndsAtOne(t *testing.T) {
	c := sample(t)
	for _, ending := range Endings {
		last, calls := 0.0, 0
		made(t, ending, []Case{c}, Options{Figures: []string{"memory"}, Progress: func(done float64) {
			if done < last || done > 1 {
				t.Errorf("%s: progress went from %g to %g", ending, last, done)
			}
			last, calls = done, calls+1
		}})
		if last != 1 {
			t.Errorf("%s: progress ended at %g after %d calls", ending, last, calls)
		}
	}
}

func TestCancelledWritesNothing(t *testing.T) {
	c := sample(t)
	for _, ending := range Endings {
		ctx, cancel := context.WithCancel(context.Background())
		opt := Options{Progress: func(float64) { cancel() }} // in the middle of the work
		var b bytes.Buffer
		writer, _ := For(ending)
		if err := writer(ctx, &b, []Case{c}, opt); !errors.Is(err, context.Canceled) || b.Len() > 0 {
			t.Errorf("%s: error %v and %d bytes written", ending, err, b.Len())
		}
		cancel()
	}
}

func TestWrongRequestsAreRefused(t *testing.T) {
	c := sample(t)
	for name, of := range map[string]struct {
		cases []Case
		opt   Options
		want  string
	}{
		"no case":        {nil, Options{}, "no case"},
		"too many":       {make([]Case, MaxCases+1), Options{}, "at most"},
		"no assessment":  {[]Case{{}}, Options{}, "no assessment"},
		"unknown figure": {[]Case{c}, Options{Figures: []string{"pie"}}, "no figure"},
	} {
		for _, ending := range Endings {
			writer, _ := For(ending)
			var b bytes.Buffer
			if err := writer(context.Background(), &b, of.cases, of.opt); err == nil || !strings.Contains(err.Error(), of.want) || b.Len() > 0 {
				t.Errorf("%s, %s: error %v, %d bytes", name, ending, err, b.Len())
			}
		}
	}
}

// wellFormed reads an XML part to its end.
func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", name, err)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	cases := []Case{hostileCase(t), sample(t)}
	for _, ending := range []string{".pptx", ".xlsx"} {
		for name, data := range unpacked(t, made(t, ending, cases, Options{Version: hostileText})) {
			if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
				continue // a picture may hold any bytes
			}
			wellFormed(t, ending+" "+name, data)
			if bytes.Contains(data, []byte("\u202e")) {
				t.Errorf("%s %s turns the direction of its text", ending, name)
			}
		}
	}
	if data := made(t, ".pdf", cases, Options{Version: hostileText}); !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Error("no PDF came out")
	}
	var list []json.RawMessage
	if err := json.Unmarshal(made(t, ".json", cases, Options{}), &list); err != nil || len(list) != 2 {
		t.Errorf("%d assessments, %v", len(list), err)
	}
	for name := range unpacked(t, made(t, ".zip", cases, Options{Figures: []string{"memory"}})) {
		if path.Clean(name) != name || path.IsAbs(name) || strings.HasPrefix(name, "..") || strings.ContainsAny(name, `\:*?"<>|`+"\x00") || len(name) > 120 {
			t.Errorf("the archive holds the name %q", name)
		}
	}
}

func TestBundleHoldsEverything(t *testing.T) {
	cases := []Case{sample(t), assessed(t, template(t, "research-lab"))}
	files := unpacked(t, made(t, ".zip", cases, Options{Version: "1.0", Figures: []string{"memory", "tornado"}}))
	for _, name := range []string{
		"deck.pptx", "report.pdf", "workbook.xlsx", "1-saas-app/assessment.json", "1-saas-app/scenario.json",
		"2-research-lab/figures/memory.png", "2-research-lab/figures/tornado.svg",
	} {
		if len(files[name]) == 0 {
			t.Errorf("%s is missing", name)
		}
	}
	var m Manifest
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != len(files)-1 {
		t.Errorf("the manifest lists %d of %d files", len(m.Files), len(files)-1)
	}
	for _, f := range m.Files {
		if sum := sha256.Sum256(files[f.Name]); hex.EncodeToString(sum[:]) != f.SHA256 || len(files[f.Name]) != f.Bytes {
			t.Errorf("%s: the manifest is wrong", f.Name)
		}
	}
	back, problems := calc.Parse(files["1-saas-app/scenario.json"], assessor(t).Catalogue())
	if len(problems) > 0 || !back.Equal(cases[0].Scenario) {
		t.Errorf("the scenario does not come back: %v", problems)
	}
}

func TestAssessmentComesBack(t *testing.T) {
	c := sample(t)
	var back calc.Assessment
	if err := json.Unmarshal(made(t, ".json", []Case{c}, Options{}), &back); err != nil {
		t.Fatal(err)
	}
	if back.Verdict.Headline != c.Assessment.Verdict.Headline || len(back.Routes) != len(c.Assessment.Routes) {
		t.Errorf("the assessment came back with %q and %d routes", back.Verdict.Headline, len(back.Routes))
	}
}

func TestReportHasTwoToFourPages(t *testing.T) {
	for _, tpl := range calc.Templates {
		data := made(t, ".pdf", []Case{assessed(t, tpl.Scenario())}, Options{Version: "1.0"})
		if n := pdfPages(t, data); n < 2 || n > 4 {
			t.Errorf("%s: %d pages", tpl.Name, n)
		}
		for _, want := range []string{"/Outlines", "/CreationDate (D:20261123", "/Lang (en-GB)", "/FontFile2", "/ToUnicode"} {
			if !bytes.Contains(data, []byte(want)) {
				t.Errorf("%s: the report has no %s", tpl.Name, want)
			}
		}
	}
}

// pdfPages is the number of pages that a PDF's page tree counts.
func pdfPages(t *testing.T, data []byte) int {
	t.Helper()
	_, tree, _ := bytes.Cut(data, []byte("/Type /Pages"))
	_, rest, ok := bytes.Cut(tree, []byte("/Count "))
	if !ok {
		t.Fatal("the PDF has no page tree")
	}
	end := bytes.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(string(rest[:end]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCasesWithoutAnAnswer(t *testing.T) {
	s := template(t, "saas-app").With("rules.data_may_leave_site", calc.Value{Bool: false}).With("rules.operations_staff", calc.Value{Bool: false})
	c := quickly(t, s)
	if c.verdict() != nil {
		t.Fatal("the case has an answer: the test shows nothing")
	}
	for _, ending := range Endings {
		if len(made(t, ending, []Case{c}, Options{})) < 500 {
			t.Errorf("%s: nothing came out", ending)
		}
	}
}

// quickly is a case without draws: no ranges, no tornado, no flips.
func quickly(t testing.TB, s calc.Scenario) Case {
	t.Helper()
	a, err := assessor(t).Assess(context.Background(), s, calc.Options{Today: testDay, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	return Case{Scenario: s, Assessment: a}
}

func TestDarkDeckTurnsItsColours(t *testing.T) {
	files := unpacked(t, made(t, ".pptx", []Case{sample(t)}, Options{Theme: &figure.Dark, Figures: []string{"memory"}}))
	if master := string(files[masterPart]); !strings.Contains(master, `bg1="dk1"`) || !strings.Contains(master, `tx1="lt1"`) {
		t.Error("the dark deck does not swap text and ground")
	}
}

func TestTextIsMadeFit(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\tc": "a b c", "\u202eabc\u202c": "abc", "x\x00y": "x\ufffdy", " a ": "a", "שלום <b>": "שלום <b>",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	r := rulerFor(false)
	for _, s := range []string{hostileText, strings.Repeat("x", 400), "", "one two three"} {
		s = oneLine(s)
		lines := r.wrap(s, 12, 200)
		for _, line := range lines {
			if w := r.width(line, 12); w > 200.001 {
				t.Errorf("a line of %.1f in a width of 200: %q", w, line)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Errorf("wrapping lost text: %q from %q", got, want)
		}
		if n := r.lines(r.fit(s, 12, 200, 2), 12, 200); n > 2 {
			t.Errorf("%d lines after fitting to 2", n)
		}
	}
}

// BenchmarkBundle writes each document of a case that has all nine figures.
func BenchmarkBundle(b *testing.B) {
	c := sample(b)
	x, y := c.Assessment.MapAxes()
	m, err := assessor(b).WinMap(context.Background(), c.Scenario, x, y, testDay, nil)
	if err != nil {
		b.Fatal(err)
	}
	c.WinMap = m
	for _, ending := range Endings {
		b.Run(ending[1:], func(b *testing.B) {
			for b.Loop() {
				made(b, ending, []Case{c}, Options{Version: "1.0"})
			}
		})
	}
}
