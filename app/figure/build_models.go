package figure

import (
	"fmt"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc/memory"
)

// modelRows are the models to draw, largest first. Of full models that take the same only one is drawn: the
// case's own where it is among them.
func (s *story) modelRows() (rows []memoryRow, left string) {
	own, _ := s.assumption("model")
	var same []string
	for i := range s.a.Memory.ByModel {
		m := &s.a.Memory.ByModel[i]
		switch {
		case memoryTotal(&m.Row) <= 0:
		case m.Model != own.Text && s.drawnTwin(m, own.Text):
			same = append(same, m.Label)
		default:
			rows = append(rows, memoryRow{&m.Row, m.Label, modelSub(m), m.Model == own.Text})
		}
	}
	if len(same) > 0 {
		left = strings.Join(same, " and ") + " need the same and are not drawn; the table has them."
	}
	return largestFirst(rows), left
}

// drawnTwin reports whether another row stands for this model: one of its family with the same need, which is the
// case's own or comes before it.
func (s *story) drawnTwin(m *memory.ModelRow, own string) bool {
	before := true
	for i := range s.a.Memory.ByModel {
		other := &s.a.Memory.ByModel[i]
		if other.Model == m.Model {
			before = false
			continue
		}
		if other.Family == m.Family && other.Row.Precision == m.Row.Precision && memoryTotal(&other.Row) == memoryTotal(&m.Row) && (before || other.Model == own) {
			return true
		}
	}
	return false
}

// modelSub is the second line of a model: its precision and how many devices hold it.
func modelSub(m *memory.ModelRow) string {
	text := shortPrecision(m.Row.Label)
	if m.Released && !strings.Contains(text, "released") {
		text += " as released"
	}
	return text + ", " + memorySub(&m.Row)
}

// modelsTitle sets the case's model against the nearest one of the other family: the largest distill, or the full
// model.
func (s *story) modelsTitle(rows []memoryRow) string {
	own, _ := s.assumption("model")
	var mine, other *memory.ModelRow
	for i := range s.a.Memory.ByModel {
		if m := &s.a.Memory.ByModel[i]; m.Model == own.Text && memoryTotal(&m.Row) > 0 {
			mine = m
		}
	}
	if mine == nil {
		return "Memory by model: from " + format.Bytes(memoryTotal(rows[len(rows)-1].PrecisionRow)) + " to " + format.Bytes(memoryTotal(rows[0].PrecisionRow))
	}
	for i := range s.a.Memory.ByModel {
		if m := &s.a.Memory.ByModel[i]; m.Family != mine.Family && (other == nil || memoryTotal(&m.Row) > memoryTotal(&other.Row)) {
			other = m
		}
	}
	need := memoryTotal(&mine.Row)
	if other == nil || memoryTotal(&other.Row) <= 0 {
		return mine.Label + " needs " + format.Bytes(need)
	}
	against := memoryTotal(&other.Row)
	if against < need {
		return fmt.Sprintf("%s needs %s times the memory of the largest distill, the %s", mine.Label, format.Number(need/against, 2), strings.TrimSuffix(other.Label, " distill"))
	}
	return fmt.Sprintf("The %s needs %s; %s would need %s times as much", mine.Label, format.Bytes(need), other.Label, format.Number(against/need, 2))
}
