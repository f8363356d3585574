package extract

// A Format is what a file is, whatever its name says.
type Format string

// The formats.
const (
	Word     Format = "docx"
	Web      Format = "html"
	PDF      Format = "pdf"
	Text     Format = "txt"
	Markdown Format = "md"
	Workbook Format = "xlsx"
	CSV      Format = "csv"
)

// A Document is what a file holds, in reading order: what stands there and in
// which form, never what it means.
type Document struct {
	Format   Format
	Blocks   []Block
	Fields   []Field   // label and value, apart from the text: rows of a metadata table, <meta>, properties
	Notes    []Note    // footnotes and endnotes, by number
	Pictures []Picture // those that blocks name
	Links    []Link    // to files: what stands there as an attachment
	Removed  []Removed // what cleaners took out of the text
	Problems []Problem // what could not be read, or needs a person
	Comments int       // of reviewers; their text is left out
	Changes  int       // tracked changes; their Problem says whether they were accepted
}

// A BlockKind is the kind of a block.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading             // marked as one in the file, by style or tag; Level from 1
	TableBlock
	PictureBlock
)

// A Block is a paragraph, a table or a picture.
type Block struct {
	Kind    BlockKind
	Level   int   // of a Heading
	Runs    []Run // the number that the file counts by itself is part of the text: 一、
	Center  bool
	Right   bool
	Rows    [][]Cell
	Picture string // name in Document.Pictures
	Line    int    // where it begins: line of a text, number of a paragraph of others, from 1
	Page    int    // of a PDF, from 1
	Break   bool   // a page begins before it
	Indent  bool   // of a PDF: the printed line begins where paragraphs do, about two characters in
	Full    bool   // of a PDF: the printed line reaches the right margin, so that its paragraph may go on
}

// A Run is text in one form. A Run with Note is the mark of a footnote.
type Run struct {
	Text string // a line break is \n
	Bold bool
	Note int
	Link string
}

// A Cell is a cell of a table; what a cell covers has no cells of its own.
type Cell struct {
	Runs       []Run
	Cols, Rows int // 0 counts as 1
}

// A Field is a label with its value, spaces around and inside the label gone.
// The label is "" where a date stands alone among labels. Properties of a file
// have their own names: <title> is title, <meta> what it says.
type Field struct {
	Label, Value string
	Line         int
}

// A Note is a footnote.
type Note struct {
	Number int
	Runs   []Run
}

// A Picture is the file of a picture.
type Picture struct {
	Name string // of the file, local and safe
	Data []byte // nil where the file only names it
}

// A Link leads to a file beside the document.
type Link struct {
	Title, To string
	Line      int
}

// A Removed is text that a cleaner took out.
type Removed struct {
	Cleaner string
	Text    string
	Line    int
}

// The cleaners. Each can be switched off.
const (
	Navigation = "navigation" // menus, crumbs, footers, sharing and font-size tools of a page
	Furniture  = "furniture"  // running heads, folios, marks of a printing browser
	Metadata   = "metadata"   // what stands in Fields
	Doubled    = "doubled"    // a title or text that stands there twice
	Spaces     = "spaces"     // spaces for layout
	Lines      = "lines"      // line breaks inside sentences
	Hidden     = "hidden"     // what a page holds but does not show
)

// Cleaners returns the names of all cleaners.
func Cleaners() []string {
	return []string{Navigation, Furniture, Metadata, Doubled, Spaces, Lines, Hidden}
}

// A ProblemKind says what is wrong with a file.
type ProblemKind string

// The problems. Those that stop reading come back as the error of Read.
const (
	Broken       ProblemKind = "broken"        // truncated, damaged
	Large        ProblemKind = "large"         // more than is unpacked
	Encrypted    ProblemKind = "encrypted"     // asks for a password
	Unsupported  ProblemKind = "unsupported"   // a format that is not read
	Mislabelled  ProblemKind = "mislabelled"   // the name says another format
	Scanned      ProblemKind = "scanned"       // pictures without text: needs OCR
	Tracked      ProblemKind = "tracked"       // tracked changes that nobody accepted
	Macros       ProblemKind = "macros"        // were not run
	External     ProblemKind = "external"      // what lies elsewhere was not fetched
	Encoding     ProblemKind = "encoding"      // bytes that are no text in any known encoding
	Embedded     ProblemKind = "embedded"      // an object that was left out
	PictureLost  ProblemKind = "picture-lost"  // a picture without its file
	NotDocument  ProblemKind = "not-document"  // a list page, an error page
	SeveralTexts ProblemKind = "several-texts" // more than one document
)

// A Problem is what is wrong at one place.
type Problem struct {
	Kind   ProblemKind
	Detail string
	Line   int
}

// Error makes a problem an error where it stops reading.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return string(p.Kind)
	}
	return string(p.Kind) + ": " + p.Detail
}

// Options say how to read.
type Options struct {
	Accept bool     // accept tracked changes: deletions go, insertions stay
	Off    []string // cleaners that are switched off
}

// PlainText returns the text of runs.
func PlainText(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	s := ""
	for _, r := range runs {
		if r.Note == 0 {
			s += r.Text
		}
	}
	return s
}
