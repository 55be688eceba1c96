// Accuracy prints how close the models of memory and speed come to what was
// measured: every run of the catalogue beside the estimate that the app would
// have given for it, by group, with the runs that cannot be compared and why.
// The output is Markdown, so that it can be kept beside a change and compared.
//
// It computes nothing of its own. The same comparisons stand on the app's page
// "How accurate is this?"; this is for whoever changes a model or adds a run.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	cat, err := assets.Catalogue()
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	page{buffered}.memory(memory.Accuracy(cat))
	page{buffered}.speed(serving.Accuracy(cat))
	return buffered.Flush()
}

// A page writes Markdown. Errors of writing surface in the Flush at the end.
type page struct{ w io.Writer }

func (p page) heading(level int, words string) {
	fmt.Fprintf(p.w, "\n%s %s\n\n", strings.Repeat("#", level), words)
}

// columns opens a table.
func (p page) columns(names ...string) {
	p.row(names...)
	p.row(strings.Split(strings.Repeat("---,", len(names)-1)+"---", ",")...)
}

func (p page) row(cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", "/")
	}
	fmt.Fprintf(p.w, "| %s |\n", strings.Join(cells, " | "))
}

func (p page) memory(all []memory.Comparison) {
	p.heading(1, "Memory")
	p.columns("group", "runs", "median error", "P90", "in range", "median high/low", "worst")
	for _, g := range memory.SummariseAccuracy(all) {
		p.row(g.Group, fmt.Sprint(g.Rows), percent(g.Median), percent(g.P90), percent(g.InsideShare),
			ratio(g.Spread), g.Worst+" "+signed(g.WorstError))
	}
	worst(p, all, func(c memory.Comparison) (entry, bool) {
		return entry{c.Run.ID, c.Group + ", " + c.Run.Hardware, c.Error}, c.Reason == ""
	})
	p.heading(2, "Every run")
	p.columns("run", "group", "engine", "hardware", "measured", "estimate", "error", "in range")
	for _, c := range all {
		if c.Reason == "" {
			p.row(c.Run.ID, c.Group, c.Run.Engine, c.Run.Hardware, amount(c.Measured, c.Unit),
				between(c.Estimate, func(v float64) string { return amount(v, c.Unit) }), signed(c.Error), yes(c.Inside))
		}
	}
	p.heading(2, "Not compared")
	p.columns("run", "quantity", "why")
	for _, c := range all {
		if c.Reason != "" {
			p.row(c.Run.ID, c.Run.Quantity, c.Reason)
		}
	}
}

// Beside keeps the other runs of the same source in, apart leaves them out:
// the first is what a person near a measured set-up gets, the second what one
// far from it gets.
func (p page) speed(all []serving.Comparison) {
	p.heading(1, "Speed")
	p.columns("group", "comparisons", "median error", "P90", "in range", "median high/low", "median apart", "P90 apart", "in range apart")
	for _, f := range serving.Fits(all) {
		p.row(string(f.Group), fmt.Sprint(f.Runs), percent(f.Median), percent(f.P90), percent(f.Held), ratio(f.MedianSpread),
			percent(f.MedianApart), percent(f.P90Apart), percent(f.HeldApart))
	}
	worst(p, all, func(c serving.Comparison) (entry, bool) {
		return entry{c.Run.ID, string(c.Group) + ", " + c.Run.Hardware + ", " + string(c.Quantity), c.Beside.Error}, c.Reason == ""
	})
	p.heading(2, "Every run")
	p.columns("run", "quantity", "group", "hardware", "measured, tok/s", "estimate", "error", "in range", "basis", "apart")
	for _, c := range all {
		if c.Reason == "" {
			p.row(c.Run.ID, fmt.Sprint(c.Quantity), string(c.Group), c.Run.Hardware, format.Number(c.Measured, 3),
				between(c.Beside.Rate, func(v float64) string { return format.Number(v, 3) }),
				signed(c.Beside.Error), yes(c.Beside.Holds(c.Measured)), fmt.Sprint(c.Beside.Basis), signed(c.Apart.Error))
		}
	}
	p.heading(2, "Not compared")
	p.columns("run", "why")
	for _, c := range all {
		if c.Reason != "" {
			p.row(c.Run.ID, c.Reason)
		}
	}
}

// entry is a compared run in the list of the worst.
type entry struct {
	run, what string
	missed    float64
}

// worstShown is how many of the runs that are furthest off are listed by themselves.
const worstShown = 10

// worst lists the runs that are furthest off. A run that was not compared has no entry.
func worst[T any](p page, all []T, compared func(T) (entry, bool)) {
	var list []entry
	for _, c := range all {
		if e, ok := compared(c); ok {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(math.Abs(b.missed), math.Abs(a.missed)) })
	p.heading(2, "The worst")
	p.columns("run", "what", "error")
	for _, e := range list[:min(worstShown, len(list))] {
		p.row(e.run, e.what, signed(e.missed))
	}
}

// amount is a measured quantity in its unit.
func amount(v float64, unit string) string {
	if unit == "bytes" {
		return format.Bytes(v)
	}
	return format.Count(v) + " " + unit
}

func between(r catalog.Range, write func(float64) string) string {
	if r.Low == r.High {
		return write(r.Likely)
	}
	return fmt.Sprintf("%s (%s to %s)", write(r.Likely), write(r.Low), write(r.High))
}

// ratio writes how wide a range is: its high end over its low end.
func ratio(v float64) string {
	if v <= 0 {
		return "1.00"
	}
	return fmt.Sprintf("%.2f", v)
}

// nothing is the share below which an error is printed as none.
const nothing = 0.00005

// percent writes a share with a digit more where it is small.
func percent(share float64) string {
	if math.Abs(share) < nothing {
		return "0.00 %"
	}
	if math.Abs(share) < 0.01 {
		return fmt.Sprintf("%.2f %%", 100*share)
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// signed says which way the estimate is off.
func signed(share float64) string {
	if share >= nothing {
		return "+" + percent(share)
	}
	return percent(share)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
