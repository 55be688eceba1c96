package answers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/storage/search"
)

// Found is what was found for words.
type Found struct {
	Entries   []Entry // best first
	Match     search.Match
	Corrected map[string]string // what was looked for in place of misspelt words
}

// Library is the entries of a catalogue, ready to be asked. It is safe for concurrent use.
type Library struct {
	catalogue *catalog.Catalog
	entries   []Entry
	place     map[string]int // of an entry, by its id
	phrases   []phrase
	index     *search.Index
}

// phrase is what somebody types as a whole, and the entry that answers it.
type phrase struct {
	words string // folded, between blanks
	entry int
}

// usualMost is how many entries are found where no number is asked for.
const usualMost = 20

// NewLibrary prepares the entries of a catalogue.
func NewLibrary(ctx context.Context, c *catalog.Catalog) (*Library, error) {
	l := &Library{catalogue: c, place: map[string]int{}}
	if c != nil {
		l.entries = Of(c)
	}
	docs := make([]search.Doc, len(l.entries))
	for i, e := range l.entries {
		l.place[e.ID] = i
		docs[i] = search.Doc{ID: e.ID, Title: e.Title, Body: e.Text, Keywords: e.Keywords, Kind: e.Kind}
		for _, said := range append([]string{e.Title}, e.said...) {
			l.phrases = append(l.phrases, phrase{fold(said), i})
		}
	}
	index, err := search.New(ctx, docs)
	if err != nil {
		return nil, fmt.Errorf("prepare the answers: %w", err)
	}
	l.index = index
	return l, nil
}

// Close frees the library.
func (l *Library) Close() error { return l.index.Close() }

// Entries returns all entries, questions and answers first.
func (l *Library) Entries() []Entry { return l.entries }

// Find answers words from a library made for this one question; see Library.Find.
func Find(ctx context.Context, c *catalog.Catalog, words string, most int) (found Found, err error) {
	l, err := NewLibrary(ctx, c)
	if err != nil {
		return Found{}, err
	}
	defer func() {
		if e := l.Close(); err == nil {
			err = e
		}
	}()
	return l.Find(ctx, words, most)
}

// Find returns at most most entries for words, best first; 0 means 20. Where the words name a model, what the name
// really means is among the first three, and first where nothing else was asked.
//
// Each word is looked for by itself, together with the words that mean the same, so that one word more never hides an
// answer. An entry's rank is the sum of what its words weigh (FTS5's bm25), times the share of the words it has,
// times how directly its kind answers. An entry that is spoken of in just these words comes before.
func (l *Library) Find(ctx context.Context, words string, most int) (Found, error) {
	if most <= 0 {
		most = usualMost
	}
	words = together(words)
	asked := ask(words)
	if len(asked) == 0 {
		return Found{}, nil
	}
	found := Found{Corrected: map[string]string{}}
	scores := make([]float64, len(l.entries))
	cover := make([]float64, len(l.entries)) // weights of the words that an entry has
	all := 0.0
	for _, w := range asked {
		best, err := l.weigh(ctx, w, found.Corrected)
		if err != nil {
			return Found{}, err
		}
		all += w.weight
		for i, score := range best {
			scores[i] += w.weight * score
			cover[i] += w.weight
		}
	}
	for i := range scores {
		scores[i] *= cover[i] / all * directness(l.entries[i].Kind)
	}
	said := l.say(fold(words), scores)
	order := l.order(scores)
	order = l.name(words, asked, order, said)
	for _, i := range order[:min(most, len(order))] {
		found.Entries = append(found.Entries, l.entries[i])
	}
	if len(order) > 0 && cover[order[0]] < all {
		found.Match = search.SomeWords
	}
	if len(found.Corrected) > 0 {
		found.Match = search.NearWords
	}
	return found, nil
}

// weigh looks for one word and for those that mean the same; an entry counts the best of them.
func (l *Library) weigh(ctx context.Context, w word, corrected map[string]string) (map[int]float64, error) {
	best := map[int]float64{}
	for n, text := range append([]string{w.text}, w.alike...) {
		if n > 0 || !w.open {
			text += " " // finished: not the beginning of another word
		}
		hits, err := l.index.Find(ctx, text, len(l.entries))
		if err != nil {
			return nil, err
		}
		worth := 1.0
		if n > 0 {
			worth = 0.8 // another word for the same
		}
		for _, hit := range hits {
			if hit.Match != search.AllWords {
				if n > 0 || w.sure {
					break // only what was typed is mended
				}
				worth = 0.7
				for typed, meant := range hit.Corrected {
					corrected[typed] = meant
				}
			}
			place := l.place[hit.ID]
			best[place] = max(best[place], worth*hit.Score)
		}
	}
	return best, nil
}

// say lifts the entries that are spoken of in the words asked, the most of them first, and reports whether one is
// spoken of in just these words.
func (l *Library) say(typed string, scores []float64) (exactly bool) {
	top := 1.0
	for _, score := range scores {
		top = max(top, score)
	}
	lift := map[int]float64{}
	for _, p := range l.phrases {
		switch {
		case p.words == typed:
			lift[p.entry] = 3 * top
			exactly = true
		case strings.Contains(typed, p.words):
			share := float64(len(p.words)) / float64(len(typed))
			lift[p.entry] = max(lift[p.entry], (0.3+share)*top)
		}
	}
	for entry, by := range lift {
		scores[entry] += by * directness(l.entries[entry].Kind)
	}
	return exactly
}

// order returns the places of what was found, best first; equals keep the order of the entries.
func (l *Library) order(scores []float64) []int {
	var order []int
	for i, score := range scores {
		if score > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return order
}

// name puts what a typed model's name really means first, or third where more was asked about the full model and it
// is no surprise that it is meant.
func (l *Library) name(words string, asked []word, order []int, said bool) []int {
	if l.catalogue == nil {
		return order
	}
	hint := l.catalogue.Resolve(words)
	if hint == nil {
		return order
	}
	meant, ok := l.place["names/"+hint.Query]
	if !ok {
		return order
	}
	if i := slices.Index(order, meant); i >= 0 {
		order = slices.Delete(order, i, i+1)
	}
	place := 0
	if hint.Model == "deepseek-r1" && (said || more(asked, hint)) && !isSpelling(words, hint) {
		place = min(2, len(order))
	}
	return slices.Insert(order, place, meant)
}

// more reports whether words were asked that the name does not hold.
func more(asked []word, hint *catalog.NameHint) bool {
	name := fold(strings.Join(append([]string{hint.Query, hint.Model}, hint.Also...), " "))
	for _, w := range asked {
		if w.weight == full && !strings.Contains(name, " "+w.text+" ") {
			return true
		}
	}
	return false
}

// isSpelling reports whether the words are one of the name's spellings and nothing else.
func isSpelling(words string, hint *catalog.NameHint) bool {
	for _, spelling := range append([]string{hint.Query}, hint.Also...) {
		if fold(spelling) == fold(words) {
			return true
		}
	}
	return false
}

// directness is how directly a kind of entry answers a question.
func directness(kind string) float64 {
	switch kind {
	case Answer:
		return 1.5
	case Cost, Watch, Advice, Claim:
		return 1
	case Word, Limit:
		return 0.9
	case Name:
		return 0.7
	case Row:
		return 0.8
	}
	return 0.5 // inputs: what a field means is rarely what is asked
}
