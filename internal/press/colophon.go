package press

import (
	"strings"

	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// imprint is the 版记 at the foot of the last page: 抄送, then who printed it
// when; between lines the rules of the standard. A letter has no printer.
func (o *official) imprint() []typeset.Block {
	doc := o.entry.Document
	var copies []string
	printed := ""
	o.tree.Walk(func(b *markup.Block) {
		switch b.Role {
		case markup.CopyTo:
			copies = append(copies, strings.TrimSpace(b.PlainText()))
		case markup.PrintedBy:
			printed = strings.TrimSpace(b.PlainText())
		}
	})
	if copies == nil && len(doc.CopyTo) > 0 {
		copies = []string{o.Words("print.copy-to", strings.TrimRight(strings.Join(doc.CopyTo, "，"), "。 "))}
	}
	by, on := "", ""
	switch {
	case printed != "":
		by, on = splitPrinted(printed)
	case !doc.Printed.IsZero():
		by, on = o.printer(), o.Words("print.printed", doc.Printed.Zh())
	}
	if o.form == letterForm {
		by, on = "", ""
	}
	if copies == nil && on == "" {
		return nil
	}
	return []typeset.Block{o.imprintBlock(copies, by, on)}
}

func (o *official) imprintBlock(copies []string, by, on string) *typeset.Drawing {
	g := o.style.Geometry
	l := &o.style.Looks[SourcePart]
	d := &typeset.Drawing{Foot: true}
	var y typeset.Length
	lineAt := func(thickness typeset.Length) {
		if o.form != letterForm {
			d.Rules = append(d.Rules, typeset.Rule{Y: y, Width: g.Text, Height: thickness})
		}
	}
	lineAt(thickRule)
	for _, c := range copies {
		p := l.paragraph(l.span(c))
		p.Indent, p.First, p.Right = l.Size*4, -3*l.Size, l.Size
		set := o.setter.Set([]typeset.Block{p}, typeset.Geometry{Width: g.Text, Height: g.Depth, Text: g.Text, Depth: g.Depth})
		pad := (l.Leading - l.Size) / 2
		bottom := y
		for _, r := range set[0].Runs {
			r.Y += y + pad
			bottom = max(bottom, r.Y)
			d.Runs = append(d.Runs, r)
		}
		y = bottom - l.Size*88/100 + l.Size + pad
	}
	if on != "" {
		if len(copies) > 0 {
			lineAt(thinRule)
		}
		base := y + (l.Leading-l.Size)/2 + l.Size*88/100
		o.put(d, l, by, typeset.Start, l.Size, base)
		o.put(d, l, on, typeset.End, g.Text-l.Size, base)
		y += l.Leading
	}
	lineAt(thickRule)
	d.Height = y + thickRule
	return d
}

// printer is 印发机关: the office that runs the site for its own issuers, else
// the issuer itself.
func (o *official) printer() string {
	doc := o.entry.Document
	if sponsor := o.Catalog.Config.Site.Sponsor; sponsor != "" && (len(doc.Issuers) == 0 || o.Catalog.Own(o.entry)) {
		return sponsor
	}
	return strings.Join(doc.Issuers[:min(1, len(doc.Issuers))], "")
}

// splitPrinted takes 某办公室 2023年5月18日印发 apart.
func splitPrinted(s string) (by, on string) {
	for i, r := range s {
		if r >= '0' && r <= '9' || r == '二' && strings.Contains(s[i:], "〇") {
			return strings.TrimSpace(strings.TrimRight(s[:i], " 　")), s[i:]
		}
	}
	return "", s
}
