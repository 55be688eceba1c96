package cli

import (
	"context"
	"errors"
	"io"
	"os"

	"hostwise/calc"
)

// maxFile is the most bytes of a scenario file.
const maxFile = 4 << 20

// standardInput is the name that stands for it on the command line.
const standardInput = "-"

// source opens a file for reading, standard input for "-".
func (p *program) source(name string) (io.ReadCloser, error) {
	if name == standardInput {
		return io.NopCloser(p.std.In), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, couldNot(name, "cannot be read", err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.Join(couldNot(name, "is a folder, not a file", nil), f.Close())
	}
	return f, nil
}

// read returns the bytes of a scenario file. It reads one byte beyond the limit and no more, so that a device without
// an end is refused too.
func (p *program) read(ctx context.Context, name string) ([]byte, error) {
	r, err := p.source(name)
	if err != nil {
		return nil, err
	}
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() { // a pipe may never end: an interrupt has to get through
		data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
		done <- result{data, errors.Join(err, r.Close())}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case got := <-done:
		switch {
		case got.err != nil:
			return nil, couldNot(name, "cannot be read", got.err)
		case len(got.data) > maxFile:
			return nil, tooLarge()
		}
		return got.data, nil
	}
}

func tooLarge() error {
	return wrong("", "the scenario is larger than 4 MiB", "at most 4 MiB", "")
}

// scenario reads and checks one scenario file.
func (b *bench) scenario(ctx context.Context, name string) (calc.Scenario, error) {
	data, err := b.program.read(ctx, name)
	if err != nil {
		return calc.Scenario{}, err
	}
	return b.parse(data)
}

// scenarios reads several files and tells the problems of all of them.
func (b *bench) scenarios(ctx context.Context, names []string) ([]calc.Scenario, error) {
	out := make([]calc.Scenario, len(names))
	var failed []error
	for i, name := range names {
		var err error
		if out[i], err = b.scenario(ctx, name); errors.As(err, new(calc.Problems)) && len(names) > 1 {
			err = inFile{name, err}
		}
		failed = append(failed, err)
	}
	return out, errors.Join(failed...)
}

func (b *bench) parse(data []byte) (calc.Scenario, error) {
	s, problems := calc.Parse(data, b.assessor.Catalogue())
	return s, problems.Err()
}
