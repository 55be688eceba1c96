package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hostwise/calc"
	"hostwise/storage"
)

// The exit codes of the contract.
const (
	exitDone     = 0
	exitCouldNot = 1
	exitWrong    = 2
)

// wrong is an error of the input: exit code 2, one line a problem.
func wrong(where, problem, allowed, nearest string) error {
	return calc.Problems{{Path: where, Problem: problem, Allowed: allowed, Nearest: nearest}}
}

// failure is something that could not be done: exit code 1.
type failure struct {
	where string // a file, "standard output"
	what  string // what failed and what the person can do
	cause error  // for whoever looks into it
}

func couldNot(where, what string, cause error) error { return &failure{where, what, cause} }

func (f *failure) Error() string {
	text := f.where + ": " + f.what
	if f.cause != nil {
		text += " (" + reason(f.cause) + ")"
	}
	return text
}

func (f *failure) Unwrap() error { return f.cause }

// reason is the cause without the path, which stands before it already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// inFile is what is wrong in one of several files.
type inFile struct {
	name string
	err  error
}

func (f inFile) Error() string { return f.name + ": " + f.err.Error() }
func (f inFile) Unwrap() error { return f.err }

// errToldAlready is exit code 2 where every line has been told on its way.
var errToldAlready = errors.New("told already")

// tell writes an error to standard error and returns the exit code.
func (p *program) tell(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errToldAlready) {
		return exitWrong
	}
	for _, line := range linesOf(err) {
		_, _ = fmt.Fprintln(p.std.Err, line) // nobody is left to tell when this fails
	}
	return exitCode(err)
}

// parts are the errors that were joined into one; nil where it is one of its own.
func parts(err error) []error {
	if _, own := err.(*storage.Error); own { // it names its kind and its cause in the same way
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return nil
}

// exitCode is 2 where nothing but the input is wrong.
func exitCode(err error) int {
	if list := parts(err); list != nil {
		code := exitWrong
		for _, one := range list {
			code = min(code, exitCode(one))
		}
		return code
	}
	if errors.As(err, new(calc.Problems)) {
		return exitWrong
	}
	return exitCouldNot
}

// linesOf says an error in lines, one a problem.
func linesOf(err error) []string {
	var lines []string
	var in inFile
	var problems calc.Problems
	list := parts(err)
	switch {
	case list != nil:
		for _, one := range list {
			lines = append(lines, linesOf(one)...)
		}
	case errors.As(err, &in):
		for _, line := range linesOf(in.err) {
			lines = append(lines, clean(in.name)+": "+line)
		}
	case errors.As(err, &problems):
		for _, problem := range problems {
			lines = append(lines, clean(problem.Error()))
		}
	case errors.Is(err, context.Canceled):
		lines = append(lines, "stopped before the work was done; nothing was written")
	default:
		lines = append(lines, clean(storedWords(err)))
	}
	return lines
}

// storedWords says what is wrong with saved cases in both voices: what to do, then what happened.
func storedWords(err error) string {
	if stored, own := err.(*storage.Error); own {
		return stored.Advice() + " (" + stored.Error() + ")"
	}
	return err.Error()
}

// clean keeps a message on one line and a terminal from obeying what a file holds.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf):
			return '�'
		}
		return r
	}, s)
}

// flagProblem says what is wrong with an option.
func flagProblem(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	names := flagNames(c)
	switch {
	case errors.As(err, &unknown):
		typed := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			typed = "-" + short
		}
		return wrong(typed, "is no option of "+c.CommandPath(), strings.Join(names, ", "), nearestWord(typed, names))
	case errors.As(err, &missing):
		return wrong("--"+missing.GetFlag().Name, "needs a value", usageOf(missing.GetFlag()), "")
	case errors.As(err, &invalid):
		return wrong("--"+invalid.GetFlag().Name, fmt.Sprintf("%q is no value for it", invalid.GetValue()), usageOf(invalid.GetFlag()), "")
	}
	return wrong("the options", err.Error(), strings.Join(names, ", "), "")
}

// usageOf is what an option takes, without the marks that name its value in the help.
func usageOf(f *pflag.Flag) string { return strings.ReplaceAll(f.Usage, "`", "") }

func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	slices.Sort(names)
	return names
}

// unknownCommand refuses a word that is no command, and offers the nearest one.
func (p *program) unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return wrong(args[0], "is no command of "+c.CommandPath(), strings.Join(names, ", "), nearestWord(args[0], names))
}

// takes checks how many arguments a command was given; most < 0 sets no bound.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return wrong(c.CommandPath(), "something is missing", what, "")
		case most >= 0 && len(args) > most:
			return wrong(args[most], "is one argument too many for "+c.CommandPath(), what, "")
		}
		return nil
	}
}
