package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"hostwise/assets"
	"hostwise/calc/catalog"
)

// Streams are where a command reads and writes.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Env is what a command takes from the machine it runs on.
type Env struct {
	Getenv  func(string) string // nil = no variables
	GOOS    string              // decides where the saved cases lie
	Now     func() time.Time    // nil = time.Now
	Version string              // of the program
}

// Main runs the program's arguments on the real machine and returns the exit code. An interrupt ends the work in order;
// a second one ends the program.
func Main(version string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	return Run(ctx, os.Args[1:], Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr},
		Env{Getenv: os.Getenv, GOOS: runtime.GOOS, Version: version})
}

// Run does what the arguments say and returns the exit code: 0 done, 1 could not, 2 the input is wrong.
func Run(ctx context.Context, args []string, std Streams, env Env) int {
	p := newProgram(std, env)
	root := p.root()
	root.SetArgs(append([]string{}, args...)) // never nil: cobra would take the arguments of the process
	root.SetIn(std.In)
	root.SetOut(&p.out)
	root.SetErr(std.Err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = p.flush()
	}
	return p.tell(err)
}

// program is one run: its streams, and what commands share.
type program struct {
	std Streams
	env Env
	// out gathers standard output until the work is done, so that nothing is there when it fails.
	out bytes.Buffer
}

func newProgram(std Streams, env Env) *program {
	if std.In == nil {
		std.In = bytes.NewReader(nil)
	}
	if std.Out == nil {
		std.Out = io.Discard
	}
	if std.Err == nil {
		std.Err = io.Discard
	}
	if env.Getenv == nil {
		env.Getenv = func(string) string { return "" }
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	return &program{std: std, env: env}
}

// flush hands over what was gathered.
func (p *program) flush() error {
	if p.out.Len() == 0 {
		return nil
	}
	_, err := p.std.Out.Write(p.out.Bytes())
	p.out.Reset()
	if err != nil {
		return couldNot("standard output", "cannot be written", err)
	}
	return nil
}

// catalogue is the facts that ship with the program.
func (p *program) catalogue() (*catalog.Catalog, error) {
	cat, err := assets.Catalogue()
	if err != nil {
		return nil, couldNot("the catalogue", "cannot be read: reinstall Hostwise", err)
	}
	return cat, nil
}

// The groups of commands in the help.
const (
	groupDecide = "decide"
	groupShow   = "show"
	groupKeep   = "keep"
	groupKnow   = "know"
)

func init() {
	cobra.EnableCommandSorting = false // the help lists commands in the order of the work
}

// root is the command that all others hang from.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "hostwise",
		Short: "Should we call an API for DeepSeek R1, or host it ourselves?",
		Long: "Hostwise answers one question: should we call an API for DeepSeek R1, or host it, or a distill of it,\n" +
			"ourselves? Without a command it opens the window. The commands below need no display and no network.\n\n" +
			"A scenario is a small JSON file with your answers. Start from a ready one, change it, and assess it.",
		Example: "  hostwise template saas-app > case.json         a ready scenario to start from\n" +
			"  hostwise assess case.json                      what it costs, what fits, and the verdict, as JSON\n" +
			"  hostwise chart case.json --figure monthly-cost --out cost.png\n" +
			"  hostwise ask is the 70b the full model",
		Version:       p.env.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          p.unknownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.AddGroup(
		&cobra.Group{ID: groupDecide, Title: "Decide:"},
		&cobra.Group{ID: groupShow, Title: "Show to others:"},
		&cobra.Group{ID: groupKeep, Title: "Keep:"},
		&cobra.Group{ID: groupKnow, Title: "Look up:"},
	)
	root.AddCommand(p.commands()...)
	root.SetHelpCommand(p.helpCommand())
	root.SetHelpCommandGroupID(groupKnow)
	root.SetCompletionCommandGroupID(groupKnow)
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(flagProblem)
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveDefault)
	return root
}

// commands are all sub-commands, in the order of the help.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.templateCommand(), p.assessCommand(), p.compareCommand(), p.planCommand(), p.studyCommand(), p.chartCommand(), p.exportCommand(), p.casesCommand(),
		p.askCommand(), p.factsCommand(), p.versionCommand(),
	}
}

// helpCommand is cobra's, but for an unknown topic, which is an error here.
func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about a command",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || about == nil || len(rest) > 0 {
				return p.unknownCommand(c.Root(), args)
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}
