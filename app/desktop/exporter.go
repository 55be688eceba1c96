package desktop

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// drawer is the Exporter of the app: figures by package figure, from the session's assessments.
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

// The axes of the exported win map: how much, and for how long.
const mapAcross, mapUp = "workload.calls_per_month", "finance.horizon_months"

// Draw implements Exporter.
func (d *drawer) Draw(ctx context.Context, id string, s calc.Scenario, a *calc.Assessment, p Picture) ([]byte, error) {
	build := figure.BuildOptions{Currency: currencyOf(s), Version: d.version}
	if id == "win-map" {
		m, err := d.winMap(ctx, s)
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
func (d *drawer) winMap(ctx context.Context, s calc.Scenario) (*calc.WinMap, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := s.JSON()
	if d.lastMap != nil && bytes.Equal(text, d.mapOf) {
		return d.lastMap, nil
	}
	m, err := d.assessor.WinMap(ctx, s, mapAcross, mapUp, d.now(), nil)
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
func (d *drawer) Reports() []FigureChoice { return nil }

// Report implements Exporter.
func (d *drawer) Report(_ context.Context, ending string, _ calc.Scenario, _ *calc.Assessment) ([]byte, error) {
	return nil, fmt.Errorf("there is no report that ends in %s", ending)
}
