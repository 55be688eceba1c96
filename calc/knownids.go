package calc

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/calc/catalog"
)

// knownIDs are the ids that a scenario may name: the catalogue's and those of the person's own facts.
type knownIDs struct {
	models, devices, engines, precisions, hosts, prices, providers idList
}

// idList is the ids of one table. The zero list knows nothing and lets every id pass: there was no catalogue.
type idList struct {
	kind      string // "model", in messages
	list      string // the sub-command that lists them
	spellings []spelling
	ids       map[string]bool
	hints     []catalog.NameHint // what people mean by names that are no ids
}

func newKnownIDs(cat *catalog.Catalog, own Facts) knownIDs {
	if cat == nil {
		return knownIDs{}
	}
	k := knownIDs{
		models:     newIDList("model", "models"),
		devices:    newIDList("device", "devices"),
		engines:    newIDList("engine", "engines"),
		precisions: newIDList("precision", "precisions"),
		hosts:      newIDList("host", "hosts"),
		prices:     newIDList("price", "prices"),
		providers:  newIDList("provider", "prices"),
	}
	for _, p := range slices.Concat(cat.Prices, cat.PriceHistory, own.Prices) {
		k.providers.add(p.Provider)
	}
	k.models.hints = cat.Names
	for _, m := range slices.Concat(cat.Models, own.Models) {
		k.models.add(m.ID, m.Name, m.ShortName)
	}
	for _, d := range slices.Concat(cat.Devices, own.Devices) {
		k.devices.add(d.ID, d.Name, d.ShortName)
	}
	for _, e := range cat.Engines {
		k.engines.add(e.ID, e.Name)
	}
	for _, p := range cat.Precisions {
		k.precisions.add(p.ID, p.Label)
	}
	for _, h := range slices.Concat(cat.Hosts, own.Hosts) {
		k.hosts.add(h.ID, h.Name)
	}
	for _, p := range slices.Concat(cat.Prices, cat.PriceHistory, own.Prices) {
		k.prices.add(p.ID)
	}
	return k
}

func newIDList(kind, list string) idList {
	return idList{kind: kind, list: list, ids: map[string]bool{}}
}

// add makes an id known, with names that people may type in its place.
func (l *idList) add(id string, names ...string) {
	if id == "" || l.ids[id] {
		return
	}
	l.ids[id] = true
	l.spellings = append(l.spellings, spelling{id, id})
	for _, name := range names {
		l.spellings = append(l.spellings, spelling{id, name})
	}
}

// of returns the list that a kind of reference points into.
func (k knownIDs) of(kind Kind) *idList {
	switch kind {
	case ModelRef:
		return &k.models
	case DeviceRef:
		return &k.devices
	case EngineRef:
		return &k.engines
	case PrecisionRef:
		return &k.precisions
	case HostRef:
		return &k.hosts
	case PriceRef:
		return &k.prices
	}
	panic(fmt.Sprintf("calc: kind %d is no reference", kind))
}

// check returns what is wrong with an id, nil when it is known.
func (l *idList) check(path, id string, mayBeEmpty bool) *Problem {
	switch {
	case id == "" && mayBeEmpty || l.ids[id]:
		return nil
	case id == "":
		return &Problem{Path: path, Problem: "the id is empty", Allowed: l.allowed()}
	case l.ids == nil:
		return nil
	}
	p := &Problem{Path: path, Problem: fmt.Sprintf("no %s has the id %s", l.kind, quoted(id)), Allowed: l.allowed()}
	if hint := l.hint(id); hint != nil {
		p.Problem += ": " + strings.TrimRight(hint.Meaning, ".")
		p.Nearest = hint.Model
	}
	if p.Nearest == "" {
		p.Nearest = l.nearest(id)
	}
	return p
}

// hint returns what people mean by a name that is no id, such as an Ollama tag.
func (l *idList) hint(typed string) *catalog.NameHint {
	name := strings.ToLower(strings.TrimSpace(typed))
	for i := range l.hints {
		h := &l.hints[i]
		if strings.ToLower(h.Query) == name || slices.ContainsFunc(h.Also, func(also string) bool { return strings.ToLower(also) == name }) {
			return h
		}
	}
	return nil
}

// nearest looks for the id that was meant; the publisher in front of a repository's name does not count.
func (l *idList) nearest(typed string) string {
	if id := nearest(typed, l.spellings); id != "" || l.kind != "model" {
		return id
	}
	name := strings.ToLower(typed[strings.LastIndexByte(typed, '/')+1:])
	if id := nearest(name, l.spellings); id != "" {
		return id
	}
	return nearest(strings.TrimPrefix(name, "deepseek-"), l.spellings)
}

// allowed lists the ids, or says where the list is when it is long.
func (l *idList) allowed() string {
	const mostListed = 60
	ids := sortedKeys(l.ids)
	switch {
	case len(ids) == 0:
		return "the id of a row"
	case len(ids) > mostListed:
		return fmt.Sprintf("one of the %d ids that “hostwise facts %s” lists", len(ids), l.list)
	}
	return choiceWords(ids)
}

// hasProvider reports whether a listing is of a provider; upper and lower case do not count, as where the list is
// applied.
func (k knownIDs) hasProvider(name string) bool {
	same := func(s spelling) bool { return strings.EqualFold(s.id, name) }
	return k.providers.ids == nil || slices.ContainsFunc(k.providers.spellings, same)
}

// checkProviders returns what is misspelt in a list of providers. One that is like none of the listed may well be
// allowed: that nobody lists a price of it is a warning of the assessment.
func (k knownIDs) checkProviders(path string, names []string) (ps Problems) {
	for i, name := range names {
		if k.hasProvider(name) {
			continue
		}
		if p := k.providers.check(fmt.Sprintf("%s[%d]", path, i), name, false); p != nil && p.Nearest != "" {
			p.Problem = "no listing is of the provider " + quoted(name)
			ps = append(ps, *p)
		}
	}
	return ps
}
