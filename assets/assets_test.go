package assets

import "testing"

func TestCatalogueLoads(t *testing.T) {
	c, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Models) != 9 || len(c.Devices) != 51 || len(c.Prices) != 245 {
		t.Fatalf("%d models, %d devices, %d prices; want 9, 51, 245", len(c.Models), len(c.Devices), len(c.Prices))
	}
}
