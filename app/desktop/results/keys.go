package results

import "fyne.io/fyne/v2"

// OwnsKeys reports whether the tab in view answers keys by itself, so that the window scrolls nothing by them.
func (p *Page) OwnsKeys() bool {
	_, ok := p.showing.(interface{ TypedKey(*fyne.KeyEvent) })
	return ok
}
