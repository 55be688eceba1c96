package catalog

import (
	"regexp"
	"strings"
)

// sizeInName finds how many billion parameters a name says: "70b", "Qwen 32 B", "1.5B".
var sizeInName = regexp.MustCompile(`(^|[^0-9.])([0-9]+(?:\.[0-9]+)?) ?b?$`)

// ShortFor returns the model that a few typed words are short for: its id or name, a part of that name which no
// other model has, or a number of parameters that only one has ("32b", "llama 70b", "0528", "zero"). It returns nil
// where the words fit none, or more than one; Resolve is asked before, since it knows the names that mislead.
func (c *Catalog) ShortFor(text string) *Model {
	typed := foldName(text)
	if typed == "" {
		return nil
	}
	for i := range c.Models {
		m := &c.Models[i]
		for _, name := range []string{m.ID, m.Name, m.ShortName, m.HuggingFace} {
			if foldName(name) == typed {
				return m
			}
		}
	}
	if typed == "r1" || typed == "full" {
		return c.fullModel()
	}
	return c.onlyFit(typed)
}

// fullModel is the first model that is no distill.
func (c *Catalog) fullModel() *Model {
	for i := range c.Models {
		if c.Models[i].Family == "full" {
			return &c.Models[i]
		}
	}
	return nil
}

// onlyFit is the one model of whose name every typed word is a part, nil where there is none or another. A size alone
// that the full models share is the first of them: the others differ from it by a word.
func (c *Catalog) onlyFit(typed string) *Model {
	size := ""
	if m := sizeInName.FindStringSubmatch(typed); m != nil {
		size = m[2]
		typed = strings.TrimSpace(strings.TrimSuffix(typed, strings.TrimLeft(m[0], " -:")))
	}
	var found *Model
	for i := range c.Models {
		m := &c.Models[i]
		if !hasSize(m, size) || !hasWords(m, typed) {
			continue
		}
		if found != nil && (size == "" || m.Family != "full" || found.Family != "full") {
			return nil
		}
		if found == nil {
			found = m
		}
	}
	return found
}

func hasSize(m *Model, size string) bool {
	if size == "" {
		return true
	}
	published, _, _ := strings.Cut(foldName(m.ShortName+" "), "b")
	fields := strings.FieldsFunc(published, func(r rune) bool { return r == ' ' || r == '-' })
	return len(fields) > 0 && fields[len(fields)-1] == size || strings.Contains(foldName(m.Name), "-"+size)
}

// hasWords reports whether every word is a part of a model's names, at least three letters long or a number.
func hasWords(m *Model, typed string) bool {
	names := foldName(m.Name + " " + m.ShortName + " " + m.Base)
	for _, w := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == '-' || r == ':' }) {
		if len(w) < 2 || !strings.Contains(names, w) {
			return false
		}
	}
	return true
}
