package figure

import "strings"

// Tabbed is the table as a spreadsheet takes it from the clipboard: a tab between the cells, a line for each row,
// the headers first. A table without rows is "".
func (t Table) Tabbed() string {
	if len(t.Rows) == 0 {
		return ""
	}
	clean := strings.NewReplacer("\t", " ", "\n", " ")
	var b strings.Builder
	for _, row := range append([][]string{t.Headers}, t.Rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(cell))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
