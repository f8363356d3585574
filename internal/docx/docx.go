// Package docx writes Word documents in the form of official texts: page and
// line grid of GB/T 9704-2012, its typefaces named but not embedded, headings,
// paragraphs and tables. It knows nothing of documents (公文): callers say what
// stands where.
//
//	b, err := docx.Write(docx.Document{Title: "目录", Blocks: []docx.Block{
//		{Level: 1, Runs: docx.Text("一、规章")},
//		{Table: &docx.Table{Header: 1, Widths: []int{1, 5}, Rows: rows}},
//	}})
//
// The same Document gives the same bytes: parts are in order of their names
// and carry no time of making.
package docx

// A Document is a Word document.
type Document struct {
	Title     string // the first paragraph, and the title in the file's properties; "" for none
	Landscape bool   // A4 on its side, for wide tables
	Blocks    []Block
}

// A Block is a table, a heading or a paragraph. Where Table is set the rest
// does not count.
type Block struct {
	Level int // 1 to 4: a heading in the faces of 一、（一）1.（1）; 0: running text
	Runs  []Run
	Align Align
	Flush bool // without the indent of two characters
	Right int  // characters left free at the right
	Page  bool // begins a page
	Keep  bool // stands on the page of the next block
	Line  int  // height of a line in points, for text larger than its style; 0 for that of the style
	Rule  Rule // a line under it
	Over  Rule // a line above it
	Tail  bool // what follows a tab ends one character before the right edge
	Title bool // in the face of titles, 小标宋 of 22 pt
	Table *Table
}

// A Run is a stretch of text in one dress. A line feed in it breaks the line.
type Run struct {
	Text      string
	Bold      bool
	Strike    bool
	Underline bool
	Color     string // six hexadecimal digits, RRGGBB; "" for black
	Size      int    // half points; 0 for that of the paragraph
	Face      string // typeface; "" for that of the paragraph
}

// A Rule is a line at a paragraph, as wide as the text. Word draws none between
// two paragraphs whose lines are the same.
type Rule struct {
	Color string // "" for no line
	Width int    // eighths of a point
}

// Align is how a paragraph stands.
type Align string

// The alignments. Justified is that of running text.
const (
	Justified Align = ""
	Left      Align = "left"
	Center    Align = "center"
	Right     Align = "right"
)

// A Table is as wide as the text. Cells of a row that is short stay empty.
type Table struct {
	Widths []int // shares of the columns; nil for equal ones
	Header int   // the rows that are repeated on every page
	Rows   [][]Cell
}

// A Cell is a cell of a table.
type Cell struct {
	Paragraphs [][]Run
	Span       int  // how many columns it takes; 0 counts as 1
	Rows       int  // how many rows it takes; 0 counts as 1
	Above      bool // the cell above takes this place too
	Align      Align
}

// Text returns a text as runs.
func Text(s string) []Run { return []Run{{Text: s}} }

// TextCell returns a cell with one paragraph.
func TextCell(s string) Cell { return Cell{Paragraphs: [][]Run{Text(s)}} }

// columns is the number of columns: that of the widths, or of the widest row.
func (t *Table) columns() int {
	n := max(len(t.Widths), 1) // Word refuses a row without cells
	for _, row := range t.Rows {
		k := 0
		for _, c := range row {
			k += max(c.Span, 1)
		}
		n = max(n, k)
	}
	return n
}

// grid are the widths of the columns in twentieths of a point.
func (t *Table) grid(total int) []int {
	n := t.columns()
	shares, sum := make([]int, n), 0
	for i := range shares {
		shares[i] = 1
		if i < len(t.Widths) && t.Widths[i] > 0 {
			shares[i] = t.Widths[i]
		}
		sum += shares[i]
	}
	left := total
	for i := range shares {
		w := total * shares[i] / sum
		if i == n-1 {
			w = left
		}
		shares[i] = w
		left -= w
	}
	return shares
}
