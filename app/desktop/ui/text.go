package ui

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Style is one step of the type scale: size and line height at 100 %, and the weight.
type Style struct {
	Size, Line float32
	Bold, Mono bool
}

// The type scale of the window.
var (
	PageNumber  = Style{Size: 40, Line: 44, Bold: true}
	VerdictText = Style{Size: 28, Line: 36, Bold: true}
	Question    = Style{Size: 26, Line: 34, Bold: true}
	Finding     = Style{Size: 22, Line: 28, Bold: true}
	SideVerdict = Style{Size: 20, Line: 27, Bold: true}
	PanelTitle  = Style{Size: 17, Line: 24, Bold: true}
	CaseName    = Style{Size: 14, Line: 20, Bold: true}
	Body        = Style{Size: 13, Line: 20}
	BodyStrong  = Style{Size: 13, Line: 20, Bold: true}
	Secondary   = Style{Size: 12, Line: 18}
	Caption     = Style{Size: 11, Line: 16}
	Code        = Style{Size: 11.5, Line: 18, Mono: true}
)

// Span is a piece of text with one look.
type Span struct {
	Text   string
	Strong bool                // semi-bold whatever the style says
	Color  fyne.ThemeColorName // "" = the text's own
	Strike bool
}

// Text is words in one style of the type scale, on one line or wrapped to the width it is given.
type Text struct {
	widget.BaseWidget
	style Style
	color fyne.ThemeColorName
	align fyne.TextAlign
	wrap  bool
	cut   bool // shorten with "…" to the width
	spans []Span
	width float32 // last width given
	set   [2]typeset
	next  int // place in set that is given up next
}

// typeset is a text set in lines, and what it was set for. A layout asks for the height of a text many times at the
// width that it then gives it, and letters are costly to measure.
type typeset struct {
	look  textLook
	lines [][]run
}

// textLook is all that the lines of a text hang on.
type textLook struct {
	spans     *Span // the first of them; they are replaced, never changed
	count     int
	style     Style
	wrap, cut bool
	width     float32
	scale     float32
	theme     *Theme // with its fonts
}

func (t *Text) look(width float32) textLook {
	l := textLook{count: len(t.spans), style: t.style, wrap: t.wrap, cut: t.cut, scale: Scale(), theme: current()}
	if t.wrap || t.cut {
		l.width = width
	}
	if l.count > 0 {
		l.spans = &t.spans[0]
	}
	return l
}

// linesAt are the lines of the text at a width, as they were set before where nothing changed since.
func (t *Text) linesAt(width float32) [][]run {
	look := t.look(width)
	for i := range t.set {
		if t.set[i].lines != nil && t.set[i].look == look {
			return t.set[i].lines
		}
	}
	set := typeset{look: look}
	if t.wrap {
		set.lines = t.breakAt(width)
	} else {
		set.lines = t.oneLine(width)
	}
	t.set[t.next] = set
	t.next = (t.next + 1) % len(t.set)
	return set.lines
}

// NewText returns one line of text in ink.
func NewText(style Style, text string) *Text {
	return NewSpans(style, Span{Text: text})
}

// NewSpans returns text of several looks on one line.
func NewSpans(style Style, spans ...Span) *Text {
	t := &Text{style: style, color: ColorInk, spans: spans}
	t.ExtendBaseWidget(t)
	return t
}

// In sets the colour role and returns the text.
func (t *Text) In(c fyne.ThemeColorName) *Text { t.color = c; return t }

// Wrapped lets the text break into lines at the width it is given.
func (t *Text) Wrapped() *Text { t.wrap = true; return t }

// Cut lets the text be shortened with "…" where it is too wide.
func (t *Text) Cut() *Text { t.cut = true; return t }

// Right aligns the text to the right, as numbers of one unit in a column are.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Centred aligns the text to the middle.
func (t *Text) Centred() *Text { t.align = fyne.TextAlignCenter; return t }

// SetText replaces the words.
func (t *Text) SetText(text string) { t.SetSpans(Span{Text: text}) }

// SetSpans replaces the words and their looks.
func (t *Text) SetSpans(spans ...Span) {
	if equalSpans(t.spans, spans) {
		return
	}
	t.spans = spans
	t.Refresh()
}

// SetColor changes the colour role.
func (t *Text) SetColor(c fyne.ThemeColorName) {
	if t.color == c {
		return
	}
	t.color = c
	t.Refresh()
}

// SetStyle changes the style.
func (t *Text) SetStyle(s Style) {
	if t.style == s {
		return
	}
	t.style = s
	t.Refresh()
}

// Words returns the text as a person reads it.
func (t *Text) Words() string {
	var b strings.Builder
	for _, s := range t.spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func equalSpans(a, b []Span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// HeightAt returns the height that the text needs at a width.
func (t *Text) HeightAt(width float32) float32 {
	if !t.wrap {
		return t.lineHeight()
	}
	return t.lineHeight() * float32(max(1, len(t.linesAt(width))))
}

func (t *Text) lineHeight() float32 { return t.style.Line * Scale() }

// MinSize is the full line, or for wrapped text what the last width asked for.
func (t *Text) MinSize() fyne.Size {
	switch {
	case t.wrap:
		return fyne.NewSize(24, t.HeightAt(t.width))
	case t.cut:
		return fyne.NewSize(12, t.lineHeight())
	}
	return fyne.NewSize(t.fullWidth(), t.lineHeight())
}

// FullWidth is the width of the text on one line.
func (t *Text) FullWidth() float32 { return t.fullWidth() }

func (t *Text) fullWidth() float32 {
	var w float32
	if !t.wrap && !t.cut {
		for _, r := range t.lines()[0] {
			w += r.width
		}
		return w
	}
	for _, s := range t.spans {
		w += t.measure(s, s.Text)
	}
	return w
}

// Resize remembers the width for wrapping.
func (t *Text) Resize(size fyne.Size) {
	changed := size.Width != t.width
	t.width = size.Width
	t.BaseWidget.Resize(size)
	if changed && (t.wrap || t.cut) {
		t.Refresh()
	}
}

func (t *Text) textStyle(s Span) fyne.TextStyle {
	return fyne.TextStyle{Bold: t.style.Bold || s.Strong, Monospace: t.style.Mono, Strikethrough: s.Strike}
}

func (t *Text) measure(s Span, text string) float32 {
	if text == "" {
		return 0
	}
	return fyne.MeasureText(text, t.style.Size*Scale(), t.textStyle(s)).Width
}

// run is a piece of a span on one line.
type run struct {
	span  Span
	width float32
}

// breakAt breaks the text into lines no wider than width; a word that is wider stands alone.
func (t *Text) breakAt(width float32) [][]run {
	if width <= 0 {
		width = 1 << 20
	}
	var lines [][]run
	var line []run
	var used float32
	flush := func() {
		lines = append(lines, trimEnd(line, t))
		line, used = nil, 0
	}
	for _, s := range t.spans {
		for _, part := range t.pieces(s, width) {
			word := part.text
			if word == "\n" {
				flush()
				continue
			}
			w := t.measure(s, word)
			bare := t.measure(s, strings.TrimRightFunc(word, unicode.IsSpace))
			if used > 0 && used+bare > width+0.5 && (part.cut || endsInSpace(line)) {
				flush()
			}
			piece := s
			piece.Text = word
			if n := len(line); n > 0 && sameLook(line[n-1].span, s) {
				line[n-1].span.Text += word
				line[n-1].width += w
			} else {
				line = append(line, run{piece, w})
			}
			used += w
		}
	}
	if len(line) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// piece is a word, or a part of one that was cut up: before such a part the line may be broken.
type piece struct {
	text string
	cut  bool
}

// pieces are the words of a span, with those cut up that are wider than a line by themselves, such as paths.
func (t *Text) pieces(s Span, width float32) []piece {
	var out []piece
	for _, word := range words(s.Text) {
		cut := false
		for word != "\n" && t.measure(s, strings.TrimRightFunc(word, unicode.IsSpace)) > width {
			n := t.fitting(s, word, width)
			if n >= len(word) {
				break
			}
			out = append(out, piece{word[:n], cut})
			word, cut = word[n:], true
		}
		out = append(out, piece{word, cut})
	}
	return out
}

// fitting is how many bytes of a word fit a width: at least one letter, and up to a "/" or the like where one is near.
func (t *Text) fitting(s Span, word string, width float32) int {
	var ends []int
	for i := range word {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	ends = append(ends, len(word))
	low, high := 0, len(ends)-1
	for low < high {
		mid := (low + high + 1) / 2
		if t.measure(s, word[:ends[mid]]) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if near := strings.LastIndexAny(word[:ends[low]], "/._-@:"); near > ends[low]/2 {
		return near + 1
	}
	return ends[low]
}

// endsInSpace reports whether a line may be broken after its last run: a span may begin within a word.
func endsInSpace(line []run) bool {
	n := len(line)
	return n > 0 && strings.HasSuffix(line[n-1].span.Text, " ")
}

func sameLook(a, b Span) bool {
	return a.Strong == b.Strong && a.Color == b.Color && a.Strike == b.Strike
}

func trimEnd(line []run, t *Text) []run {
	if n := len(line); n > 0 {
		r := &line[n-1]
		r.span.Text = strings.TrimRightFunc(r.span.Text, unicode.IsSpace)
		r.width = t.measure(r.span, r.span.Text)
	}
	return line
}

// words splits text into words that keep the spaces after them, and newlines on their own. A no-break space
// holds a number and its unit together.
func words(text string) []string {
	var out []string
	start, inSpace := 0, false
	for i, r := range text {
		switch {
		case r == '\n':
			if i > start {
				out = append(out, text[start:i])
			}
			out = append(out, "\n")
			start, inSpace = i+1, false
		case r == ' ':
			inSpace = true
		case inSpace:
			out = append(out, text[start:i])
			start, inSpace = i, false
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

// lines returns what is drawn at the present width.
func (t *Text) lines() [][]run { return t.linesAt(t.width) }

// oneLine is the text on one line, shortened to the width where it may be cut.
func (t *Text) oneLine(width float32) [][]run {
	var line []run
	for _, s := range t.spans {
		line = append(line, run{s, t.measure(s, s.Text)})
	}
	if t.cut && width > 0 {
		line = t.shorten(line, width)
	}
	return [][]run{line}
}

// shorten cuts a line to a width and ends it with "…".
func (t *Text) shorten(line []run, width float32) []run {
	var used float32
	for i, r := range line {
		if used+r.width <= width+0.5 {
			used += r.width
			continue
		}
		letters := []rune(r.span.Text)
		low, high := 0, len(letters)
		for low < high {
			mid := (low + high + 1) / 2
			if used+t.measure(r.span, string(letters[:mid])+"…") <= width {
				low = mid
			} else {
				high = mid - 1
			}
		}
		s := r.span
		s.Text = strings.TrimRightFunc(string(letters[:low]), unicode.IsSpace) + "…"
		return append(line[:i:i], run{s, t.measure(s, s.Text)})
	}
	return line
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t}
	r.Refresh()
	return r
}

type textRenderer struct {
	text    *Text
	objects []fyne.CanvasObject
	drawn   drawnLook
}

// drawnLook is all that the drawn objects of a text hang on, except where they lie.
type drawnLook struct {
	textLook
	color fyne.ThemeColorName
	align fyne.TextAlign
	dark  bool
	valid bool // it was drawn
}

func (r *textRenderer) look() drawnLook {
	t := r.text
	return drawnLook{textLook: t.look(t.width), color: t.color, align: t.align, dark: IsDark(), valid: true}
}

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) MinSize() fyne.Size           { return r.text.MinSize() }
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *textRenderer) Layout(size fyne.Size) {
	if r.drawn != r.look() { // another width, or the size of all text changed before this one was told
		r.Refresh()
		return
	}
	t := r.text
	i := 0
	for row, line := range t.lines() {
		var width float32
		for _, p := range line {
			width += p.width
		}
		var x float32
		switch t.align {
		case fyne.TextAlignTrailing:
			x = size.Width - width
		case fyne.TextAlignCenter:
			x = (size.Width - width) / 2
		}
		top := float32(row) * t.lineHeight()
		if !t.wrap {
			top = (size.Height - t.lineHeight()) / 2
		}
		for _, p := range line {
			if i >= len(r.objects) {
				return
			}
			o := r.objects[i].(*canvas.Text)
			h := o.MinSize().Height
			o.Move(fyne.NewPos(x, top+(t.lineHeight()-h)/2))
			o.Resize(fyne.NewSize(p.width, h))
			x += p.width
			i++
		}
	}
}

// Refresh draws the text anew where it looks otherwise now. A change of the theme tells each object once for every
// object around it, so most of the time there is nothing to do.
func (r *textRenderer) Refresh() {
	t := r.text
	look := r.look()
	if r.drawn == look {
		return
	}
	r.drawn = look
	i := 0
	for _, line := range t.lines() {
		for _, p := range line {
			var o *canvas.Text
			if i < len(r.objects) {
				o = r.objects[i].(*canvas.Text)
			} else {
				o = &canvas.Text{}
				r.objects = append(r.objects, o)
			}
			name := p.span.Color
			if name == "" {
				name = t.color
			}
			o.Text, o.TextSize, o.TextStyle, o.Color = p.span.Text, t.style.Size*Scale(), t.textStyle(p.span), Color(name)
			o.Refresh()
			i++
		}
	}
	r.objects = r.objects[:i]
	r.Layout(t.Size())
}

// SetAlign aligns the text to the right, or to the left.
func (t *Text) SetAlign(right bool) {
	align := fyne.TextAlignLeading
	if right {
		align = fyne.TextAlignTrailing
	}
	if t.align != align {
		t.align = align
		t.Refresh()
	}
}
