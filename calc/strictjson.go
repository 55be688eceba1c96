package calc

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The limits of a scenario file as bytes and as a tree.
const (
	maxFileBytes = 4 << 20
	maxNesting   = 32
	maxValues    = 500_000 // far above any real file; keeps a hostile one from filling the memory
)

// nodeKind is what a JSON value is.
type nodeKind int

const (
	brokenNode nodeKind = iota // already reported; nothing more is said of it
	nullNode
	boolNode
	numberNode
	textNode
	listNode
	objectNode
)

// String is the kind in words, as in "is a text".
func (k nodeKind) String() string {
	return [...]string{"something broken", "null", "true or false", "a number", "a text", "a list", "an object"}[k]
}

// node is one JSON value and where it stands. A path is worked out only when a problem needs it: paths kept for
// every value would let a small file with long keys fill the memory.
type node struct {
	kind   nodeKind
	at     int // byte offset in the file
	parent *node
	key    string // in an object
	index  int    // in a list

	truth    bool
	number   float64
	text     string
	children []*node // members or items, in file order
}

// child returns the member with this key, or nil.
func (n *node) child(key string) *node {
	for _, c := range n.children {
		if c.key == key {
			return c
		}
	}
	return nil
}

// path is where the value stands: workload.by_model["x y"].retry_rate, tags[3].
func (n *node) path() string {
	if n == nil || n.parent == nil {
		return ""
	}
	before := n.parent.path()
	if n.parent.kind == listNode {
		return before + "[" + strconv.Itoa(n.index) + "]"
	}
	return joinPath(before, n.key)
}

// joinPath adds a key to a path; a key that is no plain word is quoted so that the path stays one readable line.
func joinPath(before, key string) string {
	switch {
	case !isPlainKey(key):
		return before + "[" + quoted(key) + "]"
	case before == "":
		return key
	}
	return before + "." + key
}

// isPlainKey reports whether a key is a short word of letters, digits and the signs that ids have.
func isPlainKey(key string) bool {
	const longest = 60
	return key != "" && len(key) <= longest && !strings.ContainsFunc(key, func(r rune) bool {
		return !(r == '_' || r == '-' || r == '/' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	})
}

// quoted is a text in quotes on one line, cut where it is long.
func quoted(s string) string {
	const most = 60
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return strconv.Quote(s[:i] + "…")
		}
	}
	return strconv.Quote(s)
}

// reader turns bytes into a tree and refuses everything that RFC 8259 and contract §2 do not allow. encoding/json is not used:
// it accepts a key twice, other letter cases, invalid UTF-8 and lone surrogates.
type reader struct {
	data     []byte
	pos      int
	values   int
	problems *collector
	halted   bool // the syntax is lost: no more can be read
}

// readJSON returns the tree of a whole file, nil where its syntax is lost.
func readJSON(data []byte, problems *collector) *node {
	r := &reader{data: data, problems: problems}
	switch {
	case len(data) > maxFileBytes:
		r.halt("the file is %.1f MiB", "at most 4 MiB", float64(len(data))/(1<<20))
		return nil
	case strings.HasPrefix(string(data[:min(3, len(data))]), "\ufeff"):
		r.halt("the file begins with a byte-order mark", "UTF-8 without one: save it as plain UTF-8")
		return nil
	}
	root := &node{}
	r.space()
	if r.pos == len(data) {
		r.halt("the file is empty", `an object such as {"schema": 1}`)
		return nil
	}
	r.value(root, 1)
	r.space()
	if !r.halted && r.pos < len(data) {
		r.halt("something follows the object: %s", "nothing after the closing }", r.glimpse())
	}
	if r.halted {
		return nil
	}
	return root
}

// halt reports that the syntax is lost here; only the first such report counts.
func (r *reader) halt(problem, allowed string, args ...any) {
	if r.halted {
		return
	}
	r.halted = true
	before := string(r.data[:min(r.pos, len(r.data))])
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	place := fmt.Sprintf("line %d, column %d", line, column)
	r.problems.add(r.pos, Problem{Path: place, Problem: fmt.Sprintf(problem, args...), Allowed: allowed})
}

// report notes a problem of one value and reads on.
func (r *reader) report(n *node, problem, allowed string) {
	r.problems.add(n.at, Problem{Path: n.path(), Problem: problem, Allowed: allowed})
	n.kind = brokenNode
}

// glimpse is what stands at the present place, for a message.
func (r *reader) glimpse() string {
	if r.pos >= len(r.data) {
		return "the end of the file"
	}
	end := min(r.pos+20, len(r.data))
	if i := strings.IndexByte(string(r.data[r.pos:end]), '\n'); i > 0 {
		end = r.pos + i
	}
	return quoted(string(r.data[r.pos:end]))
}

func (r *reader) space() {
	for r.pos < len(r.data) {
		switch r.data[r.pos] {
		case ' ', '\t', '\n', '\r':
			r.pos++
		case '/', '#':
			r.halt("a comment starts here", "JSON has no comments")
			return
		default:
			return
		}
	}
}

func (r *reader) next() byte {
	if r.halted || r.pos >= len(r.data) {
		return 0
	}
	return r.data[r.pos]
}

// value reads one value into n.
func (r *reader) value(n *node, depth int) {
	n.at = r.pos
	if r.values++; r.values > maxValues {
		r.halt("the file holds more than %d values", "a scenario", maxValues)
		return
	}
	switch c := r.next(); {
	case c == '{' || c == '[':
		if depth > maxNesting {
			r.halt("objects and lists are nested too deeply", fmt.Sprintf("at most %d levels", maxNesting))
			return
		}
		if c == '{' {
			r.object(n, depth)
		} else {
			r.list(n, depth)
		}
	case c == '"':
		n.kind = textNode
		var ok bool
		if n.text, ok = r.text(); !ok && !r.halted {
			r.report(n, "the text is not valid UTF-8", "UTF-8, no half of a surrogate pair")
		}
	case c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		r.word(n)
	case c == '\'':
		r.halt("a single quote", `texts in double quotes: "…"`)
	default:
		r.halt("a value is missing before %s", "a number, a text in quotes, true, false, null, a list or an object", r.glimpse())
	}
}

func (r *reader) object(n *node, depth int) {
	n.kind = objectNode
	seen := map[string]bool{}
	r.pos++
	for r.space(); r.next() != '}'; r.space() {
		if r.next() != '"' {
			r.halt("a key is missing before %s", `a key in double quotes, and no comma before }`, r.glimpse())
			return
		}
		at := r.pos
		key, ok := r.text()
		if r.space(); r.next() != ':' {
			r.halt("a colon is missing before %s", `"key": value`, r.glimpse())
			return
		}
		r.pos++
		r.space()
		member := &node{parent: n, key: key}
		r.value(member, depth+1)
		switch {
		case r.halted:
			return
		case !ok:
			r.problems.add(at, Problem{Path: n.path(), Problem: "a key is not valid UTF-8", Allowed: "UTF-8"})
		case seen[key]:
			r.problems.add(at, Problem{Path: member.path(), Problem: "the key is there twice", Allowed: "every key once"})
		default:
			seen[key] = true
			n.children = append(n.children, member)
		}
		if !r.comma('}') {
			return
		}
	}
	r.pos++
}

func (r *reader) list(n *node, depth int) {
	n.kind = listNode
	r.pos++
	for r.space(); r.next() != ']'; r.space() {
		item := &node{parent: n, index: len(n.children)}
		r.value(item, depth+1)
		if r.halted {
			return
		}
		n.children = append(n.children, item)
		if !r.comma(']') {
			return
		}
	}
	r.pos++
}

// comma reads the comma between two members; it leaves the closing bracket to the caller.
func (r *reader) comma(closing byte) bool {
	r.space()
	switch {
	case r.halted:
		return false
	case r.next() == closing:
		return true
	case r.next() != ',':
		r.halt("a comma or %c is missing before %s", "a comma between two values", closing, r.glimpse())
		return false
	}
	r.pos++
	if r.space(); r.next() == closing {
		r.halt("a comma stands before %c", "no comma after the last value", closing)
		return false
	}
	return !r.halted
}

// word reads a number or one of the three JSON words; what looks like one and is none is reported and passed over.
func (r *reader) word(n *node) {
	start := r.pos
	for r.pos < len(r.data) {
		c := r.data[r.pos]
		if !(c == '-' || c == '+' || c == '.' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			break
		}
		r.pos++
	}
	switch token := string(r.data[start:r.pos]); strings.ToLower(strings.TrimLeft(token, "+-")) {
	case "nan", "inf", "infinity":
		r.report(n, token+" is not a number that a file can hold", "a finite number")
	default:
		r.token(n, token)
	}
}

func (r *reader) token(n *node, token string) {
	switch token {
	case "null":
		n.kind = nullNode
	case "true", "false":
		n.kind, n.truth = boolNode, token == "true"
	default:
		if !isJSONNumber(token) {
			r.report(n, quoted(token)+" is neither a number nor true, false or null", "numbers such as 1000, 0.5 or 1e6; texts in double quotes")
			return
		}
		v, err := strconv.ParseFloat(token, 64)
		if err != nil || math.IsInf(v, 0) {
			r.report(n, quoted(token)+" is too large for a number", "a finite number")
			return
		}
		if n.kind = numberNode; v != 0 { // −0 becomes a plain zero
			n.number = v
		}
	}
}

// isJSONNumber reports whether the token follows the grammar of RFC 8259 §6: no +, no leading zero, no bare dot.
func isJSONNumber(token string) bool {
	digits := func(s string) string { return strings.TrimLeft(s, "0123456789") }
	s := strings.TrimPrefix(token, "-")
	whole := s[:len(s)-len(digits(s))]
	if whole == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	s = s[len(whole):]
	if rest, ok := strings.CutPrefix(s, "."); ok {
		if s = digits(rest); s == rest {
			return false
		}
	}
	if len(s) > 0 && (s[0] == 'e' || s[0] == 'E') {
		rest := strings.TrimPrefix(strings.TrimPrefix(s[1:], "+"), "-")
		if len(s[1:])-len(rest) > 1 {
			return false
		}
		if s = digits(rest); s == rest {
			return false
		}
	}
	return s == ""
}

// text reads a string; false where it holds what no UTF-8 text holds.
func (r *reader) text() (string, bool) {
	r.pos++ // the opening quote
	var b strings.Builder
	ok := true
	for {
		switch c := r.next(); {
		case r.pos >= len(r.data):
			r.halt("a text does not end", "a closing double quote")
			return "", false
		case c == '"':
			r.pos++
			return b.String(), ok
		case c < 0x20:
			r.halt("a line break or control character inside a text", `\n for a line break, and a closing quote`)
			return "", false
		case c == '\\':
			char, valid := r.escape()
			if r.halted {
				return "", false
			}
			ok = ok && valid
			b.WriteRune(char)
		default:
			char, size := utf8.DecodeRune(r.data[r.pos:])
			if char == utf8.RuneError && size == 1 {
				ok = false
			}
			r.pos += size
			b.WriteRune(char)
		}
	}
}

// escape reads a character after a backslash; false for half of a surrogate pair.
func (r *reader) escape() (rune, bool) {
	r.pos++
	c := r.next()
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 && c != 0 {
		r.pos++
		return rune("\"\\/\b\f\n\r\t"[i]), true
	}
	if c != 'u' {
		r.halt("a backslash before %s", `one of \" \\ \/ \b \f \n \r \t \uXXXX`, r.glimpse())
		return 0, false
	}
	r.pos++
	first := r.hex()
	if r.halted || first < 0xD800 || first > 0xDFFF {
		return first, !r.halted
	}
	if first > 0xDBFF || !strings.HasPrefix(string(r.data[r.pos:min(r.pos+2, len(r.data))]), `\u`) {
		return utf8.RuneError, false
	}
	r.pos += 2
	second := r.hex()
	if second < 0xDC00 || second > 0xDFFF {
		return utf8.RuneError, false
	}
	return (first-0xD800)<<10 + (second - 0xDC00) + 0x10000, true
}

// hex reads the four digits of \uXXXX.
func (r *reader) hex() rune {
	if r.pos+4 <= len(r.data) {
		if v, err := strconv.ParseUint(string(r.data[r.pos:r.pos+4]), 16, 16); err == nil && r.data[r.pos] != '+' {
			r.pos += 4
			return rune(v)
		}
	}
	r.halt(`\u is not followed by four hexadecimal digits`, `\u and four of 0-9, a-f`)
	return utf8.RuneError
}
