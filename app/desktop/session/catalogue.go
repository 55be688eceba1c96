package session

import (
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// CaseCatalogue is the catalogue as the open case sees it: with the person's own rows, which outrank the listed ones.
func (s *Session) CaseCatalogue() *catalog.Catalog {
	f := s.scenario.Facts()
	if f.IsEmpty() || s.deps.Catalogue == nil {
		return s.deps.Catalogue
	}
	if s.own == nil || !sameFacts(f, s.ownOf) {
		s.own = s.deps.Catalogue.With(catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured})
		s.ownOf = f
	}
	return s.own
}

// sameFacts reports whether two sets of rows are the very same lists; a scenario never changes a list in place.
func sameFacts(a, b calc.Facts) bool {
	return sameList(a.Models, b.Models) && sameList(a.Devices, b.Devices) && sameList(a.Hosts, b.Hosts) &&
		sameList(a.Prices, b.Prices) && sameList(a.Measured, b.Measured)
}

func sameList[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
