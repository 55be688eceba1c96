// Package assets holds what the program carries inside itself: the catalogue of facts and its mark.
//
// It promises that what is embedded is what was tested: Catalogue reads and checks the tables once and hands
// every caller the same read-only catalogue. It holds no logic about the facts; that is package catalog, which
// in turn does not know where its tables come from.
package assets

import (
	"embed"
	"sync"

	"hostwise/calc/catalog"
)

// FS is the embedded files: catalogue/*.json, one table a file, one row a line.
//
//go:embed catalogue/*.json
var FS embed.FS

// IconPNG is the program's mark, 512 pixels wide, made from icon.svg, which Fyne's SVG reader cannot draw.
//
//go:embed icon.png
var IconPNG []byte

var load = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Load(FS) })

// Catalogue returns the embedded catalogue, read and checked at the first call. It is read-only.
func Catalogue() (*catalog.Catalog, error) { return load() }

// Edition is which catalogue is embedded.
type Edition struct {
	Version string `json:"version"` // "2026.11.1"
	Date    string `json:"date"`    // YYYY-MM-DD
}

// Version returns the version and date of the embedded catalogue, from its catalogue.json.
func Version() (Edition, error) {
	c, err := Catalogue()
	if err != nil {
		return Edition{}, err
	}
	return Edition{Version: c.Version, Date: c.Date}, nil
}
