package press

import (
	"gongbao/internal/gazette"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

// A Purpose is what a file is made for.
type Purpose string

// The purposes.
const (
	Screen  Purpose = "screen"
	Print   Purpose = "print"   // DeviceCMYK, bleed, no links needed
	Archive Purpose = "archive" // PDF/A
	Proof   Purpose = "proof"   // 校样
)

// A Book is what is printed: pages with all that a reader's program shows
// around them. Fonts of its pages are font.Role values.
type Book struct {
	Purpose  Purpose
	Pages    []typeset.Page
	Outline  []Bookmark
	Labels   []Label
	Pictures map[string]Picture
	Info     Info
	Bleed    typeset.Length // around the trimmed page; 0 for none
	Crop     bool           // crop marks outside of the bleed
}

// An Info is what a file says about itself.
type Info struct {
	Title, Author, Subject, Keywords string
	Language                         string       // BCP 47
	Date                             gazette.Date // of the document or issue, never of the run
}

// A Bookmark is an entry of the outline, in reading order. Level is 0 for the
// outermost; a bookmark is at most one level deeper than the one before it.
type Bookmark struct {
	Title string
	Level int
	Page  int // index in Pages
	Y     typeset.Length
}

// A Label says how pages are numbered from Page (index in Pages) on. Style is
// "D" for 1 2 3, "r" for i ii iii, "" for Prefix alone.
type Label struct {
	Page   int
	Style  string
	Prefix string
	Start  int
}

// A Picture is the file of a picture, PNG or JPEG, or a QR code, which becomes a
// file only where a book is drawn: most are laid out for their folios.
type Picture struct {
	Data          []byte
	Code          *qr.Code // where Data is nil
	Width, Height int      // pixels
}

// File returns the file of a picture.
func (p Picture) File() []byte {
	if p.Data == nil && p.Code != nil {
		return p.Code.PNG()
	}
	return p.Data
}
