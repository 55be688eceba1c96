package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/storage"
)

// maxDraws bounds the memory that samples take: beyond it P10 and P90 do not move in the digits that are shown.
const maxDraws = 100_000

// settings are the options that the commands about scenarios share.
type settings struct {
	draws int
	quick bool
	today string
	db    string
}

// day adds the options of what a study rests on.
func (o *settings) day(c *cobra.Command) {
	c.Flags().StringVar(&o.today, "today", "", "the `DATE` from which ages of prices count, YYYY-MM-DD (default: the system's date)")
	c.Flags().StringVar(&o.db, "db", "", "a `FILE` of saved cases: its own facts are used too")
}

// sampling adds the options of an assessment.
func (o *settings) sampling(c *cobra.Command) {
	o.day(c)
	c.Flags().IntVar(&o.draws, "draws", calc.DefaultDraws, fmt.Sprintf("`N` samples behind ranges and chances, 1 to %d", maxDraws))
}

// quickly adds the option of a base answer.
func (o *settings) quickly(c *cobra.Command) {
	o.sampling(c)
	c.Flags().BoolVar(&o.quick, "quick", false, "the base answer only: no samples, no tornado, no flips")
}

// bench is what scenarios are worked on with: the facts, the person's own among them, and a day.
type bench struct {
	program  *program
	assessor *calc.Assessor
	options  calc.Options
}

// bench checks the options and opens the facts.
func (p *program) bench(ctx context.Context, o settings) (*bench, error) {
	today, err := p.today(o.today)
	if err != nil {
		return nil, err
	}
	if o.draws < 0 || o.draws > maxDraws || o.draws == 0 && !o.quick {
		return nil, wrong("--draws", fmt.Sprintf("%d samples cannot be drawn", o.draws), fmt.Sprintf("1 to %d", maxDraws), "")
	}
	cat, err := p.facts(ctx, o.db)
	if err != nil {
		return nil, err
	}
	return &bench{program: p, assessor: calc.NewAssessor(cat),
		options: calc.Options{Today: today, Draws: o.draws, Quick: o.quick}}, nil
}

// today is the day that was named, or the system's, as midnight UTC: ages count in calendar days.
func (p *program) today(named string) (time.Time, error) {
	if named == "" {
		y, m, d := p.env.Now().Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
	}
	day, err := time.Parse(time.DateOnly, named)
	if err != nil {
		return time.Time{}, wrong("--today", fmt.Sprintf("%q is not a date", named), "a day as YYYY-MM-DD, such as 2026-11-23", "")
	}
	return day, nil
}

// facts are the catalogue and, where a database is named, the person's own rows over it.
func (p *program) facts(ctx context.Context, db string) (*catalog.Catalog, error) {
	cat, err := p.catalogue()
	if err != nil || db == "" {
		return cat, err
	}
	if err := notAnothers(db); err != nil {
		return nil, err
	}
	store, err := storage.Open(ctx, db, storage.Options{ReadOnly: true, Now: p.env.Now})
	if err != nil {
		return nil, storeFailure(db, err)
	}
	rows, err := store.Facts(ctx)
	if err = errors.Join(err, store.Close()); err != nil {
		return nil, storeFailure(db, err)
	}
	own, problems := calc.Parse(fmt.Appendf(nil, `{"schema":%d,"facts":%s}`, calc.FileSchema, rows), cat)
	if len(problems) > 0 {
		return nil, couldNot(db, "its own facts cannot be used: mend or reset them on the Facts page", problems[0])
	}
	f := own.Facts()
	return cat.With(catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured}), nil
}

// storeFailure says what is wrong with a file of saved cases in both voices.
func storeFailure(path string, err error) error {
	advice := storage.Advice(err)
	if errors.Is(err, storage.ErrNotFound) {
		advice = "There are no saved cases here: check the path."
	}
	if advice == "" {
		advice = "The saved cases could not be used."
	}
	return couldNot(path, advice, err)
}
