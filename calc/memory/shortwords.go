package memory

import (
	"fmt"
	"math"
)

// shortWords writes bytes with three digits in the unit that suits them, so that what is little is not written as
// nothing and what is much is not written to a tenth of a gigabyte.
func shortWords(bytes float64) string {
	if bytes < 1e4 {
		return "under 0.01 MB"
	}
	unit, v := "MB", bytes/1e6
	switch {
	case bytes >= 999.5e9:
		unit, v = "TB", bytes/1e12
	case bytes >= 999.5e6:
		unit, v = "GB", bytes/1e9
	}
	decimals := 0
	if v > 0 && v < 99.95 {
		decimals = min(2, 2-int(math.Floor(math.Log10(v))))
	}
	return fmt.Sprintf("%.*f %s", decimals, v, unit)
}
