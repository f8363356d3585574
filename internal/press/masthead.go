package press

import (
	"strings"

	"gongbao/internal/font"
	"gongbao/internal/typeset"
)

// fit makes a text as large as it may be and as a line holds.
func fit(text string, most, width typeset.Length) typeset.Length {
	return min(most, width/typeset.Length(max(1, len([]rune(text)))))
}

// mark is 发文机关标志: names of all issuers over each other where there are
// several, 文件 beside them in the middle.
func (o *official) mark() []string {
	doc := o.entry.Document
	names := doc.Issuers
	if len(names) == 0 {
		names = []string{o.Catalog.Config.Site.Sponsor}
	}
	switch o.form {
	case orderForm:
		if s := o.entry.Number.Series; s != "" {
			return []string{s}
		}
		return []string{strings.Join(names, "、") + "令"}
	case minutesForm:
		suffix := "纪要"
		for _, kind := range []string{"常务会议纪要", "全体会议纪要", "专题会议纪要", "办公会议纪要", "联席会议纪要", "会议纪要"} {
			if strings.HasSuffix(o.entry.Title(), kind) {
				suffix = kind
				break
			}
		}
		return []string{names[0] + suffix}
	}
	return names
}

// head is the 版头: mark, number, red line. It stands at the head of the first
// page, measured from the upper edge of the text.
func (o *official) head() []typeset.Block {
	d := &typeset.Drawing{Mark: "d", Keep: true}
	var y typeset.Length
	switch o.form {
	case letterForm:
		return o.letterHead()
	case orderForm:
		y = typeset.MM(20)
	default:
		y = typeset.MM(35)
	}
	y = o.masthead(d, y)
	middle := o.style.Geometry.Text / 2
	// 发文字号 two lines under the mark; of minutes there is none.
	if text := o.orderNumber(); text != "" {
		y += officialLine * 2
		number := o.style.Looks[NumberPart]
		number.Size = fit(text, officialEm, o.style.Geometry.Text)
		o.put(d, &number, text, typeset.Center, middle, y+officialEm*88/100)
		y += officialEm
	}
	if o.form == orderForm {
		d.Height = y + officialLine*2
		return []typeset.Block{d}
	}
	y += typeset.MM(4)
	d.Rules = append(d.Rules, typeset.Rule{Y: y, Width: o.style.Geometry.Text, Height: redRule, Ink: redInk})
	d.Height = y + redRule + officialLine*2
	return []typeset.Block{d}
}

// orderNumber is the number as the form prints it: 第5号 of an order.
func (o *official) orderNumber() string {
	n := o.entry.Document.Number
	if o.form == orderForm {
		if i := strings.Index(n, "第"); i >= 0 {
			return n[i:]
		}
	}
	return n
}

// masthead sets the mark with its upper edge at y and returns its lower edge.
func (o *official) masthead(d *typeset.Drawing, y typeset.Length) typeset.Length {
	names := o.mark()
	width := o.style.Geometry.Text
	most := typeset.Pt(48)
	suffix := ""
	if o.form == paperForm {
		suffix = o.Words("print.papers")
	}
	longest := ""
	for _, n := range names {
		if len([]rune(n)) > len([]rune(longest)) {
			longest = n
		}
	}
	if len(names) == 1 && fit(longest+suffix, most, width) < smallest {
		return o.wrapped(d, longest+suffix, y)
	}
	if len(names) == 1 {
		look := Look{Font: font.Biaosong, Size: fit(longest+suffix, most, width), Ink: redInk}
		o.put(d, &look, longest+suffix, typeset.Center, width/2, y+look.Size*88/100)
		return y + look.Size
	}
	// 联合行文: names in one column, spread to the same width, 文件 to their right.
	// So many that the text would not begin on the first page stand closer.
	pitch := typeset.Length(14)
	size := fit(longest+suffix+"　", min(most, typeset.Pt(30)), width)
	if room := tallest / typeset.Length(len(names)); size*pitch/10 > room {
		if size = room * 10 / pitch; size < typeset.Pt(14) {
			pitch = 12
			size = min(typeset.Pt(14), room*10/pitch)
		}
	}
	look := Look{Font: font.Biaosong, Size: size, Ink: redInk}
	block := size * typeset.Length(len([]rune(longest)))
	total := block + size/2 + size*typeset.Length(len([]rune(suffix)))
	left := (width - total) / 2
	for i, n := range names {
		o.spread(d, &look, n, left, block, y+size*88/100+typeset.Length(i)*size*pitch/10)
	}
	height := size + typeset.Length(len(names)-1)*size*pitch/10
	o.put(d, &look, suffix, typeset.Start, left+block+size/2, y+height/2-size/2+size*88/100)
	return y + height
}

// smallest is the size of a mark under which it stands on several lines, tallest
// the height that the marks of several issuers may have.
var (
	smallest = typeset.Pt(22)
	tallest  = typeset.MM(90)
)

// wrapped sets a mark that is too long for a line on several, of like length.
func (o *official) wrapped(d *typeset.Drawing, text string, y typeset.Length) typeset.Length {
	look := Look{Font: font.Biaosong, Size: typeset.Pt(30), Leading: typeset.Pt(42), Align: typeset.Balanced, Ink: redInk}
	g := o.style.Geometry
	set := o.setter.Set([]typeset.Block{look.paragraph(look.span(text))}, typeset.Geometry{Width: g.Text, Height: g.Depth, Text: g.Text, Depth: g.Depth})
	bottom := y
	for _, r := range set[0].Runs {
		r.Y += y
		bottom = max(bottom, r.Y-look.Size*88/100+look.Size)
		d.Runs = append(d.Runs, r)
	}
	return bottom
}

// spread sets a text over a width.
func (o *official) spread(d *typeset.Drawing, l *Look, text string, x, width, y typeset.Length) {
	rs := o.setter.Line(l.span(text), x, y)
	if n := len([]rune(text)); len(rs) == 1 && n > 1 {
		rs[0].Track = (width - o.setter.Width(l.span(text))) / typeset.Length(n-1)
	}
	d.Runs = append(d.Runs, rs...)
}

// put adds a line of text to a drawing.
func (o *official) put(d *typeset.Drawing, l *Look, text string, align typeset.Align, x, y typeset.Length) {
	f := flow{setting: o.setting, entry: o.entry, line: 1}
	f.check(l.Font, text)
	var p typeset.Page
	o.line(&p, l, text, align, x, y)
	d.Runs = append(d.Runs, p.Runs...)
}

// letterHead is the head of a 函: the mark 30 mm from the paper's edge, under it
// the double line, 170 mm wide, the number at the right under it.
func (o *official) letterHead() []typeset.Block {
	g := o.style.Geometry
	d := &typeset.Drawing{Mark: "d", Keep: true}
	name := o.mark()[0] // of several, the one in charge (GB/T 9704-2012 10.1)
	look := Look{Font: font.Biaosong, Size: fit(name, typeset.Pt(42), typeset.MM(160)), Ink: redInk}
	top := typeset.MM(30) - g.Top // of the mark, from the upper edge of the text
	middle := g.Width/2 - g.Inner // of the paper
	o.put(d, &look, name, typeset.Center, middle, top+look.Size*88/100)
	y := top + look.Size + typeset.MM(4)
	d.Rules = append(d.Rules, doubleRule(middle, y, true)...)
	y += typeset.MM(2) + officialEm*7/8
	number := o.style.Looks[NumberPart]
	number.Size = fit(o.entry.Document.Number, officialEm, g.Text)
	o.put(d, &number, o.entry.Document.Number, typeset.End, g.Text, y+officialEm*88/100)
	d.Height = y + officialEm + officialLine*2
	return []typeset.Block{d}
}

// doubleRule is the red double line of a letter, the thick one above or below.
func doubleRule(middle, y typeset.Length, thickAbove bool) []typeset.Rule {
	w := typeset.MM(170)
	thick, thin := typeset.MM(1), typeset.MM(0.35)
	first, second := thick, thin
	if !thickAbove {
		first, second = thin, thick
	}
	return []typeset.Rule{
		{X: middle - w/2, Y: y, Width: w, Height: first, Ink: redInk},
		{X: middle - w/2, Y: y + first + typeset.MM(0.5), Width: w, Height: second, Ink: redInk},
	}
}
