package results

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// kept is a part of the page with what it shows. It is built anew only where that changed: most answers leave most of
// the page as it was.
type kept struct {
	shows  []any
	object fyne.CanvasObject
}

// renew returns the part, built anew where it shows something else now. shows is all that build reads, except what
// cannot change while that stays: what a press on the part needs it has to look up when it is pressed.
func (k *kept) renew(build func() fyne.CanvasObject, shows ...any) fyne.CanvasObject {
	if k.object == nil || !reflect.DeepEqual(k.shows, shows) {
		k.object, k.shows = build(), shows
	}
	return k.object
}
