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
	name := nameOf(cat, in.Kind, id)
	switch {
	case name == "":
		return withUnit(in, text)
	case isDefault:
		return name + defaultMark
	}
	return name
}

// nameOf is the short name of a row of the catalogue, "" where there is no such row.
func nameOf(cat *catalog.Catalog, kind calc.Kind, id string) string {
	switch kind {
	case calc.ModelRef:
		if m := cat.Model(id); m != nil {
			return m.ShortName
		}
	case calc.DeviceRef:
		if d := cat.Device(id); d != nil {
			return d.ShortName
		}
	case calc.EngineRef:
		if e := cat.Engine(id); e != nil {
			return e.Name
		}
	case calc.HostRef:
		if h := cat.Host(id); h != nil {
			return h.Name
		}
	case calc.PrecisionRef:
		if p := cat.Precision(id); p != nil {
			name, _, _ := strings.Cut(p.Label, " (") // what is in brackets explains
			return name
		}
	}
	return ""
}
