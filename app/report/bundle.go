package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"hostwise/app/figure"
	"hostwise/calc"
)

// JSON writes the assessment as the command line prints it; several cases give a list of them.
func JSON(ctx context.Context, w io.Writer, cases []Case, opt Options) error {
	j, err := begin(ctx, cases, opt)
	if err != nil {
		return err
	}
	j.expect(1)
	b, err := j.assessments(cases)
	if err != nil {
		return err
	}
	if err := j.step(); err != nil {
		return err
	}
	return send(w, b)
}

func (j *job) assessments(cases []Case) (*bytes.Buffer, error) {
	if len(cases) == 1 {
		return jsonFile(cases[0].Assessment)
	}
	list := make([]*calc.Assessment, len(cases))
	for i, c := range cases {
		list[i] = c.Assessment
	}
	return jsonFile(list)
}

func jsonFile(v any) (*bytes.Buffer, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("report: the assessment cannot be written as JSON: %w", err)
	}
	return &b, nil
}

// Manifest lists what an archive holds. It is the file manifest.json in it.
type Manifest struct {
	Product   string         `json:"product"`
	Version   string         `json:"version"`
	Date      string         `json:"date"`
	Catalogue string         `json:"catalogue"`
	Cases     []string       `json:"cases"`
	Files     []ManifestFile `json:"files"`
}

// ManifestFile is one file of an archive.
type ManifestFile struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Zip writes everything: deck, report and workbook of all cases; for each case the scenario, the assessment and
// every figure as PNG and SVG; and a manifest with the hash of each file.
func Zip(ctx context.Context, w io.Writer, cases []Case, opt Options) error {
	j, err := begin(ctx, cases, opt)
	if err != nil {
		return err
	}
	steps := j.deckSteps() + j.paperSteps() + j.bookSteps() + 1
	for i := range cases {
		ids, _ := j.available(i)
		steps += 2*len(ids) + 1
	}
	j.expect(steps)
	files, err := j.bundle()
	if err != nil {
		return err
	}
	b, err := zipped(files, j.today)
	if err != nil {
		return err
	}
	if err := j.step(); err != nil {
		return err
	}
	return send(w, b)
}

// bundle makes every file of the archive.
func (j *job) bundle() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, one := range []struct {
		name string
		make func() (*bytes.Buffer, error)
	}{{"deck.pptx", j.deck}, {"report.pdf", j.paper}, {"workbook.xlsx", j.book}} {
		b, err := one.make()
		if err != nil {
			return nil, err
		}
		files[one.name] = b.Bytes()
	}
	for i := range j.cases {
		if err := j.caseFiles(i, files); err != nil {
			return nil, err
		}
	}
	if err := j.comparedFiles(files); err != nil {
		return nil, err
	}
	manifest, err := j.manifest(files)
	if err != nil {
		return nil, err
	}
	files["manifest.json"] = manifest.Bytes()
	return files, nil
}

// caseFiles adds the files of one case, in a folder of its own where there are several cases.
func (j *job) caseFiles(of int, files map[string][]byte) error {
	c, folder := j.cases[of], ""
	if len(j.cases) > 1 {
		folder = fmt.Sprintf("%d-%s/", of+1, fileName(c.name()))
	}
	b, err := jsonFile(c.Assessment)
	if err != nil {
		return err
	}
	files[folder+"assessment.json"] = b.Bytes()
	files[folder+"scenario.json"] = c.Scenario.JSON()
	ids, _ := j.available(of)
	for _, id := range ids {
		for _, svg := range []bool{false, true} {
			data, err := j.draw(of, id, j.fileLook(svg))
			if err != nil {
				return err
			}
			ending := ".png"
			if svg {
				ending = ".svg"
			}
			files[folder+"figures/"+id+ending] = data
			if err := j.step(); err != nil {
				return err
			}
		}
	}
	return j.step()
}

// comparedFiles adds the figures that only several cases have: all of them together, and the bridges to the others.
func (j *job) comparedFiles(files map[string][]byte) error {
	add := func(of int, id, name string) error {
		for _, ending := range []string{".png", ".svg"} {
			data, err := j.draw(of, id, j.fileLook(ending == ".svg"))
			if err != nil {
				return err
			}
			files["figures/"+name+ending] = data
		}
		return j.ctx.Err()
	}
	if _, ok := j.overlay(); ok {
		if err := add(overlaid, "overlay", "overlay"); err != nil {
			return err
		}
	}
	for i := range j.cases {
		if _, ok := j.bridgeFigure(i); ok {
			if err := add(i, figure.BridgeID, fmt.Sprintf("bridge-1-to-%d", i+1)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (j *job) manifest(files map[string][]byte) (*bytes.Buffer, error) {
	m := Manifest{Product: "Hostwise", Version: j.opt.Version, Date: j.day(), Catalogue: j.cases[0].Assessment.Catalogue.Version}
	for _, c := range j.cases {
		m.Cases = append(m.Cases, c.name())
	}
	for _, name := range sortedNames(files) {
		sum := sha256.Sum256(files[name])
		m.Files = append(m.Files, ManifestFile{name, len(files[name]), hex.EncodeToString(sum[:])})
	}
	return jsonFile(m)
}

// fileName makes a name that every system takes as one: letters and digits of any script, joined by hyphens.
func fileName(name string) string {
	var b strings.Builder
	for _, r := range cut(name, 60) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "case"
}
