package setups

import (
	"testing"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// TestAWishThatCannotBeKeptIsSaidAndNotZero: there is no answer time at a speed that nothing reaches; what a request
// alone gets without the wish is said instead.
func TestAWishThatCannotBeKeptIsSaidAndNotZero(t *testing.T) {
	d := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario {
		return s.With("deployment.device", calc.Str("h200-sxm")).With("workload.min_tokens_per_second_per_user", calc.Num(5000))
	})
	a, _ := d.session.Assessment()
	d.sees("No request can be served at the speed you wish", "none as wished", "no request can be served as wished",
		"without the wish a request alone takes "+format.Seconds(a.Capacity.Alone.AnswerSeconds), a.Deployment.SequencesWords,
		"cannot serve one request at the speed you wish")
	d.seesNot("0 s", "9 in 10 by", "0 %")
}
