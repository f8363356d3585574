package docx

import (
	"strconv"
	"strings"
)

// The elements of WordprocessingML that are used (ECMA-376 part 1, 17). Names
// carry their prefix: encoding/xml would repeat the namespace on each element.

type val struct {
	Val string `xml:"w:val,attr"`
}

type flag struct{}

type document struct {
	XMLName struct{} `xml:"w:document"`
	NS      string   `xml:"xmlns:w,attr"`
	NSR     string   `xml:"xmlns:r,attr"`
	Body    body     `xml:"w:body"`
}

type body struct {
	Blocks  []any   // paragraph or table
	Section section `xml:"w:sectPr"`
}

type section struct {
	Footer struct {
		Type string `xml:"w:type,attr"`
		ID   string `xml:"r:id,attr"`
	} `xml:"w:footerReference"`
	Size struct {
		W      int    `xml:"w:w,attr"`
		H      int    `xml:"w:h,attr"`
		Orient string `xml:"w:orient,attr,omitempty"`
	} `xml:"w:pgSz"`
	Margin struct {
		Top    int `xml:"w:top,attr"`
		Right  int `xml:"w:right,attr"`
		Bottom int `xml:"w:bottom,attr"`
		Left   int `xml:"w:left,attr"`
		Header int `xml:"w:header,attr"`
		Footer int `xml:"w:footer,attr"`
		Gutter int `xml:"w:gutter,attr"`
	} `xml:"w:pgMar"`
}

type paragraph struct {
	XMLName struct{} `xml:"w:p"`
	Style   *val     `xml:"w:pPr>w:pStyle,omitempty"`
	Keep    *flag    `xml:"w:pPr>w:keepNext,omitempty"`
	Break   *flag    `xml:"w:pPr>w:pageBreakBefore,omitempty"`
	Over    *border  `xml:"w:pPr>w:pBdr>w:top,omitempty"`
	Border  *border  `xml:"w:pPr>w:pBdr>w:bottom,omitempty"`
	Tab     *tabStop `xml:"w:pPr>w:tabs>w:tab,omitempty"`
	Spacing *spacing `xml:"w:pPr>w:spacing,omitempty"`
	Indent  *indent  `xml:"w:pPr>w:ind,omitempty"`
	Align   *val     `xml:"w:pPr>w:jc,omitempty"`
	Runs    []run    `xml:"w:r"`
}

type indent struct {
	Chars int `xml:"w:firstLineChars,attr"`
	First int `xml:"w:firstLine,attr"`
	Right int `xml:"w:rightChars,attr,omitempty"`
	Twips int `xml:"w:right,attr,omitempty"` // the same for what knows no characters
}

type spacing struct {
	Line int    `xml:"w:line,attr"`
	Rule string `xml:"w:lineRule,attr"`
}

type tabStop struct {
	Val string `xml:"w:val,attr"`
	Pos int    `xml:"w:pos,attr"`
}

type border struct {
	Val   string `xml:"w:val,attr"`
	Size  int    `xml:"w:sz,attr"`
	Space int    `xml:"w:space,attr"`
	Color string `xml:"w:color,attr"`
}

type faces struct {
	Latin string `xml:"w:ascii,attr"`
	Asian string `xml:"w:eastAsia,attr"`
}

type run struct {
	Props *runProps `xml:"w:rPr,omitempty"`
	Parts []any     // text, br or tab
}

type runProps struct {
	Faces     *faces `xml:"w:rFonts,omitempty"`
	Bold      *flag  `xml:"w:b,omitempty"`
	Strike    *flag  `xml:"w:strike,omitempty"`
	Color     *val   `xml:"w:color,omitempty"`
	Size      *val   `xml:"w:sz,omitempty"`
	Underline *val   `xml:"w:u,omitempty"`
}

type text struct {
	XMLName struct{} `xml:"w:t"`
	Space   string   `xml:"xml:space,attr"`
	Text    string   `xml:",chardata"`
}

type br struct {
	XMLName struct{} `xml:"w:br"`
}

type tab struct {
	XMLName struct{} `xml:"w:tab"`
}

type table struct {
	XMLName struct{} `xml:"w:tbl"`
	Style   val      `xml:"w:tblPr>w:tblStyle"`
	Width   width    `xml:"w:tblPr>w:tblW"`
	Layout  struct {
		Type string `xml:"w:type,attr"`
	} `xml:"w:tblPr>w:tblLayout"`
	Grid []gridColumn `xml:"w:tblGrid>w:gridCol"`
	Rows []row        `xml:"w:tr"`
}

type width struct {
	W    int    `xml:"w:w,attr"`
	Type string `xml:"w:type,attr"`
}

type gridColumn struct {
	W int `xml:"w:w,attr"`
}

type row struct {
	CantSplit *flag  `xml:"w:trPr>w:cantSplit,omitempty"`
	Header    *flag  `xml:"w:trPr>w:tblHeader,omitempty"`
	Cells     []cell `xml:"w:tc"`
}

type cell struct {
	Width      width       `xml:"w:tcPr>w:tcW"`
	Span       *val        `xml:"w:tcPr>w:gridSpan,omitempty"`
	Merge      *val        `xml:"w:tcPr>w:vMerge,omitempty"`
	VAlign     *val        `xml:"w:tcPr>w:vAlign,omitempty"`
	Paragraphs []paragraph `xml:"w:p"`
}

// newRun makes a run: tabs and line feeds are elements, and what XML cannot
// hold is left out.
func newRun(r Run) run {
	out := run{}
	if r.Bold || r.Strike || r.Underline || r.Color != "" || r.Size > 0 || r.Face != "" {
		out.Props = &runProps{}
		if r.Bold {
			out.Props.Bold = &flag{}
		}
		if r.Strike {
			out.Props.Strike = &flag{}
		}
		if r.Color != "" {
			out.Props.Color = &val{r.Color}
		}
		if r.Face != "" {
			out.Props.Faces = &faces{r.Face, r.Face}
		}
		if r.Size > 0 {
			out.Props.Size = &val{strconv.Itoa(r.Size)}
		}
		if r.Underline {
			out.Props.Underline = &val{"single"}
		}
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			out.Parts = append(out.Parts, br{})
		}
		for j, s := range strings.Split(line, "\t") {
			if j > 0 {
				out.Parts = append(out.Parts, tab{})
			}
			if s = strings.Map(printable, s); s != "" {
				out.Parts = append(out.Parts, text{Space: "preserve", Text: s})
			}
		}
	}
	return out
}

func printable(r rune) rune {
	if r < ' ' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}
