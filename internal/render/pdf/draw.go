package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/signintech/gopdf"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// A canvas is gopdf on one page.
type canvas struct {
	gp       *gopdf.GoPdf
	faces    *faces
	colours  palette
	margin   typeset.Length // around the trimmed paper
	pictures map[string]*pixels
	font     *face
	size     typeset.Length
	track    typeset.Length
	ink      typeset.Ink
	inked    bool
	missing  error
	dot      []byte
}

// draw returns a book as gopdf makes it, with streams as they are.
func draw(b *press.Book, fs *faces, pictures []*pixels) (out []byte, err error) {
	// gopdf trusts the tables of fonts: an index into nothing is an error here.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("drawing: %v", r)
		}
	}()
	c := &canvas{gp: &gopdf.GoPdf{}, faces: fs, colours: colours(b.Purpose), margin: margin(b), pictures: map[string]*pixels{}}
	for _, p := range pictures {
		c.pictures[p.name] = p
	}
	c.gp.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: *gopdf.PageSizeA4})
	c.gp.SetNoCompression()
	for _, f := range fs.list {
		option := gopdf.TtfOption{OnGlyphNotFound: func(r rune) { c.missing = missing(f, r) }}
		if err := c.gp.AddTTFFontDataWithOption(f.name, f.data, option); err != nil {
			return nil, fmt.Errorf("font %s: %w", f.sfnt.name, err)
		}
	}
	for i := range b.Pages {
		if err := c.page(&b.Pages[i], b); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	var buf bytes.Buffer
	buf.Grow(drawnSize(b, fs))
	_, err = c.gp.WriteTo(&buf)
	return buf.Bytes(), err
}

// drawnSize is about how long the drawn book will be.
func drawnSize(b *press.Book, fs *faces) int {
	n := 64 << 10
	for _, f := range fs.list {
		n += len(f.data) + 64*f.sfnt.glyphs
	}
	for i := range b.Pages {
		n += 1 << 10
		for j := range b.Pages[i].Runs {
			n += 96 + 4*len(b.Pages[i].Runs[j].Text)/3
		}
	}
	return n
}

// page draws one page: pictures lie under rules, rules under text.
func (c *canvas) page(p *typeset.Page, b *press.Book) error {
	size := gopdf.Rect{W: c.out(p.Width + c.margin), H: c.out(p.Height + c.margin)}
	c.gp.AddPageWithOption(gopdf.PageOption{PageSize: &size})
	c.gp.SetGrayFill(0) // a page without any content would have none to refer to
	c.inked = false
	for _, pic := range p.Pictures {
		if err := c.picture(pic); err != nil {
			return err
		}
	}
	for _, r := range p.Rules {
		c.rule(r)
	}
	if b.Purpose == press.Print && b.Crop {
		for _, r := range cropMarks(p, b.Bleed) {
			c.rule(r)
		}
	}
	for i := range p.Runs {
		if err := c.run(&p.Runs[i]); err != nil {
			return err
		}
	}
	return nil
}

// out turns a place on the trimmed paper into one on the sheet.
func (c *canvas) out(l typeset.Length) float64 {
	return float64(int64(l)+int64(c.margin)) / float64(typeset.Point)
}

func (c *canvas) run(r *typeset.Run) error {
	if r.Text == "" {
		return nil
	}
	f := c.faces.by[faceKey{r.Font, r.Half}]
	if f != c.font {
		if err := c.gp.SetFontWithStyle(f.name, gopdf.Regular, r.Size.Points()); err != nil {
			return err
		}
		c.font, c.size = f, r.Size
	}
	if r.Size != c.size {
		if err := c.gp.SetFontSize(r.Size.Points()); err != nil {
			return err
		}
		c.size = r.Size
	}
	if r.Track != c.track {
		if err := c.gp.SetCharSpacing(r.Track.Points()); err != nil {
			return err
		}
		c.track = r.Track
	}
	c.colours.text(c.gp, r.Ink)
	c.gp.SetXY(c.out(r.X), c.out(r.Y))
	if err := c.gp.Text(strings.ToValidUTF8(r.Text, "\uFFFD")); err != nil {
		return err
	}
	return c.missing
}

func (c *canvas) rule(r typeset.Rule) {
	if r.Width <= 0 || r.Height <= 0 {
		return
	}
	if !c.inked || r.Ink != c.ink {
		c.colours.fill(c.gp, r.Ink)
		c.ink, c.inked = r.Ink, true
	}
	c.gp.RectFromUpperLeftWithStyle(c.out(r.X), c.out(r.Y), r.Width.Points(), r.Height.Points(), "F")
}

// picture places a picture. gopdf gets a dot with its name, for which finish
// puts the picture: gopdf reads few kinds of files.
func (c *canvas) picture(p typeset.PlacedPicture) error {
	if c.dot == nil {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
			return err
		}
		c.dot = b.Bytes()
	}
	rect := gopdf.Rect{W: p.Width.Points(), H: p.Height.Points()}
	return c.gp.ImageByHolder(&dot{Reader: bytes.NewReader(c.dot), id: p.Name}, c.out(p.X), c.out(p.Y), &rect)
}

// A dot stands for a picture.
type dot struct {
	*bytes.Reader
	id string
}

func (d *dot) ID() string { return d.id }
