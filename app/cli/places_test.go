package cli

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"hostwise/app/figure"
	"hostwise/internal/intact"
)

func TestFiguresAreWritten(t *testing.T) {
	dir := folder(t, map[string]string{"case.json": template(t, "saas-app")})
	file, out := filepath.Join(dir, "case.json"), filepath.Join(dir, "cost.PNG")
	here(t, "", "chart", file, "--figure", "monthly-cost", "--out", out, "--size", "960x540", "--theme", "dark", "--draws", "50").well(t)
	picture, err := png.Decode(strings.NewReader(read(t, out)))
	if err != nil || picture.Bounds().Dx() != 960 || picture.Bounds().Dy() != 540 {
		t.Fatalf("the picture is wrong: %v", err)
	}
	if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0xffff {
		t.Error("the ground is transparent")
	}
	here(t, "", "chart", file, "--figure", "monthly-cost", "--out", out, "--size", "960x540", "--transparent", "--draws", "50").well(t)
	if picture, err = png.Decode(strings.NewReader(read(t, out))); err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
		t.Error("the ground is not transparent")
	}
	all := filepath.Join(dir, "figures")
	here(t, "", "chart", file, "--figure", "all", "--out", all, "--size", "640x360", "--draws", "50").well(t)
	if got := names(t, all); len(got) != 2*len(figure.IDs) {
		t.Errorf("written are %v", got)
	}
	for _, id := range figure.IDs {
		if err := wellFormed(read(t, filepath.Join(all, id+".svg"))); err != nil {
			t.Errorf("%s.svg: %v", id, err)
		}
	}
	again := filepath.Join(dir, "again")
	here(t, "", "chart", file, "--figure", "all", "--out", again, "--size", "640x360", "--draws", "50").well(t)
	for _, name := range names(t, all) {
		if read(t, filepath.Join(all, name)) != read(t, filepath.Join(again, name)) {
			t.Errorf("%s has other bytes the second time", name)
		}
	}
}

func TestAFigureAsItIsAskedFor(t *testing.T) {
	dir := folder(t, map[string]string{"case.json": template(t, "saas-app")})
	file, out := filepath.Join(dir, "case.json"), filepath.Join(dir, "memory.svg")
	draw := func(more ...string) string {
		t.Helper()
		args := append([]string{"chart", file, "--figure", "memory", "--out", out, "--draws", "50"}, more...)
		here(t, "", args...).well(t)
		return read(t, out)
	}
	plain := draw()
	if titled := draw("--title", "What <we> need"); !strings.Contains(titled, "<title>What &lt;we&gt; need</title>") {
		t.Errorf("the title is not there: %.300s", titled)
	}
	if draw("--log-scale") == plain || draw("--models") == plain {
		t.Error("a switch changes nothing")
	}
}

func TestADocumentWithSomeFigures(t *testing.T) {
	dir := folder(t, map[string]string{"case.json": template(t, "saas-app")})
	out := filepath.Join(dir, "all.zip")
	here(t, "", "export", filepath.Join(dir, "case.json"), "--out", out, "--draws", "50", "--figures", "memory,capacity").well(t)
	archive, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var figures []string
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, "figures/") {
			figures = append(figures, path.Base(f.Name))
		}
	}
	slices.Sort(figures)
	if want := []string{"capacity.png", "capacity.svg", "memory.png", "memory.svg"}; !slices.Equal(figures, want) {
		t.Errorf("the archive holds %v", figures)
	}
}

func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// hostile are places where no file may go, each made anew.
func hostile(t *testing.T, ending string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(filepath.Join(dir, "folder"+ending), 0o700))
	must(os.WriteFile(filepath.Join(dir, "file"), []byte("kept"), 0o600))
	places := map[string]string{
		"a folder":            filepath.Join(dir, "folder"+ending),
		"a missing folder":    filepath.Join(dir, "no", "x"+ending),
		"below a file":        filepath.Join(dir, "file", "x"+ending),
		"the file system":     string(filepath.Separator),
		"a name without room": filepath.Join(dir, strings.Repeat("x", 300)+ending),
	}
	if runtime.GOOS != "windows" {
		must(os.Symlink(filepath.Join(dir, "file"), filepath.Join(dir, "link"+ending)))
		places["a link"] = filepath.Join(dir, "link"+ending)
		places["a device"] = "/dev/null"
	}
	if os.Geteuid() > 0 { // root may write everywhere
		must(os.Mkdir(filepath.Join(dir, "sealed"), 0o500))
		places["a sealed folder"] = filepath.Join(dir, "sealed", "x"+ending)
	}
	return places
}

func TestPlacesThatCannotBeWrittenAreRefused(t *testing.T) {
	home := t.TempDir()
	case1 := filepath.Join(folder(t, map[string]string{"case.json": small}), "case.json")
	in(t, home, "", "cases", "import", case1).well(t)
	for _, c := range []struct {
		ending string
		args   []string
	}{
		{".png", []string{"chart", case1, "--figure", "memory", "--draws", "50", "--out"}},
		{".zip", []string{"cases", "export", "--out"}},
		{".db", []string{"cases", "backup", "--out"}},
	} {
		for what, place := range hostile(t, c.ending) {
			got := in(t, home, "", append(c.args, place)...)
			if got.code != exitCouldNot || got.out != "" || got.err == "" {
				t.Errorf("%v to %s: exit code %d, %q, %q", c.args[:2], what, got.code, got.out, got.err)
			}
		}
	}
	if info, err := os.Lstat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Error("the null device was replaced")
	}
}

func TestAllFiguresGoNowhereWrong(t *testing.T) {
	dir := folder(t, map[string]string{"case.json": small, "file": "kept"})
	file := filepath.Join(dir, "case.json")
	for _, place := range []string{filepath.Join(dir, "file"), filepath.Join(dir, "no", "such"), filepath.Join(dir, "file", "below")} {
		got := here(t, "", "chart", file, "--figure", "all", "--draws", "50", "--out", place)
		if got.code != exitCouldNot || got.err == "" {
			t.Errorf("%s: exit code %d", place, got.code)
		}
	}
	if got := names(t, dir); len(got) != 2 || read(t, filepath.Join(dir, "file")) != "kept" {
		t.Errorf("left behind: %v", got)
	}
}

func TestAnErrorLeavesTheOldFileWhole(t *testing.T) {
	dir := folder(t, map[string]string{"bad.json": `{"schema": 2}`, "old.png": "the old picture"})
	out := filepath.Join(dir, "old.png")
	got := here(t, "", "chart", filepath.Join(dir, "bad.json"), "--figure", "memory", "--out", out)
	if got.code != exitWrong || read(t, out) != "the old picture" || len(names(t, dir)) != 2 {
		t.Errorf("exit code %d; left are %v", got.code, names(t, dir))
	}
}

func TestAFolderIsMadeOnlyForWholeFigures(t *testing.T) {
	dir := folder(t, map[string]string{})
	made := filepath.Join(dir, "figures")
	if err := writeFiles([]intact.File{{Path: filepath.Join(dir, "none", "a"), Data: []byte("new")}}, made); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
}

func TestAGridIsEven(t *testing.T) {
	p := newProgram(Streams{}, machine(""))
	g := newGrid("name", ">number")
	g.add("é\x1bb", "1")
	g.add("longer", "1,234")
	p.printGrid(g)
	if want := "name    number\né�b          1\nlonger   1,234\n"; p.out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", bytes.TrimSpace(p.out.Bytes()), want)
	}
}
