package storage

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The limits of the scenario file, which hold for what is stored too.
const (
	MaxName     = 200     // characters
	MaxNotes    = 20_000  // characters
	MaxTag      = 40      // characters
	MaxTags     = 50      // tags of one case
	MaxScenario = 4 << 20 // bytes
)

// Case is a saved scenario and what lists, sorts and searches need to know of
// it. The scenario itself is opaque here.
type Case struct {
	ID    string // given by Save where empty
	Name  string
	Notes string
	Tags  []string
	Model string // the model id the scenario is about
	// Draft marks the working case that the person has not named or kept yet.
	// It is a case like any other.
	Draft bool
	// Scenario is the JSON text, kept byte for byte. List leaves it empty.
	Scenario         json.RawMessage
	Summary          Summary
	CatalogueVersion string // the catalogue the summary was computed with
	AppVersion       string // the program it was computed with
	CreatedAt        time.Time
	UpdatedAt        time.Time
	DeletedAt        time.Time // zero while the case is not deleted
	// Revision is the number of the newest revision, from 1.
	Revision int
	// Version counts every change of the case. Save refuses with ErrConflict
	// when it is not the stored one; 0 saves whatever is stored.
	Version int
	// Keep asks Save to keep this state for good: later autosaves start a new
	// revision and are never merged into it.
	Keep bool
}

// Summary is the outcome of a scenario when it was last assessed. A figure
// that is not known is nil, never zero.
type Summary struct {
	Route            string   `json:"route,omitempty"` // the verdict's route id
	Kind             string   `json:"kind,omitempty"`  // api, rent, own or mixed
	Headline         string   `json:"headline,omitempty"`
	Confidence       string   `json:"confidence,omitempty"` // high, medium or low
	MonthlyLowUSD    *float64 `json:"monthly_low_usd"`
	MonthlyLikelyUSD *float64 `json:"monthly_likely_usd"`
	MonthlyHighUSD   *float64 `json:"monthly_high_usd"`
	Chance           *float64 `json:"chance"` // that this route is the cheapest, 0..1
	CallsPerMonth    *float64 `json:"calls_per_month"`
}

// normalise tidies what may be tidied (spaces around names, tags given twice)
// and refuses what cannot be stored, naming every problem at once.
func (c Case) normalise() (Case, error) {
	c.Name = strings.TrimSpace(c.Name)
	c.Tags = tidyTags(c.Tags)
	c.Scenario = bytes.Clone(c.Scenario)
	var problems []error
	add := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if c.ID != "" && !validID(c.ID) {
		add("the id %q may hold up to 64 letters, digits, '-', '_' and '.'", c.ID)
	}
	if err := textProblem("the name", c.Name, MaxName); err != nil {
		problems = append(problems, err)
	}
	if err := textProblem("the notes", c.Notes, MaxNotes); err != nil {
		problems = append(problems, err)
	}
	if len(c.Tags) > MaxTags {
		add("there are %d tags; %d are allowed", len(c.Tags), MaxTags)
	}
	for _, tag := range c.Tags {
		if err := textProblem("the tag", tag, MaxTag); err != nil {
			problems = append(problems, err)
		}
	}
	for _, text := range []string{c.Model, c.CatalogueVersion, c.AppVersion, c.Summary.Route,
		c.Summary.Kind, c.Summary.Headline, c.Summary.Confidence} {
		if err := textProblem("a text", text, MaxNotes); err != nil {
			problems = append(problems, err)
		}
	}
	if err := jsonProblem("the scenario", c.Scenario); err != nil {
		problems = append(problems, err)
	}
	problems = append(problems, c.Summary.problems()...)
	return c, errors.Join(problems...)
}

func (s Summary) problems() []error {
	var all []error
	for _, figure := range []*float64{s.MonthlyLowUSD, s.MonthlyLikelyUSD, s.MonthlyHighUSD, s.Chance, s.CallsPerMonth} {
		if figure != nil && (math.IsNaN(*figure) || math.IsInf(*figure, 0)) {
			all = append(all, fmt.Errorf("a figure of the summary is %v; leave it empty where it is not known", *figure))
		}
	}
	if s.Chance != nil && (*s.Chance < 0 || *s.Chance > 1) {
		all = append(all, fmt.Errorf("the chance is %v; it goes from 0 to 1", *s.Chance))
	}
	return all
}

// equal reports whether storing b in place of a would change nothing that a
// person can see.
func (c Case) equal(other Case) bool {
	return c.Name == other.Name && c.Notes == other.Notes && slices.Equal(c.Tags, other.Tags) &&
		c.Model == other.Model && c.Draft == other.Draft && bytes.Equal(c.Scenario, other.Scenario) &&
		c.Summary.equal(other.Summary) && c.CatalogueVersion == other.CatalogueVersion &&
		c.AppVersion == other.AppVersion && c.DeletedAt.Equal(other.DeletedAt)
}

func (s Summary) equal(other Summary) bool {
	return s.Route == other.Route && s.Kind == other.Kind && s.Headline == other.Headline &&
		s.Confidence == other.Confidence && same(s.MonthlyLowUSD, other.MonthlyLowUSD) &&
		same(s.MonthlyLikelyUSD, other.MonthlyLikelyUSD) && same(s.MonthlyHighUSD, other.MonthlyHighUSD) &&
		same(s.Chance, other.Chance) && same(s.CallsPerMonth, other.CallsPerMonth)
}

func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func tidyTags(tags []string) []string {
	var tidy []string
	seen := map[string]bool{}
	for _, tag := range tags {
		tag = strings.TrimSpace(tag)
		if key := fold(tag); key != "" && !seen[key] {
			seen[key] = true
			tidy = append(tidy, tag)
		}
	}
	return tidy
}

// textProblem refuses what SQLite or a screen would cut short or garble.
func textProblem(what, text string, limit int) error {
	switch {
	case !utf8.ValidString(text):
		return fmt.Errorf("%s is not valid UTF-8", what)
	case strings.ContainsRune(text, 0):
		return fmt.Errorf("%s holds a zero character", what)
	case utf8.RuneCountInString(text) > limit:
		return fmt.Errorf("%s is %d characters long; %d are allowed", what, utf8.RuneCountInString(text), limit)
	}
	return nil
}

func jsonProblem(what string, text []byte) error {
	switch {
	case len(text) == 0:
		return fmt.Errorf("%s is empty", what)
	case len(text) > MaxScenario:
		return fmt.Errorf("%s is %d bytes long; %d are allowed", what, len(text), MaxScenario)
	case !utf8.Valid(text):
		return fmt.Errorf("%s is not valid UTF-8", what)
	case !json.Valid(text):
		return fmt.Errorf("%s is not valid JSON", what)
	}
	return nil
}

func validID(id string) bool {
	if len(id) == 0 || len(id) > 64 {
		return false
	}
	for _, r := range id {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		if !letter && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return true
}

// idAlphabet leaves out i, l, o and u, which are misread or misheard.
var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// newID is short enough to type after "hostwise cases show": 12 characters
// hold 60 random bits, so that two of a million cases share one with a chance
// of 4 in 10 million; the unique column then refuses it.
func newID() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program instead
	return idAlphabet.EncodeToString(random[:])[:12]
}
