package share

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

// inks are the colours of pictures.
var inks = [...]color.RGBA{
	typeset.Black: {0x1a, 0x1a, 0x1a, 0xff},
	typeset.Red:   {0xb8, 0x1c, 0x22, 0xff},
	typeset.Gray:  {0x80, 0x80, 0x80, 0xff},
	typeset.White: {0xff, 0xff, 0xff, 0xff},
}

// Draw returns a page as PNG, one pixel a point: rules lie under codes, codes
// under text. The same page and fonts give the same bytes.
func Draw(p *typeset.Page, pictures map[string]press.Picture, fonts *font.Set) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, pixels(p.Width), pixels(p.Height)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, r := range p.Rules {
		to := image.Rect(pixels(r.X), pixels(r.Y), pixels(r.X+r.Width), pixels(r.Y+r.Height))
		draw.Draw(img, to, image.NewUniform(inks[r.Ink]), image.Point{}, draw.Src)
	}
	for _, c := range p.Pictures {
		if code := pictures[c.Name].Code; code != nil {
			drawCode(img, *code, pixels(c.X), pixels(c.Y), pixels(c.Width))
		}
	}
	for i := range p.Runs {
		if err := drawRun(img, &p.Runs[i], fonts); err != nil {
			return nil, err
		}
	}
	return encode(img)
}

func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err := e.Encode(&b, img)
	return b.Bytes(), err
}

func pixels(l typeset.Length) int { return int(math.Round(l.Points())) }

// drawRun writes the characters of a run, each as wide as typeset took it for.
func drawRun(img draw.Image, r *typeset.Run, fonts *font.Set) error {
	ink := image.NewUniform(inks[r.Ink])
	x, y := r.X.Points(), r.Y.Points()
	py := math.Floor(y)
	for _, c := range r.Text {
		px := math.Floor(x)
		mask, err := fonts.Ink(font.Role(r.Font), r.Half, c, r.Size.Points(), x-px, y-py)
		if err != nil {
			return fmt.Errorf("draw %q: %w", c, err)
		}
		at := mask.Rect.Add(image.Pt(int(px), int(py)))
		draw.DrawMask(img, at, ink, image.Point{}, mask, mask.Rect.Min, draw.Over)
		advance := fonts.Advance(font.Role(r.Font), c)
		if r.Half {
			advance = 500
		}
		x += float64(advance)*r.Size.Points()/1000 + r.Track.Points()
	}
	return nil
}

// drawCode draws a QR code into a square of side pixels: modules are whole pixels,
// and what is left over is white around it.
func drawCode(img draw.Image, c qr.Code, x, y, side int) {
	module := max(1, side/c.Size)
	x, y = x+(side-module*c.Size)/2, y+(side-module*c.Size)/2
	for j := range c.Size {
		for i := range c.Size {
			if c.Black(i, j) {
				to := image.Rect(x+i*module, y+j*module, x+(i+1)*module, y+(j+1)*module)
				draw.Draw(img, to, image.NewUniform(inks[typeset.Black]), image.Point{}, draw.Src)
			}
		}
	}
}

// codeSide is about how many pixels wide the picture of a code is.
const codeSide = 430

// Code returns a QR code as a picture with its quiet zone, for the end of an
// article.
func Code(c qr.Code) ([]byte, error) {
	whole := c.Size + 2*qr.Quiet
	side := (codeSide + whole - 1) / whole * whole
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, inks[typeset.Black]})
	module := side / whole
	drawCode(img, c, qr.Quiet*module, qr.Quiet*module, c.Size*module)
	return encode(img)
}
