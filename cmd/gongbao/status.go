package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

type statusCmd struct {
	Name   string `arg:"" help:"help.status-names"`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.status-as-of"`
	Format string `enum:"text,json" default:"text" help:"help.format"`
}

// A statusObject is one line of `status --format json`. Fields are added,
// never renamed.
type statusObject struct {
	Number    string           `json:"number"`
	Title     string           `json:"title"`
	Path      string           `json:"path"`
	On        string           `json:"on"`
	Force     string           `json:"force"`
	Text      string           `json:"text"`
	Shelf     string           `json:"shelf"`
	Newer     string           `json:"newer,omitempty"` // path of the text that has superseded this one
	Intervals []intervalObject `json:"intervals"`
	Effects   []statusEffect   `json:"effects"`
}

type intervalObject struct {
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Force string `json:"force"`
	Cause *int   `json:"cause,omitempty"` // index of the effect that begins it
}

type statusEffect struct {
	Kind     string   `json:"kind"`
	From     string   `json:"from,omitempty"`
	Until    string   `json:"until,omitempty"`
	Articles []string `json:"articles,omitempty"`
	Part     bool     `json:"part,omitempty"`
	Strength string   `json:"strength"`
	By       string   `json:"by,omitempty"`
	ByNumber string   `json:"by_number,omitempty"`
	ByTitle  string   `json:"by_title,omitempty"`
	Quote    string   `json:"quote,omitempty"`
	Line     int      `json:"line,omitempty"`
	Computed bool     `json:"computed,omitempty"`
	Basis    string   `json:"basis,omitempty"`
	Proposed bool     `json:"proposed,omitempty"`
	Overrule string   `json:"overrule,omitempty"` // prolonged: moved by a later extension; too-late: it came after the end
}

func (c *statusCmd) Run(a *app) error {
	on, err := asOf(c.AsOf)
	if err != nil {
		return err
	}
	// A past day is asked of what is known today: a text may have gone online
	// long after it came into force.
	known, err := asOf("")
	if err != nil {
		return err
	}
	if known.Before(on) {
		known = on
	}
	s, err := a.load(known.String(), false)
	if err != nil {
		return err
	}
	defer s.Close()
	of, found := inMounts(s.Catalog, c.Name)
	if found == nil {
		if found, err = a.find(of, c.Name); err != nil {
			return err
		}
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	for i, e := range found {
		if !strings.HasSuffix(c.Name, ".md") {
			e = e.TextOn(on) // a name stands for the work; a path for the text
		}
		o := statusOf(of, e, on)
		if c.Format == "json" {
			if err := enc.Encode(o); err != nil {
				return fmt.Errorf("write: %w", err)
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		state, _ := of.StatusOn(e, on)
		a.printStatus(o, state.Interval)
	}
	return nil
}

func statusOf(c *catalog.Catalog, e *catalog.Entry, on gazette.Date) statusObject {
	state, shelf := c.StatusOn(e, on)
	o := statusObject{
		Number: e.Document.Number, Title: e.Title(), Path: contentFile(e), On: on.String(),
		Force: forceName(state.Force), Text: string(state.Text), Shelf: string(shelf),
		Intervals: []intervalObject{}, Effects: []statusEffect{},
	}
	if e != e.Newest() {
		o.Newer = contentFile(e.Newest())
	}
	intervals := e.Intervals
	if intervals == nil && state.Force != gazette.NoForce {
		intervals = gazette.Intervals(e.Effects) // superseded since
	}
	for _, iv := range intervals {
		x := intervalObject{From: iv.From.String(), To: iv.To.String(), Force: forceName(iv.Force)}
		if iv.Cause >= 0 {
			x.Cause = &iv.Cause
		}
		o.Intervals = append(o.Intervals, x)
	}
	overruled := gazette.Overrules(e.Effects)
	for i, x := range e.Effects {
		s := effectState(c, e, x)
		s.Overrule = string(overruled[i])
		o.Effects = append(o.Effects, s)
	}
	return o
}

func forceName(f gazette.Force) string {
	if f == gazette.NoForce {
		return "none"
	}
	return string(f)
}

// effectState tells one effect with its place.
func effectState(c *catalog.Catalog, e *catalog.Entry, x gazette.Effect) statusEffect {
	o := statusEffect{
		Kind: string(x.Kind), From: x.From.String(), Until: x.Until.String(), Articles: x.Articles, Part: x.Part || len(x.Articles) > 0,
		Strength: x.Strength.String(), Quote: x.Quote, Line: x.Line, Computed: x.Computed, Basis: x.Basis, Proposed: x.Proposed,
	}
	by := e
	if x.By != "" {
		by = c.Entry(x.By)
	}
	if by == nil || x.Strength == gazette.ByRule {
		return o
	}
	o.By, o.ByNumber, o.ByTitle = contentFile(by), by.Document.Number, by.Title()
	if x.Strength == gazette.Declared {
		o.Line = declaredLine(by, e, x)
	}
	return o
}

// declaredLine is the line of the front matter that states an effect.
func declaredLine(by, to *catalog.Entry, x gazette.Effect) int {
	if by == to {
		key := string(x.Kind) // effective, expires
		if x.Kind == gazette.Expires && to.Document.Expires.IsZero() {
			key = "valid_for"
		}
		return by.Pos(key).Line
	}
	for i := range by.Document.Relations {
		if r := by.Relations[i]; r.Target.Entry != nil && r.Target.Entry.SameWork(to) && gazette.EffectKind(r.Kind) == x.Kind && slices.Equal(r.Articles, x.Articles) {
			return by.Pos("relations." + strconv.Itoa(i) + ".target").Line
		}
	}
	return by.Start().Line
}

// printStatus writes a status for people: what, since when, and the chain of
// reasons, oldest first.
func (a *app) printStatus(o statusObject, iv gazette.Interval) {
	t := a.strings
	fmt.Fprintln(a.stdout, o.Title)
	fmt.Fprintln(a.stdout, strings.TrimLeft(o.Number+"  "+o.Path, " "))
	words := []string{t.T("force." + o.Force)}
	if o.Shelf != string(gazette.Online) {
		words = append([]string{t.T("shelf." + o.Shelf)}, words...)
	}
	if !iv.From.IsZero() {
		words = append(words, t.T("effects.from", iv.From.String()))
	}
	if !iv.To.IsZero() {
		words = append(words, t.T("effects.until", iv.To.String()))
	}
	if o.Text != string(gazette.Original) {
		words = append(words, t.T("text."+o.Text))
	}
	fmt.Fprintln(a.stdout, t.T("status.line", strings.Join(words, "  "), o.On))
	if o.Newer != "" {
		fmt.Fprintln(a.stdout, t.T("status.superseded", o.Newer))
	}
	var certain, proposed []statusEffect
	for _, x := range o.Effects {
		if x.Proposed {
			proposed = append(proposed, x)
		} else {
			certain = append(certain, x)
		}
	}
	if len(o.Effects) == 0 {
		fmt.Fprintln(a.stdout, t.T("status.none"))
	}
	a.printReasons("status.why", certain)
	a.printReasons("status.proposed", proposed)
}

func (a *app) printReasons(heading string, effects []statusEffect) {
	if len(effects) == 0 {
		return
	}
	slices.SortStableFunc(effects, func(x, y statusEffect) int { return strings.Compare(day(x), day(y)) })
	fmt.Fprintln(a.stdout, a.strings.T(heading))
	for _, x := range effects {
		fmt.Fprintln(a.stdout, "  "+strings.Join(a.reason(x), "  "))
		if x.ByTitle != "" && x.Strength == gazette.Read.String() || x.Strength == gazette.Declared.String() && gazette.RelationKind(x.Kind).Changes() {
			fmt.Fprintln(a.stdout, "    "+strings.TrimRight(x.ByTitle+"  "+x.ByNumber, " "))
		}
		if x.Quote != "" {
			fmt.Fprintln(a.stdout, "    "+x.Quote)
		}
		if x.By != "" {
			fmt.Fprintf(a.stdout, "    %s:%d\n", x.By, x.Line)
		}
	}
}

// day is the day by which a reason stands in the chain: dates as text are in
// order.
func day(x statusEffect) string {
	if x.From != "" {
		return x.From
	}
	return x.Until
}

// reason is what one effect does, from when, and where that is known from.
func (a *app) reason(x statusEffect) []string {
	t := a.strings
	words := []string{t.T("kind." + x.Kind)}
	switch {
	case len(x.Articles) > 0:
		words = append(words, strings.Join(x.Articles, "、"))
	case x.Part:
		words = append(words, t.T("status.part"))
	}
	if x.From != "" {
		words = append(words, t.T("effects.from", x.From))
	}
	if x.Until != "" {
		words = append(words, t.T("effects.until", x.Until))
	}
	words = append(words, t.T("strength."+x.Strength))
	if x.Computed {
		words = append(words, t.T("status.computed"))
	}
	if x.Basis != "" {
		words = append(words, t.T("status.basis", x.Basis))
	}
	if x.Overrule != "" {
		words = append(words, t.T("overrule."+x.Overrule))
	}
	return words
}
