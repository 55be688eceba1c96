package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"hostwise/calc"
	"hostwise/storage"
)

// The most that an archive or a list may hold: more than anybody keeps, less than fills memory.
const (
	maxArchive = 256 << 20
	maxEntries = 10_000
)

// The endings of files that hold cases.
const (
	endingJSON  = ".json"
	endingLines = ".jsonl"
	endingZip   = ".zip"
)

const caseEndings = "a path ending in .json, .jsonl or .zip"

func (d *savedCases) importCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Save scenario files as cases: .json, .jsonl or .zip",
		Long: "Save scenario files as new cases: a .json file is one, a .jsonl file holds one a line, a .zip holds .json files. All are\n" +
			"saved, or none. The database is made where it is missing.",
		Example: "  hostwise cases import case.json\n  hostwise cases import cases.zip --db copy.db",
		Args:    takes(1, -1, "scenario files: .json, .jsonl or .zip"),
		RunE: func(c *cobra.Command, args []string) error {
			cat, err := d.program.catalogue()
			if err != nil {
				return err
			}
			b := &bench{program: d.program, assessor: calc.NewAssessor(cat), options: calc.Options{Draws: calc.DefaultDraws}}
			if b.options.Today, err = d.program.today(""); err != nil {
				return err
			}
			if !d.missing() { // the person's own facts count as known ids
				place, err := d.place()
				if err != nil {
					return err
				}
				if cat, err = d.program.facts(c.Context(), place); err != nil && !errors.Is(err, storage.ErrOlder) {
					return err
				} else if err == nil {
					b.assessor = calc.NewAssessor(cat)
				}
			}
			return d.imports(c.Context(), b, args, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print what was saved as JSON")
	return c
}

// imports reads and assesses everything before the database is opened for writing.
func (d *savedCases) imports(ctx context.Context, b *bench, names []string, asJSON bool) error {
	var all []calc.Scenario
	var failed []error
	for _, name := range names {
		scenarios, err := b.readCases(ctx, name)
		if errors.As(err, new(calc.Problems)) && len(names) > 1 {
			err = inFile{name, err}
		}
		failed = append(failed, err)
		all = append(all, scenarios...)
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	cases, err := b.caseRows(ctx, all)
	if err != nil {
		return err
	}
	return d.write(ctx, func(s *storage.Store) error {
		saved, err := s.SaveMany(ctx, cases)
		if err != nil {
			return err
		}
		if asJSON {
			return d.program.printCases(saved, true)
		}
		for _, c := range saved {
			d.program.printLine("saved", c.ID, clean(c.Name))
		}
		return nil
	})
}

// caseRows assesses scenarios on all cores and returns them as storage keeps them.
func (b *bench) caseRows(ctx context.Context, all []calc.Scenario) ([]storage.Case, error) {
	cases, failed := make([]storage.Case, len(all)), make([]error, len(all))
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(len(all), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				cases[i], failed[i] = b.caseRow(ctx, all[i])
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()
	return cases, errors.Join(failed...)
}

func (b *bench) caseRow(ctx context.Context, s calc.Scenario) (storage.Case, error) {
	a, err := b.assessor.Assess(ctx, s, b.options)
	if err != nil {
		return storage.Case{}, err
	}
	calls := s.Likely(callsPath)
	v := a.Verdict
	c := storage.Case{
		Name: s.Name(), Notes: s.Text("notes"), Tags: s.Value("tags").Texts, Model: s.Text("model"), Scenario: s.JSON(),
		CatalogueVersion: a.Catalogue.Version, AppVersion: b.program.env.Version,
		Summary: storage.Summary{Route: v.Route, Kind: string(v.Kind), Headline: v.Headline, Confidence: v.Confidence,
			CallsPerMonth: &calls},
	}
	if chance, known := a.KindChance(); known {
		c.Summary.Chance = &chance
	}
	if r := a.Route(v.Route); r != nil && r.Monthly != nil {
		c.Summary.MonthlyLowUSD, c.Summary.MonthlyLikelyUSD, c.Summary.MonthlyHighUSD = &r.Monthly.Low, &r.Monthly.Likely, &r.Monthly.High
	}
	return c, nil
}

// readCases reads the scenarios of a file, by its ending.
func (b *bench) readCases(ctx context.Context, name string) ([]calc.Scenario, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case endingJSON:
		s, err := b.scenario(ctx, name)
		return []calc.Scenario{s}, err
	case endingLines:
		return b.readCaseLines(name)
	case endingZip:
		return b.readCaseZip(name)
	}
	return nil, wrong(name, "is no kind of file that holds cases", caseEndings, "")
}

func (b *bench) readCaseLines(name string) ([]calc.Scenario, error) {
	r, err := b.program.source(name)
	if err != nil {
		return nil, err
	}
	var all []calc.Scenario
	var failed []error
	err = readLines(io.LimitReader(r, maxArchive), func(job *lineJob) bool {
		s, err := calc.Scenario{}, job.err
		if err == nil {
			s, err = b.parse(job.data)
		}
		if err != nil {
			err = inFile{fmt.Sprintf("line %d", job.number), err}
		}
		all, failed = append(all, s), append(failed, err)
		return true
	})
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, couldNot(name, "cannot be read", err)
	}
	if len(all) == 0 {
		return nil, wrong(name, "the file holds no scenario", "one scenario a line", "")
	}
	return all, errors.Join(failed...)
}

// readCaseZip reads every .json file of an archive, wherever it lies in it.
func (b *bench) readCaseZip(name string) ([]calc.Scenario, error) {
	r, err := b.program.source(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxArchive+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, couldNot(name, "cannot be read", err)
	}
	if len(data) > maxArchive {
		return nil, wrong(name, "the archive is too large", "at most 256 MiB", "")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, wrong(name, "is not a zip archive: "+err.Error(), caseEndings, "")
	}
	return b.readEntries(name, archive.File)
}

func (b *bench) readEntries(name string, entries []*zip.File) ([]calc.Scenario, error) {
	var all []calc.Scenario
	var failed []error
	for _, entry := range entries {
		base := path.Base(entry.Name)
		if entry.FileInfo().IsDir() || strings.ToLower(path.Ext(base)) != endingJSON || strings.HasPrefix(base, ".") {
			continue
		}
		if len(all) == maxEntries {
			return nil, wrong(name, "the archive holds too many cases", fmt.Sprintf("at most %d", maxEntries), "")
		}
		s, err := b.readEntry(entry)
		if err != nil {
			err = inFile{entry.Name, err}
		}
		all, failed = append(all, s), append(failed, err)
	}
	if len(all) == 0 {
		return nil, wrong(name, "the archive holds no scenario", "a .zip with .json files", "")
	}
	return all, errors.Join(failed...)
}

func (b *bench) readEntry(entry *zip.File) (calc.Scenario, error) {
	r, err := entry.Open()
	if err != nil {
		return calc.Scenario{}, wrong("", "cannot be unpacked: "+err.Error(), "a sound archive", "")
	}
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1)) // the size that the entry states may be a lie
	switch err = errors.Join(err, r.Close()); {
	case len(data) > maxFile:
		return calc.Scenario{}, tooLarge()
	case err != nil:
		return calc.Scenario{}, wrong("", "cannot be unpacked: "+err.Error(), "a sound archive", "")
	}
	return b.parse(data)
}

func (d *savedCases) exportCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "export [ID…] --out PATH",
		Short: "Write cases to a file: .json, .jsonl or .zip",
		Long: "Write cases as scenario files: one as .json, any number as .jsonl, one a line, or as .zip, one file each. Without an ID all\n" +
			"saved cases are written, the oldest first.",
		Example: "  hostwise cases export --out cases.zip\n  hostwise cases export 3f2c… --out case.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				return wrong("--out", "no place is named", caseEndings, "")
			}
			if err := writable(out); err != nil {
				return err
			}
			ending := strings.ToLower(filepath.Ext(out))
			if !slices.Contains([]string{endingJSON, endingLines, endingZip}, ending) {
				return wrong("--out", fmt.Sprintf("%q is no kind of file for cases", out), caseEndings, "")
			}
			return d.read(c.Context(), func(s *storage.Store) error {
				found, err := d.find(c.Context(), s, args)
				if err != nil {
					return err
				}
				data, err := packed(found, ending)
				if err != nil {
					return err
				}
				return writeFile(out, data)
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "the `PATH` of the file to write, ending in .json, .jsonl or .zip")
	return c
}

// packed is the bytes of a file with these cases.
func packed(cases []storage.Case, ending string) ([]byte, error) {
	var out bytes.Buffer
	switch {
	case len(cases) == 0:
		return nil, wrong("cases export", "there are no saved cases to write", "save or import one first", "")
	case ending == endingJSON && len(cases) > 1:
		return nil, wrong("--out", fmt.Sprintf("a .json file holds one case, and these are %d", len(cases)), "one ID, or a path ending in .jsonl or .zip", "")
	case ending == endingJSON:
		out.Write(ended(cases[0].Scenario))
	case ending == endingLines:
		for _, c := range cases {
			out.Write(oneLine(c.Scenario))
		}
	default:
		if err := zipCases(&out, cases); err != nil {
			return nil, couldNot("the archive", "cannot be written", err)
		}
	}
	return out.Bytes(), nil
}

func zipCases(out io.Writer, cases []storage.Case) error {
	archive := zip.NewWriter(out)
	taken := map[string]bool{}
	for _, c := range cases {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: freeName(c.Name, taken) + endingJSON, Method: zip.Deflate, Modified: c.UpdatedAt.UTC()})
		if err != nil {
			return err
		}
		if _, err := w.Write(ended(c.Scenario)); err != nil {
			return err
		}
	}
	return archive.Close()
}

// freeName turns a case's name into a file name that every system takes and that is not taken yet.
func freeName(name string, taken map[string]bool) string {
	const longest = 60
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r < 0x80 || r == 0x7f })
	stem := []rune(strings.Join(words, "-"))
	if len(stem) > longest {
		stem = stem[:longest]
	}
	base := string(stem)
	if base == "" {
		base = "case"
	}
	free := base
	for n := 2; taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", base, n)
	}
	taken[free] = true
	return free
}
