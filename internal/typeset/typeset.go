// Package typeset sets Chinese text: it breaks paragraphs into lines and lines
// into pages, and says where every run of characters stands. It knows nothing
// of files of fonts, of PDF, or of official documents; widths of characters are
// asked of a Measure.
//
//	s := typeset.Setter{Measure: widths}
//	pages := s.Set([]typeset.Block{&typeset.Paragraph{…}}, geometry)
//
// A line is filled as Chinese printers fill it (GB/T 15834-2011, and the
// practice described in CLREQ): a mark never begins a line that may not begin
// one; two marks in a row share the white between them; a line that is a little
// too long loses the white of some marks, one that is short is spread evenly,
// so that the right edge is straight and text without Latin words stands on the
// grid of the em. Latin words and numbers are not spread. Marks without their white are cut to half an em (Run.Half)
// instead of being drawn over, so that the text that is read out of the page is
// the text that was put in.
package typeset

// A Measure returns the advance of a character in thousandths of the em.
type Measure func(Font, rune) int

// A Setter sets blocks. It must not be used by two goroutines at once.
type Setter struct {
	Measure Measure
	Gap     int  // white between Chinese and Latin, thousandths of the em
	Hang    bool // a stop may hang in the margin at the end of a line
	Full    bool // columns are full to the last line: single first and last lines are not moved

	glyphs []glyph // of the paragraph at hand
	order  []int   // of marks in a line
	found  []line
	tried  []line
	made   []Run // of which runs of lines are parts
}

// A Span is a piece of text in one style.
type Span struct {
	Text  string
	Font  Font
	Size  Length
	Ink   Ink
	Raise Length // of the baseline
	Link  string // where it leads, see Link.To; "" for nowhere
	Note  *Note  // the footnote of which it is the mark
}

// A Note is a footnote. It stands at the foot of the column in which its first
// mark stands; a note for which there is no room goes on in the next.
type Note struct {
	Blocks []*Paragraph
}

// Align says where the lines of a paragraph stand.
type Align uint8

// The alignments.
const (
	Justified Align = iota // both edges straight, the last line at the start
	Start
	Center
	End
	Balanced // centred, in few lines of like length that end at good places: titles
)

// A Block is a part of the flow of text.
type Block interface{ block() }

// A Paragraph is text that is broken into lines. U+200B in its text is a place
// where a balanced line likes to end, U+2060 one where no line ends; neither is
// printed.
type Paragraph struct {
	Spans   []Span
	Align   Align
	Indent  Length // of all lines, at the start
	First   Length // of the first line, in addition; may be negative
	Right   Length // of all lines, at the end
	Leading Length // from baseline to baseline
	Before  Length // dropped at the top of a column
	After   Length
	Keep    bool   // stands in the column in which the next block begins
	Whole   bool   // all lines stand in one column
	Mark    string // name of the place where it begins
	Tail    []Span // stands at the end of the last line, behind leaders, or on a line of its own
	Bar     bool   // has a bar in the margin before it: changed since the last proof
}

// A Picture is an illustration, scaled down to the column where it is larger.
type Picture struct {
	Name          string
	Width, Height Length // as large as it wants to be
	Before, After Length
	Keep          bool
	Mark          string
}

// A Drawing is a block of fixed form. Places are measured from its upper left
// corner.
type Drawing struct {
	Height   Length
	Runs     []Run
	Rules    []Rule
	Pictures []PlacedPicture
	Links    []Link
	Before   Length
	After    Length
	Keep     bool
	Foot     bool // stands at the foot of the column
	Mark     string
}

// A Break ends a column or page.
type Break uint8

// The breaks. NewRecto begins a page with an odd number, after a blank page
// where that is needed.
const (
	NewColumn Break = iota
	NewPage
	NewRecto
)

func (*Paragraph) block() {}
func (*Picture) block()   {}
func (*Drawing) block()   {}
func (*Table) block()     {}
func (Break) block()      {}

// A Geometry is a page and where its text stands. Columns stand beside each
// other within the width of the text.
type Geometry struct {
	Width, Height Length // of the trimmed paper
	Top, Inner    Length // from the edges to the text; Inner is left on odd pages
	Text          Length // width of the text
	Depth         Length // height of the text
	Columns       int    // 0 counts as 1
	Gutter        Length // between columns
	Mirror        bool   // on even pages Inner is on the right
	First         int    // number of the first page; even numbers are verso; 0 counts as 1
}

// Column returns the width of a column.
func (g Geometry) Column() Length {
	n := Length(max(1, g.Columns))
	return (g.Text - (n-1)*g.Gutter) / n
}

// Left returns where the text of a page begins, by the page's number.
func (g Geometry) Left(number int) Length {
	if g.Mirror && number%2 == 0 {
		return g.Width - g.Inner - g.Text
	}
	return g.Inner
}
