package results

import (
	"slices"

	"hostwise/app/figure"
	"hostwise/calc"
)

// Builder describes a figure of an assessment; figure.Build is the app's. An error says why there is nothing to
// draw.
type Builder func(id string, a *calc.Assessment, opt figure.BuildOptions) (figure.Figure, error)

// figureOrder is the order of the figures below the answer.
var figureOrder = []string{"monthly-cost", "memory", "tornado", "over-time", "break-even", "capacity", "cost-per-call", "quality-cost"}

// knownFigure reports whether a place is a figure that the page can show; the win map needs a study of its own.
func knownFigure(id string) bool {
	return id == figure.LoadDurationID || id != "win-map" && slices.Contains(figure.IDs, id)
}

// nameOf says what a figure shows where it has no finding.
func nameOf(id string) string {
	if id == figure.LoadDurationID {
		return "Load of the mixed route"
	}
	return figure.Name(id)
}

// memoryShape is what of memory the figure shows, and on which scale.
type memoryShape struct {
	all    bool // every precision
	log    bool // a true log axis
	models bool // every model at its own released precision, in place of the precisions of one
}

// describe draws up a figure as the view asks for it.
func (p *Page) describe(id string, v view, shape memoryShape) (figure.Figure, error) {
	opt := figure.BuildOptions{
		Currency: v.cur, Precision: v.a.Deployment.Precision, AllPrecisions: shape.all, LogScale: shape.log, Models: shape.models,
	}
	if id == figure.LoadDurationID {
		return figure.BuildLoadDuration(v.a, opt)
	}
	return p.build(id, v.a, opt)
}
