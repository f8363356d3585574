package share

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

func decoded(t *testing.T, b []byte, err error) image.Image {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func same(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return ar == br && ag == bg && ab == bb
}

// The picture of a code has every module, whole, and a quiet zone of four around.
func TestCodesHaveEveryModule(t *testing.T) {
	c, err := qr.New("https://gongbao.example.gov.cn/documents/sfbf/2023/12/")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Code(c)
	img := decoded(t, b, err)
	whole := c.Size + 2*qr.Quiet
	module := img.Bounds().Dx() / whole
	if img.Bounds().Dx() != module*whole || module < 5 {
		t.Fatalf("%v pixels for %d modules", img.Bounds(), whole)
	}
	for y := range whole {
		for x := range whole {
			i, j := x-qr.Quiet, y-qr.Quiet
			want := color.Color(color.White)
			if i >= 0 && j >= 0 && i < c.Size && j < c.Size && c.Black(i, j) {
				want = inks[typeset.Black]
			}
			for _, d := range []int{0, module - 1} {
				if !same(img.At(x*module+d, y*module+d), want) {
					t.Fatalf("module %d, %d is not %v", i, j, want)
				}
			}
		}
	}
}

// Rules lie under codes; without a face for them, characters leave no mark.
func TestDraw(t *testing.T) {
	c, err := qr.New("甲")
	if err != nil {
		t.Fatal(err)
	}
	p := &typeset.Page{Width: 200_000, Height: 100_000,
		Rules:    []typeset.Rule{{X: 10_000, Y: 10_000, Width: 180_000, Height: 80_000, Ink: typeset.Red}},
		Pictures: []typeset.PlacedPicture{{X: 20_000, Y: 20_000, Width: 60_000, Height: 60_000, Name: "code"}, {Name: "none"}},
		Runs:     []typeset.Run{{X: 120_000, Y: 60_000, Size: 20_000, Text: "公报"}},
	}
	pictures := map[string]press.Picture{"code": {Code: &c}}
	first, err := Draw(p, pictures, &font.Set{})
	img := decoded(t, first, err)
	if img.Bounds().Size() != image.Pt(200, 100) {
		t.Errorf("a picture of %v", img.Bounds())
	}
	module := 60 / c.Size
	left := 20 + (60-module*c.Size)/2
	for at, want := range map[image.Point]color.Color{
		{0, 0}: color.White, {10, 10}: inks[typeset.Red], {189, 89}: inks[typeset.Red], {190, 90}: color.White,
		{left, left}: inks[typeset.Black], {130, 55}: inks[typeset.Red],
	} {
		if got := img.At(at.X, at.Y); !same(got, want) {
			t.Errorf("%v is %v, want %v", at, got, want)
		}
	}
	if again, _ := Draw(p, pictures, &font.Set{}); !bytes.Equal(first, again) {
		t.Error("two runs, two pictures")
	}
}
