package cli

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/calc"
)

func (p *program) templateCommand() *cobra.Command {
	var list, all, full bool
	c := &cobra.Command{
		Use:     "template NAME",
		GroupID: groupDecide,
		Short:   "Print a ready scenario file to start from",
		Long: "Print a ready scenario file. It holds only what the template says; every other answer has its default. With\n" +
			"--full every key is printed, which shows what can be answered.",
		Example: "  hostwise template --list\n" +
			"  hostwise template saas-app > case.json\n" +
			"  hostwise template --all | hostwise assess - --lines",
		ValidArgs: templateNames(),
		Args:      cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if list && all {
				return wrong("--list", "does not go with --all", "one of the two", "")
			}
			if list || all {
				if err := takes(0, 0, "no NAME beside --list or --all")(c, args); err != nil {
					return err
				}
				p.printTemplates(all, full)
				return nil
			}
			return p.printTemplate(c, args, full)
		},
	}
	c.Flags().BoolVar(&list, "list", false, "the names of all templates")
	c.Flags().BoolVar(&all, "all", false, "all templates, one a line")
	c.Flags().BoolVar(&full, "full", false, "every key, with its default where the template says nothing")
	return c
}

func templateNames() []string {
	names := make([]string, len(calc.Templates))
	for i, t := range calc.Templates {
		names[i] = t.Name
	}
	return names
}

func (p *program) printTemplate(c *cobra.Command, args []string, full bool) error {
	names := strings.Join(templateNames(), ", ")
	if err := takes(1, 1, names+", or --list")(c, args); err != nil {
		return err
	}
	t, ok := calc.TemplateNamed(args[0])
	if !ok {
		return wrong(args[0], "is no template", names, calc.NearestTemplate(args[0]))
	}
	p.out.Write(fileOf(t.Scenario(), full))
	return nil
}

func (p *program) printTemplates(all, full bool) {
	g := newGrid("name", "what it is")
	for _, t := range calc.Templates {
		if all {
			p.out.Write(oneLine(fileOf(t.Scenario(), full)))
		}
		g.add(t.Name, t.Description)
	}
	if !all {
		p.printGrid(g)
	}
}

func fileOf(s calc.Scenario, full bool) []byte {
	if full {
		return s.FullJSON()
	}
	return s.JSON()
}

// oneLine puts a scenario file on one line.
func oneLine(file []byte) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, file); err != nil {
		return append(bytes.Join(bytes.Fields(file), []byte(" ")), '\n') // not JSON: hand it over as it is
	}
	b.WriteByte('\n')
	return b.Bytes()
}
