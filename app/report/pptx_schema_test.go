package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hostwise/app/figure"
	"hostwise/calc"
)

// prefixes are the usual ones of the name spaces of a presentation.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/drawingml/2006/main":               "a:",
	"http://schemas.openxmlformats.org/presentationml/2006/main":          "p:",
	"http://schemas.microsoft.com/office/powerpoint/2010/main":            "p14:",
	"http://schemas.openxmlformats.org/package/2006/relationships":        "rel:",
	"http://schemas.openxmlformats.org/package/2006/content-types":        "ct:",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
}

// paragraphStyle, runStyle and the others are the sequences that several elements share.
const (
	anyFill        = "a:noFill|a:solidFill|a:gradFill|a:blipFill|a:pattFill|a:grpFill"
	paragraphStyle = "a:lnSpc a:spcBef a:spcAft a:buClrTx|a:buClr a:buSzTx|a:buSzPct|a:buSzPts a:buFontTx|a:buFont " +
		"a:buNone|a:buAutoNum|a:buChar|a:buBlip a:tabLst a:defRPr a:extLst"
	runStyle     = "a:ln " + anyFill + " a:effectLst|a:effectDag a:highlight a:uLnTx|a:uLn a:uFillTx|a:uFill a:latin a:ea a:cs a:sym a:hlinkClick a:hlinkMouseOver a:rtl a:extLst"
	lineStyle    = anyFill + " a:prstDash|a:custDash a:round|a:bevel|a:miter a:headEnd a:tailEnd a:extLst"
	shapeStyle   = "a:xfrm a:custGeom|a:prstGeom " + anyFill + " a:ln a:effectLst|a:effectDag a:scene3d a:sp3d a:extLst"
	textSequence = "!a:bodyPr a:lstStyle !a:p*"
	levels       = "a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr a:lvl6pPr a:lvl7pPr a:lvl8pPr a:lvl9pPr a:extLst"
)

// sequences are what elements hold and in which order: names with a choice between | and, where several may follow, a *;
// a ! marks what has to be there. Source: ECMA-376 part 1, fifth edition, the schemas pml.xsd and dml-main.xsd.
var sequences = map[string]string{
	"p:presentation": "!p:sldMasterIdLst p:notesMasterIdLst p:handoutMasterIdLst p:sldIdLst p:sldSz !p:notesSz p:smartTags p:embeddedFontLst " +
		"p:custShowLst p:photoAlbum p:custDataLst p:kinsoku p:defaultTextStyle p:modifyVerifier p:extLst",
	"p:sldMasterIdLst": "!p:sldMasterId*", "p:notesMasterIdLst": "p:notesMasterId", "p:sldIdLst": "p:sldId*",
	"p:sld":            "!p:cSld p:clrMapOvr p:transition p:timing p:extLst",
	"p:notes":          "!p:cSld p:clrMapOvr p:extLst",
	"p:sldLayout":      "!p:cSld p:clrMapOvr p:transition p:timing p:hf p:extLst",
	"p:sldMaster":      "!p:cSld !p:clrMap p:sldLayoutIdLst p:transition p:timing p:hf p:txStyles p:extLst",
	"p:notesMaster":    "!p:cSld !p:clrMap p:hf p:notesStyle p:extLst",
	"p:sldLayoutIdLst": "p:sldLayoutId*",
	"p:txStyles":       "p:titleStyle p:bodyStyle p:otherStyle p:extLst",
	"p:titleStyle":     levels, "p:bodyStyle": levels, "p:otherStyle": levels, "p:notesStyle": levels, "p:defaultTextStyle": levels, "a:lstStyle": levels,
	"p:cSld":      "p:bg !p:spTree p:custDataLst p:controls p:extLst",
	"p:bg":        "!p:bgPr|p:bgRef",
	"p:bgPr":      "!" + anyFill + " a:effectLst|a:effectDag p:extLst",
	"p:spTree":    "!p:nvGrpSpPr !p:grpSpPr p:sp|p:grpSp|p:graphicFrame|p:cxnSp|p:pic|p:contentPart* p:extLst",
	"p:nvGrpSpPr": "!p:cNvPr !p:cNvGrpSpPr !p:nvPr",
	"p:grpSpPr":   "a:xfrm " + anyFill + " a:effectLst a:scene3d a:extLst",
	"p:sp":        "!p:nvSpPr !p:spPr p:style p:txBody p:extLst",
	"p:nvSpPr":    "!p:cNvPr !p:cNvSpPr !p:nvPr",
	"p:cNvSpPr":   "a:spLocks a:extLst",
	"p:nvPr":      "p:ph a:audioCd|a:videoFile p:custDataLst p:extLst",
	"p:spPr":      shapeStyle,
	"p:txBody":    textSequence, "a:txBody": textSequence,
	"p:pic":               "!p:nvPicPr !p:blipFill !p:spPr p:style p:extLst",
	"p:nvPicPr":           "!p:cNvPr !p:cNvPicPr !p:nvPr",
	"p:cNvPicPr":          "a:picLocks a:extLst",
	"p:blipFill":          "a:blip a:srcRect a:tile|a:stretch",
	"a:stretch":           "a:fillRect",
	"p:graphicFrame":      "!p:nvGraphicFramePr !p:xfrm !a:graphic p:extLst",
	"p:nvGraphicFramePr":  "!p:cNvPr !p:cNvGraphicFramePr !p:nvPr",
	"p:cNvGraphicFramePr": "a:graphicFrameLocks a:extLst",
	"p:xfrm":              "a:off a:ext", "a:xfrm": "a:off a:ext a:chOff a:chExt",
	"a:graphic": "!a:graphicData",
	"a:bodyPr":  "a:prstTxWarp a:noAutofit|a:normAutofit|a:spAutoFit a:scene3d a:sp3d|a:flatTx a:extLst",
	"a:p":       "a:pPr a:r|a:br|a:fld* a:endParaRPr",
	"a:r":       "a:rPr !a:t",
	"a:fld":     "a:rPr a:pPr a:t",
	"a:pPr":     paragraphStyle, "a:defPPr": paragraphStyle,
	"a:rPr": runStyle, "a:defRPr": runStyle, "a:endParaRPr": runStyle,
	"a:spcBef": "!a:spcPct|a:spcPts", "a:spcAft": "!a:spcPct|a:spcPts", "a:lnSpc": "!a:spcPct|a:spcPts",
	"a:tbl":     "a:tblPr !a:tblGrid a:tr*",
	"a:tblPr":   anyFill + " a:effectLst a:tableStyle|a:tableStyleId a:extLst",
	"a:tblGrid": "a:gridCol*",
	"a:tr":      "a:tc* a:extLst",
	"a:tc":      "a:txBody a:tcPr a:extLst",
	"a:tcPr":    "a:lnL a:lnR a:lnT a:lnB a:lnTlToBr a:lnBlToTr a:cell3D " + anyFill + " a:headers a:extLst",
	"a:ln":      lineStyle, "a:lnL": lineStyle, "a:lnR": lineStyle, "a:lnT": lineStyle, "a:lnB": lineStyle,
	"a:theme":         "!a:themeElements a:objectDefaults a:extraClrSchemeLst a:custClrLst a:extLst",
	"a:themeElements": "!a:clrScheme !a:fontScheme !a:fmtScheme a:extLst",
	"a:clrScheme":     "!a:dk1 !a:lt1 !a:dk2 !a:lt2 !a:accent1 !a:accent2 !a:accent3 !a:accent4 !a:accent5 !a:accent6 !a:hlink !a:folHlink a:extLst",
	"a:fontScheme":    "!a:majorFont !a:minorFont a:extLst",
	"a:majorFont":     "!a:latin !a:ea !a:cs a:font* a:extLst", "a:minorFont": "!a:latin !a:ea !a:cs a:font* a:extLst",
	"a:fmtScheme": "!a:fillStyleLst !a:lnStyleLst !a:effectStyleLst !a:bgFillStyleLst",
}

// checkSequence holds the children of an element to the order of the schema.
func checkSequence(name string, children []string) string {
	rule, known := sequences[name]
	if strings.HasPrefix(name, "a:lvl") {
		rule, known = paragraphStyle, true
	}
	if !known {
		return ""
	}
	at := 0
	for _, item := range strings.Fields(rule) {
		must := strings.HasPrefix(item, "!")
		item = strings.TrimPrefix(item, "!")
		several := strings.HasSuffix(item, "*")
		choice := strings.Split(strings.TrimSuffix(item, "*"), "|")
		had := 0
		for at < len(children) && slices.Contains(choice, children[at]) && (had == 0 || several) {
			at, had = at+1, had+1
		}
		if must && had == 0 {
			return "it has no " + item
		}
	}
	if at < len(children) {
		return children[at] + " is out of place in " + strings.Join(children, " ")
	}
	return ""
}

// walked calls visit for every element of a part, with its attributes and the names of its children.
func walked(t *testing.T, name string, data []byte, visit func(element string, attrs map[string]string, children []string)) {
	t.Helper()
	type open struct {
		name     string
		attrs    map[string]string
		children []string
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	var stack []open
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			one := open{name: prefixes[token.Name.Space] + token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				one.attrs[prefixes[a.Name.Space]+a.Name.Local] = a.Value
			}
			if n := len(stack); n > 0 {
				stack[n-1].children = append(stack[n-1].children, one.name)
			}
			stack = append(stack, one)
		case xml.EndElement:
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			visit(last.name, last.attrs, last.children)
		}
	}
}

// TestDeckKeepsTheSchema holds every part of decks to the order of elements, the required attributes and the ranges of
// ids that ECMA-376 part 1 asks for.
func TestDeckKeepsTheSchema(t *testing.T) {
	none := template(t, "saas-app").With("rules.data_may_leave_site", calc.Value{Bool: false}).With("rules.operations_staff", calc.Value{Bool: false})
	for what, cases := range map[string][]Case{
		"hostile and quoted": {quoted(t), hostileCase(t), sample(t)}, "nothing feasible": {quickly(t, none)},
	} {
		for _, theme := range []*figure.Theme{&figure.Light, &figure.Dark} {
			files := unpacked(t, made(t, ".pptx", cases, Options{Version: "1.0", Theme: theme, Figures: []string{"memory"}}))
			elements := 0
			ids := map[string]string{}
			for name, data := range files {
				if !strings.HasSuffix(name, ".xml") || !strings.HasPrefix(name, "ppt/") {
					continue
				}
				walked(t, name, data, func(element string, attrs map[string]string, children []string) {
					elements++
					if wrong := checkSequence(element, children); wrong != "" {
						t.Errorf("%s: %s: %s: %s", what, name, element, wrong)
					}
					if wrong := checkAttributes(element, attrs, ids); wrong != "" {
						t.Errorf("%s: %s: %s: %s", what, name, element, wrong)
					}
				})
				checkTables(t, name, data)
			}
			if elements < 1000 {
				t.Errorf("%s: only %d elements were looked at", what, elements)
			}
		}
	}
}

// requiredAttributes are those without which a reader refuses the element.
var requiredAttributes = map[string][]string{
	"p:cNvPr": {"id", "name"}, "p:sldId": {"id", "r:id"}, "p:sldMasterId": {"r:id"}, "p:notesMasterId": {"r:id"}, "p:sldLayoutId": {"r:id"},
	"p:sldSz": {"cx", "cy"}, "p:notesSz": {"cx", "cy"}, "a:off": {"x", "y"}, "a:gridCol": {"w"}, "a:tr": {"h"},
	"a:graphicData": {"uri"}, "a:fld": {"id"}, "a:prstGeom": {"prst"}, "a:srgbClr": {"val"}, "a:schemeClr": {"val"}, "a:latin": {"typeface"},
	"a:clrScheme": {"name"}, "a:fontScheme": {"name"}, "a:spcPts": {"val"}, "a:blip": {"r:embed"},
}

// checkAttributes says what is wrong with the attributes of an element. ids are those of slides, masters and layouts.
func checkAttributes(element string, attrs map[string]string, ids map[string]string) string {
	for _, name := range requiredAttributes[element] {
		if _, ok := attrs[name]; !ok {
			return "it has no " + name
		}
	}
	least, most := 0, 0
	switch element {
	case "p:sldId": // ST_SlideId
		least, most = 256, 2147483647
	case "p:sldMasterId", "p:sldLayoutId": // ST_SlideMasterId, ST_SlideLayoutId
		least, most = 2147483648, 4294967295
	case "a:defRPr", "a:rPr", "a:endParaRPr": // ST_TextFontSize
		size, ok := attrs["sz"]
		if v, err := strconv.Atoi(size); ok && (err != nil || v < 100 || v > 400000) {
			return "a size of " + size
		}
		return ""
	default:
		return ""
	}
	v, err := strconv.Atoi(attrs["id"])
	if err != nil || v < least || v > most {
		return "the id " + attrs["id"]
	}
	if was, twice := ids[attrs["id"]]; twice {
		return "the id " + attrs["id"] + " is that of a " + was
	}
	ids[attrs["id"]] = element
	return ""
}

// checkTables holds every row of a table to the columns of its grid, and every merged cell to what it covers.
func checkTables(t *testing.T, name string, data []byte) {
	t.Helper()
	var part struct {
		Tables []struct {
			Columns []struct{} `xml:"tblGrid>gridCol"`
			Rows    []struct {
				Cells []struct {
					Span   int  `xml:"gridSpan,attr"`
					Merged bool `xml:"hMerge,attr"`
				} `xml:"tc"`
			} `xml:"tr"`
		} `xml:"cSld>spTree>graphicFrame>graphic>graphicData>tbl"`
	}
	if err := xml.Unmarshal(data, &part); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, table := range part.Tables {
		for r, row := range table.Rows {
			if len(row.Cells) != len(table.Columns) {
				t.Errorf("%s: row %d has %d cells in %d columns", name, r, len(row.Cells), len(table.Columns))
			}
			covered := 0
			for _, c := range row.Cells {
				if c.Merged != (covered > 0) {
					t.Errorf("%s: row %d: a cell is merged into none, or covered and not merged", name, r)
				}
				covered = max(0, covered-1)
				if c.Span > 1 {
					covered = c.Span - 1
				}
			}
		}
	}
}

func TestSequenceFindsWhatIsWrong(t *testing.T) {
	for _, one := range []struct {
		name     string
		children []string
		right    bool
	}{
		{"p:sp", []string{"p:nvSpPr", "p:spPr", "p:txBody"}, true}, {"p:sp", []string{"p:spPr", "p:nvSpPr"}, false},
		{"p:sp", []string{"p:nvSpPr"}, false}, {"a:p", []string{"a:r", "a:fld", "a:r", "a:endParaRPr"}, true},
		{"a:p", []string{"a:r", "a:pPr"}, false}, {"a:tc", []string{"a:txBody", "a:txBody"}, false}, {"a:txBody", []string{"a:bodyPr", "a:lstStyle"}, false},
	} {
		if wrong := checkSequence(one.name, one.children); (wrong == "") != one.right {
			t.Errorf("%s with %v: %q", one.name, one.children, wrong)
		}
	}
}
