package pdf

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	paint "image/draw"
)

// rows gives an image row by row, on white, as grey, RGB or CMYK.
type rows struct {
	img    image.Image
	bounds image.Rectangle
	cmyk   bool
	parts  int // components a pixel
	flat   *image.RGBA
	direct *image.CMYK // an image whose inks are kept
}

// newRows looks whether an image has colours at all.
func newRows(img image.Image, cmyk bool) *rows {
	b := img.Bounds()
	r := &rows{img: img, bounds: b, cmyk: cmyk, flat: image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))}
	if c, ok := img.(*image.CMYK); ok && cmyk {
		r.direct, r.parts = c, 4
		return r
	}
	r.parts = 1
	for y := b.Min.Y; y < b.Max.Y && r.parts == 1; y++ {
		p := r.paper(y)
		for i := 0; i < len(p); i += 4 {
			if p[i] != p[i+1] || p[i] != p[i+2] {
				r.parts = 3
				break
			}
		}
	}
	if r.parts == 3 && cmyk {
		r.parts = 4
	}
	return r
}

func (r *rows) space() string {
	switch r.parts {
	case 1:
		return "DeviceGray"
	case 3:
		return "DeviceRGB"
	}
	return "DeviceCMYK"
}

// paper returns a row as it looks on white paper.
func (r *rows) paper(y int) []byte {
	paint.Draw(r.flat, r.flat.Rect, image.White, image.Point{}, paint.Src)
	paint.Draw(r.flat, r.flat.Rect, r.img, image.Pt(r.bounds.Min.X, y), paint.Over)
	return r.flat.Pix[:4*r.bounds.Dx()]
}

// row appends the components of a row.
func (r *rows) row(out []byte, y int) []byte {
	if r.direct != nil {
		at := r.direct.PixOffset(r.bounds.Min.X, y)
		return append(out, r.direct.Pix[at:at+4*r.bounds.Dx()]...)
	}
	p := r.paper(y)
	for i := 0; i < len(p); i += 4 {
		switch r.parts {
		case 1:
			out = append(out, p[i])
		case 3:
			out = append(out, p[i], p[i+1], p[i+2])
		case 4:
			c, m, y, k := color.RGBToCMYK(p[i], p[i+1], p[i+2])
			out = append(out, c, m, y, k)
		}
	}
	return out
}

// compress returns all rows, each predicted in the way that leaves least.
func (r *rows) compress() ([]byte, error) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	size := r.parts * r.bounds.Dx()
	above, row := make([]byte, size), make([]byte, 0, size)
	best, tried := make([]byte, 1+size), make([]byte, 1+size)
	for y := r.bounds.Min.Y; y < r.bounds.Max.Y; y++ {
		row = r.row(row[:0], y)
		least := predict(best, row, above, 0, r.parts)
		for kind := byte(1); kind <= 2; kind++ {
			if n := predict(tried, row, above, kind, r.parts); n < least {
				least, best, tried = n, tried, best
			}
		}
		if _, err := z.Write(best); err != nil {
			return nil, err
		}
		above, row = row, above
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// predict writes a row as its difference to nothing, to the left or to what is
// above (kinds 0, 1 and 2 of PNG), and returns how far that is from zero.
func predict(out, row, above []byte, kind byte, parts int) int {
	out[0] = kind
	sum := 0
	for i, v := range row {
		switch {
		case kind == 1 && i >= parts:
			v -= row[i-parts]
		case kind == 2:
			v -= above[i]
		}
		out[i+1] = v
		sum += min(int(v), 256-int(v))
	}
	return sum
}
