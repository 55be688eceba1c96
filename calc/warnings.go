package calc

import (
	"fmt"
	"strings"

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
	if w.market.Newest != "" && w.named == nil {
		days = ageDays(newestDate(w.market.Newest), w.today)
	}
	switch {
	case days > loudAfter:
		w.warn("The newest API price that counts is %d days old: check it before you decide.", days)
	case days > staleAfter:
		w.warn("The newest API price that counts is %d days old.", days)
	}
	for _, r := range res.Verdict.Recheck {
		if r.AgeDays > 365 && r.Table != "prices" {
			w.warn("%s is %d days old (%s).", r.What, r.AgeDays, r.AsOf)
		}
	}
}

func (w *world) warnAboutSetup(res *Assessment, s sized) {
	d := &res.Deployment
	for _, text := range s.plan.Warnings {
		w.warn("%s", text)
	}
	for _, text := range s.candidate.server.Why {
		w.warn("%s", text)
	}
	if !s.plan.Supported {
		w.warn("%s in %s is not known to run on %s: its figures are extrapolated.", d.Engine, d.Precision, d.DeviceLabel)
	}
	if res.Throughput.Basis == serving.ExtrapolatedBasis {
		w.warn("The speed of %s is extrapolated: no measured run is near.", d.DeviceLabel)
	}
	if s.candidate.bits > 0 && s.candidate.bits < 4 {
		w.warn("%s stores under 4 bits a weight: its quality is speculation.", d.Precision)
	}
	if _, given := w.s.Given("deployment.precision"); !given {
		w.warn("You have not named precision, context, engine and memory budget for a local set-up: local figures are at most likely.")
	}
	if s.capacity.AttemptsPerHour <= 0 {
		w.warn("The deployment cannot take one request as fast as wished: capacity per month and busy share are not known.")
	}
}

// warnAboutNames says which names do not mean what they seem to.
func (w *world) warnAboutNames() {
	if w.model.Family == "distill" {
		w.warn("%s is a dense model distilled from R1, not the 671B model.", w.model.Name)
	} else {
		w.warn("37B active parameters is computation per token: all 671B have to be in memory.")
	}
	price := w.s.Text("api.price") + " " + w.s.Text("api.fallback_price")
	if strings.Contains(price, "reasoner") {
		w.warn("deepseek-reasoner no longer serves R1: it changed its model three times and was retired on 2026-07-24.")
	}
	if strings.HasPrefix(w.model.ID, "deepseek-r1") {
		w.warn("DeepSeek itself no longer sells R1: the API routes depend on hosts that keep the open weights, and hosts drop models.")
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
		w.warn("Not priced, so their monthly cost, cost per call, per task and over the horizon are not known: %s.", strings.Join(unpriced, ", "))
	}
	if res.Capacity.AnswerSeconds.P50 == nil {
		w.warn("Seconds per answer (P50 and P90) are not known: the stated deployment cannot keep up with the busiest hour.")
	}
	if res.Capacity.FullInMonth == nil {
		w.warn("full_in_month is not known: growth does not fill the deployment within %d months.", w.s.Int("finance.horizon_months"))
	}
	never := 0
	for _, p := range res.OverTime.Payback {
		if p.Month == nil {
			never++
		}
	}
	if never > 0 {
		w.warn("%d of %d routes on devices have no payback month within the horizon: their month is null.", never, len(res.OverTime.Payback))
	}
	var open []string
	for _, b := range res.BreakEven {
		if b.Status == "not_verified" {
			open = append(open, fmt.Sprintf("%s against %s", b.To, b.From))
		}
	}
	if len(open) > 0 {
		w.warn("Break-even not verified, because a side is not priced or its set-up is extrapolated: %s.", strings.Join(open, ", "))
	}
}
