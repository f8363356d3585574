package pdf_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"slices"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/typeset"
)

// paint sets the pixels of a small picture.
func paint(img interface {
	image.Image
	Set(x, y int, c color.Color)
}, grey bool) image.Image {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBA{uint8(x * 8), uint8(y * 8), 128, uint8(255 - x)}
			if grey {
				c.G, c.B = c.R, c.R
			}
			img.Set(x, y, c)
		}
	}
	return img
}

// testPictures returns a picture of each kind.
func testPictures(t testing.TB) map[string]press.Picture {
	t.Helper()
	r := image.Rect(0, 0, 31, 17)
	out := map[string]press.Picture{}
	add := func(name string, encode func(b *bytes.Buffer) error) {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = press.Picture{Data: b.Bytes(), Width: 31, Height: 17}
	}
	for name, img := range map[string]image.Image{
		"grey": paint(image.NewGray(r), true), "grey16": paint(image.NewGray16(r), true),
		"rgba": paint(image.NewNRGBA(r), false), "rgba64": paint(image.NewNRGBA64(r), false),
		"greyalpha": paint(image.NewNRGBA(r), true),
		"stencil":   paint(image.NewPaletted(r, color.Palette{color.Black, color.White}), true),
		"palette":   paint(image.NewPaletted(r, color.Palette{color.White, color.Black, color.NRGBA{255, 0, 0, 255}, color.Transparent}), false),
	} {
		add(name, func(b *bytes.Buffer) error { return png.Encode(b, img) })
	}
	add("jpeg", func(b *bytes.Buffer) error { return jpeg.Encode(b, paint(image.NewRGBA(r), false), nil) })
	add("jpeggrey", func(b *bytes.Buffer) error { return jpeg.Encode(b, paint(image.NewGray(r), true), nil) })
	return out
}

// placePictures places all pictures of a book on a page.
func placePictures(b *press.Book, page int) {
	y := typeset.MM(20)
	for i, name := range slices.Sorted(maps.Keys(b.Pictures)) {
		b.Pages[page].Pictures = append(b.Pages[page].Pictures, typeset.PlacedPicture{
			X: typeset.MM(100 + 30*float64(i%3)), Y: y + typeset.MM(20*float64(i/3)),
			Width: typeset.MM(25), Height: typeset.MM(14), Name: name,
		})
	}
}

func TestPicturesHaveTheColoursOfTheirPurpose(t *testing.T) {
	set := fontSet(t)
	pics := testPictures(t)
	for _, purpose := range purposes {
		for name, p := range pics {
			b := &press.Book{Purpose: purpose, Pages: []typeset.Page{{Width: 1e5, Height: 1e5}}, Pictures: map[string]press.Picture{name: p}}
			placePictures(b, 0)
			r := open(t, write(t, b, set))
			img := r.imageOf(r.page(1))
			want := "DeviceRGB"
			switch name {
			case "grey", "grey16", "greyalpha", "jpeggrey":
				want = "DeviceGray"
			default:
				if purpose == press.Print {
					want = "DeviceCMYK"
				}
			}
			if name == "stencil" {
				if img.Dict["ImageMask"] != types.Boolean(true) || img.Dict["ColorSpace"] != nil || len(img.Raw) != 17*4 {
					t.Errorf("%s, %s: %v of %d bytes is no mask", purpose, name, img.Dict, len(img.Raw))
				}
				continue
			}
			if got := img.Dict["ColorSpace"]; got != types.Name(want) {
				t.Errorf("%s, %s: colours are %v, want %s", purpose, name, got, want)
			}
			if _, ok := img.Dict["SMask"]; ok {
				t.Errorf("%s, %s is transparent", purpose, name)
			}
		}
	}
}

func (r reader) imageOf(page types.Dict) types.StreamDict {
	r.t.Helper()
	for _, o := range r.get(page, "Resources", "XObject").(types.Dict) {
		return r.get(o).(types.StreamDict)
	}
	r.t.Fatal("no picture")
	return types.StreamDict{}
}

// interlaced marks a picture of one pixel as interlaced, which it is without
// any other change.
func interlaced(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	data[28] = 1
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// huge says that a picture has more pixels than there may be.
func huge(t *testing.T) []byte {
	data := interlaced(t)
	binary.BigEndian.PutUint32(data[16:], 20000)
	binary.BigEndian.PutUint32(data[20:], 20000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func TestBrokenPicturesAreNamed(t *testing.T) {
	set := fontSet(t)
	pics := testPictures(t)
	cut := func(name string) []byte { return pics[name].Data[:len(pics[name].Data)/2] }
	book := func(data []byte) *press.Book {
		b := &press.Book{Pages: []typeset.Page{{Width: 1e5, Height: 1e5}}, Pictures: map[string]press.Picture{"图.png": {Data: data}}}
		placePictures(b, 0)
		return b
	}
	for what, data := range map[string][]byte{
		"none": nil, "text": []byte("GIF89a"), "png": cut("rgba"), "jpeg": cut("jpeg"), "huge": huge(t),
		"png head": []byte("\x89PNG\r\n\x1a\n"), "jpeg head": []byte("\xFF\xD8\xFF"),
	} {
		_, err := pdf.Write(book(data), set)
		var e *pdf.PictureError
		if !errors.As(err, &e) || e.Name != "图.png" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := pdf.Write(book(interlaced(t)), set); err != nil {
		t.Errorf("interlaced: %v", err)
	}
}

func TestAPictureStandsOnceInTheFile(t *testing.T) {
	set := fontSet(t)
	b := &press.Book{Pages: make([]typeset.Page, 5), Pictures: map[string]press.Picture{"a": testPictures(t)["jpeg"]}}
	for i := range b.Pages {
		b.Pages[i].Width, b.Pages[i].Height = 1e5, 1e5
		placePictures(b, i)
	}
	if n := bytes.Count(write(t, b, set), []byte("/Subtype/Image")); n != 1 {
		t.Errorf("%d pictures", n)
	}
}
