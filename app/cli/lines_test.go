package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"hostwise/calc"
)

func TestLinesAreAnsweredInOrderAndABadOneInItsPlace(t *testing.T) {
	var input strings.Builder
	const n = 40
	for i := range n {
		switch {
		case i == 7:
			input.WriteString("{\"schema\": 1, \"modle\": \"x\"}\n")
		case i == 11:
			input.WriteString("no JSON at all\r\n")
		case i == 12:
			input.WriteString("  \n") // a blank line counts, and is passed over
		default:
			fmt.Fprintf(&input, "{\"schema\": 1, \"name\": \"case %d\", \"workload\": {\"calls_per_month\": %d}}\n", i, 1000*(i+1))
		}
	}
	got := here(t, input.String(), "assess", "-", "--lines", "--quick")
	if got.code != exitWrong {
		t.Errorf("exit code %d, want 2 after a bad line", got.code)
	}
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(lines) != n-1 {
		t.Fatalf("%d lines, want %d", len(lines), n-1)
	}
	for i, line := range lines {
		number := i + 1
		if i >= 12 {
			number++
		}
		if number == 8 || number == 12 {
			bad := decode[lineError](t, line)
			if bad.Line != number || bad.Error == "" || len(bad.Problems) == 0 {
				t.Errorf("line %d is %s", number, line)
			}
			continue
		}
		if name := decode[calc.Assessment](t, line).ScenarioName; name != fmt.Sprintf("case %d", number-1) {
			t.Errorf("line %d is %q", number, name)
		}
	}
	for _, want := range []string{"line 8: modle: the key is unknown", "line 12: "} {
		if !strings.Contains(got.err, want) {
			t.Errorf("standard error lacks %q:\n%s", want, got.err)
		}
	}
}

func TestALineIsTheSameAsTheFile(t *testing.T) {
	file := template(t, "saas-app")
	alone := decode[any](t, here(t, file, "assess", "-", "--draws", "50").well(t))
	line := here(t, string(oneLine([]byte(file))), "assess", "-", "--lines", "--draws", "50").well(t)
	a, err := json.Marshal(alone)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := json.Marshal(decode[any](t, line)); !bytes.Equal(a, b) {
		t.Error("an assessment differs between a file and a line")
	}
}

// A line is answered before the next one is asked: a program may wait for the answer.
func TestLinesStream(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	code := make(chan int)
	go func() {
		c := Run(context.Background(), []string{"assess", "-", "--lines", "--quick"}, Streams{In: inR, Out: outW}, machine(""))
		_ = outW.Close()
		code <- c
	}()
	answers := bufio.NewReader(outR)
	for i := range 3 {
		if _, err := fmt.Fprintf(inW, "{\"schema\": 1, \"name\": \"n%d\"}\n", i); err != nil {
			t.Fatal(err)
		}
		line, err := answers.ReadString('\n')
		if err != nil || !strings.Contains(line, fmt.Sprintf(`"n%d"`, i)) {
			t.Fatalf("answer %d: %v %.100s", i, err, line)
		}
	}
	if err := inW.Close(); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(answers); err != nil || len(rest) > 0 {
		t.Errorf("after the end: %v %q", err, rest)
	}
	if c := <-code; c != exitDone {
		t.Errorf("exit code %d", c)
	}
}

func TestALineThatIsTooLongIsPassedOver(t *testing.T) {
	long := `{"schema": 1, "notes": "` + strings.Repeat("x", maxFile) + `"}`
	got := here(t, long+"\n"+small, "assess", "-", "--lines", "--quick")
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.code != exitWrong || len(lines) != 2 || !strings.Contains(lines[0], "4 MiB") || !strings.Contains(lines[1], `"Small"`) {
		t.Errorf("exit code %d, %d lines: %s", got.code, len(lines), got.err)
	}
}

func TestInputThatBreaksOffIsExitCodeOne(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(small+"\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	var out, errs bytes.Buffer
	code := Run(context.Background(), []string{"assess", "-", "--lines", "--quick"}, Streams{In: broken, Out: &out, Err: &errs}, machine(""))
	if code != exitCouldNot || strings.Count(out.String(), "\n") != 1 || !strings.Contains(errs.String(), "cannot be read to its end") {
		t.Errorf("exit code %d, %d lines: %s", code, strings.Count(out.String(), "\n"), errs.String())
	}
}

func BenchmarkQuickLines(b *testing.B) {
	var input strings.Builder
	for i := range 200 {
		fmt.Fprintf(&input, "{\"schema\": 1, \"workload\": {\"calls_per_month\": %d}}\n", 1000*(i+1))
	}
	for b.Loop() {
		if code := Run(context.Background(), []string{"assess", "-", "--lines", "--quick"},
			Streams{In: strings.NewReader(input.String())}, machine("")); code != exitDone {
			b.Fatal(code)
		}
	}
}
