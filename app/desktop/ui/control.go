package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// control is what everything that can be pressed has in common: hover, focus by Tab, Space and Enter.
type control struct {
	widget.BaseWidget
	tip                        tooltip.ToolTipWidgetExtend
	focused, hovered, disabled bool
	outer                      fyne.Widget // the widget that this is part of
	press                      func()
	hover                      func(bool)
	key                        func(*fyne.KeyEvent) bool // keys beyond Space and Enter; true = used
}

var (
	_ fyne.Focusable     = (*control)(nil)
	_ fyne.Tappable      = (*control)(nil)
	_ desktop.Hoverable  = (*control)(nil)
	_ desktop.Cursorable = (*control)(nil)
)

// ExtendBaseWidget notes the whole widget, which the canvas knows.
func (c *control) ExtendBaseWidget(w fyne.Widget) {
	c.outer = w
	c.tip.ExtendToolTipWidget(w)
	c.BaseWidget.ExtendBaseWidget(w)
}

func (c *control) self() fyne.CanvasObject {
	if c.outer != nil {
		return c.outer
	}
	return c
}

// SetTip sets the words that appear when the pointer rests on the control.
func (c *control) SetTip(words string) { c.tip.SetToolTip(words) }

// Tapped implements fyne.Tappable.
func (c *control) Tapped(*fyne.PointEvent) { c.fire() }

func (c *control) fire() {
	if !c.disabled && c.press != nil {
		if c.hovered { // what is pressed may be gone before the pointer leaves it, and its tip would stay
			c.tip.MouseOut()
		}
		c.press()
	}
}

// FocusGained implements fyne.Focusable.
func (c *control) FocusGained() {
	c.focused = true
	c.Refresh()
	Reveal(c.self())
}

// FocusLost implements fyne.Focusable.
func (c *control) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *control) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space and Enter press.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	if c.key != nil && c.key(e) {
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.fire()
	default:
		passOn(c.focusedIn(), e)
	}
}

// focusedIn returns the canvas whose focus the control has.
func (c *control) focusedIn() fyne.Canvas {
	if app := fyne.CurrentApp(); app != nil {
		return app.Driver().CanvasForObject(c.self())
	}
	return nil
}

// passOn gives a key that nobody here used to the window, for F1 and Escape.
func passOn(c fyne.Canvas, e *fyne.KeyEvent) {
	if c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *control) MouseIn(e *desktop.MouseEvent) {
	c.hovered = true
	c.tip.MouseIn(e)
	if c.hover != nil {
		c.hover(true)
	}
	c.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (c *control) MouseMoved(e *desktop.MouseEvent) { c.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (c *control) MouseOut() {
	c.hovered = false
	c.tip.MouseOut()
	if c.hover != nil {
		c.hover(false)
	}
	c.Refresh()
}

// Cursor implements desktop.Cursorable.
func (c *control) Cursor() desktop.Cursor {
	if c.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Disable takes the control out of use.
func (c *control) Disable() {
	if !c.disabled {
		c.disabled = true
		c.Refresh()
	}
}

// Enable puts the control to use.
func (c *control) Enable() {
	if c.disabled {
		c.disabled = false
		c.Refresh()
	}
}

// SetEnabled puts the control to use or takes it out of use.
func (c *control) SetEnabled(on bool) {
	if on {
		c.Enable()
	} else {
		c.Disable()
	}
}

// Disabled reports whether the control is out of use.
func (c *control) Disabled() bool { return c.disabled }
