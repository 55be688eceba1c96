package house

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// An arrow that must not be: no package under from reaches a package under to.
type arrow struct {
	from, to string
	why      string
}

var forbidden = []arrow{
	{"hostwise/calc", "hostwise/app", "the model knows no screen"},
	{"hostwise/calc", "hostwise/storage", "the model does no I/O"},
	{"hostwise/calc", "hostwise/assets", "the model is handed its catalogue"},
	{"hostwise/calc", "fyne.io", "the model knows no screen"},
	{"hostwise/storage", "hostwise/app", "storage knows no screen"},
	{"hostwise/storage", "hostwise/calc", "storage keeps a case without understanding it"},
	{"hostwise/storage", "fyne.io", "storage knows no screen"},
	{"hostwise/assets", "hostwise/app", "assets are data"},
	{"hostwise/assets", "hostwise/storage", "assets are data"},
	{"hostwise/app/figure", "fyne.io", "figures are drawn without a window too"},
	{"hostwise/app/figure", "hostwise/app/desktop", "figures are drawn without a window too"},
	{"hostwise/app/report", "fyne.io", "reports are written without a window too"},
	{"hostwise/app/report", "hostwise/app/desktop", "reports are written without a window too"},
	{"hostwise/app/cli", "fyne.io", "sub-commands work without a display"},
	{"hostwise/app/cli", "hostwise/app/desktop", "sub-commands work without a display"},
}

func TestArrowsRunOneWay(t *testing.T) {
	graph := importsOf(source(t))
	for pkg := range graph {
		reached := reach(graph, pkg)
		for _, a := range forbidden {
			if !within(pkg, a.from) {
				continue
			}
			for target, chain := range reached {
				if within(target, a.to) {
					t.Errorf("%s must not reach %s, since %s: %s", a.from, a.to, a.why, chain)
				}
			}
		}
	}
}

// Formatting text is no I/O, so calc may import fmt, which reaches os inside
// the standard library. What counts is that calc's own files do not.
func TestModelDoesNoInputOrOutput(t *testing.T) {
	for _, f := range source(t) {
		if !f.in("calc") || f.isTest() {
			continue
		}
		for _, imported := range f.imports {
			for _, outside := range []string{"os", "net", "database", "syscall", "embed", "log", "io/ioutil"} {
				if within(imported, outside) {
					t.Errorf("%s imports %s, but the model reads and writes nothing", f.path, imported)
				}
			}
		}
	}
}

// The display driver needs cgo and a display. As long as one file alone
// imports it, every other package builds and tests without either.
func TestOnlyMainImportsTheDisplayDriver(t *testing.T) {
	const driver = "fyne.io/fyne/v2/app"
	var importers []string
	for _, f := range source(t) {
		if slices.Contains(f.imports, driver) {
			importers = append(importers, f.path)
		}
	}
	if !slices.Equal(importers, []string{"main.go"}) {
		t.Errorf("%s is imported by %q, want main.go alone", driver, importers)
	}
}

func TestMainStaysSmall(t *testing.T) {
	const limit = 40
	for _, f := range source(t) {
		if f.folder() != "." {
			continue
		}
		if f.isTest() {
			// A test beside main would have to link the display driver.
			t.Errorf("%s: no tests beside main", f.path)
		}
		if f.lines >= limit {
			t.Errorf("%s has %d lines, want under %d: main picks window or sub-command and nothing else", f.path, f.lines, limit)
		}
	}
}

// A name that fits anything says nothing about what belongs there.
func TestNamesSaySomething(t *testing.T) {
	vague := regexp.MustCompile(`^(utils?|helpers?|common|managers?|misc|base|shared)$`)
	for _, f := range source(t) {
		stem := strings.TrimSuffix(path.Base(f.path), ".go")
		words := append(strings.Split(f.path, "/"), f.syntax.Name.Name)
		words = append(words, strings.Split(stem, "_")...)
		for _, word := range words {
			if vague.MatchString(word) {
				t.Errorf("%s: %q says nothing about what is in it", f.path, word)
			}
		}
	}
}

// These parts of go-chart draw wrong numbers or start bars off zero; the
// figure package uses its renderers, series and ranges only.
func TestBannedChartCalls(t *testing.T) {
	banned := []string{
		"BarChart", "StackedBarChart", "LogarithmicRange",
		"Legend", "LegendThin", "LegendLeft",
	}
	for _, f := range source(t) {
		name := importName(f, "github.com/wcharczuk/go-chart/v2")
		if name == "" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && from.Name == name && slices.Contains(banned, selector.Sel.Name) {
				t.Errorf("%s uses %s.%s, which draws wrong numbers", f.path, name, selector.Sel.Name)
			}
			return true
		})
	}
}

// importName returns the name by which a file uses an import, or "".
func importName(f file, imported string) string {
	for _, spec := range f.syntax.Imports {
		if spec.Path.Value != `"`+imported+`"` {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return "chart"
	}
	return ""
}

// What we ship we owe thanks and a licence text for: each module that go.mod
// names as direct stands in THIRD_PARTY.md with the version in use.
func TestThirdPartyNamesEveryDirectModule(t *testing.T) {
	thanks := read(t, "THIRD_PARTY.md")
	direct := regexp.MustCompile(`(?m)^\t(\S+) (v\S+)$`).FindAllStringSubmatch(read(t, "go.mod"), -1)
	if len(direct) == 0 {
		t.Fatal("found no direct module in go.mod")
	}
	for _, m := range direct {
		row := regexp.MustCompile(`(?m)^\| \[?` + regexp.QuoteMeta(m[1]) + `\b.*\| ` + regexp.QuoteMeta(m[2]) + ` \|`)
		if !row.MatchString(thanks) {
			t.Errorf("THIRD_PARTY.md has no row for %s %s", m[1], m[2])
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The version stands in three places, since no build step runs before
// `go build` and `go install`.
func TestVersionsAgree(t *testing.T) {
	packaged := regexp.MustCompile(`(?m)^ *Version *= *"(.+)"`).FindStringSubmatch(read(t, "FyneApp.toml"))
	if packaged == nil {
		t.Fatal("FyneApp.toml has no Version")
	}
	for _, name := range []string{"main.go", "main_nocgo.go"} {
		if !strings.Contains(read(t, name), `version = "`+packaged[1]+`"`) {
			t.Errorf("%s does not have FyneApp.toml's version %s", name, packaged[1])
		}
	}
}
