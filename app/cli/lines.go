package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"hostwise/calc"
)

// lineJob is one line on its way: read, assessed by whoever is free, printed in its turn.
type lineJob struct {
	number int
	data   []byte
	err    error // the line cannot be read
	done   chan lineResult
}

type lineResult struct {
	text []byte
	err  error
}

// ahead is how many lines a worker may be ahead of the printing: enough to keep all cores busy behind a slow line.
const ahead = 8

// assessLines assesses a scenario a line on all cores and prints the results in the order of the lines, each as soon
// as those before it are out.
func (b *bench) assessLines(ctx context.Context, name string) error {
	r, err := b.program.source(name)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cores := runtime.GOMAXPROCS(0)
	inOrder, free := make(chan *lineJob, ahead*cores), make(chan *lineJob)
	for range cores {
		go func() {
			for job := range free {
				job.done <- b.assessLine(ctx, job)
			}
		}()
	}
	var unread error
	go func() {
		defer close(inOrder)
		defer close(free)
		unread = readLines(r, func(job *lineJob) bool {
			job.done = make(chan lineResult, 1)
			return send(ctx, inOrder, job) && send(ctx, free, job)
		})
		unread = errors.Join(unread, r.Close())
	}()
	bad, err := b.printInOrder(ctx, inOrder)
	switch {
	case err != nil:
		return err
	case unread != nil:
		return couldNot(name, "cannot be read to its end", unread)
	case bad:
		return errToldAlready
	}
	return nil
}

func send(ctx context.Context, to chan<- *lineJob, job *lineJob) bool {
	select {
	case to <- job:
		return true
	case <-ctx.Done():
		return false
	}
}

// printInOrder prints each result in its turn and reports whether a line was wrong.
func (b *bench) printInOrder(ctx context.Context, jobs <-chan *lineJob) (bad bool, err error) {
	for {
		select {
		case <-ctx.Done():
			return bad, ctx.Err()
		case job, more := <-jobs:
			if !more {
				return bad, ctx.Err()
			}
			select {
			case <-ctx.Done():
				return bad, ctx.Err()
			case got := <-job.done:
				if got.err != nil && exitCode(got.err) != exitWrong {
					return bad, got.err
				}
				bad = bad || got.err != nil
				if err := b.printResult(job.number, got); err != nil {
					return bad, err
				}
			}
		}
	}
}

// lineError stands in the place of a line that is wrong.
type lineError struct {
	Error    string        `json:"error"` // one line a problem
	Line     int           `json:"line"`  // from 1
	Problems []lineProblem `json:"problems"`
}

type lineProblem struct {
	Path    string `json:"path"`
	Problem string `json:"problem"`
	Allowed string `json:"allowed"`
	Nearest string `json:"nearest"`
}

func (b *bench) printResult(number int, got lineResult) error {
	if got.err != nil {
		for _, line := range linesOf(got.err) {
			_, _ = fmt.Fprintf(b.program.std.Err, "line %d: %s\n", number, line)
		}
		var err error
		if got.text, err = encode(lineErrorOf(number, got.err), true); err != nil {
			return err
		}
	}
	if _, err := b.program.std.Out.Write(got.text); err != nil {
		return couldNot("standard output", "cannot be written", err)
	}
	return nil
}

func lineErrorOf(number int, err error) lineError {
	e := lineError{Error: err.Error(), Line: number, Problems: []lineProblem{}}
	var problems calc.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			e.Problems = append(e.Problems, lineProblem(p))
		}
	}
	return e
}

func (b *bench) assessLine(ctx context.Context, job *lineJob) lineResult {
	if job.err != nil {
		return lineResult{err: job.err}
	}
	s, err := b.parse(job.data)
	if err != nil {
		return lineResult{err: err}
	}
	a, err := b.assessor.Assess(ctx, s, b.options)
	if err != nil {
		return lineResult{err: err}
	}
	roundFigures(a.Assumptions) // the rest has been rounded with the assessment
	text, err := encode(a, true)
	return lineResult{text, err}
}

// readLines hands over every line that is not blank until the end or until take says no. A line that is too long is
// passed over to its end and handed over as an error.
func readLines(r io.Reader, take func(*lineJob) bool) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for number := 1; ; number++ {
		data, long, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		job := &lineJob{number: number, data: data}
		if long {
			job.err = tooLarge()
		}
		if (long || len(bytes.TrimSpace(data)) > 0) && !take(job) {
			return nil
		}
		if err != nil {
			return nil
		}
	}
}

// readLine reads to the next newline and keeps no more than a scenario's limit of it.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxFile+1 { // the newline does not count
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}
