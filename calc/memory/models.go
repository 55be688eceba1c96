package memory

import (
	"slices"

	"hostwise/calc/catalog"
)

// ModelRow is one model on a set-up's device, in one of the precisions it is made in.
type ModelRow struct {
	Model    string       `json:"model"`
	Label    string       `json:"label"`    // "R1 671B", "32B distill"
	Family   string       `json:"family"`   // "full" or "distill"
	Released bool         `json:"released"` // the precision is the one its maker released
	Row      PrecisionRow `json:"row"`
}

// ByModel shows what every model of the catalogue needs at the set-up's context and sequences, on the fewest of
// its devices that hold it, as ByPrecision does for the precisions of one model. The set-up's own model stands in
// the set-up's precision; each of the others in the named one where it is made in it, else as it was released.
// With precision "" the others stand as released.
func ByModel(cat *catalog.Catalog, s Setup, precision string) []ModelRow {
	if cat == nil || s.Model == nil {
		return nil
	}
	rows := make([]ModelRow, 0, len(cat.Models))
	for i := range cat.Models {
		m := &cat.Models[i]
		wanted := precision
		if m.ID == s.Model.ID {
			wanted = s.Precision
		}
		p := precisionFor(cat, m, wanted)
		if p == nil {
			continue
		}
		on := s
		on.Model = m
		rows = append(rows, ModelRow{Model: m.ID, Label: m.ShortName, Family: m.Family, Released: p.ID == m.ReleasedPrecision, Row: deployRow(cat, on, p)})
	}
	return rows
}

// precisionFor is the wanted precision where the model is made in it, else the released one; nil where the
// catalogue knows neither.
func precisionFor(cat *catalog.Catalog, m *catalog.Model, wanted string) *catalog.Precision {
	made := cat.PrecisionsOf(m)
	for _, id := range [...]string{wanted, m.ReleasedPrecision} {
		if i := slices.IndexFunc(made, func(p *catalog.Precision) bool { return p.ID == id && p.Kind != "raw" }); i >= 0 {
			return made[i]
		}
	}
	return nil
}
