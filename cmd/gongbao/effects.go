package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/source"
)

type effectsCmd struct {
	Accept []string `placeholder:"ID" help:"help.effects-accept"`
	All    bool     `help:"help.effects-all"`
	AsOf   string   `name:"as-of" placeholder:"DATE" help:"help.as-of"`
	Format string   `enum:"text,json" default:"text" help:"help.format"`
}

// An effectObject is one line of `effects --format json`. Fields are added,
// never renamed.
type effectObject struct {
	ID         string   `json:"id"`
	Verdict    string   `json:"verdict"`
	Reason     string   `json:"reason,omitempty"`
	Kind       string   `json:"kind"`
	By         string   `json:"by"`
	File       string   `json:"file,omitempty"` // the attachment that lists it
	ByTitle    string   `json:"by_title"`
	ByNumber   string   `json:"by_number,omitempty"`
	Line       int      `json:"line"`
	Quote      string   `json:"quote"`
	Title      string   `json:"title,omitempty"`
	Number     string   `json:"number,omitempty"`
	Issued     string   `json:"issued,omitempty"`
	Scope      string   `json:"scope"`
	Articles   []string `json:"articles,omitempty"`
	Target     string   `json:"target,omitempty"`
	Candidates []string `json:"candidates,omitempty"`
	From       string   `json:"from,omitempty"`
	Until      string   `json:"until,omitempty"`
	Computed   bool     `json:"computed,omitempty"`
}

func (c *effectsCmd) Run(a *app) error {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	if len(c.Accept) > 0 {
		return a.acceptEffects(s.Catalog, c.Accept)
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	for _, r := range s.Catalog.Read {
		if c.Format == "json" {
			if err := enc.Encode(effectOf(r)); err != nil {
				return fmt.Errorf("write: %w", err)
			}
			continue
		}
		if c.All || r.Verdict == catalog.Proposed || r.Verdict == catalog.Ambiguous || r.Verdict == catalog.Certain {
			a.printEffect(r)
		}
	}
	return nil
}

func effectOf(r *catalog.ReadEffect) effectObject {
	o := effectObject{
		ID: r.ID(), Verdict: string(r.Verdict), Reason: r.Reason, Kind: string(r.Kind), By: source.Name(r.By.Path), File: fileOf(r), ByTitle: r.By.Title(),
		ByNumber: r.By.Document.Number, Line: r.Line, Quote: r.Quote, Title: r.Title, Number: r.Number, Issued: r.Issued.String(),
		Scope: "whole", Articles: r.Articles, From: r.Day.String(), Until: r.Last.String(), Computed: r.Computed,
	}
	if r.Part {
		o.Scope = "part"
	}
	switch {
	case r.Target.Entry != nil:
		o.Target = source.Name(r.Target.Entry.Path)
	case r.Target.External != nil:
		o.Target = r.Target.External.ID
	}
	for _, e := range r.Candidates {
		o.Candidates = append(o.Candidates, source.Name(e.Path))
	}
	return o
}

func fileOf(r *catalog.ReadEffect) string {
	if r.File == "" {
		return ""
	}
	return source.Name(r.File)
}

// printEffect writes one effect for people: what, from when, why, where.
func (a *app) printEffect(r *catalog.ReadEffect) {
	t := a.strings
	fmt.Fprintf(a.stdout, "%s  %s  %s  %s", r.ID(), t.T("verdict."+string(r.Verdict)), t.T("kind."+string(r.Kind)), r.Name())
	if len(r.Articles) > 0 {
		fmt.Fprint(a.stdout, strings.Join(r.Articles, "、"))
	}
	if !r.Day.IsZero() {
		fmt.Fprint(a.stdout, "  ", t.T("effects.from", r.Day.String()))
	}
	if !r.Last.IsZero() {
		fmt.Fprint(a.stdout, "  ", t.T("effects.until", r.Last.String()))
	}
	fmt.Fprintf(a.stdout, "\n    %s: %s\n", r.Pos(), r.Quote)
	if r.Target.Entry != nil {
		fmt.Fprintf(a.stdout, "    → %s  %s\n", source.Name(r.Target.Entry.Path), r.Target.Entry.Title())
	}
	for _, e := range r.Candidates {
		fmt.Fprintf(a.stdout, "    ? %s  %s\n", source.Name(e.Path), e.Title())
	}
	if r.Reason != "" {
		fmt.Fprintf(a.stdout, "    %s\n", t.T("effects.reason."+r.Reason))
	}
}
