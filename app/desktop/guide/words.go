package guide

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// unitWords stand inside the field, after the number.
var unitWords = map[calc.Unit]string{
	calc.UnitCalls: "calls", calc.UnitTokens: "tokens", calc.UnitUSDMonth: "a month", calc.UnitUSDPerMTok: "a million tokens",
	calc.UnitUSDHour: "an hour", calc.UnitUSDPerKWh: "a kWh", calc.UnitUSDKWMonth: "a kW and month", calc.UnitSeconds: "seconds",
	calc.UnitMinutes: "minutes", calc.UnitMonths: "months", calc.UnitWeeks: "weeks", calc.UnitHoursWeek: "hours a week",
	calc.UnitTokensSec: "tokens a second", calc.UnitTokensMin: "tokens a minute", calc.UnitKW: "kW", calc.UnitFTE: "people",
	calc.UnitBits: "bits", calc.UnitDevices: "devices", calc.UnitReplicas: "sets", calc.UnitSequences: "requests",
	calc.UnitLayers: "layers", calc.UnitSharePerMon: "a month", calc.UnitSharePerYr: "a year",
}

// entryOptions say how amounts are typed and shown: in the case's currency, with the region's signs.
func (p *Page) entryOptions() calc.EntryOptions {
	opt := calc.EntryOptionsOf(p.session.Scenario())
	opt.DecimalComma = ui.Here().DecimalComma
	return opt
}

// answerText writes the person's answer as they typed it, where that is known, else as it would be typed.
func (p *Page) answerText(in *calc.Input) string {
	s := p.session.Scenario()
	v, given := s.Given(in.Path)
	switch {
	case !given || v.Null:
		return ""
	case s.Typed(in.Path) != "":
		return s.Typed(in.Path)
	}
	return calc.FormatEntryWith(in, v, p.entryOptions())
}

// estimate writes a number of an input's unit with the digits that an estimate carries: "2.2 M", "$5.92", "38 %".
func estimate(in *calc.Input, v float64, cur format.Currency) string {
	return ui.Here().Number(estimateOf(in, v, cur))
}

func estimateOf(in *calc.Input, v float64, cur format.Currency) string {
	switch in.Unit {
	case calc.UnitUSD, calc.UnitUSDMonth:
		return cur.Money(v)
	case calc.UnitUSDPerMTok, calc.UnitUSDHour, calc.UnitUSDPerKWh, calc.UnitUSDKWMonth:
		return cur.Price(format.ThreeDigits(v))
	case calc.UnitShare, calc.UnitSharePerYr, calc.UnitSharePerMon:
		return format.Share(v)
	case calc.UnitCalls, calc.UnitTokens, calc.UnitTokensMin:
		return format.Count(v)
	case calc.UnitFactor:
		return format.Number(v, 2) + " ×"
	case calc.UnitKW:
		return format.Number(v, 2) + " kW"
	case calc.UnitFTE, calc.UnitNone:
		return format.Number(v, 3)
	}
	return format.Number(v, 3)
}

// zeroMeans are the inputs whose 0 says that the program chooses or that there is no limit.
var zeroMeans = map[string]string{
	"rules.upfront_usd_limit": "no limit", "rules.monthly_usd_limit": "no limit", "rules.site_kw_limit": "no limit",
	"rules.needed_within_weeks": "no limit", "api.tokens_per_minute_limit": "no limit",
	"deployment.devices": "fewest", "deployment.memory_fraction": "engine's", "deployment.max_context_tokens": "as asked",
	"deployment.concurrent_sequences": "from demand", "deployment.batch_tokens": "engine's", "deployment.tensor_parallel": "chosen",
	"deployment.pipeline_parallel": "chosen", "deployment.expert_parallel": "chosen", "deployment.context_parallel": "chosen",
	"api.gateway_markup": "catalogue", "api.batch_discount": "provider's", "workload.max_ttft_seconds": "no limit",
	"workload.min_tokens_per_second_per_user": "no limit",
}

// emptyMeans are the inputs whose empty answer leaves the choice to the program or asks for nothing.
var emptyMeans = map[string]string{
	"api.price": "market median", "api.fallback_price": "none", "rules.minimum_model": "this model", "deployment.engine": "cheapest",
	"deployment.precision": "cheapest", "deployment.host": "chosen", "deployment.second_device": "none", "deployment.engine_version": "newest", "api.price_date": "newest",
	"rules.allowed_providers": "all", "workload.weekly_shape": "none", "tags": "none", "notes": "none", "name": "none", "currency.as_of": "none",
}

// shortAnswer writes the answer in force for a list. As long as no part of the set-up is stated, the program
// chooses all of it, whatever the defaults say.
func (p *Page) shortAnswer(in *calc.Input) string {
	s := p.session.Scenario()
	if in.Step == calc.StepHardware && in.Path != "deployment.second_device" && !setupStated(s, "") {
		switch in.Kind {
		case calc.DeviceRef, calc.EngineRef, calc.PrecisionRef, calc.HostRef:
			return "chosen"
		}
	}
	return short(in, s.Value(in.Path), p.session.CaseCatalogue(), figure.CurrencyOf(s))
}

// short writes an answer for a list, in a few characters.
func short(in *calc.Input, v calc.Value, cat *catalog.Catalog, cur format.Currency) string {
	switch {
	case v.Null:
		return "catalogue"
	case in.Kind == calc.Number || in.Kind == calc.Integer:
		if words, ok := zeroMeans[in.Path]; ok && v.Number.Likely == 0 {
			return words
		}
		if in.Path == "deployment.layers_on_device" && v.Number.Likely < 0 {
			return "all"
		}
		return estimate(in, v.Number.Likely, cur)
	case in.Kind == calc.Bool:
		return strings.ToLower(calc.FormatEntry(in, v))
	case in.Kind == calc.Choice:
		return strings.ToLower(calc.FormatEntry(in, v))
	case in.Kind == calc.Strings && len(v.Texts) > 0:
		return strings.Join(v.Texts, ", ")
	case in.Kind == calc.Shape && len(v.Numbers) > 0:
		return fmt.Sprintf("%d hours", len(v.Numbers))
	case v.Text == "" || in.Kind == calc.Strings || in.Kind == calc.Shape:
		return emptyMeans[in.Path]
	}
	return refName(in, v.Text, cat)
}

// refName is the catalogue's name of an id.
func refName(in *calc.Input, id string, cat *catalog.Catalog) string {
	if name := calc.NameOf(cat, in.Kind, id); name != "" {
		return name
	}
	return id
}

// evidenceMeaning says what each word of evidence promises.
var evidenceMeaning = map[catalog.Evidence]string{
	catalog.Confirmed:   "Confirmed: the source itself was read and says so.",
	catalog.Likely:      "Likely: a published source or a sound rule stands behind it, but it was not measured here.",
	catalog.Speculation: "Speculation: no published source stands behind it. Give your own number where you can.",
	catalog.False:       "False: later facts speak against it.",
	catalog.Measured:    "Measured: it was read from a run.",
	catalog.Yours:       "Yours: you gave it.",
}

// lowerLabel writes a label inside a sentence; names such as API keep their capitals.
func lowerLabel(label string) string {
	if len(label) > 1 && label[1] >= 'A' && label[1] <= 'Z' {
		return label
	}
	return strings.ToLower(label[:1]) + label[1:]
}

func countOf(n int) string { return format.Whole(float64(n)) }

// unitAfter finds a number with its unit, which a line must not part.
var unitAfter = regexp.MustCompile(`(\d) (k|M|B|GB|TB|%|×)([\s.,;:)]|$)`)

// held keeps every number on one line with its unit, and writes it as the region does.
func held(words string) string {
	return ui.Here().Number(unitAfter.ReplaceAllString(words, "$1\u00a0$2$3"))
}

// money writes an amount as an estimate, in the case's currency and the region's signs.
func money(cur format.Currency, usd float64) string { return ui.Here().Number(cur.Money(usd)) }

// winnerName names what wins in a word: its kind, or its route where another route of the same kind wins now.
func winnerName(route string, kind, now calc.RouteKind) string {
	if kind == now {
		switch route {
		case "api-direct":
			return "API direct"
		case "api-gateway":
			return "Gateway"
		case "api-batch":
			return "API batch"
		case "cloud-endpoint":
			return "Cloud"
		}
	}
	return figure.KindNames[kind]
}

// defaultWords is what stands in an empty field: the default as it would be typed, or where it comes from.
func defaultWords(in *calc.Input, cat *catalog.Catalog, opt calc.EntryOptions) string {
	switch {
	case in.Default.Null:
		return wordsFromCatalogue
	case in.Kind == calc.Number || in.Kind == calc.Integer:
		if words, ok := zeroMeans[in.Path]; ok && in.Default.Number.Likely == 0 {
			return words
		}
		return calc.FormatEntryWith(in, in.Default, opt)
	case emptyMeans[in.Path] != "" && in.Default.Text == "":
		return emptyMeans[in.Path]
	}
	if in.Default.Text != "" {
		return refName(in, in.Default.Text, cat)
	}
	return calc.FormatEntryWith(in, in.Default, opt)
}

// measureWords says an answer in other measures, where those help to judge it.
func measureWords(list []calc.Measure, cur format.Currency) string {
	var parts []string
	for _, m := range list {
		words := ""
		switch m.Of {
		case calc.CallsADay:
			words = format.Count(m.Value) + " a day"
		case calc.CallsASecond:
			words = everySecond(m.Value) + " on average"
		case calc.CallsASecondBusiest:
			words = everySecond(m.Value) + " in the busiest hour"
		case calc.WordsOfText:
			words = "about " + format.Count(m.Value) + " words"
		case calc.PagesOfText:
			words = format.Number(m.Value, 2) + " pages of English"
		case calc.USDAMonth:
			words = cur.Money(m.Value) + " a month"
		case calc.USDAMonthAlwaysOn:
			words = cur.Money(m.Value) + " a month, switched on always"
		case calc.Years:
			words = format.Number(m.Value, 2) + " years"
		}
		parts = append(parts, words)
	}
	return ui.Here().Number(strings.Join(parts, "  ·  "))
}

// everySecond says a rate by the second so that rare calls are readable too.
func everySecond(rate float64) string {
	switch {
	case rate <= 0:
		return "none"
	case rate >= 0.1:
		return format.Number(rate, 2) + " a second"
	case rate*60 >= 1:
		return format.Number(rate*60, 2) + " a minute"
	}
	return format.Number(rate*3600, 2) + " an hour"
}

// routeSubjects are the kinds of route inside a sentence: as what costs, and as what is done.
var routeSubjects = map[calc.RouteKind]string{calc.API: "the API", calc.Rent: "renting", calc.Own: "owning", calc.Mixed: "the mix"}

// stepSentence says what one step of a number does to a month: "Doubling the length of an answer adds $1.2 k a month
// to the API and nothing to owning." It speaks of the route that wins now and of its rival; where neither moves but
// another does, as with the rent while nobody rents, of that one.
func stepSentence(in *calc.Input, e calc.QuestionEffect, cur format.Currency) string {
	now, step := nowKind(e.Rows), e.Sensitivity()
	if step == nil || now == "" {
		return ""
	}
	if _, noLimit := zeroMeans[in.Path]; noLimit && step.Name == calc.ReadyStep {
		return "" // 0 is no amount there, so that nothing is added to it
	}
	first, second := now, rivalOf(e.Rows, now)
	if !step.Moves(now) && (second == "" || !step.Moves(second)) {
		if k := mostMoved(step); k != "" {
			second = k
		}
	}
	start := stepWords(in, step, cur)
	words := start + " " + changeWords(step, now, cur, 0)
	switch {
	case second == "" || !hasChange(step, second) || !hasChange(step, now):
	case !step.Moves(now) && !step.Moves(second):
		words = start + " changes neither " + routeSubjects[now] + " nor " + routeSubjects[second]
	default:
		if !step.Moves(now) { // what moves is said first
			first, second = second, now
		}
		words = start + " " + changeWords(step, first, cur, 0) + " and " + changeWords(step, second, cur, step.ByKind[first])
	}
	words += "."
	switch {
	case step.Route == "":
		words += " No route is left then."
	case step.Kind != now:
		words += " " + format.Capital(routeSubjects[step.Kind]) + " is cheapest then."
	}
	return held(words)
}

// mostMoved is the kind of route that a step moves most, "" where it moves none.
func mostMoved(step *calc.EffectStep) (most calc.RouteKind) {
	for _, k := range figure.KindOrder {
		if step.Moves(k) && (most == "" || math.Abs(step.ByKind[k]) > math.Abs(step.ByKind[most])) {
			most = k
		}
	}
	return most
}

func hasChange(step *calc.EffectStep, k calc.RouteKind) bool {
	_, ok := step.ByKind[k]
	return ok
}

// stepWords name a step as the subject of a sentence.
func stepWords(in *calc.Input, step *calc.EffectStep, cur format.Currency) string {
	subject, plural := in.Subject()
	if words, ok := stepSubjects[in.Path]; ok {
		subject = words
	}
	number := subject
	if plural {
		number = "the number of " + strings.TrimPrefix(subject, "the ")
	}
	switch step.Name {
	case calc.PointsStep:
		return "Ten points more on " + subject
	case calc.HalfStep:
		return "Halving " + number
	case calc.ReadyStep:
		words := estimateOf(in, step.Value.Number.Likely, cur)
		if unit := unitWords[in.Unit]; unit != "" && !slices.Contains([]calc.Unit{calc.UnitKW, calc.UnitDevices, calc.UnitReplicas}, in.Unit) {
			words += " " + unit
		}
		return "Putting " + subject + " at " + words
	}
	return "Doubling " + number
}

// stepSubjects name inputs inside a sentence whose label alone would not read.
var stepSubjects = map[string]string{
	"finance.horizon_months": "the horizon", "finance.depreciation_months": "the service life", "workload.context_tokens": "the longest request",
	"workload.calls_per_task": "the calls for one task", "rules.lowest_bits_per_weight": "the smallest precision",
	"deployment.memory_fraction": "the memory to use", "rules.spare_replicas": "the spare sets",
	"finance.devices_already_owned": "the devices owned already", "workload.growth_per_month": "growth",
}

// changeWords is the change of one kind of route: "adds $1.2 k a month to the API". After a change in the same
// direction the verb is left out.
func changeWords(step *calc.EffectStep, k calc.RouteKind, cur format.Currency, before float64) string {
	usd, ok := step.ByKind[k]
	verb := func(words string, alike bool) string {
		if alike {
			return ""
		}
		return words
	}
	switch {
	case !ok:
		return "leaves no price for " + routeSubjects[k]
	case !step.Moves(k) && before < 0:
		return "changes nothing for " + routeSubjects[k]
	case !step.Moves(k):
		return verb("adds ", before > 0) + "nothing to " + routeSubjects[k]
	case usd < 0:
		return verb("takes ", before < 0) + cur.Money(-usd) + " a month off " + routeSubjects[k]
	}
	return verb("adds ", before > 0) + cur.Money(usd) + " a month to " + routeSubjects[k]
}

// rivalOf is the cheapest kind of route besides the one that wins now.
func rivalOf(rows []calc.EffectRow, now calc.RouteKind) (rival calc.RouteKind) {
	for _, r := range rows {
		if !r.Now {
			continue
		}
		for _, k := range figure.KindOrder {
			usd, ok := r.ByKind[k]
			if ok && k != now && (rival == "" || usd < r.ByKind[rival]) {
				rival = k
			}
		}
	}
	return rival
}

// The words of a question that the person cannot answer.
const (
	wordsDontKnow      = "I don't know"
	wordsTurns         = "This one can change the verdict. Find it out before money is spent."
	wordsFromCatalogue = "from the catalogue"
)

// assumedWords say what stands in for an answer.
func (p *Page) assumedWords(in *calc.Input) string {
	words := defaultWords(in, p.session.CaseCatalogue(), p.entryOptions())
	switch {
	case in.Default.Null:
		return "The catalogue's own figure is used."
	case in.Kind == calc.Number || in.Kind == calc.Integer:
		if unit := unitWords[in.Unit]; unit != "" && zeroMeans[in.Path] != words {
			words += " " + unit
		}
	case in.Kind == calc.Bool || in.Kind == calc.Choice:
		words = strings.ToLower(words)
	}
	return "Then it is taken as: " + words + "."
}

// sourceSentence says whom a default is from.
func sourceSentence(in *calc.Input) string {
	words := format.Capital(in.Source) + ", as of " + ui.Here().Day(in.AsOf) + "."
	if in.Source == "" {
		words = "Nobody has published a figure for it."
	}
	if in.Note != "" {
		words += " " + format.Sentence(in.Note)
	}
	return words
}

// spreadSentence says how uncertain a default is.
func (p *Page) spreadSentence(in *calc.Input) string {
	opt := p.entryOptions()
	write := func(v float64) string { return calc.FormatEntryWith(in, calc.Num(v), opt) }
	switch {
	case in.Spread != nil:
		return fmt.Sprintf("8 times in 10 the truth lies between %s and %s. The ranges of the answer allow for that.", write(in.Spread.Low), write(in.Spread.High))
	case in.Default.Null:
		return "It carries the spread of its sources, and the ranges of the answer allow for that."
	case in.Kind != calc.Number && in.Kind != calc.Integer:
		return evidenceMeaning[in.Evidence]
	}
	return "How far the truth may lie from it is not known, so the ranges of the answer do not allow for that."
}

// The words of a quote and its form.
const (
	wordsHaveQuote       = "I have a quote"
	wordsNewQuote        = "Enter a new quote"
	wordsEdit            = "Edit"
	wordsEditQuote       = "Edit the quote"
	wordsRemove          = "Remove"
	wordsRemoveQuote     = "Remove the quote"
	wordsKeepQuote       = "Keep the quote"
	wordsCancel          = "Cancel"
	wordsAmount          = "Amount, before tax"
	wordsSupplier        = "Supplier"
	wordsSupplierExample = "who made the offer"
	wordsQuoteDate       = "Date of the quote"
	wordsDateExample     = "2026-11-23"
	wordsQuoteUntil      = "Valid until"
	wordsUntilExample    = "a day, or 30 days"
	wordsQuoteNote       = "Note"
	wordsNoteExample     = "its number, what it includes"
	wordsNoAmount        = "Give the amount that the supplier asks."
)

func quoteTitle(in *calc.Input) string { return "A quote for " + lowerLabel(in.Label) }

func quoteStep(in *calc.Input) string        { return "Quote for " + lowerLabel(in.Label) }
func quoteRemovedStep(in *calc.Input) string { return "Remove the quote for " + lowerLabel(in.Label) }
func quoteBackStep(in *calc.Input) string {
	return "Take back the quote for " + lowerLabel(in.Label)
}

func quoteKept(q calc.Quote) string { return "The quote from " + q.Supplier + " is kept." }

func quoteRemoved(q calc.Quote) string {
	return "The quote from " + q.Supplier + " is removed; the amount stays as yours."
}

func quoteFrom(q calc.Quote) string {
	return "Quote from " + q.Supplier + ", " + ui.Here().Day(q.Date)
}

// quoteStands says how long a quote stands.
func quoteStands(q calc.Quote, days int) string {
	words := "valid until " + ui.Here().Day(q.ValidUntil)
	switch {
	case days == 0:
		return words + ", its last day"
	case days == 1:
		return words + ", one day left"
	}
	return fmt.Sprintf("%s, %s days left", words, countOf(days))
}

// quoteExpired says loudly that a quote no longer stands.
func quoteExpired(q calc.Quote, days int) string {
	if days == 1 {
		return "The quote from " + q.Supplier + " expired yesterday."
	}
	return fmt.Sprintf("The quote from %s expired %s days ago, on %s.", q.Supplier, countOf(days), ui.Here().Day(q.ValidUntil))
}

func quoteExpiredAdvice(q calc.Quote) string {
	return "The answer still counts with it. Ask " + q.Supplier + " for a new one, or take the default."
}

// quoteProblem says beside its field what is wrong with a part of a quote.
func quoteProblem(x calc.Problem) string {
	if x.Allowed == "" {
		return format.Sentence(x.Problem)
	}
	return format.Sentence(x.Problem + "; give " + x.Allowed)
}

// amountExample is how an amount may be typed, as a hint in an empty field.
func amountExample(in *calc.Input, opt calc.EntryOptions) string {
	for _, x := range in.Presets {
		if !x.Value.Null && x.Value.Number.Likely > 0 {
			return "such as " + calc.FormatEntryWith(in, x.Value, opt)
		}
	}
	return "such as " + calc.FormatEntryWith(in, calc.Num(1), opt)
}

// The words of the list of steps.
const (
	wordsFewer     = "Fewer questions"
	wordsByYou     = "answered by you"
	wordsDefault   = "default"
	wordsCanChange = "can change the verdict"
	wordsDataStays = "data stays"
	wordsNoServers = "no servers"
	wordsNoLimits  = "no limits"
)

func eightWords(n int) string { return format.Capital(countWords(n)) + " that matter" }

func moreQuestions(n int) string {
	if n == 1 {
		return "1 more question"
	}
	return fmt.Sprintf("%d more questions", n)
}

// The words of the page of all inputs.
const (
	wordsFilter    = "Filter by word"
	wordsAllOfThem = "All"
	wordsMine      = "Mine"
	wordsTurning   = "Can change the verdict"
	wordsGuesses   = "Guesses"
	wordsPrices    = "Prices"
	wordsNoInput   = "No input has these words."
	wordsHowToType = "↓ and ↑ move between the rows. Type 40k, 12.50, 3 years; a range as 2k-5k; ? for the default."
	wordsExpired   = "expired"
	wordsYes       = "Yes"
	wordsNo        = "No"
)

func useDefaultFor(in *calc.Input) string { return "Use default for " + lowerLabel(in.Label) }
func openQuestion(in *calc.Input) string  { return "Open the question " + lowerLabel(in.Label) }

func inputs(n int) string {
	if n == 1 {
		return "1 input"
	}
	return countOf(n) + " inputs"
}

// The words of the field that takes a model by name.
const (
	wordsAnyName     = "Type any name: deepseek-r1:70b, 671b, ..."
	wordsNotOneModel = "This name is not one model. Choose one below."
	wordsNoSuchModel = "No model of the catalogue goes by this name. Choose one below."
)

func takenAs(m *catalog.Model) string { return "Taken as " + m.Name }

// modelDetail says what a model is, so that a distill is not taken for a small R1.
func modelDetail(m *catalog.Model) string {
	size := m.PublishedParameters
	if size == "" {
		size = format.Count(float64(m.Parameters))
	}
	switch {
	case m.Family == "distill" && m.Base != "":
		return m.Base + " taught by R1: a dense model of " + size + ", not R1 itself."
	case m.Family == "distill":
		return "A dense model of " + size + " taught by R1, not R1 itself."
	}
	return "All " + size + " parameters have to be in memory."
}

// The words of the review.
const (
	wordsReview   = "Is this how it is?"
	wordsWorth    = "Worth answering next"
	wordsWorthWhy = "These stand at their default, and each can change the verdict."
	wordsStale    = "Facts to check again"
	wordsOldest   = "oldest first"
)

// The words of the review's remarks.
const (
	wordsNotUnderstood = "Typed, but not understood"
	wordsLookAgain     = "Look at these again"
	wordsSuggested     = "suggested"
)

// draftWords name what was typed and could not be taken.
func draftWords(in *calc.Input, d draft) string {
	return in.Label + ": “" + strings.Join(d.texts, "” – “") + "” could not be read."
}

// The words below the title of the small figure.
const wordsRedrawing = "being redrawn …"

// drawnFor says what the figure's mark stands for.
func drawnFor(s calc.Scenario) string {
	in := calc.InputAt("workload.calls_per_month")
	return held("you are at " + estimateOf(in, s.Likely(in.Path), format.USD) + " " + unitWords[in.Unit] + " a month")
}

// reviewWords count what is the person's own and what is assumed.
func reviewWords(own, assumed, guesses int) string {
	answers := fmt.Sprintf("%d answers are", own)
	if own == 1 {
		answers = "1 answer is"
	}
	return fmt.Sprintf("%s yours, %d stand at their default, %d of those with no published source. Press a row to change it.", answers, assumed, guesses)
}

// The words of the frame, of the live answer and of the questions' parts.
const (
	wordsDoes            = "What this question does"
	wordsNoTurn          = "No answer to it changes the verdict alone."
	wordsVerdictChanges  = "the verdict changes"
	wordsUnsupported     = "not supported"
	wordsNoRoom          = "no room"
	wordsTooSlow         = "too slow"
	wordsUnpriced        = "not priced"
	wordsUseDefault      = "Use default"
	wordsClose           = "Close"
	wordsAllInputs       = "All inputs"
	wordsBack            = "Back"
	wordsSkip            = "Skip"
	wordsNext            = "Next"
	wordsAnswerSoFar     = "Answer so far"
	wordsNoAnswer        = "Answer so far: none"
	wordsSeeResults      = "See results"
	wordsStart           = "Start with the questions"
	wordsNextReview      = "Next: review"
	wordsAnswer          = "Answer"
	wordsReviewPlace     = "Review"
	wordsAllPlace        = "Every input on one page"
	wordsNotSure         = "Not sure"
	wordsNotSureMeans    = "the truth is between low and high 8 times in 10"
	wordsGiveNumber      = "Give a number here, or turn Not sure off."
	wordsLowTooHigh      = "This is more than likely."
	wordsHighTooLow      = "This is less than likely."
	wordsTitle           = "Guide"
	wordsWhy             = "Why it matters"
	wordsCheapestDevice  = "Cheapest that serves my demand"
	wordsMarket          = "The market"
	wordsNoFallback      = "No fallback price"
	wordsThisModel       = "No, this model or a stronger one"
	wordsCardsAlike      = "No, all cards are alike"
	wordsChoose          = "Choose for me"
	wordsMarketMeans     = "The median over every provider that lists exactly this model."
	wordsNoFallbackMeans = "Calls that are answered again cost what the first provider asks."
	wordsThisModelMeans  = "Weaker models are shown in a sentence of their own and never win."
	wordsUsualHost       = "The usual machine for these cards."
	wordsCardsAlikeMeans = "Every card is of the kind named before."
	wordsChosenTogether  = "Device, precision and engine are chosen together."
	wordsCheapestServes  = "The cheapest that serves this demand."
	wordsByLayers        = "Several cards hold whole layers and work in turn."
	wordsByTensors       = "Several cards share every layer and work together."
	wordsWithdrawn       = "withdrawn by the provider"
	wordsRuledOut        = "ruled out"
	wordsNoGain          = "no gain"
	wordsMixedRoute      = "Own base, API peaks"
	wordsCostFigure      = "Monthly cost by calls a month"
	wordsCannotWork      = "These answers cannot be worked out together: "
	wordsWorkingBase     = "Working out the answer …"
	wordsWorkingRanges   = "Working out the ranges …"
	wordsResults         = "Results"
	wordsBackToQuestion  = "Back to the question"
	wordsCheapestIn      = "Cheapest in "
	wordsFutures         = " futures"
	wordsDecide          = "What do you want to decide?"
	wordsOrTemplate      = "Or start from a ready workload"
	wordsNoRouteLeft     = "no route is left"
	wordsDevice          = "Device"
	wordsPrecision       = "Precision"
	wordsMemoryNeeded    = "Memory needed"
	wordsTokensASecond   = "Tokens a second"
	wordsOwnAMonth       = "Own, a month"
	wordsANewCase        = "A new case"
)

// startWords say what the page does, to a person who has not begun.
func startWords(questions int) string {
	return "Hostwise compares calling an API for DeepSeek R1 with hosting it, or one of its distills, yourself. " +
		"Answer " + countWords(questions) + " short questions, or start from the workload that is most like yours and change what differs. " +
		"The answer stands beside the questions from the first one on."
}

func startButton(questions int) string { return "Answer " + countWords(questions) + " questions" }

func startStep(t calc.Template) string { return "Start from " + lowerLabel(t.Label) }

// countWords writes a small count as a word.
func countWords(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return "the essential"
}

func sourceName(in *calc.Input) string  { return "Source of " + lowerLabel(in.Label) }
func sourceTitle(in *calc.Input) string { return "Where " + lowerLabel(in.Label) + " comes from" }
func nextWords(in *calc.Input) string   { return "Next: " + lowerLabel(in.Label) }

// answerSoFar is the answer in a few words: which kind of route, and what it costs a month.
func answerSoFar(r *calc.Route, cur format.Currency) string {
	return wordsAnswerSoFar + ": " + figure.KindNames[r.Kind] + ", " + money(cur, r.Monthly.Likely)
}

// crumb says where a question stands.
func crumb(step calc.Step, n, of int) string {
	return fmt.Sprintf("%s  ·  question %d of %d", step, n, of)
}
