package figure

// metrics are the sizes of one setting, in pixels once scaled. Two settings exist: a deck of 1920 × 1080 and
// a panel of the window, where the page draws title and foot itself.
type metrics struct {
	title, titleLine       float64
	subtitle, subtitleLine float64
	name, nameSub          float64 // labels of rows
	total                  float64 // words at the end of bars
	lead                   float64 // labels that carry the finding: reference lines, markers
	note                   float64
	axis, axisSmall        float64
	foot, footLine, source float64

	margin   float64 // around the whole picture
	top      float64 // above the title
	gap      float64 // between a mark and its words
	line     float64 // a series
	thin     float64 // a bound, a leader
	ref      float64 // a reference line
	whisker  float64
	hair     float64 // axes and rules
	dot      float64 // radius of a point
	tick     float64 // length of a tick
	bar      float64 // greatest height of a bar
	rowPitch float64 // greatest distance between rows
	swatch   float64
	header   float64 // strip above the plot for labels of reference lines and columns
	radius   float64
}

var deckMetrics = metrics{
	title: 54, titleLine: 64, subtitle: 26, subtitleLine: 36,
	name: 25, nameSub: 19, total: 25, lead: 24, note: 21, axis: 22, axisSmall: 19, foot: 20, footLine: 34, source: 18,
	margin: 96, top: 72, gap: 14, line: 4.4, thin: 2, ref: 3, whisker: 2.6, hair: 1.5, dot: 8.5, tick: 7,
	bar: 44, rowPitch: 126, swatch: 15, header: 54, radius: 2,
}

var panelMetrics = metrics{
	title: 17, titleLine: 24, subtitle: 12, subtitleLine: 18,
	name: 12, nameSub: 11, total: 12, lead: 11.5, note: 11, axis: 11, axisSmall: 10, foot: 11, footLine: 16, source: 11,
	margin: 0, top: 0, gap: 7, line: 2, thin: 1, ref: 1.5, whisker: 1.5, hair: 1, dot: 4.2, tick: 4,
	bar: 20, rowPitch: 60, swatch: 10, header: 24, radius: 1.5,
}

// scaled returns the sizes multiplied by the number of pixels in a unit.
func (m metrics) scaled(f float64) metrics {
	for _, p := range []*float64{
		&m.title, &m.titleLine, &m.subtitle, &m.subtitleLine, &m.name, &m.nameSub, &m.total, &m.lead, &m.note,
		&m.axis, &m.axisSmall, &m.foot, &m.footLine, &m.source, &m.margin, &m.top, &m.gap, &m.line, &m.thin,
		&m.ref, &m.whisker, &m.hair, &m.dot, &m.tick, &m.bar, &m.rowPitch, &m.swatch, &m.header, &m.radius,
	} {
		*p *= f
	}
	return m
}
