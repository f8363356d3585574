package press

import (
	"gongbao/internal/font"
	"gongbao/internal/typeset"
)

// A Part is what a paragraph is on a printed page.
type Part uint8

// The parts, as they follow each other in a document.
const (
	SectionPart   Part = iota // 栏目 of an issue
	TitlePart                 // 标题
	NumberPart                // 发文字号, under the title
	AmendmentPart             // 题注
	AddresseePart             // 主送机关
	BodyPart                  // 正文
	ChapterPart               // 编、章
	HeadingPart               // 节, and headings without numbers
	Level1Part                // 一、
	Level2Part                // （一）
	AttachRefPart             // 附件说明
	SignaturePart             // 发文机关署名
	DatePart                  // 成文日期
	NotePart                  // 附注, 信息公开选项
	AttachTagPart             // 附件1
	PrintedPart               // title of what a 通知 prints, or of an annex
	QuotePart                 // quotations
	CodePart                  // preformatted text
	CellPart                  // cells of tables
	CaptionPart               // under pictures
	FootnotePart              // footnotes
	SourcePart                // 来源, 以公报刊登文本为准
	HeadPart                  // running heads
	FolioPart                 // page numbers
	partCount
)

// A Look is how a part is set. Lengths that a reader counts in characters stand
// in tenths of its em.
type Look struct {
	Font          font.Role
	Size          typeset.Length
	Leading       typeset.Length
	Align         typeset.Align
	First, Indent int
	Right         int
	Before, After typeset.Length
	Keep, Whole   bool
	Ink           typeset.Ink
}

// A Style is a form of print as data: a page, and a look for each part.
type Style struct {
	Geometry typeset.Geometry
	Looks    [partCount]Look
	Gap      int // white between Chinese and Latin, thousandths of the em
	Wide     int // of the folios' own margin, in tenths of the em
}

// paper is the trimmed size of a page.
func paper(name string) (width, height typeset.Length) {
	if name == "16K" { // 大16开
		return typeset.MM(210), typeset.MM(285)
	}
	return typeset.MM(210), typeset.MM(297)
}

// grid sets the text of a page so that lines of whole ems fill it: columns of
// ems characters of size, lines of leading.
func grid(g typeset.Geometry, size, leading typeset.Length, columns, ems int, gutter typeset.Length, lines int) typeset.Geometry {
	g.Columns, g.Gutter = columns, gutter
	g.Text = typeset.Length(columns*ems)*size + typeset.Length(columns-1)*gutter
	g.Depth = typeset.Length(lines-1)*leading + size
	return g
}

// IssueStyle is the look of a gazette: 小四宋体 on one column, 五号 on two.
func IssueStyle(paperName string, columns int) *Style {
	w, h := paper(paperName)
	g := typeset.Geometry{Width: w, Height: h, Mirror: true}
	size, leading, lines := typeset.Pt(12), typeset.Pt(20), 34
	ems, gutter := 38, typeset.Length(0)
	if columns == 2 {
		size, leading, lines = typeset.Pt(10.5), typeset.Pt(17), 40
		ems, gutter = 21, 2*size
	}
	if paperName == "16K" {
		lines--
	}
	g = grid(g, size, leading, max(1, columns), ems, gutter, lines)
	g.Inner = (w-g.Text)/2 + typeset.MM(1.5) // a little more towards the back
	g.Top = typeset.MM(25)
	s := &Style{Geometry: g, Gap: 83, Wide: 0}
	s.Looks = bodyLooks(size, leading)
	title := size + typeset.Pt(6)
	s.Looks[SectionPart] = Look{Font: font.Hei, Size: size + typeset.Pt(2), Leading: leading * 2, Align: typeset.Center, Before: leading, After: leading / 2, Keep: true, Whole: true}
	s.Looks[TitlePart] = Look{Font: font.Biaosong, Size: title, Leading: title * 3 / 2, Align: typeset.Balanced, Before: leading * 3 / 2, After: leading / 2, Keep: true, Whole: true}
	s.Looks[NumberPart] = Look{Font: font.Kai, Size: size, Leading: leading, Align: typeset.Center, After: leading / 2, Keep: true, Whole: true}
	s.Looks[HeadPart] = Look{Font: font.Song, Size: typeset.Pt(9), Leading: typeset.Pt(12)}
	s.Looks[FolioPart] = Look{Font: font.Song, Size: typeset.Pt(10.5), Leading: typeset.Pt(14)}
	return s
}

// DocumentStyle is the public form of one document on A4.
func DocumentStyle() *Style {
	w, h := paper("A4")
	size, leading := typeset.Pt(14), typeset.Pt(25)
	g := grid(typeset.Geometry{Width: w, Height: h}, size, leading, 1, 32, 0, 27)
	g.Inner, g.Top = (w-g.Text)/2, typeset.MM(28)
	s := &Style{Geometry: g, Gap: 83}
	s.Looks = bodyLooks(size, leading)
	s.Looks[TitlePart] = Look{Font: font.Biaosong, Size: typeset.Pt(22), Leading: typeset.Pt(33), Align: typeset.Balanced, Before: leading, After: leading / 2, Keep: true, Whole: true}
	s.Looks[NumberPart] = Look{Font: font.Kai, Size: size, Leading: leading, Align: typeset.Center, After: leading / 2, Keep: true, Whole: true}
	s.Looks[HeadPart] = Look{Font: font.Song, Size: typeset.Pt(9), Leading: typeset.Pt(12)}
	s.Looks[FolioPart] = Look{Font: font.Song, Size: typeset.Pt(12), Leading: typeset.Pt(16)}
	return s
}

// bodyLooks are the parts that hang on the size of the text alone.
func bodyLooks(size, leading typeset.Length) (l [partCount]Look) {
	body := Look{Font: font.Song, Size: size, Leading: leading, First: 20}
	with := func(f func(*Look)) Look {
		x := body
		f(&x)
		return x
	}
	l[BodyPart] = body
	l[AmendmentPart] = with(func(x *Look) {
		x.Font, x.First, x.Indent, x.Right, x.After, x.Align = font.Kai, 0, 20, 20, leading/2, typeset.Center
		x.Whole, x.Keep = true, true
	})
	l[AddresseePart] = with(func(x *Look) { x.First, x.Keep = 0, true })
	l[ChapterPart] = with(func(x *Look) {
		x.Font, x.First, x.Align, x.Before, x.After, x.Keep, x.Whole = font.Hei, 0, typeset.Center, leading/2, leading/2, true, true
	})
	l[HeadingPart] = with(func(x *Look) {
		x.Font, x.First, x.Align, x.Keep, x.Whole = font.Hei, 0, typeset.Center, true, true
	})
	l[Level1Part] = with(func(x *Look) { x.Font, x.Keep, x.Whole = font.Hei, true, true })
	l[Level2Part] = with(func(x *Look) { x.Font, x.Keep, x.Whole = font.Kai, true, true })
	l[AttachRefPart] = with(func(x *Look) { x.Indent, x.First, x.Whole = 50, -30, true })
	l[SignaturePart] = with(func(x *Look) { x.First, x.Align, x.Right, x.Keep, x.Whole = 0, typeset.End, 20, true, true })
	l[DatePart] = with(func(x *Look) { x.First, x.Align, x.Right, x.Whole = 0, typeset.End, 20, true })
	l[NotePart] = with(func(x *Look) { x.Whole = true })
	l[AttachTagPart] = with(func(x *Look) { x.Font, x.First, x.Before, x.Keep = font.Hei, 0, leading, true })
	l[PrintedPart] = with(func(x *Look) {
		x.Font, x.Size, x.Leading, x.First, x.Align = font.Biaosong, size+typeset.Pt(3), leading+typeset.Pt(4), 0, typeset.Balanced
		x.Before, x.After, x.Keep, x.Whole = leading, leading/2, true, true
	})
	l[QuotePart] = with(func(x *Look) { x.Font, x.Indent, x.Right = font.Kai, 20, 20 })
	l[CodePart] = with(func(x *Look) { x.Align, x.First, x.Indent = typeset.Start, 0, 20 })
	small := size - typeset.Pt(1.5)
	l[CellPart] = Look{Font: font.Song, Size: small, Leading: small * 3 / 2, Align: typeset.Start}
	l[CaptionPart] = Look{Font: font.Kai, Size: small, Leading: small * 3 / 2, Align: typeset.Center, After: leading / 2}
	l[FootnotePart] = Look{Font: font.Song, Size: typeset.Pt(9), Leading: typeset.Pt(13.5), First: 20}
	l[SourcePart] = Look{Font: font.Song, Size: typeset.Pt(9), Leading: typeset.Pt(14)}
	return l
}
