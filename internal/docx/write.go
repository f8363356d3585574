package docx

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
)

//go:embed parts
var parts embed.FS

// fixed are the parts that are the same in every document.
var fixed = map[string]string{
	"[Content_Types].xml":          "content-types.xml",
	"_rels/.rels":                  "package-rels.xml",
	"word/_rels/document.xml.rels": "document-rels.xml",
	"word/fontTable.xml":           "fonts.xml",
	"word/footer1.xml":             "footer.xml",
	"word/settings.xml":            "settings.xml",
	"word/styles.xml":              "styles.xml",
}

// names are all parts in the order in which they are written.
var names = []string{
	"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
	"word/fontTable.xml", "word/footer1.xml", "word/settings.xml", "word/styles.xml",
}

// Measures of the page in twentieths of a point: A4, and the margins that
// leave GB/T 9704-2012's 156 mm × 225 mm (5.2.1).
const (
	short, long                 = 11906, 16838
	marginTop, marginBottom     = 2098, 1984 // 37 mm, 35 mm
	marginLeft, marginRight     = 1588, 1474 // 28 mm, 26 mm
	firstLine, firstLineChars   = 640, 200   // two characters of 16 pt
	charWidth                   = 320
	nsWord                      = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRelations                 = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsCore, nsDublin            = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "http://purl.org/dc/elements/1.1/"
	styleTitle, styleCell       = "Title", "Cell"
	styleHeading, styleText     = "Heading", "BodyText"
	highestLevel                = 4
	defaultFooter, defaultTable = "default", "Grid"
)

// Write returns the document as a .docx file.
func Write(d Document) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		content, err := part(d, name)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		// The earliest time that zip can tell: nothing is said of the making.
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func part(d Document, name string) ([]byte, error) {
	if file := fixed[name]; file != "" {
		return parts.ReadFile("parts/" + file)
	}
	if name == "word/document.xml" {
		return encode(d.xml())
	}
	return encode(core{NS: nsCore, DC: nsDublin, Title: d.Title})
}

// core are the properties of the file. Days and authors are left out: they
// would be those of the program.
type core struct {
	XMLName struct{} `xml:"cp:coreProperties"`
	NS      string   `xml:"xmlns:cp,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Title   string   `xml:"dc:title"`
}

func encode(v any) ([]byte, error) {
	b, err := xml.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), b...), nil
}

func (d Document) xml() document {
	out := document{NS: nsWord, NSR: nsRelations}
	s := &out.Body.Section
	s.Footer.Type, s.Footer.ID = defaultFooter, "rId4"
	s.Size.W, s.Size.H = short, long
	if d.Landscape {
		s.Size.W, s.Size.H, s.Size.Orient = long, short, "landscape"
	}
	s.Margin.Top, s.Margin.Bottom, s.Margin.Left, s.Margin.Right = marginTop, marginBottom, marginLeft, marginRight
	s.Margin.Header, s.Margin.Footer = 851, 1587
	if d.Title != "" {
		out.Body.Blocks = append(out.Body.Blocks, newParagraph(styleTitle, Text(d.Title), Justified))
	}
	for i, b := range d.Blocks {
		if b.Table == nil {
			out.Body.Blocks = append(out.Body.Blocks, b.xml(s.Size.W-marginLeft-marginRight))
			continue
		}
		if len(b.Table.Rows) == 0 {
			continue
		}
		out.Body.Blocks = append(out.Body.Blocks, b.Table.xml(s.Size.W-marginLeft-marginRight))
		if i == len(d.Blocks)-1 || d.Blocks[i+1].Table != nil {
			// Word joins tables that touch, and wants a paragraph at the end.
			out.Body.Blocks = append(out.Body.Blocks, newParagraph(styleCell, nil, Justified))
		}
	}
	return out
}

func (b Block) xml(width int) paragraph {
	style := styleText
	if b.Level > 0 {
		style = styleHeading + strconv.Itoa(min(b.Level, highestLevel))
	}
	if b.Title {
		style = styleTitle
	}
	p := newParagraph(style, b.Runs, b.Align)
	if b.Flush || b.Align == Center || b.Align == Right {
		p.Indent = &indent{Right: b.Right * 100, Twips: b.Right * charWidth}
	}
	if b.Page {
		p.Break = &flag{}
	}
	if b.Keep {
		p.Keep = &flag{}
	}
	if b.Line > 0 {
		p.Spacing = &spacing{20 * b.Line, "exact"}
	}
	p.Over, p.Border = b.Over.xml(), b.Rule.xml()
	if b.Tail {
		p.Tab = &tabStop{"right", width - charWidth}
	}
	return p
}

func (r Rule) xml() *border {
	if r.Color == "" {
		return nil
	}
	return &border{"single", r.Width, 1, r.Color}
}

func newParagraph(style string, runs []Run, align Align) paragraph {
	p := paragraph{Style: &val{style}}
	if align != Justified {
		p.Align = &val{string(align)}
	}
	for _, r := range runs {
		p.Runs = append(p.Runs, newRun(r))
	}
	return p
}

func (t *Table) xml(total int) table {
	out := table{Style: val{defaultTable}, Width: width{total, "dxa"}}
	out.Layout.Type = "fixed"
	grid := t.grid(total)
	for _, w := range grid {
		out.Grid = append(out.Grid, gridColumn{w})
	}
	for i, cells := range t.Rows {
		r := row{CantSplit: &flag{}} // a row is read as one
		if i < t.Header {
			r.Header = &flag{}
		}
		at := 0
		for _, c := range cells {
			span := max(c.Span, 1)
			r.Cells = append(r.Cells, c.xml(sum(grid[at:at+span]), span))
			at += span
		}
		for ; at < len(grid); at++ {
			r.Cells = append(r.Cells, Cell{}.xml(grid[at], 1))
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func (c Cell) xml(w, span int) cell {
	out := cell{Width: width{w, "dxa"}}
	if span > 1 {
		out.Span = &val{strconv.Itoa(span)}
	}
	if c.Above {
		out.Merge = &val{"continue"}
	} else if c.Rows > 1 {
		out.Merge, out.VAlign = &val{"restart"}, &val{"center"}
	}
	for _, runs := range c.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, newParagraph(styleCell, runs, c.Align))
	}
	if len(c.Paragraphs) == 0 { // a cell must hold one
		out.Paragraphs = []paragraph{newParagraph(styleCell, nil, c.Align)}
	}
	return out
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}
