package pwa

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // an emblem may be a photograph
	"image/png"
	"path"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/render"
)

// An iconFile is one icon of the site. A maskable one is filled to its edges and
// has what counts within the circle that every system shows.
type iconFile struct {
	path    string
	size    int
	purpose string
}

func (x iconFile) sizes() string { return strconv.Itoa(x.size) + "x" + strconv.Itoa(x.size) }

const maskable = "maskable"

// icons are the icons made of points. A drawing (SVG) as emblem is its own icon at
// every size; another sign beside it would only confuse.
func (in Input) icons() []iconFile {
	if isSVG(in.Site.Emblem) {
		return nil
	}
	return []iconFile{
		{"assets/icon-192.png", 192, "any"},
		{"assets/icon-512.png", 512, "any"},
		{"assets/icon-maskable.png", 512, maskable},
	}
}

func isSVG(name string) bool { return strings.EqualFold(path.Ext(name), ".svg") }

func emblemFile(e string) string { return "assets/" + path.Base(e) }

func (in Input) iconUnits() []render.Unit {
	var out []render.Unit
	emblem := in.Site.Emblem
	for _, x := range in.icons() {
		out = append(out, render.Unit{
			Path: x.path, Wave: 2,
			Key: func() render.Key {
				var sum []byte
				if emblem != "" {
					sum = in.FileHash(emblem)
				}
				return render.Hash([]string{x.path, in.Version}, sum)
			},
			Render: func(l render.Loader) (render.Output, []diag.Finding) {
				var b bytes.Buffer
				enc := png.Encoder{CompressionLevel: png.BestCompression}
				if err := enc.Encode(&b, indexed(x.draw(emblemOf(l, emblem)))); err != nil {
					return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: x.path}, err.Error())}
				}
				return render.Output{Bytes: b.Bytes()}, nil
			},
		})
	}
	return out
}

// least is the side of an emblem that can be shown as an icon; most what is read
// of a picture, so that none fills the memory.
const least, most = 144, 4096

// emblemOf reads the emblem, nil where it is no picture that serves as an icon.
func emblemOf(l render.Loader, name string) image.Image {
	if name == "" {
		return nil
	}
	b, err := l.File(name)
	if err != nil {
		return nil // the unit that copies it reports it
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || min(c.Width, c.Height) < least || max(c.Width, c.Height) > most {
		return nil
	}
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return m
}

var (
	ground = color.NRGBA{0xb3, 0x13, 0x1b, 0xff}
	sheet  = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	line   = color.NRGBA{0x5b, 0x61, 0x69, 0xff}
)

// draw draws an icon: the emblem, else a printed sheet with a headline, which is
// nobody's sign.
func (x iconFile) draw(emblem image.Image) *image.NRGBA {
	const fine = 4 // samples in each direction
	at := x.sheet
	if emblem != nil {
		at = x.emblem(emblem)
	}
	out := image.NewNRGBA(image.Rect(0, 0, x.size, x.size))
	for py := range x.size {
		for px := range x.size {
			var r, g, b, a int
			for s := range fine * fine {
				c := at(px*fine+s%fine, py*fine+s/fine, x.size*fine)
				r, g, b, a = r+int(c.R)*int(c.A), g+int(c.G)*int(c.A), b+int(c.B)*int(c.A), a+int(c.A)
			}
			if a > 0 {
				out.SetNRGBA(px, py, color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / fine / fine)})
			}
		}
	}
	return out
}

// indexed is a picture of few colours with a palette: half as many bytes.
func indexed(m *image.NRGBA) image.Image {
	const most = 256
	at := map[color.NRGBA]uint8{}
	out := image.NewPaletted(m.Rect, nil)
	for i := range out.Pix {
		p := m.Pix[4*i:]
		c := color.NRGBA{p[0], p[1], p[2], p[3]}
		n, ok := at[c]
		if !ok {
			if len(at) == most {
				return m
			}
			n = uint8(len(at))
			at[c] = n
			out.Palette = append(out.Palette, c)
		}
		out.Pix[i] = n
	}
	return out
}

// sheet is the colour of a point of a square of a side: all in whole numbers, so
// that no machine draws another icon.
func (x iconFile) sheet(px, py, side int) color.NRGBA {
	u, v := px*1000/side, py*1000/side
	if x.purpose != maskable && outside(u, v, 0, 1000, 160) {
		return color.NRGBA{}
	}
	if u < 285 || u >= 715 || v < 215 || v >= 785 {
		return ground
	}
	if u-v >= 715-215-130 { // the folded corner
		return ground
	}
	if u-v >= 715-215-260 && v < 345 && u >= 585 {
		return line
	}
	switch {
	case v >= 410 && v < 462 && u >= 345 && u < 655:
		return ground
	case v >= 528 && v < 556 && u >= 345 && u < 655,
		v >= 606 && v < 634 && u >= 345 && u < 655,
		v >= 684 && v < 712 && u >= 345 && u < 540:
		return line
	}
	return sheet
}

// outside reports whether a point lies outside of a square with round corners.
func outside(u, v, from, to, radius int) bool {
	dx := max(from+radius-u, u-(to-radius), 0)
	dy := max(from+radius-v, v-(to-radius), 0)
	return dx*dx+dy*dy > radius*radius
}

// emblem gives the points of a picture that fits into the square; of a maskable
// icon into the circle that is always shown, on white.
func (x iconFile) emblem(m image.Image) func(px, py, side int) color.NRGBA {
	bounds := m.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	return func(px, py, side int) color.NRGBA {
		room, back := side, color.NRGBA{}
		if x.purpose == maskable {
			room, back = side*56/100, sheet
		}
		long := max(w, h)
		dx, dy := px-(side-w*room/long)/2, py-(side-h*room/long)/2
		if dx < 0 || dy < 0 {
			return back
		}
		mx, my := dx*long/room, dy*long/room
		if mx >= w || my >= h {
			return back
		}
		c := color.NRGBAModel.Convert(m.At(bounds.Min.X+mx, bounds.Min.Y+my)).(color.NRGBA)
		if x.purpose == maskable {
			a := int(c.A)
			mix := func(v uint8) uint8 { return uint8((int(v)*a + 255*(255-a)) / 255) }
			return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
		}
		return c
	}
}
