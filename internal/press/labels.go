package press

import (
	"fmt"
	"strconv"

	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// SheetThickness is the thickness of a sheet of 80 g offset paper in mm, from
// which Spine is counted.
const SheetThickness = "0.10"

const sheetThickness = 0.10

// Spine returns the width of the spine of a glued issue in mm: a sheet has two
// pages.
func Spine(pages int) string { return fmt.Sprintf("%.1f", float64(pages)/2*sheetThickness) }

// Labels lays out address labels of the places that receive copies, three by
// eight on A4 (70×37 mm), in the order of the register.
func (p *Press) Labels(o Options) (*Laid, []diag.Finding, error) {
	const columns, rows = 3, 8
	s := p.setting(IssueStyle("A4", 1), o)
	w, h := typeset.MM(70), typeset.MM(37)
	var pages []typeset.Page
	n := 0
	for _, x := range p.Catalog.Data.Places {
		if x.Copies == 0 {
			continue
		}
		if n%(columns*rows) == 0 {
			pages = append(pages, typeset.Page{Width: typeset.MM(210), Height: typeset.MM(297)})
		}
		page := &pages[len(pages)-1]
		k := n % (columns * rows)
		left, top := typeset.Length(k%columns)*w, typeset.Length(k/columns)*h+typeset.MM(0.5)
		s.label(page, left+typeset.MM(5), top+typeset.MM(5), w-typeset.MM(10), h-typeset.MM(8),
			x.Postcode, x.Address, join("　", x.Name, x.Contact), p.Words("print.copies", strconv.Itoa(x.Copies)))
		n++
	}
	b := &Book{Purpose: o.Purpose, Pages: pages, Info: Info{Title: p.Words("print.labels"), Language: "zh-CN"}}
	s.sweep(diag.Pos{File: source.Name("data/distribution.toml")}, b)
	return &Laid{Book: b}, s.findings, nil
}

// label sets the lines of one label, smaller where they are long. The smallest
// type that is tried is too small to read but loses nothing.
func (s *setting) label(page *typeset.Page, x, y, width, height typeset.Length, postcode, address, name, copies string) {
	g := typeset.Geometry{Width: page.Width, Height: page.Height, Top: y, Inner: x, Text: width, Depth: height}
	for size := typeset.Pt(10); ; size = size * 9 / 10 {
		small := Look{Font: font.Song, Size: size, Leading: size * 14 / 10}
		strong := Look{Font: font.Hei, Size: size * 11 / 10, Leading: size * 16 / 10}
		var blocks []typeset.Block
		for i, text := range []string{postcode, address, name, copies} {
			l := &small
			if i == 2 {
				l = &strong
			}
			if text != "" {
				blocks = append(blocks, l.paragraph(l.span(text)))
			}
		}
		if set := s.setter.Set(blocks, g); len(set) <= 1 || size < typeset.Pt(1) {
			for _, p := range set {
				page.Runs = append(page.Runs, p.Runs...)
			}
			return
		}
	}
}
