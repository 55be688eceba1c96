package compare

import (
	"strings"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// named puts the name of a model, device, engine, precision or host where an answer holds its id, and the unit after
// a plain number. What is not in the catalogue stays as it is.
func named(cat *catalog.Catalog, in *calc.Input, text string) string {
	if in == nil || cat == nil {
		return text
	}
	id, isDefault := strings.CutSuffix(text, defaultMark)
	name := calc.NameOf(cat, in.Kind, id)
	switch {
	case name == "":
		return withUnit(in, text)
	case isDefault:
		return name + defaultMark
	}
	return name
}
