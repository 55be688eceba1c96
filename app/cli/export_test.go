package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
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
