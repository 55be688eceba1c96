package calc

import "hostwise/calc/memory"

// memoryByModel is the memory of every model at the deployment's load: the scenario's own in its precision, the
// others in the precision that the person named, where they are made in it, else as released.
func (w *world) memoryByModel(s sized) []memory.ModelRow {
	named := ""
	if v, given := w.s.Given("deployment.precision"); given && !v.Null {
		named = w.s.Text("deployment.precision")
	}
	return memory.ByModel(w.cat, s.plan.Setup, named)
}
