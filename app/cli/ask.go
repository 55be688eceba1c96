package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/cli/answers"
	"hostwise/calc/catalog"
	"hostwise/storage/search"
)

// reply is one answer as it is printed.
type reply struct {
	Title  string           `json:"title"`
	Text   string           `json:"text"`
	Kind   string           `json:"kind"`
	Status catalog.Evidence `json:"status"`
	Source string           `json:"source"`
	Date   string           `json:"date"`
	Page   string           `json:"page"` // of the window where it matters, "" = none in particular
}

func (p *program) askCommand() *cobra.Command {
	var asJSON bool
	var most int
	c := &cobra.Command{
		Use:     "ask WORDS…",
		GroupID: groupKnow,
		Short:   "Answer the words you have: a model's name, an error, \"free\"",
		Long: "Search questions, claims, names, words of the field and the inputs, best answer first. Each answer says how sure\n" +
			"it is, where it is from and of which day. Misspelt words are understood.",
		Example: "  hostwise ask deepseek-r1:70b\n  hostwise ask cuda out of memory\n  hostwise ask is 37b of memory enough --json",
		Args:    takes(1, -1, "the words to look for"),
		RunE: func(c *cobra.Command, args []string) error {
			if most < 1 || most > 100 {
				return wrong("--most", "is out of range", "1 to 100", "")
			}
			words := strings.Join(args, " ")
			if strings.TrimSpace(words) == "" {
				return wrong("ask", "there are no words to look for", "a model's name, an error, a question", "")
			}
			cat, err := p.catalogue()
			if err != nil {
				return err
			}
			found, err := answers.Find(c.Context(), cat, words, most)
			if err != nil {
				return errors.Join(c.Context().Err(), couldNot("help", "cannot be searched", err))
			}
			if asJSON {
				return p.printJSON(repliesOf(found))
			}
			p.printReplies(found)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON: a list, best first")
	c.Flags().IntVar(&most, "most", 5, "at most `N` answers, 1 to 100")
	return c
}

func repliesOf(found answers.Found) []reply {
	out := []reply{}
	for _, e := range found.Entries {
		out = append(out, reply{e.Title, e.Text, e.Kind, e.Status, e.Source, e.AsOf, e.Page})
	}
	return out
}

func (p *program) printReplies(found answers.Found) {
	if len(found.Entries) == 0 {
		p.printLine("Nothing is known of these words. Try a single word, or a model's name.")
		return
	}
	if found.Match == search.NearWords && len(found.Corrected) > 0 {
		var fixed []string
		for typed, meant := range found.Corrected {
			fixed = append(fixed, meant+" for "+typed)
		}
		slices.Sort(fixed)
		p.printLine("Looking for", clean(strings.Join(fixed, ", "))+".\n")
	}
	for i, r := range repliesOf(found) {
		if i > 0 {
			p.printLine()
		}
		p.printLine(r.Title)
		if text := strings.TrimSpace(strings.TrimPrefix(r.Text, r.Title)); text != "" { // a claim begins with itself
			p.printLine("  " + text)
		}
		foot := "  [" + string(r.Status) + "] " + r.Source + ", " + r.Date
		if r.Page != "" {
			foot += "; page " + r.Page
		}
		p.printLine(foot)
	}
}
