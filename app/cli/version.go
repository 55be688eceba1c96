package cli

import (
	"github.com/spf13/cobra"

	"hostwise/assets"
)

// edition is what the version command prints.
type edition struct {
	Version   string         `json:"version"`
	Catalogue assets.Edition `json:"catalogue"`
}

func (p *program) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		GroupID: groupKnow,
		Short:   "Print the version of the program and of its catalogue",
		Args:    takes(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			cat, err := p.catalogue()
			if err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(edition{p.env.Version, assets.Edition{Version: cat.Version, Date: cat.Date}})
			}
			p.printLine("hostwise", p.env.Version)
			p.printLine("catalogue", cat.Version, "of", cat.Date)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}
