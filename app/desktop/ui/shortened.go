package ui

// Shortened reports whether the text has less room than its words and ends in "…".
func (t *Text) Shortened() bool {
	const rounding = 0.5
	return t.cut && t.width > 0 && t.fullWidth() > t.width+rounding
}
