package memory

import "hostwise/calc/catalog"

// publishedFullParameters is the round figure on DeepSeek-R1's card, which the raw views of the full models
// use: 671e9 x bytes is what everyone who does this sum by hand gets. The deployable precisions use the exact
// tensors.
const publishedFullParameters = 671e9

// Weights returns the bytes of a model in a precision: artifact is what is downloaded, loaded is what an
// engine holds once, without R1's multi-token-prediction layer. Raw views are parameters x bytes and have no
// file. It reports false where the precision has no known form for this model.
func Weights(cat *catalog.Catalog, m *catalog.Model, precision string) (artifact, loaded float64, ok bool) {
	if m == nil {
		return 0, 0, false
	}
	if bits := rawBits(precision); bits > 0 {
		return 0, rawParameters(m) * bits / 8, true
	}
	v := inventoryOf(m, precisionOf(cat, precision), precision, false)
	if v == nil {
		return 0, 0, false
	}
	return v.artifact, v.loaded, true
}

func precisionOf(cat *catalog.Catalog, id string) *catalog.Precision {
	if cat == nil {
		return nil
	}
	return cat.Precision(id)
}

func rawBits(precision string) float64 {
	switch precision {
	case "raw-32bit":
		return 32
	case "raw-16bit":
		return 16
	case "raw-8bit":
		return 8
	case "raw-4bit":
		return 4
	case "raw-2bit":
		return 2
	}
	return 0
}

func rawParameters(m *catalog.Model) float64 {
	if m.Family == "full" && m.PublishedParameters == "671B" {
		return publishedFullParameters
	}
	return float64(m.Parameters)
}
