package report

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"image/color"
	"io"
	"strings"

	"hostwise/app/figure"
)

// templates are the fixed parts of a deck, written after ECMA-376 part 1: the theme, the slide master with its
// four layouts, and the notes master. Placeholders carry every text, so that another template can be applied.
//
//go:embed template/*.xml
var templates embed.FS

// The layouts, as numbered in the template.
const (
	layoutTitle = iota + 1
	layoutAnswer
	layoutFigure
	layoutTable
	layouts = layoutTable
)

// Names of parts that others point to.
const (
	presentationPart = "ppt/presentation.xml"
	masterPart       = "ppt/slideMasters/slideMaster1.xml"
	notesMasterPart  = "ppt/notesMasters/notesMaster1.xml"
)

// PPTX writes the deck: title, and for each case the answer, a slide a figure, what would be bought, what would
// change the answer, what to recheck, assumptions and sources; with several cases the comparison before them.
func PPTX(ctx context.Context, w io.Writer, cases []Case, opt Options) error {
	j, err := begin(ctx, cases, opt)
	if err != nil {
		return err
	}
	j.expect(j.deckSteps())
	b, err := j.deck()
	if err != nil {
		return err
	}
	return send(w, b)
}

// deckSteps is how many steps a deck takes: a picture is one, a case's words are one.
func (j *job) deckSteps() int {
	steps := 1
	for i := range j.cases {
		ids, _ := j.available(i)
		steps += len(ids) + 1
	}
	return steps
}

// deck is a presentation being put together.
type deck struct {
	job      *job
	pkg      *opcPackage
	slides   []slide
	sections []section
	media    map[string]string // part name by content, so that a picture is stored once
}

// section is a run of slides with a name.
type section struct {
	name        string
	first, last int
}

// slide is one slide before it is written.
type slide struct {
	layout int
	shapes parts
	notes  []string
	foot   string
	images []string // parts; the relationship of the i-th is imageID(i)
}

// deck returns the finished presentation.
func (j *job) deck() (*bytes.Buffer, error) {
	d := &deck{job: j, pkg: newPackage(), media: map[string]string{}}
	d.titleSlide()
	if len(j.cases) > 1 {
		if err := d.comparisonSlides(); err != nil {
			return nil, err
		}
	}
	d.sections = append(d.sections, section{"Overview", 0, len(d.slides)})
	for i := range j.cases {
		first := len(d.slides)
		if err := d.caseSlides(i); err != nil {
			return nil, err
		}
		d.sections = append(d.sections, section{cut(j.cases[i].name(), 80), first, len(d.slides)})
	}
	if err := d.fixedParts(); err != nil {
		return nil, err
	}
	for i := range d.slides {
		d.writeSlide(i)
	}
	d.presentation()
	b, err := d.pkg.bytes(j.today)
	if err != nil {
		return nil, err
	}
	return b, j.step()
}

// fixedParts adds theme, masters and layouts.
func (d *deck) fixedParts() error {
	fill := strings.NewReplacer("{{colours}}", themeColours(d.job.theme), "{{clrMap}}", colourMap(d.job.theme))
	add := func(file, part, kind string) error {
		data, err := templates.ReadFile("template/" + file)
		if err != nil {
			return fmt.Errorf("report: the template of the deck is incomplete: %w", err)
		}
		d.pkg.add(part, typePrefix+kind+"+xml", []byte(fill.Replace(string(data))))
		return nil
	}
	for i := 1; i <= layouts; i++ {
		file := fmt.Sprintf("slideLayout%d.xml", i)
		if err := add(file, layoutPart(i), "presentationml.slideLayout"); err != nil {
			return err
		}
		d.pkg.link(masterPart, relOffice+"slideLayout", layoutPart(i))
		d.pkg.link(layoutPart(i), relOffice+"slideMaster", masterPart)
	}
	for _, one := range [][3]string{
		{"slideMaster.xml", masterPart, "presentationml.slideMaster"},
		{"notesMaster.xml", notesMasterPart, "presentationml.notesMaster"},
		{"theme.xml", "ppt/theme/theme1.xml", "theme"},
	} {
		if err := add(one[0], one[1], one[2]); err != nil {
			return err
		}
	}
	// Notes are printed on paper: their theme is the light one whatever the slides wear.
	fill = strings.NewReplacer("{{colours}}", themeColours(&figure.Light))
	if err := add("theme.xml", "ppt/theme/theme2.xml", "theme"); err != nil {
		return err
	}
	d.pkg.link(masterPart, relOffice+"theme", "ppt/theme/theme1.xml")
	d.pkg.link(notesMasterPart, relOffice+"theme", "ppt/theme/theme2.xml")
	return nil
}

func layoutPart(i int) string { return fmt.Sprintf("ppt/slideLayouts/slideLayout%d.xml", i) }

// themeColours are the twelve colours of a theme: text and ground, then the four routes, the accent, the neutral.
func themeColours(t *figure.Theme) string {
	dark, light, dark2, light2 := t.Ink, t.Page, t.Ink2, t.Hairline
	if t.Dark {
		dark, light, dark2, light2 = t.Page, t.Ink, t.Hairline, t.Ink2
	}
	var b bytes.Buffer
	for _, c := range []struct {
		name string
		of   color.NRGBA
	}{
		{"dk1", dark}, {"lt1", light}, {"dk2", dark2}, {"lt2", light2},
		{"accent1", t.API.Paint}, {"accent2", t.Rent.Paint}, {"accent3", t.Own.Paint}, {"accent4", t.Mixed.Paint},
		{"accent5", t.Accent}, {"accent6", t.NeutralStrong}, {"hlink", t.Accent}, {"folHlink", t.Ink3},
	} {
		el("a:"+c.name, el("a:srgbClr", at("val", hexColour(c.of)))).write(&b)
	}
	return b.String()
}

func hexColour(c color.NRGBA) string { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }

// colourMap says which theme colours are text and ground: a dark deck takes the light one for its text.
func colourMap(t *figure.Theme) string {
	text, ground := "dk", "lt"
	if t.Dark {
		text, ground = ground, text
	}
	s := fmt.Sprintf(`bg1="%s1" tx1="%s1" bg2="%s2" tx2="%s2"`, ground, text, ground, text)
	for _, name := range []string{"accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"} {
		s += fmt.Sprintf(` %s="%s"`, name, name)
	}
	return s
}

// nameSpaces are declared at the root of every part of a presentation.
var nameSpaces = parts{
	at("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
	at("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
	at("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
}

// presentation adds the part that holds all others together, and the document's properties.
func (d *deck) presentation() {
	master := d.pkg.link(presentationPart, relOffice+"slideMaster", masterPart)
	notes := d.pkg.link(presentationPart, relOffice+"notesMaster", notesMasterPart)
	list := el("p:sldIdLst")
	for i := range d.slides {
		el("p:sldId", num("id", slideID(i)), at("r:id", d.pkg.link(presentationPart, relOffice+"slide", slidePart(i)))).putInto(list)
	}
	root := el("p:presentation", nameSpaces, at("saveSubsetFonts", "1"),
		el("p:sldMasterIdLst", el("p:sldMasterId", at("id", "2147483648"), at("r:id", master))),
		el("p:notesMasterIdLst", el("p:notesMasterId", at("r:id", notes))),
		list,
		el("p:sldSz", num("cx", slideWidth), num("cy", slideHeight)),
		el("p:notesSz", num("cx", 6858000), num("cy", 9144000)),
		defaultText(),
		d.sectionList())
	d.pkg.add(presentationPart, typePrefix+"presentationml.presentation.main+xml", root.document())
	d.pkg.link("", relOffice+"officeDocument", presentationPart)
	d.settings()
	d.properties()
}

// defaultText is the style of text outside placeholders: the theme's typeface in the theme's ink.
func defaultText() *element {
	style := el("p:defaultTextStyle", el("a:defPPr", el("a:defRPr", at("lang", language))))
	for level := 1; level <= 9; level++ {
		el(fmt.Sprintf("a:lvl%dpPr", level), at("algn", "l"), el("a:defRPr", at("sz", "1200"), inkText.fill(),
			el("a:latin", at("typeface", "+mn-lt")), el("a:ea", at("typeface", "+mn-ea")), el("a:cs", at("typeface", "+mn-cs")))).putInto(style)
	}
	return style
}

// sectionList groups the slides by case; the extension is Microsoft's [MS-PPTX] 2.3, which other readers skip.
func (d *deck) sectionList() part {
	if len(d.job.cases) == 1 {
		return parts{}
	}
	list := el("p14:sectionLst", at("xmlns:p14", "http://schemas.microsoft.com/office/powerpoint/2010/main"))
	for i, s := range d.sections {
		ids := el("p14:sldIdLst")
		for n := s.first; n < s.last; n++ {
			el("p14:sldId", num("id", slideID(n))).putInto(ids)
		}
		el("p14:section", at("name", s.name), at("id", fmt.Sprintf("{00000000-0000-4000-8000-%012d}", i+1)), ids).putInto(list)
	}
	return el("p:extLst", el("p:ext", at("uri", "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"), list))
}

func (d *deck) settings() {
	for _, one := range []struct{ name, kind string }{{"presProps", "presentationPr"}, {"viewProps", "viewPr"}} {
		name := "ppt/" + one.name + ".xml"
		d.pkg.add(name, typePrefix+"presentationml."+one.name+"+xml", el("p:"+one.kind, nameSpaces).document())
		d.pkg.link(presentationPart, relOffice+one.name, name)
	}
	d.pkg.add("ppt/tableStyles.xml", typePrefix+"presentationml.tableStyles+xml",
		el("a:tblStyleLst", nameSpaces[0], at("def", noTableStyle)).document())
	d.pkg.link(presentationPart, relOffice+"tableStyles", "ppt/tableStyles.xml")
	d.pkg.link(presentationPart, relOffice+"theme", "ppt/theme/theme1.xml")
}

// noTableStyle is the built-in style "No Style, No Grid": tables carry their own lines.
const noTableStyle = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

// properties adds title, author and date, where file managers look for them.
func (d *deck) properties() {
	d.pkg.add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", d.job.coreProperties().document())
	d.pkg.link("", relPackage+"metadata/core-properties", "docProps/core.xml")
	d.pkg.add("docProps/app.xml", typePrefix+"extended-properties+xml",
		el("Properties", at("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"),
			el("Application", chars("Hostwise")), el("PresentationFormat", chars("Widescreen")),
			el("Slides", chars(fmt.Sprint(len(d.slides)))), el("Notes", chars(fmt.Sprint(len(d.slides))))).document())
	d.pkg.link("", relOffice+"extended-properties", "docProps/app.xml")
}

// coreProperties are the Dublin Core properties of a package (ECMA-376 part 2, clause 11).
func (j *job) coreProperties() *element {
	stamp := j.today.Format("2006-01-02T15:04:05Z")
	return el("cp:coreProperties",
		at("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
		at("xmlns:dc", "http://purl.org/dc/elements/1.1/"), at("xmlns:dcterms", "http://purl.org/dc/terms/"),
		at("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
		el("dc:title", chars(j.title())), el("dc:subject", chars(j.cases[0].question())), el("dc:creator", chars("Hostwise")),
		el("dc:description", chars(j.brand())), el("cp:lastModifiedBy", chars("Hostwise")),
		el("dcterms:created", at("xsi:type", "dcterms:W3CDTF"), chars(stamp)),
		el("dcterms:modified", at("xsi:type", "dcterms:W3CDTF"), chars(stamp)))
}

// title names the document.
func (j *job) title() string {
	if len(j.cases) == 1 {
		return j.cases[0].name()
	}
	return fmt.Sprintf("%d cases compared", len(j.cases))
}

func slidePart(i int) string { return fmt.Sprintf("ppt/slides/slide%d.xml", i+1) }
func notesPart(i int) string { return fmt.Sprintf("ppt/notesSlides/notesSlide%d.xml", i+1) }
func slideID(i int) int      { return 256 + i }

// imageID is the relationship of a slide's i-th picture: the layout comes first, the notes second.
func imageID(i int) string { return fmt.Sprintf("rId%d", i+3) }

// picture stores a picture and returns its part.
func (d *deck) picture(data []byte) string {
	if name, ok := d.media[string(data)]; ok {
		return name
	}
	name := fmt.Sprintf("ppt/media/image%d.png", len(d.media)+1)
	d.media[string(data)] = name
	d.pkg.add(name, "", data)
	return name
}

// writeSlide adds a slide, its notes and their relationships.
func (d *deck) writeSlide(i int) {
	s := d.slides[i]
	d.pkg.link(slidePart(i), relOffice+"slideLayout", layoutPart(s.layout))
	d.pkg.link(slidePart(i), relOffice+"notesSlide", notesPart(i))
	for _, image := range s.images {
		d.pkg.link(slidePart(i), relOffice+"image", image)
	}
	tree := el("p:spTree", emptyGroup(), s.shapes, footer(s.foot), slideNumber(i+1))
	numberShapes(tree)
	d.pkg.add(slidePart(i), typePrefix+"presentationml.slide+xml",
		el("p:sld", nameSpaces, el("p:cSld", tree), el("p:clrMapOvr", el("a:masterClrMapping"))).document())

	d.pkg.link(notesPart(i), relOffice+"notesMaster", notesMasterPart)
	d.pkg.link(notesPart(i), relOffice+"slide", slidePart(i))
	tree = el("p:spTree", emptyGroup(), notesImage(), notesText(s.notes))
	numberShapes(tree)
	d.pkg.add(notesPart(i), typePrefix+"presentationml.notesSlide+xml",
		el("p:notes", nameSpaces, el("p:cSld", tree), el("p:clrMapOvr", el("a:masterClrMapping"))).document())
}
