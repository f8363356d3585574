package digest

import (
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
)

// Reading returns what the text says of its own force and of others'.
func (d *Digest) Reading() effect.Reading {
	var r effect.Reading
	if len(d.reading) > 0 {
		codeReading(&codec{in: []byte(d.reading), text: d.reading, reading: true}, &r)
	}
	return r
}

// OwnReading is Digest.Reading without what the text says of others. The anchors of
// its first and last day are those of the body.
func (u *Unpacker) OwnReading(d *Digest) *effect.Reading {
	if d.reading == "" {
		u.said = effect.Reading{}
	} else {
		codeOwn(u.codec(d.reading), &u.said)
	}
	return &u.said
}

// anchored takes the anchors that the body does not have out of what a text says
// of its own force.
func (d *Digest) anchored(r *effect.Reading) effect.Reading {
	for _, p := range []*effect.Place{&r.EffectiveP, &r.ExpiresP} {
		if !d.HasAnchor(p.Anchor) {
			p.Anchor = ""
		}
	}
	return *r
}

// packReading returns the stored form; "" for a text that says nothing.
func packReading(r effect.Reading) string {
	if len(r.Statements)+len(r.Amendments) == 0 && r.Effective.IsZero() && r.Expires.IsZero() && r.Unlisted.Quote == "" {
		return ""
	}
	c := &codec{}
	codeReading(c, &r)
	return string(c.buf)
}

// speaks reports whether a reading says anything of other documents.
func speaks(r effect.Reading) bool { return len(r.Statements) > 0 || r.Unlisted.Quote != "" }

func codeReading(c *codec, r *effect.Reading) {
	codeOwn(c, r)
	var last effect.Place
	list(c, &r.Statements, func(s *effect.Statement) {
		codeQuote(c, &last, &s.Place)
		str(c, &s.Kind)
		str(c, &s.Title)
		str(c, &s.Number)
		str(c, &s.Issuer)
		c.uint(&s.Year)
		str(c, &s.Via)
		c.date(&s.Issued)
		c.strs(&s.Articles)
		codeWhen(c, &s.From)
		codeEnd(c, &s.Until)
		for _, b := range []*bool{&s.Part, &s.Closed, &s.Listed} {
			c.bool(b)
		}
	})
}

// codeOwn codes what a text says of itself, which most who read a reading want.
func codeOwn(c *codec, r *effect.Reading) {
	var last effect.Place
	codeWhen(c, &r.Effective)
	codeQuote(c, &last, &r.EffectiveP)
	codeEnd(c, &r.Expires)
	codeQuote(c, &last, &r.ExpiresP)
	codeQuote(c, &last, &r.Unlisted)
	again(c, &r.Amendments, func(a *effect.Amendment) {
		codeQuote(c, &last, &a.Place)
		c.date(&a.Date)
		str(c, &a.By)
	})
}

func codeWhen(c *codec, w *effect.When) {
	c.date(&w.Date)
	event := int(w.Event)
	c.uint(&event)
	w.Event = effect.Event(event)
	codePeriod(c, &w.After)
	c.bool(&w.NoYear)
}

func codeEnd(c *codec, e *effect.End) {
	c.date(&e.Date)
	codePeriod(c, &e.For)
}

func codePeriod(c *codec, p *gazette.Period) {
	for _, n := range []*int{&p.Years, &p.Months, &p.Days} {
		c.uint(n)
	}
}

// codeQuote writes a place that is the last one again as one byte: the
// documents that one sentence names share it.
func codeQuote(c *codec, last, p *effect.Place) {
	again := *p == *last && !c.reading
	c.bool(&again)
	if again {
		*p = *last
		return
	}
	str(c, &p.Quote)
	c.uint(&p.Line)
	c.uint(&p.Col)
	str(c, &p.Anchor)
	*last = *p
}

// unplaced is a reading without the lines on which it stands.
func unplaced(r effect.Reading) effect.Reading {
	places := []*effect.Place{&r.EffectiveP, &r.ExpiresP, &r.Unlisted}
	for i := range r.Statements {
		places = append(places, &r.Statements[i].Place)
	}
	for i := range r.Amendments {
		places = append(places, &r.Amendments[i].Place)
	}
	for _, p := range places {
		p.Line, p.Col = 0, 0
	}
	return r
}
