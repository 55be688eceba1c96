package session

import (
	"context"
	"fmt"
	"regexp"
)

// aCopy is how the name of a copy ends.
var aCopy = regexp.MustCompile(` \(copy(?: \d+)?\)$`)

// copyName is a name for a copy that no case has yet: "Support desk (copy)", then "Support desk (copy 2)".
func (s *Session) copyName(name string) string {
	base := aCopy.ReplaceAllString(name, "")
	return s.free(base, func(n int) string {
		if n == 1 {
			return " (copy)"
		}
		return fmt.Sprintf(" (copy %d)", n)
	})
}

// FreeName is a name that no case has yet: the name itself, or numbered: "Support desk · calls 2.2 M (2)".
func (s *Session) FreeName(name string) string {
	return s.free(name, func(n int) string {
		if n == 1 {
			return ""
		}
		return fmt.Sprintf(" (%d)", n)
	})
}

// free returns the name with the first of its endings that no case has. Where the cases cannot be read the first one has
// to do: what follows says that the disk is out of order.
func (s *Session) free(name string, ending func(n int) string) string {
	taken := map[string]bool{}
	cases, err := s.deps.Store.List(context.Background(), name)
	if err == nil {
		for _, c := range cases {
			taken[c.Name] = true
		}
	}
	for n := 1; ; n++ {
		if free := suffixed(name, ending(n)); !taken[free] {
			return free
		}
	}
}
