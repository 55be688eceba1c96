package calc

import (
	"slices"
	"strings"

	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// staleAfter and loudAfter are the ages in days at which prices get a note and a line on the verdict.
// Source: design "Truth".
const (
	staleAfter = 30
	loudAfter  = 90
)

func (w *world) warnAboutAge(res *Assessment) {
	days := res.Catalogue.NewestPriceDays
	in, out := w.typedPrice()
	switch {
	case w.named != nil:
		days = ageDays(w.named.Date(), w.today)
	case w.market.Newest != "":
		days = ageDays(newestDate(w.market.Newest), w.today)
	case w.cloud.Newest != "":
		days = ageDays(newestDate(w.cloud.Newest), w.today)
	}
	switch {
	case w.s.Text("api.price_date") != "" && w.named == nil:
		w.warn("API prices are those of %s, as you asked: not what is charged today.", w.s.Text("api.price_date"))
	case w.named != nil && w.cat.Price(w.named.ID) == nil: // of the past, which is said with its name
	case in && out || !w.marketOK && !w.cloudOK && w.named == nil:
	case days > loudAfter:
		w.warn("The newest API price that counts is %d days old: check it before you decide.", days)
	case days > staleAfter:
		w.warn("The newest API price that counts is %d days old.", days)
	}
	known := w.a.known()
	for _, name := range w.s.Value("rules.allowed_providers").Texts {
		if !known.hasProvider(name) {
			w.warn("No price of the provider %s that you allow is listed.", quoted(name))
		}
	}
	for _, q := range w.s.quotes {
		if q.Expired(w.today) {
			w.warn("The quote of %s for %s ran out on %s: ask for a new one.", q.Supplier, notation.Lowered(InputAt(q.Path).Label), q.ValidUntil)
		}
	}
	for _, r := range res.Verdict.Recheck {
		if r.AgeDays > 365 && r.Table != "prices" {
			w.warn("%s is %s days old (%s).", r.What, notation.Whole(float64(r.AgeDays)), r.AsOf)
		}
	}
}

func (w *world) warnAboutSetup(res *Assessment, s sized) {
	d := &res.Deployment
	for _, text := range s.plan.Warnings {
		w.warn("%s", text)
	}
	if len(d.Cards) > 0 {
		w.warn("Unlike cards: %s. Nobody rents out such a machine, so only buying it has a price.", cardsHeld(s.plan))
	}
	for _, text := range s.candidate.server.Why {
		w.warn("%s", text)
	}
	if w.s.Text("deployment.host") == "" && s.plan.HostShort() {
		w.warn("No host of the catalogue that takes %s has the %.0f GB that stay off the cards: name one that does, or other devices.", s.plan.Device.Name, s.plan.HostBytes/1e9)
	}
	if !s.plan.Supported {
		w.warn("%s in %s is not known to run on %s: its figures are extrapolated.", d.Engine, d.Precision, d.DeviceLabel)
	}
	if res.Throughput.Basis == serving.ExtrapolatedBasis {
		w.warn("The speed of %s is extrapolated: no measured run is near.", d.DeviceLabel)
	}
	if s.candidate.fewBits() {
		w.warn("%s stores under 4 bits a weight: how good its answers are is a guess.", d.Precision)
	}
	if _, given := w.s.Given("deployment.precision"); !given {
		w.warn("You have not named precision, context, engine and memory budget for a local set-up, so we assumed them: local figures are at most likely.")
	}
	if s.capacity.AttemptsPerHour <= 0 {
		w.warn("The deployment cannot serve one request as wished (%s). So sequences_at_wishes, the calls a month it takes, the sequences at once, busy share, headroom, full_in_month and the seconds an answer are not known.", res.Capacity.CannotServe)
	}
}

// warnAboutNames says which names do not mean what they seem to.
func (w *world) warnAboutNames() {
	if w.model.Family == "distill" {
		w.warn("%s is a dense model distilled from R1, not the 671B model.", w.model.Name)
	} else {
		w.warn("Only 37B of the 671B parameters work on each token, but all 671B have to be in memory.")
	}
	price := w.s.Text("api.price") + " " + w.s.Text("api.fallback_price")
	if strings.Contains(price, "reasoner") {
		w.warn("deepseek-reasoner no longer serves R1: it changed its model three times and was retired on 2026-07-24.")
	}
	if strings.HasPrefix(w.model.ID, "deepseek-r1") {
		w.warn("DeepSeek itself no longer sells R1. The API routes depend on companies that host its open weights, and they drop models.")
	}
}

// warnAboutUnknown names every figure that is null.
func (w *world) warnAboutUnknown(res *Assessment) {
	var unpriced []string
	for i := range res.Routes {
		r := &res.Routes[i]
		if r.Monthly == nil {
			unpriced = append(unpriced, r.ID)
		}
	}
	if len(unpriced) > 0 {
		w.warn("Not priced, so there is no cost a month, a call, a task or over the horizon: %s.", strings.Join(unpriced, ", "))
	}
	if len(res.Routes) > 0 && res.Route("api-direct").Speed.PerUserTokS == nil {
		w.warn("How fast an API answers, and how busy it is, is not known: providers do not publish it.")
	}
	if w.likely.x[w.axes.calls] <= 0 {
		w.warn("There are no calls, so the cost of a call and of a task (usd_per_successful_call, usd_per_task) is not known.")
	}
	if res.Verdict.Route == "" {
		w.warn("No route passes every rule, so there is no chance of being the cheapest.")
	}
	w.warnAboutBreakEven(res)
	if res.Capacity.AnswerSeconds.P50 == nil && res.Capacity.CannotServe == "" {
		w.warn("The stated deployment cannot keep up with the busiest hour, so the seconds an answer takes (P50 and P90) are not known.")
	}
	if res.Capacity.FullInMonth == nil && res.Capacity.CannotServe == "" {
		w.warn("Growth does not fill the deployment within %d months, so full_in_month is empty.", w.s.Int("finance.horizon_months"))
	}
	never := 0
	for _, p := range res.OverTime.Payback {
		if p.Month == nil {
			never++
		}
	}
	if never > 0 {
		w.warn("%d of the %d routes on own or rented devices do not pay back within the horizon: their month is empty, and so are its low and high where no future drawn pays back.", never, len(res.OverTime.Payback))
	}
}

// warnAboutBreakEven names the break-even points that are not there, not verified or without a range.
func (w *world) warnAboutBreakEven(res *Assessment) {
	lists := map[string][]string{}
	bare := 0
	for _, b := range res.BreakEven {
		if b.Status != "reached" && !slices.Contains(lists[b.Status], b.To) {
			lists[b.Status] = append(lists[b.Status], b.To)
		}
		if b.Calls != nil && (b.Low == nil || b.ShareReached == nil) {
			bare++
		}
	}
	name := func(ids []string) string {
		if len(ids) == len(w.routes)-4 { // all but the four API routes
			return "every rent, own and mixed route"
		}
		return strings.Join(ids, ", ")
	}
	if ids := lists["not_verified"]; len(ids) > 0 {
		w.warn("Break-even not verified, because one side has no price or stands on an extrapolated speed: %s.", name(ids))
	}
	if ids := lists["not_reached"]; len(ids) > 0 {
		w.warn("No break-even between one call a month and a trillion, so its volume is empty: %s.", name(ids))
	}
	if bare > 0 && res.Draws > 0 {
		w.warn("Only the first volume from which a route becomes cheaper has a range (low, median, high, share_reached): for %s it is empty.", notation.Counted(bare, "further crossing"))
	}
}

// warnAboutDemand says what of the demand the figures cannot hold.
func (w *world) warnAboutDemand(res *Assessment) {
	k := w.work(w.model, w.likely)
	tokens := k.Input + k.Output + k.Reasoning
	if limit, perMinute := w.s.Likely("api.tokens_per_minute_limit"), res.Capacity.AttemptsBusiestHour/60*tokens; limit > 0 && perMinute > limit {
		w.warn("Your busiest hour takes about %s tokens a minute, the provider allows %s: ask for more or spread the calls.", notation.Count(perMinute), notation.Count(limit))
	}
	if hours := w.s.Likely("finance.rent_hours_per_week"); hours < 168 {
		w.warn("Rented machines run %s of 168 hours a week: switched off they do not answer, so your busiest hour has to lie in the rented hours.", notation.Number(hours, 3))
	}
	if longest := float64(w.s.Int("workload.context_tokens")); tokens > longest {
		w.warn("The mean request has about %s tokens, more than the longest request of %s: raise the longest request (context_tokens).", notation.Count(tokens), notation.Count(longest))
	}
	if w.s.Bool("rules.needs_newest_features") {
		w.warn("You need the newest features: R1 and its distills will get none, new features come with other models; see the alternatives.")
	}
}
