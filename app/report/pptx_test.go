package report

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"
	"testing"

	"hostwise/app/figure"
)

// relationshipsOf reads a part's relationships by id.
func relationshipsOf(t *testing.T, data []byte) map[string]struct{ kind, target string } {
	t.Helper()
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	out := map[string]struct{ kind, target string }{}
	for _, r := range list.Relationship {
		if _, twice := out[r.ID]; twice {
			t.Errorf("the relationship %s is there twice", r.ID)
		}
		out[r.ID] = struct{ kind, target string }{r.Type, r.Target}
	}
	return out
}

// TestDeckIsAPackage holds the deck to ECMA-376 part 2: every part has a content type, every relationship leads to a
// part, every relationship that a part names is there, and every part but the roots is reached.
func TestDeckIsAPackage(t *testing.T) {
	files := unpacked(t, made(t, ".pptx", []Case{sample(t), hostileCase(t)}, Options{Version: "1.0"}))
	var types struct {
		Default []struct {
			Extension string `xml:"Extension,attr"`
		}
		Override []struct {
			PartName string `xml:"PartName,attr"`
		}
	}
	if err := xml.Unmarshal(files[contentTypesName], &types); err != nil {
		t.Fatal(err)
	}
	typed, reached := map[string]bool{}, map[string]bool{}
	for _, o := range types.Override {
		typed[strings.TrimPrefix(o.PartName, "/")] = true
	}
	for name := range typed {
		if files[name] == nil {
			t.Errorf("a content type is given for %s, which is not there", name)
		}
	}
	for name, data := range files {
		if name == contentTypesName {
			continue
		}
		if strings.HasSuffix(name, ".rels") {
			from := path.Join(path.Dir(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".rels"))
			for id, r := range relationshipsOf(t, data) {
				target := path.Join(path.Dir(from), r.target)
				if from == "." {
					target = r.target
				}
				if files[target] == nil {
					t.Errorf("%s: %s leads to %s, which is not there", name, id, target)
				}
				reached[target] = true
			}
			continue
		}
		if !typed[name] && !strings.HasSuffix(name, ".png") {
			t.Errorf("%s has no content type of its own", name)
		}
		if strings.HasSuffix(name, ".xml") {
			namesItsRelationships(t, name, data, files)
		}
	}
	for name := range files {
		if name != contentTypesName && !strings.HasSuffix(name, ".rels") && !reached[name] {
			t.Errorf("nothing leads to %s", name)
		}
	}
}

// namesItsRelationships checks that every r: attribute of a part is one of its relationships, and that every shape has
// an id of its own.
func namesItsRelationships(t *testing.T, name string, data []byte, files map[string][]byte) {
	t.Helper()
	known := relationshipsOf(t, orEmpty(files[relsName(name)]))
	shapes := map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			break // wellFormed says whether this is the end
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Space == strings.TrimSuffix(relOffice, "/") {
				if _, ok := known[a.Value]; !ok {
					t.Errorf("%s names the relationship %s, which it does not have", name, a.Value)
				}
			}
			if start.Name.Local == "cNvPr" && a.Name.Local == "id" {
				if shapes[a.Value] {
					t.Errorf("%s has the shape id %s twice", name, a.Value)
				}
				shapes[a.Value] = true
			}
		}
	}
	wellFormed(t, name, data)
}

func orEmpty(data []byte) []byte {
	if data == nil {
		return []byte("<Relationships/>")
	}
	return data
}

// slideXML is what the tests read of a slide.
type slideXML struct {
	Pictures []struct {
		Description string `xml:"descr,attr"`
	} `xml:"cSld>spTree>pic>nvPicPr>cNvPr"`
}

func textsOf(data []byte) string {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	inside := false
	for {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == "t"
		case xml.EndElement:
			if token.Name.Local == "p" {
				b.WriteByte('\n')
			}
			inside = false
		case xml.CharData:
			if inside {
				b.Write(token)
			}
		}
	}
}

func TestDeckTellsTheCase(t *testing.T) {
	c := sample(t)
	files := unpacked(t, made(t, ".pptx", []Case{c}, Options{Version: "1.0"}))
	var slides []string
	pictures := 0
	for i := 0; files[slidePart(i)] != nil; i++ {
		slides = append(slides, textsOf(files[slidePart(i)]))
		if notes := textsOf(files[notesPart(i)]); len(notes) < 20 {
			t.Errorf("slide %d has no notes for its speaker: %q", i+1, notes)
		}
		var s slideXML
		if err := xml.Unmarshal(files[slidePart(i)], &s); err != nil {
			t.Fatal(err)
		}
		for _, p := range s.Pictures {
			pictures++
			if len(p.Description) < 40 {
				t.Errorf("slide %d: the picture is described as %q", i+1, p.Description)
			}
		}
	}
	shown := 0
	for _, id := range figure.IDs {
		f, err := figure.Build(id, c.Assessment, figure.BuildOptions{})
		if err != nil {
			continue
		}
		shown++
		if !containsAny(slides, oneLine(f.Title)) {
			t.Errorf("no slide has the finding of %s: %q", id, f.Title)
		}
	}
	if pictures != shown || shown < 8 {
		t.Errorf("%d pictures for %d figures", pictures, shown)
	}
	for _, want := range []string{
		c.name(), c.headline(), c.Assessment.Verdict.ReasonsFull[0].Title, "What would be bought", "What to recheck", "Assumptions", "Sources",
		c.Assessment.Verdict.Recheck[0].What, c.Assessment.Verdict.Flips[0].Words,
	} {
		if !containsAny(slides, oneLine(want)) {
			t.Errorf("no slide says %q", want)
		}
	}
}

func containsAny(texts []string, want string) bool {
	for _, s := range texts {
		if strings.Contains(s, want) {
			return true
		}
	}
	return false
}

func TestDeckComparesCases(t *testing.T) {
	cases := []Case{sample(t), assessed(t, template(t, "research-lab"))}
	files := unpacked(t, made(t, ".pptx", cases, Options{Figures: []string{"memory"}}))
	all := ""
	for i := 0; files[slidePart(i)] != nil; i++ {
		all += textsOf(files[slidePart(i)])
	}
	for _, want := range []string{"What differs between the cases", "Calls a month", "same", cases[1].headline(), "Cheapest Own, a month"} {
		if !strings.Contains(all, want) {
			t.Errorf("the deck of two cases does not say %q", want)
		}
	}
	if !bytes.Contains(files[presentationPart], []byte("sectionLst")) {
		t.Error("the cases are not sections of the deck")
	}
}

// TestRowsFitTheSlide checks that no table runs into the foot of its slide, by the heights that are written.
func TestRowsFitTheSlide(t *testing.T) {
	for _, c := range []Case{sample(t), hostileCase(t)} {
		files := unpacked(t, made(t, ".pptx", []Case{c}, Options{Figures: []string{"memory"}}))
		for i := 0; files[slidePart(i)] != nil; i++ {
			var s struct {
				Frames []struct {
					Off struct {
						Y int `xml:"y,attr"`
					} `xml:"off"`
					Ext struct {
						CY int `xml:"cy,attr"`
					} `xml:"ext"`
				} `xml:"cSld>spTree>graphicFrame>xfrm"`
			}
			if err := xml.Unmarshal(files[slidePart(i)], &s); err != nil {
				t.Fatal(err)
			}
			for _, f := range s.Frames {
				if end := f.Off.Y + f.Ext.CY; end > toEMU(contentEnd+1) {
					t.Errorf("slide %d: a table ends %d pixels below the page", i+1, (end-toEMU(contentEnd))/emu)
				}
			}
		}
	}
}
