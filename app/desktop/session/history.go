package session

import (
	"maps"
	"slices"

	"hostwise/calc"
)

// undoLimit is the number of steps kept; scenarios share what did not change, so a step is small.
const undoLimit = 500

// step is one change of the scenario, or an action on saved cases.
type step struct {
	from, to calc.Scenario
	label    string
	path     string  // of the one input that changed, "" where several did
	act      *action // instead of from and to, where it is one
}

// history is what Undo and Redo walk along: steps[:at] are done, steps[at:] are taken back.
type history struct {
	steps []step
	at    int
	open  bool // the last step may still grow: its field has not been left
}

// push adds a step, or lets the last one grow while the same field is being typed in.
func (h *history) push(st step) {
	if h.open && h.at == len(h.steps) && h.at > 0 && st.path != "" && h.steps[h.at-1].path == st.path {
		h.grow(st)
		return
	}
	h.steps = append(h.steps[:h.at:h.at], st)
	if extra := len(h.steps) - undoLimit; extra > 0 {
		h.steps = h.steps[extra:]
	}
	h.at = len(h.steps)
	h.open = st.path != ""
}

// grow lets the last step end where st ends.
func (h *history) grow(st step) {
	last := &h.steps[h.at-1]
	last.to = st.to
	if last.act != nil && st.act != nil {
		maps.Copy(last.act.grows.to, st.act.grows.to)
	}
}

// actions is what stays of the line when another case is opened: the answers belonged to the case that was open.
func (h *history) actions() history {
	var kept history
	for i, st := range h.steps {
		if st.act == nil {
			continue
		}
		kept.steps = append(kept.steps, st)
		if i < h.at {
			kept.at++
		}
	}
	return kept
}

// precede puts the steps that had been done before in front of those that are taken back: the case they belong to is
// open again.
func (h *history) precede(before history) {
	var steps []step
	for _, st := range before.steps[:before.at] {
		if st.act == nil || h.holds(st.act) {
			steps = append(steps, st)
		}
	}
	n := len(steps)
	h.steps, h.at, h.open = append(steps, h.steps[h.at:]...), n, false
}

// holds reports whether an action is done and on the line.
func (h *history) holds(a *action) bool {
	return slices.ContainsFunc(h.steps[:h.at], func(st step) bool { return st.act == a })
}

// drop takes an action off the line.
func (h *history) drop(a *action) {
	i := slices.IndexFunc(h.steps, func(st step) bool { return st.act == a })
	if i < 0 {
		return
	}
	h.steps = slices.Delete(slices.Clone(h.steps), i, i+1)
	if i < h.at {
		h.at--
	}
	h.open = false
}

// seal ends the growth of the last step.
func (h *history) seal() { h.open = false }

func (h *history) undo() (step, bool) {
	h.open = false
	if h.at == 0 {
		return step{}, false
	}
	h.at--
	return h.steps[h.at], true
}

func (h *history) redo() (step, bool) {
	h.open = false
	if h.at == len(h.steps) {
		return step{}, false
	}
	h.at++
	return h.steps[h.at-1], true
}

// next returns the label of the step that undo (-1) or redo (+1) would take.
func (h *history) next(direction int) (string, bool) {
	i := h.at
	if direction < 0 {
		i--
	}
	if i < 0 || i >= len(h.steps) {
		return "", false
	}
	return h.steps[i].label, true
}
