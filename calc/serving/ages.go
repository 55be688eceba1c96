package serving

import (
	"strconv"
	"strings"
	"time"

	"hostwise/calc/catalog"
)

// releasedOn is when a version came out: its own date where the catalogue has it, else between its neighbours'
// dates by its number. A version older than all known has the oldest's date, a newer one the newest's.
func releasedOn(e *catalog.Engine, version string) time.Time {
	var older, newer *catalog.EngineBuild
	for i := range e.Version {
		b := &e.Version[i]
		switch c := catalog.CompareVersions(b.Version, version); {
		case c == 0:
			return b.Date()
		case c < 0 && (older == nil || catalog.CompareVersions(b.Version, older.Version) > 0):
			older = b
		case c > 0 && (newer == nil || catalog.CompareVersions(b.Version, newer.Version) < 0):
			newer = b
		}
	}
	switch {
	case older == nil && newer == nil:
		return time.Time{}
	case older == nil:
		return newer.Date()
	case newer == nil:
		return older.Date()
	}
	part := partway(numbersOf(older.Version), numbersOf(version), numbersOf(newer.Version))
	return older.Date().Add(time.Duration(part * float64(newer.Date().Sub(older.Date()))))
}

// partway is how far a version lies between two others, 0..1, by the first number in which they differ; between
// two minor versions the patch number counts as tenths, as projects rarely go past nine.
func partway(older, version, newer [3]int) float64 {
	for i := range older {
		if older[i] == newer[i] {
			continue
		}
		at := func(n [3]int) float64 {
			v := float64(n[i])
			if i+1 < len(n) {
				v += min(float64(n[i+1]), 9) / 10
			}
			return v
		}
		return min(1, max(0, (at(version)-at(older))/(at(newer)-at(older))))
	}
	return 0
}

// numbersOf are the leading numbers of a version: 0.4.6.post1 is 0, 4, 6.
func numbersOf(version string) (n [3]int) {
	for i, part := range strings.SplitN(strings.TrimLeft(version, "vVbB"), ".", len(n)) {
		digits := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' })
		if digits < 0 {
			digits = len(part)
		}
		v, err := strconv.Atoi(part[:digits])
		if err != nil {
			break
		}
		n[i] = v
	}
	return n
}
