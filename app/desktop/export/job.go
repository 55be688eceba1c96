package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hostwise/app/desktop/session"
	"hostwise/calc"
	"hostwise/internal/intact"
)

// job is one file to write. make is told how much of it is done through tell.
type job struct {
	name string
	make func(ctx context.Context, tell func(done float64)) ([]byte, error)
}

// want is everything that the form asks for.
type want struct {
	figures, reports []string
	scenario         bool
	look             look
	titles           map[string]string
}

// sheaf is the cases that are exported. The results of other cases than the open one are worked out when they are
// first needed.
type sheaf struct {
	session *session.Session
	cases   []Case
	made    bool
}

// all returns the cases with their results. It is called from one goroutine at a time.
func (s *sheaf) all(ctx context.Context) ([]Case, error) {
	if s.made {
		return s.cases, nil
	}
	for i := range s.cases {
		if s.cases[i].Assessment != nil {
			continue
		}
		a, err := s.session.AssessOther(ctx, s.cases[i].Scenario)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be worked out: %w", nameOf(s.cases[i].Scenario), err)
		}
		s.cases[i].Assessment = a
	}
	s.made = true
	return s.cases, nil
}

func nameOf(s calc.Scenario) string {
	if n := s.Name(); n != "" {
		return n
	}
	return "Untitled case"
}

// bases are the beginnings of the cases' files, no two alike.
func bases(cases []Case) []string {
	out := make([]string, len(cases))
	used := map[string]bool{}
	for i, c := range cases {
		base := session.FileName(nameOf(c.Scenario))
		out[i] = base
		for n := 2; used[out[i]]; n++ {
			out[i] = fmt.Sprintf("%s-%d", base, n)
		}
		used[out[i]] = true
	}
	return out
}

// jobs lists the files: for each case its figures and its scenario, then one document of each kind for all cases.
func jobs(w Writer, s *sheaf, what want) []job {
	var list []job
	names := bases(s.cases)
	pic := what.look.picture()
	for i, base := range names {
		for _, id := range what.figures {
			p := pic
			if len(names) == 1 {
				p.Title = what.titles[id]
			}
			list = append(list, job{base + "-" + id + "." + p.Format, func(ctx context.Context, _ func(float64)) ([]byte, error) {
				all, err := s.all(ctx)
				if err != nil {
					return nil, err
				}
				return w.Draw(ctx, id, all[i], p)
			}})
		}
		if what.scenario {
			list = append(list, job{base + ".json", func(context.Context, func(float64)) ([]byte, error) {
				return s.cases[i].Scenario.JSON(), nil
			}})
		}
	}
	base := names[0]
	if len(names) > 1 {
		base = fmt.Sprintf("%s-and-%d-more", base, len(names)-1)
	}
	for _, ending := range what.reports {
		name := base + ending
		if ending == ".json" {
			name = base + "-assessment" + ending // the plain name is the scenario's
		}
		list = append(list, job{name, func(ctx context.Context, tell func(float64)) ([]byte, error) {
			all, err := s.all(ctx)
			if err != nil {
				return nil, err
			}
			d := Document{Figures: inDocument(what.figures, len(w.Figures())), Theme: pic.Theme, Progress: tell}
			if len(names) == 1 {
				d.Titles = what.titles
			}
			return w.Report(ctx, ending, all, d)
		}})
	}
	return list
}

// inDocument are the figures of a document: the ticked ones, or all of them where none is or all are.
func inDocument(ticked []string, all int) []string {
	if len(ticked) == 0 || len(ticked) == all {
		return nil
	}
	return ticked
}

// taken counts the files that are in the folder already.
func taken(folder string, list []job) int {
	n := 0
	for _, j := range list {
		if _, err := os.Lstat(filepath.Join(folder, j.name)); err == nil {
			n++
		}
	}
	return n
}

// writeAll makes and writes the files, one after the other, and goes on after one that fails. tell is called before
// and while each is made.
func writeAll(ctx context.Context, folder string, list []job, tell func(name string, done float64)) (written int, err error) {
	made, err := prepare(folder)
	if err != nil {
		return 0, err
	}
	defer func() {
		if made && written == 0 {
			_ = os.Remove(folder) // it was made for what could not be written, and is left where something is in it
		}
	}()
	var failed []error
	for i, j := range list {
		at := func(share float64) { tell(j.name, (float64(i)+share)/float64(len(list))) }
		at(0)
		data, err := j.make(ctx, at)
		if ctx.Err() != nil {
			return written, ctx.Err()
		}
		if err == nil && len(data) == 0 {
			err = errors.New("there was nothing to write")
		}
		if err == nil {
			err = intact.Write(filepath.Join(folder, j.name), data)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", j.name, err))
			continue
		}
		written++
	}
	return written, errors.Join(failed...)
}
