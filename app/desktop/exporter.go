package desktop

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/app/report"
	"hostwise/calc"
)

// drawer is the Exporter of the app: figures by package figure, documents by package report.
type drawer struct {
	assessor *calc.Assessor
	version  string
	now      func() time.Time

	mu      sync.Mutex // guards the last win map, which takes a while to work out
	mapOf   []byte
	lastMap *calc.WinMap
}

var _ Exporter = (*drawer)(nil)

// Figures implements Exporter.
func (d *drawer) Figures() []FigureChoice {
	out := make([]FigureChoice, len(figure.IDs))
	for i, id := range figure.IDs {
		out[i] = FigureChoice{ID: id, Title: figure.Name(id)}
	}
	return out
}

// mapAcross is the lower axis of the exported win map; the other is what moves the answer most.
const mapAcross = "workload.calls_per_month"

// mapUp is the input that moves the answer most after the volume; the length of an answer where none does.
func mapUp(a *calc.Assessment) string {
	for _, x := range a.Sensitivity {
		if in := calc.LookupInput(x.Input); in != nil && in.Ranged() && x.Input != mapAcross {
			return x.Input
		}
	}
	return "workload.output_tokens_per_call"
}

// Draw implements Exporter.
func (d *drawer) Draw(ctx context.Context, id string, s calc.Scenario, a *calc.Assessment, p Picture) ([]byte, error) {
	build := figure.BuildOptions{Currency: currencyOf(s), Version: d.version}
	if id == "win-map" {
		m, err := d.winMap(ctx, s, a)
		if err != nil {
			return nil, err
		}
		build.WinMap = m
	}
	f, err := figure.Build(id, a, build)
	if err != nil {
		return nil, err
	}
	opt := figure.Options{Width: p.Width, Height: p.Height, Theme: &figure.Light, Transparent: p.Transparent}
	if p.Theme == "dark" {
		opt.Theme = &figure.Dark
	}
	var out bytes.Buffer
	write := figure.PNG
	if p.Format == "svg" {
		write = figure.SVG
	}
	if err := write(&out, f, opt); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// winMap works the map out, or returns the last one where the scenario is the same.
func (d *drawer) winMap(ctx context.Context, s calc.Scenario, a *calc.Assessment) (*calc.WinMap, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := s.JSON()
	if d.lastMap != nil && bytes.Equal(text, d.mapOf) {
		return d.lastMap, nil
	}
	m, err := d.assessor.WinMap(ctx, s, mapAcross, mapUp(a), d.now(), nil)
	if err != nil {
		return nil, fmt.Errorf("work out the win map: %w", err)
	}
	d.mapOf, d.lastMap = text, m
	return m, nil
}

// currencyOf is the currency in which a case is shown.
func currencyOf(s calc.Scenario) format.Currency {
	return format.Currency{Code: s.Text("currency.code"), PerUSD: s.Likely("currency.per_usd")}
}

// Reports implements Exporter.
func (d *drawer) Reports() []FigureChoice {
	return []FigureChoice{
		{ID: ".pptx", Title: "Slides (.pptx)"}, {ID: ".pdf", Title: "Report (.pdf)"},
		{ID: ".xlsx", Title: "Workbook (.xlsx)"}, {ID: ".zip", Title: "Everything (.zip)"},
	}
}

// Report implements Exporter.
func (d *drawer) Report(ctx context.Context, ending string, s calc.Scenario, a *calc.Assessment) ([]byte, error) {
	write, ok := report.For(ending)
	if !ok {
		return nil, fmt.Errorf("there is no report that ends in %s", ending)
	}
	m, err := d.winMap(ctx, s, a)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	one := []report.Case{{Scenario: s, Assessment: a, WinMap: m}}
	if err := write(ctx, &out, one, report.Options{Today: d.now(), Version: d.version}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
