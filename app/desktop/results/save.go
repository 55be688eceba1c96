package results

import "hostwise/app/desktop/export"

// save asks where to put the figure, and writes it.
func (f *pane) save() {
	if !f.have {
		f.page.shell.Toast("There is no picture to save yet.", nil)
		return
	}
	export.SaveFigure(f.page.session, f.page.shell, f.id, f.figure())
}
