package format

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNotation(t *testing.T) {
	nan := math.NaN()
	euro := Currency{Code: "EUR", PerUSD: 0.9}
	for _, c := range []struct{ got, want string }{
		{Money(9600), "$9.6 k"}, {Money(9649.9), "$9.6 k"}, {Money(19_400), "$19 k"}, {Money(350_000), "$350 k"},
		{Money(1_249_000), "$1.2 M"}, {Money(2_000_000), "$2 M"}, {Money(999_600), "$1 M"}, {Money(0), "$0"},
		{Money(0.008), "0.80 ¢"}, {Money(0.146), "15 ¢"}, {Money(0.99), "99 ¢"}, {Money(0.996), "$1"}, {Money(3.14), "$3.1"},
		{Money(-9600), "−$9.6 k"}, {Money(-0.008), "−0.80 ¢"}, {Money(nan), "–"}, {Money(4.1e9), "$4.1 B"},
		{euro.Money(1000), "€900"}, {Currency{Code: "CHF", PerUSD: 1}.Money(9600), "CHF 9.6 k"}, {USD.Total(34_560), "$34.6 k"},
		{MoneyExact(8038.62), "$8,038.62"}, {MoneyExact(1234567.5), "$1,234,567.50"}, {MoneyExact(-913.18), "−$913.18"}, {MoneyExact(nan), "–"},
		{Price(2.5), "$2.50"}, {Price(0.146), "$0.146"}, {Price(0.00055), "$0.00055"}, {Price(350000), "$350,000.00"}, {Price(4), "$4.00"}, {Price(nan), "–"},
		{Count(1_200_000), "1.2 M"}, {Count(38_400_000), "38 M"}, {Count(2410), "2,400"}, {Count(9_960), "10 k"}, {Count(700_000), "700 k"}, {Count(7), "7"},
		{Count(0), "0"}, {Count(999_999), "1 M"}, {Count(nan), "–"}, {Count(math.Inf(1)), "∞"},
		{Whole(32768), "32,768"}, {Whole(-1234), "−1,234"}, {Whole(-0.2), "0"}, {Whole(nan), "–"},
		{Number(2.5, 3), "2.5"}, {Number(0.146, 3), "0.146"}, {Number(12345.678, 7), "12,345.68"}, {Number(nan, 2), "–"},
		{Bytes(883e9), "883 GB"}, {Bytes(1.128e12), "1.13 TB"}, {Bytes(70272), "70.3 kB"}, {Bytes(999.9e9), "1 TB"}, {Bytes(0), "0 B"}, {Bytes(nan), "–"},
		{BinaryBytes(79.41 * (1 << 30)), "79.4 GiB"}, {Gigabytes(1.777e12), "1,777"}, {Gigabytes(4.72e9), "4.7"}, {Gigabytes(0), "0"},
		{Share(0.1), "10 %"}, {Share(0.006), "0.6 %"}, {Share(0.0001), "< 0.1 %"}, {Share(1.2), "120 %"}, {Share(0), "0 %"}, {Share(-0.18), "−18 %"},
		{Chance(0.88), "88 %"}, {Chance(0.004), "< 1 %"}, {Chance(0.998), "> 99 %"}, {Chance(1), "100 %"}, {Chance(0), "0 %"}, {Chance(nan), "–"},
		{Seconds(0.02), "20 ms"}, {Seconds(1.42), "1.4 s"}, {Seconds(720), "12 min"}, {Seconds(11_160), "3.1 h"}, {Seconds(0), "0 s"},
		{Between("1.4 M", "4.4 M"), "1.4 to 4.4 M"}, {Between("$4.9 k", "$19 k"), "$4.9 k to $19 k"}, {Between("7", "7"), "7"}, {Between("700 k", "2 M"), "700 k to 2 M"},
		{Unit{Kind: KindMoney}.Tick(5000), "$5 k"}, {Unit{Kind: KindMoney}.Tick(0), "0"}, {Unit{Kind: KindMoney}.Tick(-5000), "−$5 k"},
		{Unit{Kind: KindMoney}.Tick(0.002), "0.2 ¢"}, {Unit{Kind: KindBytes}.Tick(1.5e12), "1,500"}, {Unit{Kind: KindCount}.Tick(300_000), "300 k"},
		{Unit{Kind: KindShare}.Tick(0.25), "25 %"}, {Unit{Kind: KindSeconds}.Tick(0.02), "20 ms"}, {Unit{Kind: KindMoney}.Tick(1.25e6), "$1.25 M"},
		{Unit{Kind: KindRate}.Value(26.44), "26 tok/s"}, {Unit{Kind: KindRate}.Value(1234), "1,230 tok/s"}, {Unit{Kind: KindBytes}.Suffix(), "GB"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// Whatever the number, what is written stays short, has no exponent and no hyphen, and keeps the sign.
func TestAnyNumberStaysReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(-6, 14).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "negative") {
			v = -v
		}
		for _, s := range []string{Money(v), Count(v), Bytes(v), Share(v), Seconds(v), Price(v), Number(v, 3)} {
			if strings.ContainsAny(s, "e-") {
				t.Fatalf("%v is written %q", v, s)
			}
			if v < 0 && strings.ContainsAny(s, "123456789") && !strings.HasPrefix(s, Minus) {
				t.Fatalf("%v lost its sign: %q", v, s)
			}
		}
		if s := Money(v); len([]rune(s)) > 9 && math.Abs(v) > 1e-4 {
			t.Fatalf("%v takes %d characters: %q", v, len([]rune(s)), s)
		}
	})
}
