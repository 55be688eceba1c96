package facts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// newRow stands for the id of a row that is being added.
const newRow = "add"

// editor offers what can be done with a row: confirm it, put the person's own figures in its place, take them back.
func (p *Page) editor(t *table, r record, id string) fyne.CanvasObject {
	row := ui.Wrap(8, 8)
	words := "Use my own figure"
	if r.mine {
		words = "Change my figures"
	}
	if _, typing := p.drafts[t.id+"/"+id]; typing {
		words = "Go on with my figure"
	}
	if p.corrects(t.id, id) {
		row.Add(ui.NewButton(ui.Outline, words, func() { p.edit(t.id, id) }).WithIcon(ui.IconPencil).Small())
	}
	if t.checks && !r.gone && !r.was {
		check := ui.NewButton(ui.Outline, "I checked this", func() { p.confirm(t.id, checkID(t.id, id), r.cells[0]) }).WithIcon(ui.IconCheck).Small()
		check.SetTip("The row becomes yours, dated today, with the same figures")
		row.Add(check)
	}
	if path := answers[t.id]; path != "" && (!r.gone || r.was) && p.session.Scenario().Text(path) != id {
		choose := ui.NewButton(ui.Outline, "Choose for this case", func() { p.answer(path, id, r.cells[0]) }).WithIcon(ui.IconArrow).Small()
		choose.SetTip("It becomes the answer to “" + calc.InputAt(path).Label + "”")
		row.Add(choose)
	}
	switch {
	case r.mine && p.listedID(t.id, id):
		row.Add(ui.NewButton(ui.Outline, "Use the listed figure", func() { p.reset(t.id, id) }).WithIcon(ui.IconRestore).Small())
	case r.mine:
		row.Add(ui.NewButton(ui.Outline, "Delete this row", func() { p.remove(t.id, id) }).WithIcon(ui.IconTrash).Small())
	}
	return row
}

// answers are the questions that a row of a table can be the answer to.
var answers = map[string]string{"models": "model", "devices": "deployment.device", "hosts": "deployment.host", "prices": "api.price"}

// answer makes a row the answer to its question.
func (p *Page) answer(path, id, name string) {
	p.session.LeaveField()
	p.session.Set(path, calc.Str(id))
	p.session.LeaveField()
	p.fill()
	p.shell.Toast(name+" is now this case's answer to “"+calc.InputAt(path).Label+"”", p.session.Undo)
}

// corrects reports whether a row has a form: a run that measured prompts alone states no output speed to correct, and
// what a price was is no figure of today's.
func (p *Page) corrects(table, id string) bool {
	if _, ok := forms[table]; !ok {
		return false
	}
	if table == "prices" && p.catalogue().Past(id) != nil {
		return false
	}
	run := findRun(p.catalogue(), id)
	return table != "measured" || id == newRow || run != nil && run.OutputTokS > 0
}

// checkID is the id under which a fact is confirmed: a rental price goes by its device and provider.
func checkID(table, id string) string {
	if parts := strings.Split(id, "/"); table == "rents" && len(parts) > 2 {
		return parts[0] + "/" + strings.Join(parts[1:len(parts)-1], "/")
	}
	return id
}

// catalogue is the catalogue with the open case's own rows in place.
func (p *Page) catalogue() *catalog.Catalog { return p.session.CaseCatalogue() }

// listedID reports whether the catalogue itself has a row.
func (p *Page) listedID(table, id string) bool {
	for _, t := range p.listed {
		if t.id == table {
			return t.record(id) != nil
		}
	}
	return false
}

// edit opens the form of a row beside the table, or of a new one for newRow. A form that was left keeps what was typed.
func (p *Page) edit(table, id string) {
	key := table + "/" + id
	f := p.drafts[key]
	if !p.corrects(table, id) {
		return
	}
	if f == nil {
		of := id
		if id == newRow {
			of = ""
		}
		if f = newForm(p, table, of); f == nil {
			return
		}
		p.drafts[key] = f
	}
	p.form = f
	p.fill()
	f.focus()
}

// leaveForm closes the form and keeps what was typed.
func (p *Page) leaveForm() {
	p.form = nil
	p.fill()
}

// dropForm forgets a form.
func (p *Page) dropForm(f *form) {
	for key, x := range p.drafts {
		if x == f {
			delete(p.drafts, key)
		}
	}
	if p.form == f {
		p.form = nil
	}
}

// saved shows the row that was just saved.
func (p *Page) saved(table, id string) {
	if t := p.table(table); t != nil && p.current != table {
		p.choose(table)
	}
	p.pick(id)
	p.scrollTo(id)
}

// confirm makes a row the person's own with the figures it has, dated today.
func (p *Page) confirm(table, id, name string) {
	before := len(p.mine())
	decided := p.deciding()
	if err := p.session.Checked(table, id); err != nil {
		words := "This fact could not be confirmed: " + ui.Reason(err) + "."
		p.shell.Toast(words, nil)
		return
	}
	p.recheck.note(decided, table, id)
	words := fmt.Sprintf("%s: yours now, checked on %s", name, ui.Here().Day(p.session.Now().Format(time.DateOnly)))
	if more := len(p.mine()) - before; more > 1 {
		words = fmt.Sprintf("%s: its %d listings are yours now, checked on %s", name, more, ui.Here().Day(p.session.Now().Format(time.DateOnly)))
	}
	p.shell.Toast(words, p.session.Undo)
}

// reset takes the person's own row back: the listed one counts again.
func (p *Page) reset(table, id string) {
	p.takeOut(table, id, "Listed figure")
	p.shell.Toast("The case uses the listed figure again", p.session.Undo)
}

// remove takes a row of the person's own out of the case.
func (p *Page) remove(table, id string) {
	if used := p.usedBy(table, id); used != "" {
		p.shell.Toast("This row is the answer to “"+used+"”. Choose another there first.", nil)
		return
	}
	p.takeOut(table, id, "Delete own row")
	p.shell.Toast("Your row is deleted", p.session.Undo)
}

// usedBy names the question whose answer is the row, "" where none is: its answer would point at nothing.
func (p *Page) usedBy(table, id string) string {
	s := p.session.Scenario()
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		kind := map[string]calc.Kind{"models": calc.ModelRef, "devices": calc.DeviceRef, "hosts": calc.HostRef, "prices": calc.PriceRef}[table]
		if kind != 0 && in.Kind == kind && s.Text(in.Path) == id {
			return in.Label
		}
	}
	return ""
}

func (p *Page) takeOut(table, id, label string) {
	f := p.session.Scenario().Facts()
	switch {
	case table == "rents":
		f = p.withoutRent(f, id)
	case table == "devices":
		f = p.withoutDevice(f, id)
	default:
		f = withoutRow(f, table, id)
	}
	p.session.Edit(label, func(s calc.Scenario) calc.Scenario { return s.WithFacts(f) })
}

// withoutRent puts one rental price of a device back to the listed one, or takes it away where none is listed. A device
// that then differs in nothing from the catalogue's is no longer the person's.
func (p *Page) withoutRent(f calc.Facts, id string) calc.Facts {
	device, _, _ := strings.Cut(id, "/")
	listed := p.session.Catalogue().Device(device)
	out := append([]catalog.Device(nil), f.Devices...)
	for i := range out {
		if out[i].ID != device {
			continue
		}
		var rent []catalog.RentPrice
		for _, r := range out[i].Rent {
			if rentID(&out[i], r) != id {
				rent = append(rent, r)
			}
		}
		if listed != nil {
			for _, r := range listed.Rent {
				if rentID(listed, r) == id {
					rent = append(rent, r)
				}
			}
		}
		out[i].Rent = rent
		if listed != nil && out[i].Evidence != catalog.Yours && out[i].PriceFact == listed.PriceFact && !anyOwn(rent) {
			f.Devices = out
			return withoutRow(f, "devices", device)
		}
	}
	f.Devices = out
	return f
}

// withoutDevice puts a device back to the listed one; rental prices of the person's own stay.
func (p *Page) withoutDevice(f calc.Facts, id string) calc.Facts {
	listed := p.session.Catalogue().Device(id)
	i := slices.IndexFunc(f.Devices, func(d catalog.Device) bool { return d.ID == id })
	if listed == nil || i < 0 || !anyOwn(f.Devices[i].Rent) {
		return withoutRow(f, "devices", id)
	}
	row := *listed
	row.Rent = f.Devices[i].Rent
	f.Devices = slices.Clone(f.Devices)
	f.Devices[i] = row
	return f
}

func anyOwn(rent []catalog.RentPrice) bool {
	for _, r := range rent {
		if r.Evidence == catalog.Yours {
			return true
		}
	}
	return false
}
