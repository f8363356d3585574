package pdf

import (
	"encoding/binary"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// testRewriter has a font of 1,000 glyphs, one em wide each.
func testRewriter() *rewriter {
	s := &sfnt{unitsEm: 1000, glyphs: 1000, advances: []uint16{1000}}
	return &rewriter{fonts: map[string]*face{"F1": {name: "F1", sfnt: s}, "F2": {name: "F2", sfnt: s}}}
}

func TestRewriteWritesWhatChanges(t *testing.T) {
	const show = " TD\n/F1 10 Tf 0 Tc\n0.000 0.000 0.000 rg\n[<00410042>] TJ\nET\n"
	for in, want := range map[string]string{
		"":               "",
		"0.00 g\nBT\nET": "",
		"BT\n10.00 20.00" + show + "BT\n30.00 20.00" + show:               "BT\n/F1 10 Tf\n10 20 Td\n(\x00A\x00B\x00A\x00B)Tj\nET\n",
		"BT\n10.00 20.00" + show + "BT\n30.01 20.00" + show:               "BT\n/F1 10 Tf\n10 20 Td\n(\x00A\x00B\x00A\x00B)Tj\nET\n",
		"BT\n10.00 20.00" + show + "BT\n35.00 20.00" + show:               "BT\n/F1 10 Tf\n10 20 Td\n(\x00A\x00B)Tj\n[-500(\x00A\x00B)]TJ\nET\n",
		"BT\n10.00 20.00" + show + "BT\n10.00 5.50" + show:                "BT\n/F1 10 Tf\n10 20 Td\n(\x00A\x00B)Tj\n0 -14.5 Td\n(\x00A\x00B)Tj\nET\n",
		"q\n1.00 2.00 3.00 0.25 re f\nQ\n":                                "1 2 3 .25 re f\n",
		"q\n1 0 0 1 5 5 cm\nq\n 2.00 0 0\n 3.00 4.00 5.00 cm /I9 Do Q\nQ": "q 2 0 0 3 9 10 cm /I9 Do Q\n",
		"BT\n0 0 TD /F2 1 Tf 0 Tc [<00280029005C000D>] TJ ET":             "BT\n/F2 1 Tf\n(\x00\\(\x00\\)\x00\\\\\x00\\r)Tj\nET\n",
	} {
		if got, err := testRewriter().rewrite([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%q: %v\n%q\nwant\n%q", in, err, got, want)
		}
	}
}

func TestRewriteRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, in := range []string{
		"BI", "Q", "1 g 2 3 rg", "(a) Tj", "/F9 1 Tf [<0001>] TJ", "/F1 0 Tf [<0001>] TJ", "/F1 1 Tf [<01>] TJ",
		"/F1 1 Tf [<00GG>] TJ", "[<0001> 5 <0001>] TJ", "<00", "(a", "(\\a)", "1 2 re", "/A 2 TD", "{", "q 1 cm",
	} {
		if got, err := testRewriter().rewrite([]byte(in)); err == nil {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "0.00": "0", "-0.00": "0", "12": "12", "0.5": ".5", "-0.206": "-.206", "841.89": "841.89",
		"1.99995": "2", "-1.5": "-1.5", "100.00": "100", "1.000009": "1", "+3": "3", "-0.00001": "0",
	} {
		n, ok := parseFixed([]byte(in))
		if got := string(appendFixed(nil, n)); !ok || got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "-", "1.2.3", "1e5", "12345678901234", "x"} {
		if n, ok := parseFixed([]byte(in)); ok {
			t.Errorf("%q is %d", in, n)
		}
	}
}

func TestProfile(t *testing.T) {
	p := srgb()
	if int(binary.BigEndian.Uint32(p)) != len(p) || len(p) > 600 || string(p[36:40]) != "acsp" {
		t.Fatalf("a profile of %d bytes", len(p))
	}
	for i := range u16(p, 130) {
		entry := p[132+12*i:]
		at, n := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:])
		if at%4 != 0 || int(at+n) > len(p) {
			t.Errorf("tag %s at %d, %d bytes", entry[:4], at, n)
		}
	}
}

func TestOutlineNeverSkipsALevel(t *testing.T) {
	f := &finisher{document: &document{objects: make([]types.Object, 1)}}
	f.book = &press.Book{Pages: []typeset.Page{{Height: 1000}}, Outline: []press.Bookmark{
		{Title: "a", Level: 7}, {Title: "b", Level: 9}, {Title: "c", Level: -3},
	}}
	f.pages, f.catalog = append(f.pages, f.add(nil)), types.Dict{}
	if err := f.outline(); err != nil {
		t.Fatal(err)
	}
	root, _ := f.dict(f.catalog["Outlines"], "the outline")
	if got := appendFloat(nil, 3.50); string(got) != "3.5" {
		t.Errorf("%s", got)
	}
	if n := root["Count"]; n != types.Integer(3) {
		t.Errorf("%v bookmarks are seen at first", n)
	}
}

func TestInksOfCMYKAreKept(t *testing.T) {
	img := image.NewCMYK(image.Rect(3, 4, 13, 14))
	for i := range img.Pix {
		img.Pix[i] = byte(i)
	}
	r := newRows(img, true)
	if got := r.row(nil, 5); r.space() != "DeviceCMYK" || string(got) != string(img.Pix[40:80]) {
		t.Errorf("%s %v", r.space(), got)
	}
	if r := newRows(img, false); r.space() != "DeviceRGB" {
		t.Errorf("on screens: %s", r.space())
	}
}

func TestAlphaIsFlattenedOnWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	img.Set(0, 0, color.NRGBA{255, 0, 0, 128})
	if got := newRows(img, false).row(nil, 0); got[0] != 255 || got[1] < 126 || got[1] > 128 || got[3] != 255 {
		t.Errorf("%v", got)
	}
}

func TestAddresses(t *testing.T) {
	if got := percent("https://例.cn/a b?<x>&y=%20"); strings.ContainsAny(got, " <>例") || !strings.HasSuffix(got, "a%20b?%3Cx%3E&y=%20") {
		t.Error(got)
	}
}
