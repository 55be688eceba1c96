package session

import "hostwise/calc"

// undoLimit is the number of steps kept; scenarios share what did not change, so a step is small.
const undoLimit = 500

// step is one change of the scenario.
type step struct {
	from, to calc.Scenario
	label    string
	path     string // of the one input that changed, "" where several did
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
		h.steps[h.at-1].to = st.to
		return
	}
	h.steps = append(h.steps[:h.at:h.at], st)
	if extra := len(h.steps) - undoLimit; extra > 0 {
		h.steps = h.steps[extra:]
	}
	h.at = len(h.steps)
	h.open = st.path != ""
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
