package calc

import (
	"strings"

	"hostwise/calc/catalog"
)

// NameOf is the short name of the row that an answer refers to, "" where the catalogue has no such row or the answer
// is no reference.
func NameOf(cat *catalog.Catalog, kind Kind, id string) string {
	switch kind {
	case ModelRef:
		if m := cat.Model(id); m != nil {
			return m.ShortName
		}
	case DeviceRef:
		if d := cat.Device(id); d != nil {
			return d.ShortName
		}
	case EngineRef:
		if e := cat.Engine(id); e != nil {
			return e.Name
		}
	case HostRef:
		if h := cat.Host(id); h != nil {
			return h.Name
		}
	case PriceRef:
		if p := cat.Price(id); p != nil {
			return p.Provider
		}
	case PrecisionRef:
		if p := cat.Precision(id); p != nil {
			name, _, _ := strings.Cut(p.Label, " (") // what is in brackets explains, it does not name
			return name
		}
	}
	return ""
}
