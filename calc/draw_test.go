package calc_test

import (
	"slices"

	"pgregory.net/rapid"

	"hostwise/calc"
)

// drawValue draws an answer that the input allows; references are the default or a preset.
func drawValue(t *rapid.T, in *calc.Input) calc.Value {
	if in.Nullable && rapid.Bool().Draw(t, "null") {
		return calc.Null
	}
	switch in.Kind {
	case calc.Number:
		points := rapid.SliceOfN(rapid.Float64Range(in.Min, in.Max), 3, 3).Draw(t, "points")
		slices.Sort(points)
		if rapid.Bool().Draw(t, "exact") {
			return calc.Num(noNegativeZero(points[1]))
		}
		return calc.Between(noNegativeZero(points[0]), noNegativeZero(points[1]), noNegativeZero(points[2]))
	case calc.Integer:
		return calc.Num(float64(rapid.IntRange(int(in.Min), int(in.Max)).Draw(t, "whole")))
	case calc.Bool:
		return calc.Value{Bool: rapid.Bool().Draw(t, "truth")}
	case calc.Choice:
		return calc.Str(rapid.SampledFrom(in.Choices).Draw(t, "choice").ID)
	case calc.Text:
		if in.Path == "currency.code" {
			return calc.Str(rapid.SampledFrom([]string{"USD", "EUR", "VND", "XOF", "ZAR"}).Draw(t, "code"))
		}
		return calc.Str(rapid.StringN(0, in.MaxLen, -1).Draw(t, "text"))
	case calc.Strings:
		if in.Path == "rules.allowed_providers" { // only those of listings are allowed
			return calc.Value{Texts: rapid.SliceOfN(rapid.SampledFrom([]string{"302ai", "aihubmix", "Amazon-Bedrock"}), 0, 3).Draw(t, "providers")}
		}
		return calc.Value{Texts: rapid.SliceOfN(rapid.StringN(0, in.MaxLen, -1), 0, in.MaxItems).Draw(t, "texts")}
	case calc.Shape:
		if rapid.Bool().Draw(t, "none") {
			return calc.Value{}
		}
		weights := rapid.SliceOfN(rapid.Float64Range(1e-9, in.Max), calc.HoursOfWeek, calc.HoursOfWeek).Draw(t, "weights")
		return calc.Value{Numbers: weights}
	}
	if len(in.Presets) > 0 && rapid.Bool().Draw(t, "preset") {
		return rapid.SampledFrom(in.Presets).Draw(t, "which").Value
	}
	return in.Default
}

func noNegativeZero(v float64) float64 {
	if v == 0 {
		return 0
	}
	return v
}
