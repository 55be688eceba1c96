package cli

import (
	"github.com/spf13/cobra"
)

func (p *program) assessCommand() *cobra.Command {
	var o settings
	var lines bool
	c := &cobra.Command{
		Use:     "assess FILE",
		GroupID: groupDecide,
		Short:   "Print the assessment of a scenario as JSON",
		Long: "Assess a scenario: what every route costs, what fits where, how fast it is, what would change the answer.\n" +
			"FILE is a scenario file, or - for standard input. With --lines every line is a scenario, and every line that is\n" +
			"printed is its assessment, in the same order; a wrong line prints {\"error\": …, \"line\": N} in its place, and\n" +
			"the exit code is 2 at the end. Blank lines are passed over.",
		Example: "  hostwise assess case.json\n" +
			"  hostwise template saas-app | hostwise assess - --quick\n" +
			"  hostwise template --all | hostwise assess - --lines > all.jsonl",
		Args: takes(1, 1, "FILE, a scenario file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			if lines {
				return b.assessLines(c.Context(), args[0])
			}
			s, err := b.scenario(c.Context(), args[0])
			if err != nil {
				return err
			}
			a, err := b.assessor.Assess(c.Context(), s, b.options)
			if err != nil {
				return err
			}
			roundFigures(a.Assumptions) // the rest has been rounded with the assessment
			return p.printJSON(a)
		},
	}
	o.quickly(c)
	c.Flags().BoolVar(&lines, "lines", false, "read one scenario a line and print one assessment a line")
	return c
}
