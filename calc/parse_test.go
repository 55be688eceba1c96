package calc_test

import (
	"testing"

	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// shipped is the catalogue that the program ships with.
func shipped(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTemplatesAreValid(t *testing.T) {
	cat := shipped(t)
	for _, template := range calc.Templates {
		s := template.Scenario()
		if ps := s.Check(cat); len(ps) > 0 {
			t.Errorf("%s: %v", template.Name, ps)
		}
		back, ps := calc.Parse(s.JSON(), cat)
		if len(ps) > 0 || !back.Equal(s) {
			t.Errorf("%s does not read back: %v\n%s", template.Name, ps, s.JSON())
		}
	}
}
