package catalog

import "strings"

// Resolve says what a typed model name or phrase really means: the hint whose spelling it is, else the one
// with the longest spelling that stands in the text as whole words. It returns nil where no hint applies.
func (c *Catalog) Resolve(text string) *NameHint {
	typed := foldName(text)
	if typed == "" {
		return nil
	}
	var best *NameHint
	longest := 0
	for i := range c.Names {
		hint := &c.Names[i]
		for _, spelling := range append([]string{hint.Query}, hint.Also...) {
			key := foldName(spelling)
			if key == typed {
				return hint
			}
			if len(key) > longest && containsWords(typed, key) {
				best, longest = hint, len(key)
			}
		}
	}
	return best
}

// foldName brings spellings of one name together: case, quotes and the number of blanks do not count.
func foldName(text string) string {
	text = strings.ToLower(strings.Trim(text, " \t\r\n`'\"?!.,"))
	return strings.Join(strings.Fields(text), " ")
}

// containsWords reports whether phrase stands in text and does not begin or end inside a word. A publisher may
// stand before it ("unsloth/..."), and a variant may follow a size ("...-70b-q4_k_m"): that is the same model.
func containsWords(text, phrase string) bool {
	sized := takesVariant(phrase)
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(phrase)
		before := start == 0 || text[start-1] == '/' || !partOfName(text[start-1])
		after := end == len(text) || sized && text[end] == '-' || !partOfName(text[end])
		if before && after {
			return true
		}
		from = start + 1
	}
}

// takesVariant reports whether a variant of the same model may follow a spelling: it ends in a number of
// parameters, such as "70b", or says that it is a distill.
func takesVariant(phrase string) bool {
	if strings.HasSuffix(phrase, "-distill") {
		return true
	}
	number, ok := strings.CutSuffix(phrase, "b")
	return ok && number != "" && number[len(number)-1] >= '0' && number[len(number)-1] <= '9'
}

// partOfName says which bytes join words into one name: "deepseek-r1" is not said by "deepseek-r1:70b".
func partOfName(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || strings.IndexByte("-_:./", b) >= 0
}
