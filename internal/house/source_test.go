package house

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path that go.mod gives the project.
const module = "hostwise"

// root is the project's folder, seen from this package.
const root = "../.."

// A file is one Go source file of the project.
type file struct {
	path    string // from the project's folder, with slashes
	syntax  *ast.File
	imports []string
	lines   int
}

// isTest reports whether the file is compiled into tests only.
func (f file) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// folder is the file's folder, "." for the project's own.
func (f file) folder() string { return path.Dir(f.path) }

// in reports whether the file lies in the folder or below it.
func (f file) in(folder string) bool { return within(f.folder(), folder) }

// within reports whether a path is the given one or lies below it.
func within(p, above string) bool { return p == above || strings.HasPrefix(p, above+"/") }

// source parses every Go file of the project, whatever its build tags.
func source(t *testing.T) []file {
	t.Helper()
	var files []file
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(name, entry)
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		f, err := parse(name)
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatalf("reading the project's source: %v", err)
	}
	return files
}

// enter skips the folders that the go command skips too.
func enter(name string, entry fs.DirEntry) error {
	base := entry.Name()
	hidden := strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")
	if name != root && (hidden || base == "testdata" || base == "vendor") {
		return filepath.SkipDir
	}
	return nil
}

func parse(name string) (file, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return file{}, err
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	fromRoot, err := filepath.Rel(root, name)
	if err != nil {
		return file{}, err
	}
	f := file{path: filepath.ToSlash(fromRoot), syntax: syntax, lines: bytes.Count(text, []byte("\n"))}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file{}, err
		}
		f.imports = append(f.imports, imported)
	}
	return f, nil
}

// importsOf maps each package of the project, by its import path, to what its
// files other than tests import.
func importsOf(files []file) map[string][]string {
	graph := map[string][]string{}
	for _, f := range files {
		if f.isTest() {
			continue
		}
		pkg := path.Join(module, f.folder())
		graph[pkg] = append(graph[pkg], f.imports...)
	}
	for pkg := range graph {
		slices.Sort(graph[pkg])
		graph[pkg] = slices.Compact(graph[pkg])
	}
	return graph
}

// reach returns everything that a package imports, directly or through other
// packages of the project, each with the chain that leads to it.
func reach(graph map[string][]string, from string) map[string]string {
	chain := map[string]string{}
	var follow func(pkg, so string)
	follow = func(pkg, so string) {
		for _, next := range graph[pkg] {
			if _, seen := chain[next]; seen {
				continue
			}
			chain[next] = so + " -> " + next
			follow(next, chain[next])
		}
	}
	follow(from, from)
	return chain
}
