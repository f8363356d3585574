package pwa

import (
	"bytes"
	"embed"
	"image"
	"image/color"
	_ "image/jpeg" // an emblem may be a photograph
	"image/png"
	"path"
	"strconv"

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
	if render.Icon(in.Site.Emblem) != render.IconFile {
		return nil
	}
	return []iconFile{
		{render.IconFile, 192, "any"},
		{"assets/icon-512.png", 512, "any"},
		{"assets/icon-maskable.png", 512, maskable},
	}
}

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
				b, err := x.bytes(emblemOf(l, emblem))
				if err != nil {
					return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: x.path}, err.Error())}
				}
				return render.Output{Bytes: b}, nil
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

// sheets are the icons of sites without an emblem that serves: a printed sheet
// with a headline, which is nobody's sign. sheet_test.go draws them.
//
//go:embed icons
var sheets embed.FS

// bytes is the file of an icon: of the emblem, or the sheet.
func (x iconFile) bytes(emblem image.Image) ([]byte, error) {
	if emblem == nil {
		return sheets.ReadFile("icons/" + path.Base(x.path))
	}
	return encoded(x.draw(x.emblem(emblem)))
}

func encoded(m *image.NRGBA) ([]byte, error) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	err := enc.Encode(&b, indexed(m))
	return b.Bytes(), err
}

var white = color.NRGBA{0xff, 0xff, 0xff, 0xff}

// draw draws an icon whose points, of a square of a side, have the colours of at.
func (x iconFile) draw(at func(px, py, side int) color.NRGBA) *image.NRGBA {
	const fine = 4 // samples in each direction
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

// emblem gives the points of a picture that fits into the square; of a maskable
// icon into the circle that is always shown, on white.
func (x iconFile) emblem(m image.Image) func(px, py, side int) color.NRGBA {
	bounds := m.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	return func(px, py, side int) color.NRGBA {
		room, back := side, color.NRGBA{}
		if x.purpose == maskable {
			room, back = side*56/100, white
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
