package pdf

import (
	"github.com/signintech/gopdf"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// A palette says what inks are: per cent of CMYK, or RGB.
type palette struct {
	cmyk   bool
	values map[typeset.Ink][4]uint8
}

// colours returns the inks of a purpose. What is printed has CMYK, so that
// text has no ink but black; on screens RGB stands for the same.
func colours(p press.Purpose) palette {
	if p == press.Print {
		return palette{true, map[typeset.Ink][4]uint8{
			typeset.Black: {0, 0, 0, 100},
			typeset.Red:   {0, 80, 80, 0},
			typeset.Gray:  {0, 0, 0, 40},
			typeset.White: {0, 0, 0, 0},
		}}
	}
	return palette{false, map[typeset.Ink][4]uint8{
		typeset.Black: {0, 0, 0},
		typeset.Red:   {255, 51, 51},
		typeset.Gray:  {153, 153, 153},
		typeset.White: {255, 255, 255},
	}}
}

// of returns an ink, black for one that does not exist.
func (p palette) of(i typeset.Ink) [4]uint8 {
	if v, ok := p.values[i]; ok {
		return v
	}
	return p.values[typeset.Black]
}

func (p palette) text(gp *gopdf.GoPdf, i typeset.Ink) {
	if v := p.of(i); p.cmyk {
		gp.SetTextColorCMYK(v[0], v[1], v[2], v[3])
	} else {
		gp.SetTextColor(v[0], v[1], v[2])
	}
}

func (p palette) fill(gp *gopdf.GoPdf, i typeset.Ink) {
	if v := p.of(i); p.cmyk {
		gp.SetFillColorCMYK(v[0], v[1], v[2], v[3])
	} else {
		gp.SetFillColor(v[0], v[1], v[2])
	}
}

// Crop marks begin where bleed ends, or 3 mm off the trimmed paper.
const (
	cropGap    = 8504  // 3 mm
	cropLength = 14173 // 5 mm
	cropWidth  = typeset.Point / 4
)

// margin returns how much larger the sheet is than the trimmed paper, on each
// side.
func margin(b *press.Book) typeset.Length {
	switch {
	case b.Purpose != press.Print:
		return 0
	case b.Crop:
		return max(b.Bleed, cropGap) + cropLength
	}
	return b.Bleed
}

// cropMarks returns the eight marks that say where to cut.
func cropMarks(p *typeset.Page, bleed typeset.Length) []typeset.Rule {
	gap := max(bleed, cropGap)
	var out []typeset.Rule
	for _, x := range []typeset.Length{-cropWidth / 2, p.Width - cropWidth/2} {
		for _, y := range []typeset.Length{-gap - cropLength, p.Height + gap} {
			out = append(out, typeset.Rule{X: x, Y: y, Width: cropWidth, Height: cropLength})
		}
	}
	for _, y := range []typeset.Length{-cropWidth / 2, p.Height - cropWidth/2} {
		for _, x := range []typeset.Length{-gap - cropLength, p.Width + gap} {
			out = append(out, typeset.Rule{X: x, Y: y, Width: cropLength, Height: cropWidth})
		}
	}
	return out
}
