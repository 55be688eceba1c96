package calc

// KindChance is the chance that the verdict's kind of route is the cheapest, 0 to 1: the one chance that every page,
// report and command says of a verdict. The route's own, that this exact offer is the cheapest, is smaller where offers
// of a kind lie close. It is not known while no futures are drawn, and where no route passes the rules.
func (a *Assessment) KindChance() (p float64, known bool) {
	if a.Verdict.Chance == nil {
		return 0, false
	}
	// The kind's chance is a sum over its routes, which may end a rounding error above one.
	return min(1, a.Verdict.ChanceByKind[a.Verdict.Kind]), true
}
