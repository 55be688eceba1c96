package whatif

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// nameLimit is how long a case's name may be.
const nameLimit = 200

// named names a scenario after its case and what is different in it: "Support desk · calls 2.2 M". What the case's own
// name says of the same answers gives way, and a name that another case has is numbered.
func named(s *session.Session, scenario calc.Scenario, paths []string) calc.Scenario {
	const most = 3
	cur := figure.CurrencyOf(scenario)
	parts := slices.DeleteFunc(strings.Split(s.Name(), nameMark), func(part string) bool { return saysOne(part, paths) })
	for i, path := range paths {
		if i == most {
			parts = append(parts, fmt.Sprintf("%d more", len(paths)-most))
			break
		}
		in := calc.InputAt(path)
		parts = append(parts, brief(in)+" "+quantity(in, scenario.Likely(path), cur))
	}
	name := []rune(strings.Join(parts, nameMark))
	if len(name) > nameLimit {
		name = append(name[:nameLimit-1], '…')
	}
	return scenario.With("name", calc.Str(s.FreeName(string(name))))
}

// nameMark stands between a case's name and what is different in it.
const nameMark = " · "

// saysOne reports whether a part of a name gives one of these answers.
func saysOne(part string, paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(part, brief(calc.InputAt(path))+" ") })
}

// keepScenario saves a scenario as a case of its own, and offers to take that back; undone is told when it was.
func keepScenario(s *session.Session, shell *ui.Shell, scenario calc.Scenario, undone func()) (id string, ok bool) {
	id, err := s.KeepAs(scenario)
	if err != nil {
		s.Notify(session.Notice{Text: "The new case could not be saved. What you tried is still on the sliders.", Err: err})
		return "", false
	}
	shell.Toast("Kept as “"+scenario.Name()+"”. This case stays as it is.", func() {
		deleteCases(s, id)
		undone()
	})
	return id, true
}

func deleteCases(s *session.Session, ids ...string) {
	if err := s.Delete(ids...); err != nil {
		s.Notify(session.Notice{Text: "The new case could not be deleted; it is in the library.", Err: err})
	}
}

func openCase(s *session.Session, id string) {
	if err := s.OpenCase(id); err != nil {
		s.Notify(session.Notice{Text: "The case could not be opened. It may have been deleted; the library shows what there is.", Err: err})
	}
}
