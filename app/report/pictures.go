package report

import (
	"bytes"
	"errors"
	"fmt"

	"hostwise/app/figure"
)

// figureKey is a figure of a case.
type figureKey struct {
	of int // the case
	id string
}

// pictureKey is a drawing of a figure; drawings are kept, since several documents of a bundle take the same.
type pictureKey struct {
	figureKey
	look string
}

// look is how a figure is drawn for a place.
type look struct {
	name string
	svg  bool
	opt  figure.Options
}

// figureIDs are the figures that are wished for, in their order.
func (j *job) figureIDs() []string {
	if j.opt.Figures != nil {
		return j.opt.Figures
	}
	return figure.IDs
}

// figure describes a figure of a case. The error says what the assessment lacks for it.
func (j *job) figure(of int, id string) (figure.Figure, error) {
	key := figureKey{of, id}
	if f, ok := j.figures[key]; ok {
		return f, nil
	}
	if of == overlaid {
		return figure.Figure{}, errors.New("report: the cases cannot be laid over each other")
	}
	c := j.cases[of]
	f, err := figure.Build(id, c.Assessment, figure.BuildOptions{Currency: c.currency(), Version: j.opt.Version, WinMap: c.WinMap,
		AllRoutes: j.opt.AllRoutes, AllPrecisions: j.opt.AllPrecisions, LogScale: j.opt.LogScale, Models: j.opt.Models})
	if err != nil {
		return f, err
	}
	if title := j.opt.Titles[id]; title != "" {
		f.Title = title
	}
	j.figures[key] = f
	return f, nil
}

// overlay is the figure that lays the cases of a document over each other; ok is false where there is nothing to lay.
// It is kept under the name of a case that no document has.
func (j *job) overlay() (f figure.Figure, ok bool) {
	if len(j.cases) < 2 {
		return f, false
	}
	key := figureKey{overlaid, "overlay"}
	if f, ok = j.figures[key]; ok {
		return f, true
	}
	list := make([]figure.Overlaid, len(j.cases))
	for i, c := range j.cases {
		list[i] = figure.Overlaid{Letter: letter(i), Name: cut(c.name(), 60), Assessment: c.Assessment}
	}
	f, err := figure.BuildOverlay(list, figure.BuildOptions{Currency: j.cases[0].currency(), Version: j.opt.Version})
	if err != nil {
		return f, false
	}
	j.figures[key] = f
	return f, true
}

// figureName is what a figure shows, in a few words.
func figureName(id string) string {
	switch id {
	case "overlay":
		return "All cases"
	case figure.BridgeID:
		return "From one case to another"
	}
	return figure.Name(id)
}

// overlaid stands for all cases together.
const overlaid = -1

// available are the wished figures that a case can show. A case without draws has no tornado, one without a study
// no win map: what is left out is named in the notes of the answer.
func (j *job) available(of int) (ids, missing []string) {
	for _, id := range j.figureIDs() {
		if _, err := j.figure(of, id); err != nil {
			missing = append(missing, id)
			continue
		}
		ids = append(ids, id)
	}
	return ids, missing
}

// slideLook is a figure on a slide at twice the slide's pixels, without the words that the slide sets as text.
func (j *job) slideLook(width, height float64) look {
	return look{fmt.Sprintf("slide %gx%g", width, height), false, figure.Options{
		Width: int(2 * width), Height: int(2 * height), Scale: 4, Compact: true, Theme: j.theme,
	}}
}

// paperLook is a figure in a report, on white.
func paperLook(width, height int, scale float64) look {
	return look{fmt.Sprintf("paper %dx%d", width, height), false, figure.Options{
		Width: width, Height: height, Scale: scale, Compact: true, Theme: &figure.Light,
	}}
}

// fileLook is a whole figure as a file of its own.
func (j *job) fileLook(svg bool) look {
	return look{fmt.Sprintf("file %t", svg), svg, figure.Options{
		Theme: j.theme, Width: j.opt.Width, Height: j.opt.Height, Transparent: j.opt.Transparent,
	}}
}

// draw returns a figure of a case as a file.
func (j *job) draw(of int, id string, l look) ([]byte, error) {
	key := pictureKey{figureKey{of, id}, l.name}
	if data, ok := j.pictures[key]; ok {
		return data, nil
	}
	f, err := j.figure(of, id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if l.svg {
		err = figure.SVG(&b, f, l.opt)
	} else {
		err = figure.PNG(&b, f, l.opt)
	}
	if err != nil {
		return nil, fmt.Errorf("report: the figure %s cannot be drawn: %w", id, err)
	}
	j.pictures[key] = b.Bytes()
	return b.Bytes(), nil
}

// methods say in the speaker's words how each figure comes about.
var methods = map[string]string{
	"monthly-cost": "Every route is priced anew at each volume: an API by tokens, rented and owned devices by whole machines, which is why their lines have steps. " +
		"Lines take every input at its likely value; a band is the middle eight of ten futures. The line that stands lowest at your volume is the verdict's, unless a rule excludes it.",
	"cost-per-call": "A month's cost divided by the calls that succeed. Failed attempts, people, power and idle hours are inside. The dot is the likely value, the bar the middle eight of ten futures.",
	"break-even": "A crossing is the volume at which two routes cost the same; it is searched from 1 to 10^12 calls a month, at likely values. " +
		"The range is the middle eight of ten futures among those that cross at all. Where there is no crossing, the figure says so.",
	"over-time": "Money spent from the first day: what is bought up front, then each month's cash. Growth and yearly price changes act here. What bought machines are still worth at the end is not taken off.",
	"tornado": "Each bar moves one input from its tenth to its ninetieth percentile and leaves the others alone. The measure is the gap between the cheapest route of another kind and the verdict's. " +
		"Where a bar passes zero, that input alone would change the answer.",
	"win-map": "Every point of the map prices all routes anew. The colour is the cheapest feasible route there, the depth how often it wins in a small set of futures.",
	"memory": "Weights come from the list of tensors of each published file; the cache from the engine's layout, with the copies that tensor parallelism keeps on every device; " +
		"compute and runtime from the logs of measured runs. Whiskers are the range of the total.",
	"capacity": "Speed of one replica by how many requests it answers at once: all together, and as one user sees it. Measured runs anchor the model where there are some near; " +
		"beyond them the line is modelled and marked so.",
	"overlay":      "Each line is the cheapest feasible route of one case at each volume, in the colour of the kind that is cheapest there. The dots are the cases at their own volumes.",
	"quality-cost": "Published benchmark scores beside a month's cost. A weaker model that is cheaper is another product, not a cheaper price: it never wins the verdict by itself.",
}
