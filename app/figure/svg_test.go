package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// svgAttributes are the elements and attributes that a figure's SVG may hold, with what their values look like. All
// are of SVG 1.1 (W3C Recommendation, second edition) and of its Tiny profile but for none, so that office programs
// and old browsers read them.
var svgAttributes = map[string]map[string]*regexp.Regexp{
	"svg": {
		"xmlns": regexp.MustCompile(`^http://www\.w3\.org/2000/svg$`), "version": regexp.MustCompile(`^1\.1$`),
		"width": svgLength, "height": svgLength, "viewBox": regexp.MustCompile(`^0 0 \d+ \d+$`),
	},
	"title": {}, "desc": {},
	"path": {
		"d":    regexp.MustCompile(`^M` + svgPair + `([ML]` + svgPair + `|Q` + svgPair + ` ` + svgPair + `|Z)*$`),
		"fill": regexp.MustCompile(`^(none|#[0-9a-f]{6})$`), "stroke": regexp.MustCompile(`^#[0-9a-f]{6}$`),
		"fill-opacity": svgShare, "stroke-opacity": svgShare, "stroke-width": svgPositive,
		"stroke-dasharray": regexp.MustCompile(`^\d+(\.\d{1,2})?(,\d+(\.\d{1,2})?)*$`),
	},
}

const svgPair = `-?\d+(\.\d{1,2})? -?\d+(\.\d{1,2})?`

var (
	svgLength   = regexp.MustCompile(`^\d+$`)
	svgShare    = regexp.MustCompile(`^(0|0?\.\d{1,3}|1)$`)
	svgPositive = regexp.MustCompile(`^\d+(\.\d{1,2})?$`)
)

// checkSVG reads a document as a strict reader would, and returns what is wrong with it.
func checkSVG(doc []byte) []string {
	var problems []string
	decoder := xml.NewDecoder(bytes.NewReader(doc))
	var open []string
	paths, titles := 0, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return append(problems, err.Error())
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if len(open) > 1 || (len(open) == 1) != (name != "svg") {
				problems = append(problems, fmt.Sprintf("<%s> within %v", name, open))
			}
			open = append(open, name)
			problems = append(problems, checkElement(e)...)
			switch name {
			case "path":
				paths++
			case "title", "desc":
				titles++
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.Directive, xml.Comment:
			problems = append(problems, fmt.Sprintf("a %T", e))
		}
	}
	if paths == 0 || titles != 2 {
		problems = append(problems, fmt.Sprintf("%d paths, %d titles and descriptions", paths, titles))
	}
	return problems
}

func checkElement(e xml.StartElement) []string {
	allowed, ok := svgAttributes[e.Name.Local]
	if !ok {
		return []string{"<" + e.Name.Local + ">"}
	}
	var problems, seen []string
	for _, a := range e.Attr {
		form := allowed[a.Name.Local]
		if form == nil || !form.MatchString(a.Value) {
			problems = append(problems, fmt.Sprintf("<%s %s=%.80q>", e.Name.Local, a.Name.Local, a.Value))
		}
		if slices.Contains(seen, a.Name.Local) {
			problems = append(problems, "twice "+a.Name.Local)
		}
		seen = append(seen, a.Name.Local)
	}
	switch {
	case e.Name.Local == "path" && !slices.Contains(seen, "fill"):
		problems = append(problems, "a path without fill, which is black")
	case e.Name.Local == "path" && slices.Contains(seen, "stroke") && !slices.Contains(seen, "stroke-width"):
		problems = append(problems, "a stroke without width")
	}
	return problems
}

// Every figure's SVG holds nothing but paths with plain attributes, in every theme and form.
func TestSVGIsStrict(t *testing.T) {
	figures := map[string]Figure{}
	for name, sample := range samples {
		figures[name] = sample()
	}
	for name, edge := range edgeFigures {
		a := edgeCase()
		if edge.odd != nil {
			edge.odd(a)
		}
		f, err := Build(edge.id, a, edge.opt)
		if err != nil {
			t.Fatal(err)
		}
		figures["edge-"+name] = f
	}
	for name, f := range figures {
		for _, opt := range []Options{{}, {Theme: &Dark, Width: 640, Height: 360}, {Transparent: true, Width: 1080, Height: 1080}, {Compact: true, Width: 360, Height: 260}} {
			var b bytes.Buffer
			if err := SVG(&b, f, opt); err != nil {
				t.Fatal(err)
			}
			for _, problem := range checkSVG(b.Bytes()) {
				t.Errorf("%s: %s", name, problem)
			}
			head := fmt.Sprintf(`width="%d" height="%d"`, max(opt.Width, 360), max(opt.Height, 260))
			if opt.Width > 0 && !strings.Contains(b.String(), head) {
				t.Errorf("%s: the head is %.200s", name, b.String())
			}
		}
	}
}

// The strict reader itself finds what it is there for.
func TestSVGReaderFindsFaults(t *testing.T) {
	head := `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="9" height="9" viewBox="0 0 9 9"><title>a</title><desc>b</desc>`
	good := `<path d="M0 0L1.25 2Z" fill="#00ff00"/>`
	if problems := checkSVG([]byte(head + good + `</svg>`)); len(problems) > 0 {
		t.Errorf("a good document: %q", problems)
	}
	for i, bad := range []string{
		`<text>a</text>`, `<path d="M0 0" style="fill:red" fill="none"/>`, `<path d="M0 0L1e3 2" fill="none"/>`, `<path d="M0 0L1 2" fill="rgba(0,0,0,.5)"/>`, `<path d="M0 0L1 2"/>`,
		`<path d="M0 0LNaN 2" fill="none"/>`, `<path d="M0 0" fill="none" stroke="#000000"/>`, `<g><path d="M0 0" fill="none"/></g>`, `<path d="M0 0" fill="none" fill-opacity="1.5"/>`, `<!-- a -->`,
	} {
		if len(checkSVG([]byte(head+good+bad+`</svg>`))) == 0 {
			t.Error("not found: " + strconv.Itoa(i) + " " + bad)
		}
	}
}
