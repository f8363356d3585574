package typeset

import "strings"

// A slab is a part of the flow that is not divided: a line, a row of a table, a
// picture. Its parts are measured from the upper left corner, x from the left
// of the column.
type slab struct {
	before, after Length // white around it, dropped at the ends of a column
	height        Length
	ink           Length // of height: what must fit into the column
	keep          bool   // stands in the column in which the next one begins
	tight         bool   // likewise, above all: first and last lines
	foot          bool
	end           bool // a Break
	breaks        Break
	mark          string
	runs          []Run
	more          *parts // nil for most lines
}

// parts are what few slabs have.
type parts struct {
	rules     []Rule
	pictures  []PlacedPicture
	links     []Link
	marks     []Mark
	notes     []*Note
	feet      []slab // the lines of notes, those of the flow alone
	head      []slab // repeated above it where it begins a column
	box, line Length // of a table: its width, and the thickness of its lines
	open      bool   // no line of the table's own lies all along its upper edge
	ends      bool   // it is the end of a table
}

// feet are the lines of the notes of a slab.
func (sl *slab) feet() []slab {
	if sl.more == nil {
		return nil
	}
	return sl.more.feet
}

// barWidth is the width of the bar beside a changed paragraph, barAway its
// distance from the text.
const (
	barWidth = 1500
	barAway  = 8000
)

// rise is how far the baseline lies under the top of the em.
const rise = 880 // thousandths, as in most Chinese fonts

func (s *Setter) slabs(blocks []Block, column, depth Length) []slab {
	out := make([]slab, 0, len(blocks)*2)
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			out = s.paragraph(out, b, column)
		case *Picture:
			out = append(out, b.slab(column, depth))
		case *Drawing:
			out = append(out, slab{
				before: b.Before, after: b.After, height: b.Height, ink: b.Height, keep: b.Keep, foot: b.Foot, mark: b.Mark,
				runs: b.Runs, more: &parts{rules: b.Rules, pictures: b.Pictures, links: b.Links},
			})
		case *Table:
			out = s.table(out, b, column, depth)
		case Break:
			out = append(out, slab{end: true, breaks: b})
		}
	}
	return out
}

// paragraph appends the lines of a paragraph. A column neither ends after its
// first line nor begins with its last.
func (s *Setter) paragraph(out []slab, p *Paragraph, column Length) []slab {
	tail := s.Width(p.Tail)
	gs := s.text(p.Spans)
	ls := s.lines(p, gs, column, tail)
	first := len(out)
	for _, l := range ls {
		out = append(out, p.slab(s.compose(p, gs, l)))
	}
	if len(p.Tail) > 0 {
		out = s.tail(out, first, p, column)
	}
	n := len(out) - first
	if n == 0 {
		if p.Mark != "" || p.Leading > 0 {
			out = append(out, slab{before: p.Before, after: p.After, height: p.Leading, keep: p.Keep, mark: p.Mark})
		}
		return out
	}
	lines := out[first:]
	lines[0].before, lines[0].mark = p.Before, p.Mark
	lines[n-1].after, lines[n-1].keep = p.After, p.Keep
	for i := range lines[:n-1] {
		lines[i].tight = !s.Full && (i == 0 || i == n-2)
		lines[i].keep = p.Whole || lines[i].tight
	}
	return out
}

// slab makes a slab of a composed line.
func (p *Paragraph) slab(st strip) slab {
	base := st.em * rise / 1000
	for i := range st.runs {
		st.runs[i].Y += base
	}
	for i := range st.links {
		st.links[i].Y += base
	}
	sl := slab{height: max(p.Leading, st.em), ink: st.em, runs: st.runs}
	if st.links != nil || st.notes != nil || p.Bar {
		sl.more = &parts{links: st.links, notes: st.notes}
	}
	if p.Bar {
		sl.more.rules = []Rule{{X: -barAway, Width: barWidth, Height: sl.height}}
	}
	return sl
}

// tail sets what stands at the end of a last line, with leaders before it. Dots
// of all lines stand under each other. Where there is no room for it, it stands
// on a line of its own.
func (s *Setter) tail(out []slab, first int, p *Paragraph, column Length) []slab {
	sp := p.Tail[0]
	at := column - p.Right - s.Width(p.Tail)
	left := Length(0)
	if len(out) > first {
		sl := &out[len(out)-1]
		for i := range sl.runs {
			left = max(left, sl.runs[i].X+s.runWidth(&sl.runs[i]))
		}
	}
	if len(out) == first || at < left {
		left, at = 0, max(0, at)
		out = append(out, slab{height: max(p.Leading, sp.Size), ink: sp.Size})
	}
	sl := &out[len(out)-1]
	base := sl.ink * rise / 1000
	dot := s.advance(sp.Font, sp.Size, '·')
	step := max(dot, sp.Size/2, 1)
	end := (at - sp.Size/2) / step * step
	if n := (end - left - sp.Size/2 - 1) / step; n > 0 && left > 0 {
		sl.runs = append(sl.runs, Run{
			X: end - n*step, Y: base, Font: sp.Font, Size: sp.Size, Ink: sp.Ink, Track: step - dot, Text: strings.Repeat("·", int(n)),
		})
	}
	sl.runs = append(sl.runs, s.Line(p.Tail, at, base)...)
	if sp.Link != "" {
		if sl.more == nil {
			sl.more = &parts{}
		}
		sl.more.links = append(sl.more.links, Link{X: at, Y: 0, Width: column - p.Right - at, Height: sl.height, To: sp.Link})
	}
	return out
}

func (s *Setter) runWidth(r *Run) Length {
	var w Length
	for _, c := range r.Text {
		if r.Half {
			w += r.Size/2 + r.Track
			continue
		}
		w += s.advance(r.Font, r.Size, c) + r.Track
	}
	return w
}

// slab scales a picture to the column, in proportion.
func (p *Picture) slab(column, depth Length) slab {
	w, h := max(1, p.Width), max(1, p.Height)
	column, depth = max(1, column), max(1, depth)
	if w > column {
		w, h = column, max(1, Length(int64(h)*int64(column)/int64(w)))
	}
	if h > depth {
		w, h = max(1, Length(int64(w)*int64(depth)/int64(h))), depth
	}
	return slab{
		before: p.Before, after: p.After, height: h, ink: h, keep: p.Keep, mark: p.Mark,
		more: &parts{pictures: []PlacedPicture{{X: (column - w) / 2, Width: w, Height: h, Name: p.Name}}},
	}
}
