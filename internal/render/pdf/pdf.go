// Package pdf turns a book into the bytes of a PDF. gopdf draws; what it
// writes is read back with pdfcpu, and its objects are set right where gopdf is
// not: character maps, outline, links, metadata, boxes, pictures, and content
// streams of a third of the size. The same book makes the same bytes.
package pdf

import (
	"fmt"

	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// Fonts makes the typefaces of a book.
type Fonts interface {
	// Make returns a TrueType font of exactly these runes, one glyph each. With
	// half their punctuation is cut to half an em.
	Make(r font.Role, half bool, runes []rune) ([]byte, error)
}

// A PictureError is about the file of one picture.
type PictureError struct {
	Name string
	Err  error
}

func (e *PictureError) Error() string { return fmt.Sprintf("picture %q: %v", e.Name, e.Err) }

func (e *PictureError) Unwrap() error { return e.Err }

// Write returns the PDF of a book. It fails where something would be lost: a
// book without pages, a character without a glyph, a picture that cannot be
// read, a bookmark to a page that does not exist. Links to marks that do not
// exist are left out, as are links to addresses that are not of the web.
func Write(b *press.Book, fonts Fonts) ([]byte, error) {
	if err := check(b); err != nil {
		return nil, err
	}
	faces, err := makeFaces(b, fonts)
	if err != nil {
		return nil, err
	}
	pictures, err := placed(b)
	if err != nil {
		return nil, err
	}
	drawn, err := draw(b, faces, pictures)
	if err != nil {
		return nil, err
	}
	d, err := read(drawn)
	if err != nil {
		return nil, err
	}
	if err := finish(d, b, faces, pictures); err != nil {
		return nil, err
	}
	if b.Purpose == press.Archive || b.Purpose == press.Print {
		return writePlain(d)
	}
	return writeCompact(d)
}

// maxSide is the largest page that readers must show.
const maxSide = 14400 * typeset.Point

func check(b *press.Book) error {
	if len(b.Pages) == 0 {
		return fmt.Errorf("a book without pages")
	}
	if b.Bleed < 0 || b.Bleed > maxSide {
		return fmt.Errorf("a bleed of %v pt", b.Bleed.Points())
	}
	for i := range b.Pages {
		if err := checkPage(&b.Pages[i]); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	for _, m := range b.Outline {
		if m.Page < 0 || m.Page >= len(b.Pages) {
			return fmt.Errorf("bookmark %q: no page %d", m.Title, m.Page+1)
		}
	}
	return nil
}

func checkPage(p *typeset.Page) error {
	if p.Width <= 0 || p.Height <= 0 || p.Width > maxSide || p.Height > maxSide {
		return fmt.Errorf("paper of %v × %v pt", p.Width.Points(), p.Height.Points())
	}
	for i := range p.Runs {
		r := &p.Runs[i]
		if r.Text != "" && (r.Size <= 0 || r.Size > maxSide || r.Track > maxSide || r.Track < -maxSide) {
			return fmt.Errorf("text %q of %v pt, tracked by %v pt", r.Text, r.Size.Points(), r.Track.Points())
		}
	}
	for _, r := range p.Pictures {
		if r.Width <= 0 || r.Height <= 0 {
			return fmt.Errorf("picture %q without size", r.Name)
		}
	}
	return nil
}
