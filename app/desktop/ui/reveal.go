package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A person who walks by Tab has to see where the focus is. Fyne gives the focus to controls below the edge of what
// scrolls and leaves them there, so each control brings itself into view.

// Parted is a widget that holds other controls, so that those can be found below it.
type Parted interface{ Parts() []fyne.CanvasObject }

// parts returns what lies directly inside an object, as far as it is public.
func parts(o fyne.CanvasObject) []fyne.CanvasObject {
	switch x := o.(type) {
	case *fyne.Container:
		return x.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{x.Content}
	case *widget.PopUp:
		return []fyne.CanvasObject{x.Content}
	case Parted:
		return x.Parts()
	}
	return nil
}

// around returns what scrolls around an object below root, from the outside in; found is false where it is not there.
func around(root, wanted fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	if root == nil || !root.Visible() {
		return nil, false
	}
	if root == wanted {
		return nil, true
	}
	for _, o := range parts(root) {
		inner, ok := around(o, wanted)
		if !ok {
			continue
		}
		if s, is := root.(*container.Scroll); is {
			inner = append([]*container.Scroll{s}, inner...)
		}
		return inner, true
	}
	return nil, false
}

// revealMargin is how far from the edge an object is brought into view.
const revealMargin = 12

// Reveal scrolls so far that an object is in view, and no further.
func Reveal(o fyne.CanvasObject) {
	app := fyne.CurrentApp()
	if app == nil {
		return
	}
	c := app.Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	root := c.Content()
	if d := onTop[c]; d != nil {
		root = d.popup.Content
	} else if top := c.Overlays().Top(); top != nil {
		root = top
	}
	scrolls, _ := around(root, o)
	for i := len(scrolls) - 1; i >= 0; i-- { // from the inside out: the inner one moves what the outer one shows
		into(scrolls[i], o, app.Driver())
	}
}

// into scrolls one scroll so that an object inside it is in view; of one that is too high, its top.
func into(s *container.Scroll, o fyne.CanvasObject, d fyne.Driver) {
	if s.Direction == container.ScrollNone || s.Direction == container.ScrollHorizontalOnly {
		return
	}
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y
	foot := top + o.Size().Height
	offset := s.Offset
	switch room := s.Size().Height; {
	case top < revealMargin || o.Size().Height > room-2*revealMargin:
		offset.Y += top - revealMargin
	case foot > room-revealMargin:
		offset.Y += foot - room + revealMargin
	default:
		return
	}
	offset.Y = min(max(0, offset.Y), max(0, s.Content.MinSize().Height-s.Size().Height))
	if offset != s.Offset {
		scrollTo(s, offset)
	}
}

// scrollTo scrolls and says so, as a wheel does: Fyne tells nobody of it.
func scrollTo(s *container.Scroll, to fyne.Position) {
	s.ScrollToOffset(to)
	if s.OnScrolled != nil {
		s.OnScrolled(s.Offset)
	}
}

// ScrollByKey scrolls by the keys that do so in every reader, and reports whether the key was one of them and there
// was something to scroll.
func ScrollByKey(s *container.Scroll, key fyne.KeyName) bool {
	if s == nil {
		return false
	}
	room, all := s.Size().Height, s.Content.MinSize().Height
	if all <= room {
		return false
	}
	to := s.Offset.Y
	switch key {
	case fyne.KeyDown:
		to += Scaled(40)
	case fyne.KeyUp:
		to -= Scaled(40)
	case fyne.KeyPageDown:
		to += room - Scaled(40)
	case fyne.KeyPageUp:
		to -= room - Scaled(40)
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = all - room
	default:
		return false
	}
	scrollTo(s, fyne.NewPos(s.Offset.X, min(max(0, to), all-room)))
	return true
}

// LargestScroll returns what scrolls on the largest area below an object, nil where nothing there has more to show.
func LargestScroll(root fyne.CanvasObject) *container.Scroll {
	var best *container.Scroll
	var most float32
	var look func(fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		if s, ok := o.(*container.Scroll); ok && s.Content.MinSize().Height > s.Size().Height {
			if area := s.Size().Width * s.Size().Height; area > most {
				best, most = s, area
			}
		}
		for _, x := range parts(o) {
			look(x)
		}
	}
	look(root)
	return best
}

// Parts implements Parted.
func (f *Field) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.entry} }

// Parts implements Parted.
func (p *Pressable) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.Content} }

// Parts implements Parted.
func (r *RangeEntry) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.column} }

// Parts implements Parted.
func (l *ChoiceList) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{l.column} }

// Parts implements Parted.
func (v *FigureView) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{v.buttons} }

// Parts implements Parted.
func (t *SegmentedTabs) Parts() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(t.buttons))
	for i, b := range t.buttons {
		out[i] = b
	}
	return out
}
