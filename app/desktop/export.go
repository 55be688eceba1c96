package desktop

import "hostwise/app/desktop/export"

// export opens the export dialog. Without names every figure is chosen.
func (w *window) export(chosen ...string) {
	if w.win.Canvas().Overlays().Top() == nil {
		export.Open(w.session, w.shell, w.opt.Writer, w.app.OpenURL, chosen...)
	}
}

// exportCases opens the export dialog with saved cases in place of the open one alone.
func (w *window) exportCases(ids ...string) {
	if w.win.Canvas().Overlays().Top() == nil {
		export.Open(w.session, w.shell, w.opt.Writer, w.app.OpenURL).Only(ids...)
	}
}
