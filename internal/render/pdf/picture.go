package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
)

// maxPixels bounds what a picture may take in memory.
const maxPixels = 100_000_000

// pixels are a picture in the form in which it stands in the file.
type pixels struct {
	name          string
	width, height int
	space         string
	filter        string
	predicted     int  // components a pixel, where rows are predicted
	stencil       bool // one bit a pixel, black where it is 0
	data          []byte
}

// placed returns the pictures that are placed somewhere, in the order in which
// gopdf meets them.
func placed(b *press.Book) ([]*pixels, error) {
	var out []*pixels
	seen := map[string]bool{}
	for i := range b.Pages {
		for _, p := range b.Pages[i].Pictures {
			if seen[p.Name] {
				continue
			}
			seen[p.Name] = true
			file, ok := b.Pictures[p.Name]
			if !ok {
				return nil, &PictureError{p.Name, errors.New("not in the book")}
			}
			px, err := openPicture(file.File(), b.Purpose == press.Print)
			if err != nil {
				return nil, &PictureError{p.Name, err}
			}
			px.name = p.Name
			out = append(out, px)
		}
	}
	return out, nil
}

// openPicture reads a file. JPEG stays as it is where readers show the same.
func openPicture(data []byte, cmyk bool) (*pixels, error) {
	decodeConfig, decode, isJPEG := png.DecodeConfig, png.Decode, false
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
	case bytes.HasPrefix(data, []byte("\xFF\xD8")):
		decodeConfig, decode, isJPEG = jpeg.DecodeConfig, jpeg.Decode, true
	default:
		return nil, errors.New("neither PNG nor JPEG")
	}
	conf, err := decodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > maxPixels/conf.Height {
		return nil, fmt.Errorf("%d × %d pixels", conf.Width, conf.Height)
	}
	img, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if isJPEG {
		space := ""
		switch conf.ColorModel {
		case color.GrayModel:
			space = "DeviceGray"
		case color.YCbCrModel:
			space = "DeviceRGB"
		}
		if space == "DeviceGray" || space != "" && !cmyk {
			return &pixels{width: conf.Width, height: conf.Height, space: space, filter: "DCTDecode", data: data}, nil
		}
	}
	if p, ok := stencil(img); ok {
		return p, nil
	}
	return encodePixels(img, cmyk)
}

// stencil makes a mask of an image of black and white alone, through which
// black is printed: a QR code is a hundred bytes, and sharp at any size.
func stencil(img image.Image) (*pixels, bool) {
	p, ok := img.(*image.Paletted)
	if !ok || len(p.Palette) != 2 {
		return nil, false
	}
	var black [2]bool
	for i, c := range p.Palette {
		switch r, g, b, a := c.RGBA(); {
		case a != 0xffff || r != g || g != b || r != 0 && r != 0xffff:
			return nil, false
		case r == 0:
			black[i] = true
		}
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	row := (w + 7) / 8
	data := bytes.Repeat([]byte{0xff}, row*h)
	for y := range h {
		for x := range w {
			if black[p.ColorIndexAt(p.Rect.Min.X+x, p.Rect.Min.Y+y)&1] {
				data[y*row+x/8] &^= 0x80 >> (x % 8)
			}
		}
	}
	return &pixels{width: w, height: h, stencil: true, data: data}, true
}

// pictures puts the pictures where gopdf has dots.
func (f *finisher) pictures(list []*pixels) error {
	if len(list) == 0 {
		return nil
	}
	res, err := f.dict(f.resources, "the resources")
	if err != nil {
		return err
	}
	dots, _ := res["XObject"].(types.Dict)
	if len(dots) != len(list) {
		return fmt.Errorf("%d pictures of %d were drawn", len(dots), len(list))
	}
	next := 0
	for n, o := range f.objects { // gopdf numbers them as it meets them
		s, ok := o.(types.StreamDict)
		if !ok || s.Dict["Subtype"] != types.Name("Image") {
			continue
		}
		if next == len(list) {
			return errors.New("more pictures than were placed")
		}
		f.objects[n] = list[next].object()
		next++
	}
	return nil
}

func (p *pixels) object() types.StreamDict {
	d := types.Dict{
		"Type": types.Name("XObject"), "Subtype": types.Name("Image"),
		"Width": types.Integer(p.width), "Height": types.Integer(p.height),
	}
	if p.stencil {
		d["ImageMask"], d["BitsPerComponent"] = types.Boolean(true), types.Integer(1)
		return plain(d, p.data)
	}
	d["ColorSpace"], d["BitsPerComponent"], d["Filter"] = types.Name(p.space), types.Integer(8), types.Name(p.filter)
	if p.predicted > 0 {
		d["DecodeParms"] = types.Dict{
			"Predictor": types.Integer(15), "Colors": types.Integer(p.predicted), "Columns": types.Integer(p.width),
		}
	}
	return plain(d, p.data)
}

// encodePixels compresses an image on white paper, without loss.
func encodePixels(img image.Image, cmyk bool) (*pixels, error) {
	r := newRows(img, cmyk)
	data, err := r.compress()
	if err != nil {
		return nil, err
	}
	return &pixels{
		width: r.bounds.Dx(), height: r.bounds.Dy(), space: r.space(),
		filter: "FlateDecode", predicted: r.parts, data: data,
	}, nil
}
