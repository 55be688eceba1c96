package notation

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The edges at which a figure changes its unit, its number of digits or its sign.
func TestTheRuleOfDigits(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	euro := Currency{Code: "EUR", PerUSD: 0.9}
	for _, c := range []struct{ got, want string }{
		// Two digits for an estimate, where it passes from one unit to the next.
		{USD.Money(994), "$990"}, {USD.Money(995), "$1 k"}, {USD.Money(999.6), "$1 k"}, {USD.Money(1049), "$1 k"}, {USD.Money(1051), "$1.1 k"},
		{USD.Money(994_999), "$990 k"}, {USD.Money(995_001), "$1 M"}, {USD.Money(1e12), "$1 T"}, {USD.Money(2.5e15), "$2,500 T"},
		{USD.Money(5040), "$5 k"}, {USD.Money(9.96), "$10"}, {USD.Money(0.9949), "99 ¢"}, {USD.Money(0.9951), "$1"}, {USD.Money(-0.0049), "−0.49 ¢"},
		{euro.Money(0.5), "€0.45"}, {USD.Money(0), "$0"}, {USD.Money(nan), Unknown}, {USD.Money(inf), "$∞"},
		{Currency{Code: "XYZ", PerUSD: 2}.Money(4_950), "XYZ 9.9 k"}, {Currency{}.Money(7), "$7"},
		{USD.MoneyTo(182_739, 3), "$183 k"}, {USD.MoneyTo(182_739, 5), "$182.74 k"}, {USD.Total(182_739), "$183 k"},
		// Things are counted out below ten thousand.
		{Count(9_949), "9,900"}, {Count(9_950), "10 k"}, {Count(99), "99"}, {Count(100.4), "100"}, {Count(104.9), "100"}, {Count(1_830_092), "1.8 M"},
		{Count(0.33333), "0.33"}, {Count(-1234), "−1,200"}, {CountTo(1_830_092, 3), "1.83 M"}, {CountTo(5234, 3), "5,230"},
		// A listed price keeps its digits, a worked-out one three.
		{USD.Price(6.09643), "$6.096"}, {USD.Rate(6.09643), "$6.10"}, {USD.Rate(0.51813), "$0.518"}, {USD.Rate(1.838), "$1.84"}, {USD.Rate(5.5), "$5.50"},
		{USD.Price(0), "$0.00"}, {USD.Price(0.00055), "$0.00055"}, {USD.Price(12_345.6), "$12,346.00"}, {USD.Rate(12_345.6), "$12,346.00"}, {USD.Rate(-0.25), "−$0.25"},
		{euro.Price(0.55), "€0.495"}, {USD.Rate(nan), Unknown},
		// A formula shows what it reckons with.
		{Formula(999.94), "999.9"}, {Formula(1000.4), "1,000"}, {Formula(-2_000_000), "−2,000,000"}, {Formula(0.0296), "0.0296"}, {Formula(1e-7), "0.0000001"}, {Formula(nan), Unknown},
		{USD.Formula(0.55), "$0.55"}, {USD.Formula(-12_345.6), "−$12,346"}, {euro.Formula(100), "€90"},
		// Shares and ratios.
		{Share(0.0994), "9.9 %"}, {Share(0.0996), "10 %"}, {Share(0.999), "100 %"}, {Share(1.2345), "123 %"}, {ShareTo(0.08126, 3), "8.13 %"}, {ShareTo(0.0004, 3), "< 0.1 %"},
		{Times(1.04), "1"}, {Times(9.96), "10"}, {Times(440.4), "440"}, {Times(1838), "1,800"}, {Times(nan), Unknown},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestDigitsTellTwoFiguresApart(t *testing.T) {
	for _, c := range []struct {
		a, b float64
		want int
	}{
		{829_437, 1e6, 2}, {4.825, 4.75, 3}, {2.65, 2.5, 3}, {0.7403, 0.5, 2}, {5000.4, 5000, 5}, {7, 7, 2}, {0.1, 0.30000000000000004, 2},
	} {
		if got := DigitsApart(c.a, c.b); got != c.want {
			t.Errorf("%v and %v are told apart with %d digits, want %d", c.a, c.b, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(1e-6, 1e9).Draw(t, "a")
		b := a * rapid.Float64Range(1.0001, 100).Draw(t, "times")
		digits := DigitsApart(a, b)
		if x, y := Number(a, digits), Number(b, digits); x == y || digits > 7 {
			t.Fatalf("%v and %v read %q and %q with %d digits", a, b, x, y, digits)
		}
	})
}

// No estimate carries more than two digits that mean something, whatever the number.
func TestAnEstimateHasTwoDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(-4, 12).Draw(t, "exponent"))
		for _, text := range []string{USD.Money(v), Count(v), Share(math.Min(v, 0.999)), Seconds(v), Times(v)} {
			digits := strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, text)
			if n := len(strings.Trim(digits, "0")); n > 2 {
				t.Fatalf("%v is written %q, with %d digits", v, text, n)
			}
		}
	})
}

func TestLabelsThatBeginWithA(t *testing.T) {
	for label, want := range map[string]string{"A successful call": "a successful call", "API price": "API price", "R1 671B": "R1 671B", "M3 Ultra": "M3 Ultra", "A": "A"} {
		if got := Lowered(label); got != want {
			t.Errorf("%q inside a sentence is %q, want %q", label, got, want)
		}
	}
}

func TestCountedThings(t *testing.T) {
	for n, want := range map[int]string{0: "0 replicas", 1: "one replica", 2: "2 replicas", 145376: "145,376 replicas"} {
		if got := Counted(n, "replica"); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
}
