package report

import (
	"fmt"
	"strings"

	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// titleSlide opens the deck.
func (d *deck) titleSlide() {
	j, c := d.job, d.job.cases[0]
	title := rulerFor(true).fit(j.title(), 80, 1440, 2)
	var below []paragraph
	below = append(below, paragraph{runs: []textRun{{text: c.question()}}})
	if len(j.cases) > 1 {
		var names []string
		for _, c := range j.cases {
			names = append(names, cut(c.name(), 50))
		}
		below = append(below, paragraph{runs: []textRun{{text: strings.Join(names, " · "), size: 30}}})
	}
	below = append(below, paragraph{runs: []textRun{{text: j.day() + ". " + j.brand(), size: 26}}})
	d.slides = append(d.slides, slide{layout: layoutTitle, foot: j.brand(), shapes: parts{
		placeholder("Title", "ctrTitle", 0, nil, paragraph{runs: []textRun{{text: title}}}),
		placeholder("Subtitle", "subTitle", 1, nil, below...),
	}, notes: []string{
		"Every number in this deck comes from one assessment; the workbook of the same case holds it with live formulas.",
		j.brand() + ". Prices age: the slide “What to recheck” lists the ones that decide, oldest first.",
	}})
}

// caseSlides are the slides of one case.
func (d *deck) caseSlides(of int) error {
	c := d.job.cases[of]
	ids, missing := d.job.available(of)
	d.answerSlide(c, missing)
	for _, id := range ids {
		if err := d.figureSlide(of, id); err != nil {
			return err
		}
		if err := d.job.step(); err != nil {
			return err
		}
	}
	d.purchaseSlides(c)
	d.offerSlides(c)
	d.flipSlide(c)
	d.recheckSlides(c)
	d.nextSlides(c)
	d.watchSlides(c)
	d.decisionSlide(c)
	d.assumptionSlides(c)
	d.sourceSlides(c)
	return d.job.step()
}

// foot is the line at the foot of a case's slides.
func (d *deck) foot(c Case) string {
	return cut(c.name(), 80) + " · " + d.job.brand() + " · " + c.code() + " before tax"
}

// add appends a slide with a title, a subtitle and whatever else.
func (d *deck) add(c Case, layout int, title, subtitle string, notes []string, of ...part) *slide {
	shapes := parts{slideTitle(title)}
	if subtitle != "" || layout == layoutFigure {
		shapes = append(shapes, slideSubtitle(subtitle))
	}
	d.slides = append(d.slides, slide{layout: layout, shapes: append(shapes, of...), notes: notes, foot: d.foot(c)})
	return &d.slides[len(d.slides)-1]
}

// answerSlide says the verdict: the sentence, how sure it is, why, and what every route costs.
func (d *deck) answerSlide(c Case, missing []string) {
	chance, sure := c.certainty()
	var shapes parts
	const left, right = 760.0, 872.0
	rightX := margin + contentWidth - right
	y := contentTop + 8
	if chance != "" {
		// The large number is its own text, so that its width sets where the words beside it begin.
		width := rulerFor(true).width(chance, 84) * 1.12
		shapes = append(shapes,
			textBox("Chance", box{margin, y - 8, width, 104}, strong(chance, 84, inkText)),
			textBox("Confidence", box{margin + width + 24, y + 4, left - width - 24, 96},
				words(figure.ChanceWords(c.Assessment.Verdict.Kind), 23, inkText),
				words(rulerFor(false).fit(sure, 20, left-width-24, 2), 20, inkSecond)))
	} else {
		shapes = append(shapes, textBox("Confidence", box{margin, y, left, 96}, words(sure, 23, inkText)))
	}
	var why []paragraph
	for i, r := range c.reasons() {
		head := strong(oneLine(r.Title), 28, inkText)
		if i > 0 {
			head.before = 22
		}
		why = append(why, head)
		if r.Text != "" {
			body := words(rulerFor(false).fit(oneLine(r.Text), 24, left, 3), 24, inkSecond)
			body.before = 4
			why = append(why, body)
		}
	}
	for i, aside := range c.asides() {
		if i < 2 {
			note := words(rulerFor(false).fit(aside, 20, left, 3), 20, inkSecond)
			note.before = 24
			why = append(why, note)
		}
	}
	place := box{margin, 396, left, 570}
	shapes = append(shapes, placeholder("Why", "", 1, &place, why...))
	columns := []column{{"", 12, false}, {"A month, by route", 400, false}, {"likely", 130, true}, {"8 of 10 futures", 210, true}, {"chance", 120, true}}
	rows := d.routeCells(c, columns)
	shapes = append(shapes, slideTable("Routes", rightX, contentTop, columns, rows))
	notes := append([]string{c.headline(), c.rangeLine(), sure}, c.asides()...)
	for _, r := range c.reasons() {
		notes = append(notes, oneLine(r.Title)+". "+oneLine(r.Text))
	}
	notes = append(notes, "Chance: how often this route is the cheapest among the drawn futures. A ruled-out route keeps its figure and says which rule excludes it.")
	for _, id := range missing {
		notes = append(notes, "Left out: “"+figure.Name(id)+"”, which this answer does not hold.")
	}
	d.add(c, layoutAnswer, c.headline(), c.rangeLine(), notes, shapes)
}

// routeCells are the rows of the routes' table that fit beside the reasons.
func (d *deck) routeCells(c Case, columns []column) [][]cell {
	var rows [][]cell
	used := headHeight
	for _, r := range c.routeRows(8) {
		name := plainCell(cut(r.label, 60))
		if r.wins {
			name = boldCell(cut(r.label, 60))
		}
		month, swatch := plainCell(r.month), cell{paint: routeInk(r.kind)}
		if r.wins {
			month = boldCell(r.month)
		}
		below := r.sub
		if r.ruled {
			name, month, swatch = softCell(cut(r.label, 60)), softCell(r.month), cell{}
			below = "Ruled out: " + r.why
		}
		if below != "" {
			name.lines = append(name.lines, words(cut(below, 110), smallSize, inkSecond))
		}
		row := []cell{swatch, name, month, softCell(r.spread), softCell(r.chance)}
		if used += rowHeight(columns, row); used > contentEnd-contentTop {
			break
		}
		rows = append(rows, row)
	}
	return rows
}

// figurePlace is where a figure stands on its slide.
var figurePlace = box{margin, 248, contentWidth, 652}

// factGap parts the assumptions at the foot of a figure: an em, at which a line may break.
const factGap = "\u2003 "

// figureSlide shows a figure: its finding as the title, the picture, and the assumptions it rests on as text.
func (d *deck) figureSlide(of int, id string) error {
	f, err := d.job.figure(of, id)
	if err != nil {
		return err
	}
	data, err := d.job.draw(of, id, d.job.slideLook(figurePlace.w, figurePlace.h))
	if err != nil {
		return err
	}
	foot := paragraph{}
	used := 0.0
	for _, fact := range f.Foot {
		key, value := oneLine(fact.Key)+"\u00a0\u00a0", strings.ReplaceAll(oneLine(fact.Value), " ", "\u00a0")
		if used += rulerFor(false).width(key+value+factGap, 20); used > contentWidth*0.97 {
			break
		}
		foot.runs = append(foot.runs, textRun{text: key, size: 20, ink: inkSecond}, textRun{text: value + factGap, size: 20, ink: inkText})
	}
	c := d.job.together()
	if of != overlaid {
		c = d.job.cases[of]
	}
	source := words(rulerFor(false).fit(oneLine(f.Source), 18, contentWidth, 1), 18, inkSecond)
	s := d.add(c, layoutFigure, f.Title, f.Subtitle, figureNotes(id, f),
		slidePicture(figureName(id), f.Alt, imageID(0), figurePlace),
		placeholder("Assumptions", "body", 15, nil, foot, source))
	s.images = []string{d.picture(data)}
	return nil
}

// figureNotes are what the speaker needs for a figure: how it comes about, what it rests on, its data.
func figureNotes(id string, f figure.Figure) []string {
	notes := []string{oneLine(f.Title), "How to read it: " + methods[id]}
	if f.Caption != "" {
		notes = append(notes, oneLine(f.Caption))
	}
	var facts []string
	for _, fact := range f.Foot {
		facts = append(facts, oneLine(fact.Key)+" "+oneLine(fact.Value))
	}
	notes = append(notes, "Assumptions: "+strings.Join(facts, "; ")+".", oneLine(f.Source), oneLine(f.Brand))
	if len(f.Twin.Rows) > 0 && len(f.Twin.Rows) <= 24 {
		notes = append(notes, "Data: "+strings.Join(f.Twin.Headers, " | "))
		for _, row := range f.Twin.Rows {
			notes = append(notes, oneLine(strings.Join(row, " | ")))
		}
	}
	return notes
}

// purchaseSlides say what would be bought: by the verdict's route, and by the cheapest other ways.
func (d *deck) purchaseSlides(c Case) {
	columns := []column{{"", 12, false}, {"What", 640, false}, {"Quantity", 120, true}, {"Each", 210, true}, {"Together", 170, true}, {"Evidence and source", 576, false}}
	var rows [][]cell
	for _, p := range c.purchases() {
		paint := cell{paint: routeInk(p.route.Kind)}
		var facts []string
		for _, f := range p.facts {
			facts = append(facts, f[0]+" "+f[1])
		}
		role := "if not: "
		if p.route.ID == c.Assessment.Verdict.Route {
			role = "the answer: "
		}
		if !p.route.Feasible {
			role = "ruled out: "
		}
		head := cell{lines: []paragraph{strong(upperFirst(role)+oneLine(p.route.Label), cellSize, inkText),
			words(strings.Join(facts, " · "), smallSize, inkSecond)}}
		head.span = 4
		rows = append(rows, []cell{paint, head, {}, {}, {}, softSmall(setupWords(p.route))})
		for _, it := range p.items {
			rows = append(rows, []cell{{}, plainCell(it.what), plainCell(it.quantity), plainCell(it.unit), plainCell(it.total),
				softSmall(string(it.evidence) + ": " + cut(it.source, 120))})
		}
		if len(p.items) == 0 {
			rows = append(rows, []cell{{}, softCell("Nothing is bought: the bill is by use."), {}, {}, {}, {}})
		}
	}
	notes := []string{"Prices are before tax and are the likely ones; each has a range and a source. Lead times are from order to first call.",
		"Up front is cash before the first call. Bound for is how long the money is tied: depreciation for what is bought, the term for what is rented."}
	subtitle := "Per route: quantities, likely unit prices and what they rest on. " + c.amountsWords()
	d.tableSlides(c, "What would be bought", subtitle, columns, rows, notes)
}

// offerSlides cite the quotes that the case holds, and what may be tried at no charge.
func (d *deck) offerSlides(c Case) {
	offers := c.offers()
	if len(offers) > 0 {
		columns := []column{{"For", 360, false}, {"Amount", 200, true}, {"Supplier", 460, false}, {"Of", 160, false}, {"Valid until", 160, false}, {"On the day of this deck", 388, false}}
		var rows [][]cell
		for _, o := range offers {
			supplier := plainCell(cut(o.supplier, 90))
			if o.note != "" {
				supplier.lines = append(supplier.lines, words(cut(o.note, 130), smallSize, inkSecond))
			}
			state := softCell(upperFirst(o.state))
			if o.expired {
				state = boldCell(upperFirst(o.state))
			}
			rows = append(rows, []cell{plainCell(o.what), plainCell(o.amount), supplier, softCell(o.date), softCell(o.until), state})
		}
		title := fmt.Sprintf("This answer rests on %d quotes", len(offers))
		if len(offers) == 1 {
			title = "This answer rests on one quote"
		}
		if expired := c.expiredOffers(); expired != "" {
			title = expired[:len(expired)-1]
		}
		d.tableSlides(c, title, "Prices that suppliers offered for this case; they stand in place of the catalogue’s. "+c.amountsWords(), columns, rows,
			[]string{"A quote takes the place of the catalogue’s price. Once its last day has passed the price is no longer promised: ask for a new one."})
	}
	if trials := c.trials(); len(trials) > 0 {
		columns := []column{{"Provider", 330, false}, {"Model", 250, false}, {"What one request may hold", 560, false}, {"Evidence and source", 588, false}}
		var rows [][]cell
		for _, q := range trials {
			rows = append(rows, []cell{plainCell(oneLine(q.Provider)), plainCell(oneLine(q.Model)), softCell(upperFirst(oneLine(q.Limits))),
				softSmall(string(q.Evidence) + ", " + oneLine(q.AsOf) + ": " + cut(oneLine(q.Source), 120))})
		}
		d.tableSlides(c, fmt.Sprintf("Where a test costs nothing: %d listings", len(trials)), trialTitle, columns, rows,
			[]string{"Free and plan-included listings are quotas. No route of this deck is billed at them, and no answer rests on them."})
	}
}

func softSmall(text string) cell { return cell{lines: []paragraph{words(text, smallSize, inkSecond)}} }

func setupWords(r *calc.Route) string {
	if r.SetupLabel == "" {
		return ""
	}
	return "One replica: " + oneLine(r.SetupLabel)
}

// tableSlides puts a table on as many slides as it takes.
func (d *deck) tableSlides(c Case, title, subtitle string, columns []column, rows [][]cell, notes []string) {
	all := pages(columns, rows, contentEnd-contentTop)
	for i, page := range all {
		d.add(c, layoutTable, ofPages(title, i, len(all)), subtitle, notes, slideTable(title, margin, contentTop, columns, page))
	}
}

// flipSlide says at which value of which input the answer changes.
func (d *deck) flipSlide(c Case) {
	v := c.Assessment.Verdict
	if len(v.Flips) == 0 && len(v.WhatIf) == 0 {
		return
	}
	columns := []column{{"If one input moves", 1728, false}}
	var rows [][]cell
	for _, f := range v.Flips {
		rows = append(rows, []cell{plainCell(oneLine(f.Words))})
	}
	for _, s := range v.WhatIf {
		rows = append(rows, []cell{softCell(oneLine(s))})
	}
	subtitle := "Nearest first, one input at a time, all others as they are"
	if n := len(v.NoFlip); n > 0 {
		subtitle += fmt.Sprintf(". %d other inputs change nothing within their limits.", n)
	}
	title := "What would change the answer"
	switch {
	case len(v.Flips) > 0:
	case len(v.NoFlip) == 0: // a base answer: nobody looked for flips
		title, subtitle = "What if traffic or prices fall", "The base answer: values at which it changes were not searched"
	case c.verdict() == nil:
		title = "No single number lets a route pass"
	default:
		title = "No single input changes the answer"
	}
	d.tableSlides(c, title, subtitle, columns, rows, []string{
		"Each value was found by root finding and is true on both sides: just before it the answer stands, just after it another route is cheapest.",
	})
}

// recheckSlides list the facts to check before procurement.
func (d *deck) recheckSlides(c Case) {
	columns := []column{{"What", 520, false}, {"Value used", 380, false}, {"Age", 130, true}, {"Evidence", 140, false}, {"Source, and why it matters", 558, false}}
	var rows [][]cell
	oldest := 0
	for _, r := range c.rechecks() {
		oldest = max(oldest, r.AgeDays)
		rows = append(rows, []cell{plainCell(oneLine(r.What)), plainCell(oneLine(r.Value)), plainCell(age(r.AgeDays)), softSmall(string(r.Evidence)),
			{lines: []paragraph{words(cut(oneLine(r.Source), 130), smallSize, inkText), words(cut(oneLine(r.Why), 110), smallSize, inkSecond)}}})
	}
	title := "What to recheck before procurement"
	if oldest > 0 {
		title += ": the oldest fact is " + age(oldest) + " old"
	}
	d.tableSlides(c, title, "The facts that decide this answer, oldest first", columns, rows,
		[]string{"Confirm or correct each fact in Hostwise on the Facts page: the answer is worked out anew at once."})
}

// nextSlides say what to do, by when, and what to watch once it runs.
func (d *deck) nextSlides(c Case) {
	columns := []column{{"Step", 640, false}, {"By", 200, false}, {"Why", 888, false}}
	var rows [][]cell
	for _, s := range c.Assessment.Verdict.NextSteps {
		rows = append(rows, []cell{plainCell(oneLine(s.What)), plainCell(oneLine(s.By)), softCell(oneLine(s.Why))})
	}
	notes := []string{"Dates count from the day of the assessment, " + oneLine(c.Assessment.Today) + "."}
	d.tableSlides(c, "Next steps", "What to do before the decision is final, with dates", columns, rows, notes)
}

// watchSlides are the checklist for the time after the decision: what to watch, from when on to act, what to log.
func (d *deck) watchSlides(c Case) {
	columns := []column{{"Metric", 300, false}, {"Act when it is", 330, false}, {"In this case", 500, false}, {"What to log", 598, false}}
	var rows [][]cell
	for _, m := range c.monitors() {
		rows = append(rows, []cell{{lines: []paragraph{strong(oneLine(m.Metric), cellSize, inkText)}}, plainCell(oneLine(m.Threshold)),
			softCell(upperFirst(oneLine(m.ForYou))), softSmall(oneLine(m.Log))})
	}
	notes := []string{"The test of the log: which model, user, route or retry loop created the cost?"}
	for _, m := range c.monitors() {
		notes = append(notes, oneLine(m.Metric)+": "+oneLine(m.Why)+" Evidence: "+string(m.Evidence)+".")
	}
	d.tableSlides(c, "What to watch once it runs", "From the first day; each line names the log fields that it needs", columns, rows, notes)
}

// decisionSlide says what was decided, where that is recorded.
func (d *deck) decisionSlide(c Case) {
	r, ok := c.resolved()
	if !ok {
		return
	}
	columns := []column{{"", 300, false}, {"", 1428, false}}
	var rows [][]cell
	for _, one := range [][2]string{{"Decided", r.route + ", " + r.words(c)}, {"By", r.by}, {"On", r.date}, {"Why", r.note}, {"The answer was", c.headline()}} {
		if one[1] != "" {
			rows = append(rows, []cell{softCell(one[0]), plainCell(rulerFor(false).fit(one[1], cellSize, 1400, 9))})
		}
	}
	d.tableSlides(c, "Decision: "+r.route, "As it is recorded with the case", columns, rows,
		[]string{"The record changes no figure: it stands beside what the figures said on the day.", r.note})
}

// assumptionSlides list what the person said and what decides.
func (d *deck) assumptionSlides(c Case) {
	rowsOf, others := c.shortAssumptions()
	columns := []column{{"Assumption", 420, false}, {"Value", 420, false}, {"From", 150, false}, {"Evidence", 150, false}, {"Source", 588, false}}
	var rows [][]cell
	for _, a := range rowsOf {
		rows = append(rows, []cell{plainCell(a.label), plainCell(cut(a.text, 160)), softSmall(fromWords(a)), softSmall(string(a.Evidence)), softSmall(cut(c.sourceWords(a), 150))})
	}
	subtitle := "Your answers first, then the defaults that move the answer most."
	if others > 0 {
		subtitle += fmt.Sprintf(" %s more are in the workbook.", format.Whole(float64(others)))
	}
	d.tableSlides(c, "Assumptions", subtitle+" "+c.amountsWords(), columns, rows, []string{"A result is never better than its worst decisive input: look for the ones marked speculation."})
}

// maxSourceSlides bounds the appendix: the workbook lists every source.
const maxSourceSlides = 2

// sourceSlides list where the facts come from.
func (d *deck) sourceSlides(c Case) {
	columns := []column{{"Source", 860, false}, {"As of", 150, false}, {"Evidence", 150, false}, {"What rests on it", 568, false}}
	var rows [][]cell
	for _, r := range c.references() {
		rows = append(rows, []cell{{lines: []paragraph{words(cut(r.source, 200), smallSize+1, inkText)}}, softSmall(orDash(r.asOf)), softSmall(string(r.evidence)), softSmall(cut(r.supportWords(3), 140))})
	}
	all := pages(columns, rows, contentEnd-contentTop)
	shown := 0
	for _, page := range all[:min(len(all), maxSourceSlides)] {
		shown += len(page)
	}
	subtitle := "What the facts of this deck rest on"
	if shown < len(rows) {
		subtitle = fmt.Sprintf("The first %d of %d; the workbook lists all", shown, len(rows))
	}
	d.tableSlides(c, "Sources", subtitle, columns, rows[:shown], []string{"Evidence: confirmed, likely, speculation or measured, as the catalogue marks it. A fact without a source is speculation."})
}

// comparisonSlides set the cases side by side.
func (d *deck) comparisonSlides() error {
	j := d.job
	cmp := j.compare()
	first := 420.0
	each := (contentWidth - first) / float64(len(j.cases))
	columns := []column{{"", first, false}}
	for _, name := range cmp.names {
		columns = append(columns, column{cut(name, 44), each, false})
	}
	cells := func(of [][]string) [][]cell {
		var rows [][]cell
		for _, row := range of {
			line := []cell{softCell(row[0])}
			for i, text := range row[1:] {
				switch {
				case text == "same":
					line = append(line, softCell(text))
				case i > 0 && text != row[1]:
					line = append(line, boldCell(cut(text, 80)))
				default:
					line = append(line, plainCell(cut(text, 80)))
				}
			}
			rows = append(rows, line)
		}
		return rows
	}
	c := j.together()
	d.tableSlides(c, comparisonTitle(j), "What comes out of each case. Bold differs from the first.", columns, cells(cmp.outcomes),
		[]string{"All cases were assessed with the same catalogue. Chances are not comparable between cases with other rules."})
	if len(cmp.changes) > 0 {
		d.tableSlides(c, fmt.Sprintf("What differs between the cases: %d answers", len(cmp.changes)), "Every answer that differs from the first case", columns, cells(cmp.changes), []string{"“same” is as in the first case."})
	}
	if _, ok := j.overlay(); ok {
		if err := d.figureSlide(overlaid, "overlay"); err != nil {
			return err
		}
	}
	for i := range j.cases[1:] {
		if err := d.bridgeSlide(i + 1); err != nil {
			return err
		}
	}
	return nil
}

// bridgeSlide leads from the first case's cost to another's, change by change: as a figure, or as a table where a
// change leaves no route.
func (d *deck) bridgeSlide(i int) error {
	if _, ok := d.job.bridgeFigure(i); ok {
		return d.figureSlide(i, figure.BridgeID)
	}
	c := d.job.cases[i]
	b := c.way()
	if b == nil {
		return nil
	}
	columns := []column{{"Change", 480, false}, {"From", 390, false}, {"To", 390, false}, {"A month", 220, true}, {"Route after it", 248, false}}
	var rows [][]cell
	all := c.bridgeRows(d.job.cases[0], *b)
	for k, row := range all {
		line := []cell{plainCell(row[0]), softCell(cut(row[1], 60)), softCell(cut(row[2], 60)), plainCell(row[3]), softSmall(cut(row[4], 70))}
		if k == 0 || k == len(all)-1 {
			line[0], line[3] = boldCell(row[0]), boldCell(row[3])
		}
		rows = append(rows, line)
	}
	d.tableSlides(c, bridgeTitle(i, *b), "What each changed answer does to a month’s cost by the cheapest route. "+c.amountsWords(), columns, rows,
		[]string{methods[figure.BridgeID], "The changes are made " + oneLine(b.Order) + "."})
	return nil
}

// comparisonTitle is the finding of a comparison: whether the cases agree.
func comparisonTitle(j *job) string {
	kinds := map[calc.RouteKind]bool{}
	shown := j.cases[0] // one currency, so that the amounts can be compared
	low, high := "", ""
	least, most := 0.0, 0.0
	if none := j.unanswered(); none != "" {
		return none
	}
	for i, c := range j.cases {
		v := c.verdict()
		kinds[v.Kind] = true
		if usd := v.Monthly.Likely; i == 0 || usd < least {
			least, low = usd, shown.money(usd)
		}
		if usd := v.Monthly.Likely; i == 0 || usd > most {
			most, high = usd, shown.money(usd)
		}
	}
	between := low
	if low != high {
		between = "between " + low + " and " + high
	}
	switch {
	case len(kinds) == 1 && len(j.cases) == 2:
		return "Both cases lead to the same kind of route, at " + between + " a month"
	case len(kinds) == 1:
		return fmt.Sprintf("All %d cases lead to the same kind of route, at %s a month", len(j.cases), between)
	}
	return fmt.Sprintf("The cases lead to %d kinds of route, at %s a month", len(kinds), between)
}

// unanswered names the cases in which no route passes the rules, "" where every one has an answer.
func (j *job) unanswered() string {
	var without []string
	for i, c := range j.cases {
		if v := c.verdict(); v == nil || v.Monthly == nil {
			without = append(without, letter(i))
		}
	}
	switch n := len(without); {
	case n == 0:
		return ""
	case n == len(j.cases):
		return "In none of the cases does a route pass the rules"
	case n == 1:
		return "In " + without[0] + " no route passes the rules; the other cases have an answer"
	default:
		return "In " + strings.Join(without[:n-1], ", ") + " and " + without[n-1] + " no route passes the rules"
	}
}
