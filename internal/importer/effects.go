package importer

import (
	"slices"

	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// onPublication stands for every 自公布之日 and 自印发之日: inspect never computes.
const onPublication = "on-publication"

// read adds what the text says of its own force and of others, where the front
// matter leaves it open.
func (o *Object) read(d *gazette.Document, r effect.Reading, line func(n int, text string) int) {
	if o.Effective == nil && o.onPublication {
		v := onPublication
		o.Effective = &v
	}
	if v := effectiveOf(r.Effective, d); v != "" && (d.Effective.IsZero() || o.Evidence["effective"].Text != "effective") {
		o.Effective = &v
		o.evidence("effective", r.EffectiveP, line)
	}
	if o.Expires == nil && !r.Expires.IsZero() {
		o.Expires = expiryOf(r.Expires)
		o.evidence("expires", r.ExpiresP, line)
	}
	for _, s := range r.Statements {
		if key := evidenceKey[s.Kind]; key != "" && o.Evidence[key].Text == "" {
			o.evidence(key, s.Place, line) // the first of several
		}
		o.statement(s)
	}
}

// evidenceKey names the field of a statement.
var evidenceKey = map[gazette.RelationKind]string{
	gazette.Repeals: "repeals", gazette.Lapses: "repeals", gazette.Extends: "extends", gazette.Suspends: "suspends",
}

// evidence keeps the sentence. line turns a line of the Markdown into one of the
// file.
func (o *Object) evidence(key string, p effect.Place, line func(n int, text string) int) {
	o.Evidence[key] = Evidence{Text: p.Quote, Line: line(p.Line, p.Quote), Confidence: 0.9}
}

// effectiveOf returns the date as written, on-publication, or "".
func effectiveOf(w effect.When, d *gazette.Document) string {
	switch {
	case w.NoYear:
		return w.InYearOf(d.Signed).String()
	case !w.Date.IsZero():
		return w.Date.String()
	case w.Event == effect.Publication, w.Event == effect.Printing:
		return onPublication
	case w.Event == effect.Adoption:
		return d.Signed.String()
	}
	return ""
}

func expiryOf(e effect.End) *Expiry {
	if !e.Date.IsZero() {
		return &Expiry{Date: e.Date.String()}
	}
	return &Expiry{Years: e.For.Years, Months: e.For.Months, Days: e.For.Days}
}

// untilOf returns the last day as text, the added time, or nil.
func untilOf(e effect.End) any {
	switch {
	case !e.Date.IsZero():
		return e.Date.String()
	case !e.For.IsZero():
		return expiryOf(e)
	}
	return nil
}

// says reports whether a relation is what a text states of the same document, by
// number or title.
func (r RelationObject) says(s effect.Statement) bool {
	if r.Kind != string(s.Kind) || !slices.Equal(r.Articles, some(s.Articles)) {
		return false
	}
	if r.Number != nil && s.Number != "" {
		a, ok := gazette.ParseNumber(*r.Number)
		b, also := gazette.ParseNumber(s.Number)
		return ok && also && a.Key() == b.Key()
	}
	return r.Title != nil && zh.Fold(*r.Title) == zh.Fold(s.Title)
}

func (o *Object) statement(s effect.Statement) {
	title, number := opt(s.Title), opt(s.Number)
	if slices.ContainsFunc(o.Relations, func(r RelationObject) bool { return r.says(s) }) {
		return // front matter says it
	}
	switch s.Kind {
	case gazette.Repeals, gazette.Lapses:
		scope := "whole"
		if s.Part {
			scope = "part"
		}
		o.Repeals = append(o.Repeals, RepealObject{title, number, opt(s.Issued.String()), scope})
	case gazette.Extends:
		o.Extends = append(o.Extends, ExtendObject{number, title, untilOf(s.Until)})
	case gazette.Suspends:
		until, _ := untilOf(s.Until).(string)
		o.Suspends = append(o.Suspends, SuspendObject{number, title, some(s.Articles), opt(until)})
	}
	o.Relations = append(o.Relations, RelationObject{Kind: string(s.Kind), Title: title, Number: number, Articles: some(s.Articles)})
}
