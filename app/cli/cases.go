package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/storage"
)

// caseRow is a saved case as a list shows it.
type caseRow struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Tags       []string    `json:"tags"`
	Model      string      `json:"model"`
	Route      string      `json:"route"` // of the verdict when it was last assessed
	Headline   string      `json:"headline"`
	Confidence string      `json:"confidence"`
	Monthly    *calc.Range `json:"monthly_usd"`
	Chance     *float64    `json:"chance_cheapest"`
	Calls      *float64    `json:"calls_per_month"`
	Created    string      `json:"created_at"`
	Updated    string      `json:"updated_at"`
	Revision   int         `json:"revision"`
}

func rowOf(c storage.Case) caseRow {
	s := c.Summary
	r := caseRow{ID: c.ID, Name: c.Name, Tags: append([]string{}, c.Tags...), Model: c.Model, Route: s.Route, Headline: s.Headline,
		Confidence: s.Confidence, Chance: s.Chance, Calls: s.CallsPerMonth, Created: c.CreatedAt.UTC().Format(time.RFC3339),
		Updated: c.UpdatedAt.UTC().Format(time.RFC3339), Revision: c.Revision}
	if s.MonthlyLowUSD != nil && s.MonthlyLikelyUSD != nil && s.MonthlyHighUSD != nil {
		r.Monthly = &calc.Range{Low: *s.MonthlyLowUSD, Likely: *s.MonthlyLikelyUSD, High: *s.MonthlyHighUSD}
	}
	return r
}

// savedCases is the database that the commands about cases work on.
type savedCases struct {
	program *program
	path    string // as named, "" = the default place
}

func (p *program) casesCommand() *cobra.Command {
	db := &savedCases{program: p}
	c := &cobra.Command{
		Use:     "cases",
		GroupID: groupKeep,
		Short:   "List, show, import, export and back up saved cases",
		Long: "Work on the cases that the window saves. Without --db it is the window's own file: $HOSTWISE_DB, else the data\n" +
			"folder of the system.",
		Example: "  hostwise cases list --search rag\n  hostwise cases export --out cases.zip\n  hostwise cases import cases.zip --db copy.db",
		Args:    p.unknownCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.PersistentFlags().StringVar(&db.path, "db", "", "the `FILE` of saved cases (default: the window's own)")
	c.AddCommand(db.listCommand(), db.showCommand(), db.importCommand(), db.exportCommand(), db.deleteCommand(), db.backupCommand(), db.checkCommand())
	return c
}

func (d *savedCases) place() (string, error) {
	if d.path != "" {
		return d.path, nil
	}
	path, err := storage.DefaultPath(d.program.env.Getenv, d.program.env.GOOS)
	if err != nil {
		return "", couldNot("the saved cases", "there is no data folder: name a file with --db", err)
	}
	return path, nil
}

// read does something with the cases and changes nothing, but for a database of an older version, which is brought up to
// date as the window would, with a backup before.
func (d *savedCases) read(ctx context.Context, do func(*storage.Store) error) error {
	return d.with(ctx, true, do)
}

// write does something that changes the cases.
func (d *savedCases) write(ctx context.Context, do func(*storage.Store) error) error {
	return d.with(ctx, false, do)
}

func (d *savedCases) with(ctx context.Context, readOnly bool, do func(*storage.Store) error) error {
	path, err := d.place()
	if err != nil {
		return err
	}
	if err := notAnothers(path); err != nil {
		return err
	}
	opt := storage.Options{ReadOnly: readOnly, Now: d.program.env.Now}
	store, err := storage.Open(ctx, path, opt)
	if readOnly && errors.Is(err, storage.ErrOlder) {
		opt.ReadOnly = false
		store, err = storage.Open(ctx, path, opt)
	}
	if err != nil {
		return storeFailure(path, err)
	}
	if r := store.Recovered(); r != nil {
		d.program.note(path + ": " + r.Advice())
	}
	err = do(store)
	var stored *storage.Error
	if errors.As(err, &stored) {
		err = storeFailure(path, err)
	}
	if closed := store.Close(); closed != nil {
		err = errors.Join(err, storeFailure(path, closed))
	}
	return err
}

// notAnothers refuses a file that holds something and is no database at all: opened as one it would count as damaged and
// be moved aside, which nobody wants of a file that was named by mistake.
func notAnothers(path string) error {
	const begins = "SQLite format 3\x00" // https://sqlite.org/fileformat.html#magic_header_string
	f, err := os.Open(path)
	if err != nil {
		return nil // Open says it better
	}
	head := make([]byte, len(begins))
	n, err := io.ReadFull(f, head)
	_ = f.Close() // only read
	if n > 0 && string(head[:n]) != begins && (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) {
		return couldNot(path, "is not a file of saved cases: name another one; nothing was changed", nil)
	}
	return nil
}

// missing reports whether there are no saved cases yet: the file is not there, but its folder is, or nobody named it.
func (d *savedCases) missing() bool {
	path, err := d.place()
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) && (d.path == "" || writable(path) == nil)
}

func (d *savedCases) listCommand() *cobra.Command {
	var asJSON bool
	var words string
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the saved cases, the newest change first",
		Example: "  hostwise cases list\n  hostwise cases list --search \"rag pilot\" --json",
		Args:    takes(0, 0, "no arguments; --search WORDS to search"),
		RunE: func(c *cobra.Command, _ []string) error {
			var cases []storage.Case
			if d.missing() {
				d.program.note("there are no saved cases yet")
			} else if err := d.read(c.Context(), func(s *storage.Store) (err error) {
				cases, err = s.List(c.Context(), storage.Query{Search: words})
				return err
			}); err != nil {
				return err
			}
			return d.program.printCases(cases, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.Flags().StringVar(&words, "search", "", "only cases with these `WORDS` in name, notes, tags or model")
	return c
}

func (p *program) printCases(cases []storage.Case, asJSON bool) error {
	rows := []caseRow{}
	for _, c := range cases {
		rows = append(rows, rowOf(c))
	}
	if asJSON {
		return p.printJSON(rows)
	}
	g := newGrid("id", "name", "model", ">calls a month", "verdict", ">a month", "changed")
	for _, r := range rows {
		calls := format.Unknown
		if r.Calls != nil {
			calls = format.Whole(*r.Calls)
		}
		g.add(r.ID, r.Name, r.Model, calls, r.Route, moneyRange(r.Monthly), r.Updated[:len(time.DateOnly)])
	}
	p.printGrid(g)
	return nil
}

func (d *savedCases) showCommand() *cobra.Command {
	var revision int
	c := &cobra.Command{
		Use:     "show ID",
		Short:   "Print a case's scenario file",
		Example: "  hostwise cases show 3f2c… | hostwise assess -",
		Args:    takes(1, 1, "the ID of a case, from hostwise cases list"),
		RunE: func(c *cobra.Command, args []string) error {
			if revision < 0 {
				return wrong("--revision", "is no revision", "1 or more; 0 is the newest", "")
			}
			return d.read(c.Context(), func(s *storage.Store) error {
				found, err := d.find(c.Context(), s, args)
				if err != nil {
					return err
				}
				text := found[0].Scenario
				if revision > 0 {
					r, err := s.Revision(c.Context(), found[0].ID, revision)
					if errors.Is(err, storage.ErrNotFound) {
						return wrong("--revision", "the case has no such revision", "1 to "+format.Whole(float64(found[0].Revision)), "")
					} else if err != nil {
						return err
					}
					text = r.Scenario
				}
				d.program.out.Write(ended(text))
				return nil
			})
		},
	}
	c.Flags().IntVar(&revision, "revision", 0, "an earlier revision `N`, from 1 (default: the newest)")
	return c
}

// ended puts a newline at the end of a text that has none.
func ended(text json.RawMessage) []byte {
	if n := len(text); n > 0 && text[n-1] == '\n' {
		return text
	}
	return append(slices.Clone(text), '\n')
}

// find reads the cases with these ids, all of them when there are none, and tells every id that is not there.
func (d *savedCases) find(ctx context.Context, s *storage.Store, ids []string) ([]storage.Case, error) {
	list, err := s.List(ctx, storage.Query{Sort: storage.SortCreated})
	if err != nil {
		return nil, err
	}
	known := make([]string, len(list))
	for i, c := range list {
		known[i] = c.ID
	}
	if len(ids) == 0 {
		ids = known
	}
	var found []storage.Case
	var unknown []error
	for _, id := range ids {
		if !slices.Contains(known, id) {
			unknown = append(unknown, wrong(id, "is no saved case", "an ID from hostwise cases list", nearestWord(id, known)))
			continue
		}
		c, err := s.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, errors.Join(unknown...)
}

func (d *savedCases) deleteCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "delete ID…",
		Short:   "Delete cases; the window can bring them back for 30 days",
		Example: "  hostwise cases delete 3f2c…",
		Args:    takes(1, -1, "the ID of a case, from hostwise cases list"),
		RunE: func(c *cobra.Command, args []string) error {
			if d.missing() {
				return wrong(args[0], "is no saved case: there are none", "an ID from hostwise cases list", "")
			}
			return d.write(c.Context(), func(s *storage.Store) error {
				found, err := d.find(c.Context(), s, args)
				if err != nil {
					return err
				}
				for _, one := range found {
					if err := s.Delete(c.Context(), one.ID); err != nil {
						return err
					}
					d.program.printLine("deleted", one.ID, clean(one.Name))
				}
				return nil
			})
		},
	}
}

func (d *savedCases) backupCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "backup --out PATH",
		Short:   "Write a whole copy of the saved cases",
		Example: "  hostwise cases backup --out hostwise-backup.db",
		Args:    takes(0, 0, "no arguments; --out PATH"),
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return wrong("--out", "no place is named", "the file to write", "")
			}
			if err := writable(out); err != nil {
				return err
			}
			return d.read(c.Context(), func(s *storage.Store) error {
				if err := s.Backup(c.Context(), out); err != nil {
					return couldNot(out, storage.Advice(err), err)
				}
				d.program.printLine("backed up to", clean(out))
				return nil
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "the `PATH` of the file to write")
	return c
}

func (d *savedCases) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Read everything that is saved and say what is damaged",
		Args:  takes(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return d.read(c.Context(), func(s *storage.Store) error {
				problems, err := s.Check(c.Context())
				if err != nil {
					return err
				}
				var damage []error
				for _, problem := range problems {
					damage = append(damage, couldNot(s.Path(), problem, nil))
				}
				if err := errors.Join(damage...); err != nil {
					return err
				}
				n, err := s.Count(c.Context(), storage.Query{})
				if err == nil {
					d.program.printLine("sound:", format.Whole(float64(n)), "cases in", clean(s.Path()))
				}
				return err
			})
		},
	}
}
