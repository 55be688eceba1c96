package report

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// casePages are the pages of one case.
func (s *sheet) casePages(of int) error {
	c := s.job.cases[of]
	s.about = c
	s.newPage()
	s.answer(c)
	if err := s.job.step(); err != nil {
		return err
	}
	if err := s.figures(of); err != nil {
		return err
	}
	if err := s.job.step(); err != nil {
		return err
	}
	s.newPage()
	s.costs(c)
	s.bought(c)
	s.risks(c)
	if err := s.job.step(); err != nil {
		return err
	}
	s.newPage()
	s.assumptions(c)
	s.sources(c)
	if err := s.job.step(); err != nil {
		return err
	}
	if err := s.record(c); err != nil {
		return err
	}
	return s.job.step()
}

// routeColour is the paint of a kind of route.
func routeColour(kind calc.RouteKind) color.NRGBA {
	switch kind {
	case calc.Rent:
		return figure.Light.Rent.Paint
	case calc.Own:
		return figure.Light.Own.Paint
	case calc.Mixed:
		return figure.Light.Mixed.Paint
	}
	return figure.Light.API.Paint
}

// answer is the first page: the verdict, how sure, why, what every route costs, what would change it.
func (s *sheet) answer(c Case) {
	s.pdf.SetFont(family, "B", sizeHeading)
	s.pdf.Bookmark(rulerFor(true).drawable(cut(c.name(), 100)), 0, 0)
	s.say(c.question(), softStyle, 2)
	s.say(c.headline(), answerStyle, 1.5)
	s.say(c.rangeLine(), softStyle, 4)
	chance, sure := c.certainty()
	if chance != "" {
		width := rulerFor(true).width(chance, 26)*pointMM + 4
		s.line(pageMargin, s.y+8.6, chance, 26, true, figure.Light.Ink)
		s.put(bodyStyle.block(figure.ChanceWords(c.Assessment.Verdict.Kind), columnWidth-width), pageMargin+width, s.y+1, columnWidth-width)
		words := softStyle
		words.most = 2
		b := words.block(sure, columnWidth-width)
		s.put(b, pageMargin+width, s.y+5.4, columnWidth-width)
		s.y += max(11, 6+b.height()) + 3
	} else {
		s.say(sure, bodyStyle, 3)
	}
	s.heading("Why", 1, 20)
	for _, r := range c.reasons() {
		s.say(r.Title, textStyle{size: sizeBody, bold: true, color: figure.Light.Ink}, 0.2)
		if r.Text != "" {
			s.say(r.Text, softStyle, 1.6)
		}
	}
	for _, aside := range c.asides() {
		s.say(aside, noteStyle, 0.8)
	}
	s.y += 3
	s.heading("A month, by route", 1, 30)
	columns := []paperColumn{{"", 2, false, 1, 1}, {"Route", 74, false, 2, 1}, {"Likely", 20, true, 1, 1}, {"8 of 10 futures", 32, true, 1, 1}, {"Up front", 18, true, 1, 1}, {"Chance", 14, true, 1, 1}, {months(c.Scenario.Likely("finance.horizon_months")), 18, true, 1, 1}}
	var rows [][]field
	for _, r := range c.routeRows(9) {
		paint, below := routeColour(r.kind), r.sub
		swatch := field{paint: &paint}
		if r.ruled {
			swatch, below = field{}, "Ruled out: "+r.why
		}
		rows = append(rows, []field{swatch, {text: r.label, below: below, bold: r.wins, soft: r.ruled}, {text: r.month, bold: r.wins, soft: r.ruled},
			{text: r.spread, soft: true}, {text: r.upfront, soft: true}, {text: r.chance, soft: true}, {text: r.total, soft: true}})
	}
	s.table(columns, rows)
	s.flips(c)
}

// flips says what would change the answer, as far as the page has room.
func (s *sheet) flips(c Case) {
	v := c.Assessment.Verdict
	if len(v.Flips) == 0 || s.room() < 24 {
		return
	}
	s.heading("What would change the answer", 1, 10)
	for _, f := range v.Flips {
		b := bodyStyle.block(f.Words, columnWidth)
		if s.room() < b.height()+1 {
			break
		}
		s.put(b, pageMargin, s.y, columnWidth)
		s.y += b.height() + 0.6
	}
}

// paperFigures are the figures of a report, in their order.
var paperFigures = []string{"monthly-cost", "tornado", "memory"}

// figures is the second page: what the money does, what moves the answer, what has to be held in memory.
func (s *sheet) figures(of int) error {
	ids, _ := s.job.available(of)
	ids = slices.DeleteFunc(slices.Clone(paperFigures), func(id string) bool { return !slices.Contains(ids, id) })
	if len(ids) == 0 {
		return nil
	}
	s.newPage()
	s.pdf.SetFont(family, "B", sizeHeading)
	s.pdf.Bookmark("Figures", 1, s.y)
	const usual, least, around = 62.0, 50.0, 18.0 // millimetres of a figure; around it stand its finding and its measure
	watch := watchHeight(s.job.cases[of])
	height := min(usual, max(least, (s.room()-watch)/float64(len(ids))-around))
	for _, id := range ids {
		if err := s.figure(of, id, pageMargin, columnWidth, height); err != nil {
			return err
		}
	}
	if s.room() >= watch {
		s.watch(s.job.cases[of])
	}
	return nil
}

// watchGap parts the two columns of the list of what to watch.
const watchGap = 6.0

// watchBlocks are the texts of one metric: its name with from when on to act, and what that is in the case.
func watchBlocks(m calc.Monitor) [2]block {
	const width = (columnWidth - watchGap) / 2
	head := textStyle{size: sizeTable, bold: true, color: figure.Light.Ink, most: 1}
	below := textStyle{size: sizeSmall, color: figure.Light.Ink2, most: 2}
	return [2]block{head.block(oneLine(m.Metric)+": "+oneLine(m.Threshold), width), below.block(upperFirst(oneLine(m.ForYou)), width)}
}

// watchHeight is the room that the list takes.
func watchHeight(c Case) float64 {
	const around = 11.0 // the heading
	list, sum := c.monitors(), 0.0
	for i := 0; i < len(list); i += 2 {
		row := 0.0
		for _, m := range list[i:min(len(list), i+2)] {
			b := watchBlocks(m)
			row = max(row, b[0].height()+b[1].height())
		}
		sum += row + 1.2
	}
	return sum + around
}

// watch is the checklist for the time after the decision, in two columns.
func (s *sheet) watch(c Case) {
	list := c.monitors()
	if len(list) == 0 {
		return
	}
	s.heading("What to watch once it runs", 1, 0)
	const width = (columnWidth - watchGap) / 2
	for i := 0; i < len(list); i += 2 {
		row := 0.0
		for k, m := range list[i:min(len(list), i+2)] {
			b, x := watchBlocks(m), pageMargin+float64(k)*(width+watchGap)
			s.put(b[0], x, s.y, width)
			s.put(b[1], x, s.y+b[0].height(), width)
			row = max(row, b[0].height()+b[1].height())
		}
		s.y += row + 1.2
	}
}

// figure writes a figure with its finding and measure above it.
func (s *sheet) figure(of int, id string, x, width, height float64) error {
	f, err := s.job.figure(of, id)
	if err != nil {
		return err
	}
	title := textStyle{size: 10.5, bold: true, color: figure.Light.Ink, most: 2}.block(f.Title, width)
	sub := textStyle{size: sizeSmall, color: figure.Light.Ink2, most: 2}.block(f.Subtitle, width)
	s.pdf.SetFont(family, "B", sizeHeading)
	mark, level := figureName(id), 2
	if of == overlaid {
		level = 1
	}
	s.pdf.Bookmark(rulerFor(true).drawable(oneLine(mark)), level, s.y)
	s.put(title, x, s.y, width)
	s.put(sub, x, s.y+title.height()+0.5, width)
	s.y += title.height() + sub.height() + 2
	if err := s.image(of, id, x, s.y, width, height); err != nil {
		return err
	}
	s.y += height + 6
	return nil
}

// costs sets the verdict's route and its rival out line by line.
func (s *sheet) costs(c Case) {
	routes := c.costRoutes()
	if len(routes) == 0 {
		s.say("No route has a price.", bodyStyle, 3)
		return
	}
	s.heading("Costs by line, a month", 1, 30)
	columns := []paperColumn{{"", 2, false, 1, 1}, {"Line", 46, false, 1, 1}, {"How", 72, false, 2, 1}, {c.code() + " a month", 20, true, 1, 1}, {"Evidence", 19, false, 1, 1}, {"Share", 19, true, 1, 1}}
	var rows [][]field
	for _, r := range routes {
		paint := routeColour(r.Kind)
		rows = append(rows, []field{{paint: &paint}, {text: r.Label, bold: true}, {text: r.SetupLabel, soft: true}, {text: c.currency().Exact(r.Monthly.Likely), bold: true}, {}, {}})
		for _, l := range r.Lines {
			if l.USD == 0 {
				continue
			}
			share := format.Unknown
			if r.Monthly.Likely > 0 {
				share = format.Share(l.USD / r.Monthly.Likely)
			}
			rows = append(rows, []field{{}, {text: l.Label}, {text: l.Formula, soft: true}, {text: c.currency().Exact(l.USD)}, {text: string(l.Evidence), soft: true}, {text: share, soft: true}})
		}
	}
	s.table(columns, rows)
}

// costRoutes are the verdict's route and the cheapest one of another kind.
func (c Case) costRoutes() []*calc.Route {
	var out []*calc.Route
	v := c.verdict()
	if v != nil && v.Monthly != nil {
		out = append(out, v)
	}
	for i := range c.Assessment.Routes {
		r := &c.Assessment.Routes[i]
		if r.Monthly == nil || r.Weaker || (v != nil && (r.Kind == v.Kind || !r.Feasible)) {
			continue
		}
		return append(out, r)
	}
	return out
}

// bought is what each way of hosting would have us buy.
func (s *sheet) bought(c Case) {
	s.heading("What would be bought", 1, 24)
	columns := []paperColumn{{"", 2, false, 1, 1}, {"What", 62, false, 2, 1}, {"Quantity", 14, true, 1, 1}, {"Each", 27, true, 1, 1}, {"Together", 18, true, 1, 1}, {"Evidence and source", 55, false, 2, 1}}
	var rows [][]field
	for _, p := range c.purchases() {
		paint := routeColour(p.route.Kind)
		var facts []string
		for _, f := range p.facts {
			facts = append(facts, f[0]+" "+f[1])
		}
		rows = append(rows, []field{{paint: &paint}, {text: p.route.Label, below: strings.Join(facts, " · "), bold: true, span: 5}, {}, {}, {}, {}})
		for _, it := range p.items {
			rows = append(rows, []field{{}, {text: it.what}, {text: it.quantity}, {text: it.unit}, {text: it.total}, {text: string(it.evidence) + ": " + it.source, soft: true}})
		}
		if len(p.items) == 0 {
			rows = append(rows, []field{{}, {text: "Nothing is bought: the bill is by use.", soft: true}, {}, {}, {}, {}})
		}
	}
	s.table(columns, rows)
	s.offers(c)
}

// offers cite the quotes that the case rests on, and name where a test costs nothing.
func (s *sheet) offers(c Case) {
	const most, gap = 6, 0.6
	st := noteStyle
	st.most = 2
	offers := c.offers()
	s.y -= 2 // the table leaves more room below it than its own notes need
	for i, o := range offers {
		if i == most {
			s.say(fmt.Sprintf("And %d more quotes, in the workbook.", len(offers)-most), st, gap)
			break
		}
		one := st
		if o.expired {
			one.bold, one.color = true, figure.Light.Ink
		}
		s.say(o.cited(), one, gap)
	}
	if trials := c.trials(); len(trials) > 0 {
		var names []string
		for _, q := range trials {
			names = append(names, oneLine(q.Provider)+" ("+oneLine(q.AsOf)+")")
		}
		s.say(trialTitle+": "+strings.Join(names, ", ")+".", st, gap)
	}
	s.y += 3
}

// risks are the warnings and what to recheck, as far as the page has room: the facts to recheck come first in what
// is kept, since each of them decides.
func (s *sheet) risks(c Case) {
	columns := []paperColumn{{"What", 56, false, 2, 1}, {"Value used", 40, false, 2, 1}, {"Age", 18, true, 1, 1}, {"Evidence", 18, false, 1, 1}, {"Source", 46, false, 2, 1}}
	var rows [][]field
	for _, r := range c.rechecks() {
		rows = append(rows, []field{{text: r.What, below: r.Why}, {text: r.Value}, {text: age(r.AgeDays)}, {text: string(r.Evidence), soft: true}, {text: r.Source, soft: true}})
	}
	const around = 18.0 // the heading and the head of a table
	least := 0.0        // for two warnings at least, and how many more there are
	if len(c.Assessment.Warnings) > 0 {
		least = 22
	}
	rows, table := thatFit(columns, rows, s.room()-around-least)
	s.warnings(c, s.room()-table-around)
	if len(rows) == 0 {
		return
	}
	title := "What to recheck before procurement, oldest first"
	if all := len(c.rechecks()); len(rows) < all {
		title = fmt.Sprintf("%s: %d of %d, all in the workbook", title, len(rows), all)
	}
	s.heading(title, 1, 0)
	s.table(columns, rows)
}

// warnings are the limits of the answer, as many as a height takes.
func (s *sheet) warnings(c Case, room float64) {
	warnings := c.Assessment.Warnings
	st := noteStyle
	st.most = 2
	const gap = 0.8
	used, shown := 16.0, 0 // the heading, and the line that says how many there are more
	for shown < len(warnings) {
		if used += st.block(warnings[shown], columnWidth).height() + gap; used > room {
			break
		}
		shown++
	}
	if shown == 0 {
		return
	}
	s.heading("Risks and limits of this answer", 1, 0)
	for _, w := range warnings[:shown] {
		s.say(w, st, gap)
	}
	if shown < len(warnings) {
		s.say(fmt.Sprintf("And %d more, in the workbook.", len(warnings)-shown), st, gap)
	}
	s.y += 3
}

// thatFit returns the first rows that a height takes, and the height that they take.
func thatFit(columns []paperColumn, rows [][]field, room float64) ([][]field, float64) {
	used := 0.0
	for i, row := range rows {
		h := rowOf(columns, row)
		if used+h > room {
			return rows[:i], used
		}
		used += h
	}
	return rows, used
}

// assumptions lists what the person said and what decides, and leaves room for some sources and the record.
func (s *sheet) assumptions(c Case) {
	list, others := c.shortAssumptions()
	columns := []paperColumn{{"Assumption", 44, false, 1, 1}, {"Value", 46, false, 1, 1}, {"From", 16, false, 1, 1}, {"Evidence", 18, false, 1, 1}, {"Source", 54, false, 2, 1}}
	var rows [][]field
	for _, a := range list {
		rows = append(rows, []field{{text: a.label}, {text: a.text}, {text: fromWords(a), soft: true}, {text: string(a.Evidence), soft: true}, {text: c.sourceWords(a), soft: true}})
	}
	const around, sources = 24.0, 40.0
	rows, _ = thatFit(columns, rows, s.room()-around-sources-recordHeight)
	others += len(list) - len(rows)
	s.heading("Assumptions", 1, 20)
	s.say(fmt.Sprintf("Your answers first, then the defaults that move the answer most. The workbook lists the other %s.", format.Whole(float64(others))), noteStyle, 1.5)
	s.table(columns, rows)
}

// recordHeight is the room that the decision record takes, with three routes.
const recordHeight = 90.0

// sources lists where the facts come from, as far as the page has room above the decision record.
func (s *sheet) sources(c Case) {
	all := c.references()
	if len(all) == 0 {
		return
	}
	columns := []paperColumn{{"Source", 96, false, 1, 1}, {"As of", 20, false, 1, 1}, {"Evidence", 20, false, 1, 1}, {"What rests on it", 42, false, 2, 1}}
	var rows [][]field
	for _, r := range all {
		rows = append(rows, []field{{text: r.source}, {text: orDash(r.asOf), soft: true}, {text: string(r.evidence), soft: true}, {text: r.supportWords(2), soft: true}})
	}
	rows, _ = thatFit(columns, rows, s.room()-recordHeight-18)
	if len(rows) == 0 {
		return
	}
	title := "Sources"
	if len(rows) < len(all) {
		title = fmt.Sprintf("Sources: the first %d of %d, all in the workbook", len(rows), len(all))
	}
	s.heading(title, 1, 16)
	s.table(columns, rows)
}

// record is the decision record: the question, the routes, the answer, what it rests on, and who decides.
func (s *sheet) record(c Case) error {
	hash, err := c.assumptionsHash()
	if err != nil {
		return err
	}
	s.need(recordHeight - 18)
	top := s.y
	s.y += 5
	s.heading("Decision record", 1, 60)
	var routes []string
	for _, r := range c.routeRows(6) {
		state := r.month + " a month"
		if r.ruled {
			state += ", ruled out"
		}
		routes = append(routes, r.label+" ("+state+")")
	}
	chance, sure := c.certainty()
	if chance != "" {
		sure = chance + " " + figure.ChanceWords(c.Assessment.Verdict.Kind) + ". " + sure
	}
	for _, one := range [][2]string{
		{"Question", c.question()},
		{"Routes", strings.Join(routes, "; ")},
		{"Answer", c.headline() + " " + c.rangeLine()},
		{"How sure", sure},
		{"Rests on", fmt.Sprintf("assumptions %s · catalogue %s of %s · newest API listing %s · %s", hash,
			c.Assessment.Catalogue.Version, c.Assessment.Catalogue.Date, orDash(c.Assessment.Catalogue.NewestPrice), c.futures())},
		{"Assessed", s.job.day() + ", " + s.job.brand()},
	} {
		s.recorded(one[0], one[1], 4)
	}
	s.y += 2
	if r, ok := c.resolved(); ok {
		s.decided(c, r)
	} else {
		s.undecided()
	}
	s.pdf.SetLineWidth(0.2)
	s.draw(figure.Light.Border)
	s.pdf.Line(pageMargin, top+1, pageWidth-pageMargin, top+1)
	return nil
}

// futures says what the ranges rest on.
func (c Case) futures() string {
	if c.Assessment.Draws == 0 {
		return "no futures drawn"
	}
	return fmt.Sprintf("%s futures, seed %d", format.Whole(float64(c.Assessment.Draws)), c.Assessment.Seed)
}

// recorded writes a line of the record: what it is, and what it says in so many lines at most.
func (s *sheet) recorded(label, text string, most int) {
	const width = 24.0
	body := textStyle{size: sizeTable + 0.4, color: figure.Light.Ink, most: most}.block(text, columnWidth-width)
	s.put(textStyle{size: sizeTable + 0.4, color: figure.Light.Ink3}.block(label, width), pageMargin, s.y, width)
	s.put(body, pageMargin+width, s.y, columnWidth-width)
	s.y += body.height() + 1.6
}

// decided prints the decision that is recorded with the case, in place of lines to fill in.
func (s *sheet) decided(c Case, r resolved) {
	s.line(pageMargin, s.y+sizeBody*pointMM, "Decision", sizeBody, true, figure.Light.Ink)
	answer := textStyle{size: sizeBody, bold: true, color: figure.Light.Ink, most: 2}.block(r.route+", "+r.words(c), columnWidth-24)
	s.put(answer, pageMargin+24, s.y, columnWidth-24)
	s.y += answer.height() + 2
	s.recorded("Decided by", r.by+", on "+r.date, 2)
	if r.note != "" {
		s.recorded("Because", r.note, 4)
	}
}

// undecided is a decision to be made: boxes to tick and lines to sign on.
func (s *sheet) undecided() {
	for i, words := range []string{"Decision", "□  as answered", "□  otherwise:"} {
		s.line(pageMargin+[]float64{0, 24, 56}[i], s.y+sizeBody*pointMM, words, sizeBody, i == 0, figure.Light.Ink)
	}
	s.y += 15
	s.signature()
}

// signature draws the lines to sign on.
func (s *sheet) signature() {
	x := pageMargin
	for _, one := range []struct {
		label string
		width float64
	}{{"Name", 62}, {"Signature", 74}, {"Date", 30}} {
		s.draw(figure.Light.Ink3)
		s.pdf.Line(x, s.y, x+one.width, s.y)
		s.line(x, s.y+3.6, one.label, sizeSmall, false, figure.Light.Ink3)
		x += one.width + 6
	}
	s.y += 8
}

// comparisonPage sets several cases side by side.
func (s *sheet) comparisonPage() error {
	j := s.job
	s.about = j.together()
	s.newPage()
	cmp := j.compare()
	s.pdf.SetFont(family, "B", sizeHeading)
	s.pdf.Bookmark("Comparison", 0, 0)
	s.say(comparisonTitle(j), answerStyle, 2)
	first := 44.0
	columns := []paperColumn{{width: first, most: 2}}
	for _, name := range cmp.names {
		columns = append(columns, paperColumn{title: name, width: (columnWidth - first) / float64(len(cmp.names)), head: 3})
	}
	rows := func(of [][]string) [][]field {
		var out [][]field
		for _, row := range of {
			line := []field{{text: row[0], soft: true}}
			for i, text := range row[1:] {
				line = append(line, field{text: text, soft: text == "same", bold: i > 0 && text != "same" && text != row[1]})
			}
			out = append(out, line)
		}
		return out
	}
	s.heading("What comes out", 1, 20)
	s.table(columns, rows(cmp.outcomes))
	const height = 62.0
	if _, ok := j.overlay(); ok {
		s.need(height + 16)
		if err := s.figure(overlaid, "overlay", pageMargin, columnWidth, height); err != nil {
			return err
		}
	}
	if len(cmp.changes) > 0 {
		s.heading("Answers that differ", 1, 20)
		s.table(columns, rows(cmp.changes))
	}
	for i, c := range j.cases {
		s.bridge(i, c)
	}
	return nil
}

// bridge leads from the first case's cost to another's, change by change.
func (s *sheet) bridge(i int, c Case) {
	b := c.way()
	if i == 0 || b == nil {
		return
	}
	columns := []paperColumn{{"Change", 52, false, 2, 1}, {"From", 30, false, 1, 1}, {"To", 30, false, 1, 1}, {"A month", 22, true, 1, 1}, {"Route after it", 44, false, 1, 1}}
	var rows [][]field
	all := c.bridgeRows(s.job.cases[0], *b)
	for k, row := range all {
		end := k == 0 || k == len(all)-1
		rows = append(rows, []field{{text: row[0], bold: end}, {text: row[1], soft: true}, {text: row[2], soft: true}, {text: row[3], bold: end}, {text: row[4], soft: true}})
	}
	_, height := thatFit(columns, rows, pageHeight) // kept together where one page takes it
	s.heading("From A to "+letter(i)+", change by change", 1, min(height+16, pageHeight-pageTop-pageBottom-10))
	s.say(oneLine(b.Words())+" "+c.amountsWords(), noteStyle, 1.5)
	s.table(columns, rows)
}
