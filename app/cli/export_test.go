package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"hostwise/app/report"
)

func TestDocumentsOfEveryKind(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": template(t, "saas-app"), "b.json": small})
	a, b := filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
	for _, ending := range report.Endings {
		t.Run(ending, func(t *testing.T) {
			out := filepath.Join(dir, "case"+strings.ToUpper(ending))
			here(t, "", "export", a, b, "--out", out, "--draws", "50").well(t)
			text := read(t, out)
			switch ending {
			case ".json":
				if !json.Valid([]byte(text)) {
					t.Error("not JSON")
				}
			case ".pdf":
				if !strings.HasPrefix(text, "%PDF-") {
					t.Error("not a PDF")
				}
			default:
				archive, err := zip.NewReader(bytes.NewReader([]byte(text)), int64(len(text)))
				if err != nil || len(archive.File) == 0 {
					t.Errorf("not an archive: %v", err)
				}
			}
		})
	}
}

func TestDocumentsGoNowhereWrong(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": small, "bad.json": `{"schema": 9}`, "old.pptx": "the old deck"})
	a, old := filepath.Join(dir, "a.json"), filepath.Join(dir, "old.pptx")
	for what, place := range hostile(t, ".pptx") {
		if got := here(t, "", "export", a, "--out", place); got.code != exitCouldNot || got.out != "" || got.err == "" {
			t.Errorf("to %s: exit code %d, %q", what, got.code, got.err)
		}
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{a}, "--out"},
		{[]string{a, "--out", filepath.Join(dir, "x.ppt")}, "did you mean .pptx?"},
		{[]string{a, "--out", filepath.Join(dir, "x.pdf"), "--theme", "ligth"}, "did you mean light?"},
		{[]string{filepath.Join(dir, "bad.json"), "--out", old}, "schema"},
		{[]string{a, a, a, a, a, a, a, "--out", old}, "one argument too many"},
	} {
		got := here(t, "", append([]string{"export"}, c.args...)...)
		if got.code != exitWrong || got.out != "" || !strings.Contains(got.err, c.says) {
			t.Errorf("%v: exit code %d, %q", c.args, got.code, got.err)
		}
	}
	if len(names(t, dir)) != 3 || read(t, old) != "the old deck" {
		t.Errorf("left behind: %v", names(t, dir))
	}
}

func TestDocumentsTakeTheDialogsOptions(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": template(t, "saas-app"), "b.json": small})
	a, b := filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
	out := filepath.Join(dir, "all.zip")
	here(t, "", "export", a, b, "--out", out, "--draws", "50", "--figures", "memory", "--size", "640x360", "--transparent", "--theme", "dark",
		"--title", "memory=What fits = what runs", "--models", "--log-scale").well(t)
	text := read(t, out)
	archive, err := zip.NewReader(bytes.NewReader([]byte(text)), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "memory.svg") {
			continue
		}
		seen++
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		svg, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`width="640"`, `height="360"`, "What fits = what runs"} {
			if !strings.Contains(string(svg), want) {
				t.Errorf("%s has no %s", f.Name, want)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d pictures of memory for two cases", seen)
	}
	first := text
	here(t, "", "export", a, b, "--out", out, "--draws", "50", "--figures", "memory", "--size", "640x360", "--transparent", "--theme", "dark",
		"--title", "memory=What fits = what runs", "--models", "--log-scale").well(t)
	if read(t, out) != first {
		t.Error("the same cases on the same day gave other bytes")
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--size", "1x1"}, "200 to 16384"}, {[]string{"--title", "memory"}, "--title"}, {[]string{"--title", "memory= "}, "gives no title"},
		{[]string{"--title", "memry=x"}, "did you mean memory?"}, {[]string{"--title", "memory=x", "--title", "memory=y"}, "two titles"},
	} {
		got := here(t, "", append([]string{"export", a, "--out", out}, c.args...)...)
		if got.code != exitWrong || !strings.Contains(got.err, c.says) {
			t.Errorf("%v: exit code %d, %q", c.args, got.code, got.err)
		}
	}
	if read(t, out) != first {
		t.Error("a wrong request replaced the archive")
	}
}

func TestSeveralFiguresGoIntoAFolder(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": small})
	a, out := filepath.Join(dir, "a.json"), filepath.Join(dir, "figures")
	here(t, "", "chart", a, "--figure", "memory,capacity", "--format", "svg", "--size", "640x360", "--out", out, "--quick").well(t)
	if got := names(t, out); len(got) != 2 || got[0] != "capacity.svg" || got[1] != "memory.svg" {
		t.Errorf("in the folder: %v", got)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--figure", "memory,capacty", "--out", out}, "did you mean capacity?"}, {[]string{"--figure", "memory,capacity", "--format", "gif", "--out", out}, "png, svg"},
		{[]string{"--figure", "memory", "--format", "svg", "--out", filepath.Join(dir, "x.png")}, "--format"},
	} {
		got := here(t, "", append([]string{"chart", a}, c.args...)...)
		if got.code != exitWrong || !strings.Contains(got.err, c.says) {
			t.Errorf("%v: exit code %d, %q", c.args, got.code, got.err)
		}
	}
}
