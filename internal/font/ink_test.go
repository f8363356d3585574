package font_test

import (
	"bytes"
	"image"
	"testing"

	"gongbao/internal/font"
)

// Outlines of both kinds, cubic and quadratic, are filled where a printer would
// fill them: 口 is empty inside, its strokes are full, and the ink stays in the em.
func TestInkOfACharacter(t *testing.T) {
	for _, file := range []string{sans, ming} {
		s, _ := assign(t, nil, file)
		m, err := s.Ink(font.Hei, false, '口', 200, 0.25, 0.5)
		if err != nil {
			t.Fatal(err)
		}
		em := image.Rect(0, -190, 201, 30)
		if !m.Rect.In(em) || m.Rect.Dx() < 100 || m.Rect.Dy() < 100 {
			t.Errorf("%s: the ink of 口 stands at %v, want most of %v", file, m.Rect, em)
		}
		middle := m.Rect.Min.Add(m.Rect.Size().Div(2))
		if a := m.AlphaAt(middle.X, middle.Y).A; a != 0 {
			t.Errorf("%s: the middle of 口 has ink %d", file, a)
		}
		full := false
		for x := m.Rect.Min.X; x < middle.X; x++ {
			full = full || m.AlphaAt(x, middle.Y).A == 255
		}
		if !full {
			t.Errorf("%s: 口 has no full stroke at its left", file)
		}
	}
}

func TestInkOfHalfMarksStaysInHalfAnEm(t *testing.T) {
	s, _ := assign(t, nil, serif)
	for _, c := range "《》（）。，" {
		m, err := s.Ink(font.Song, true, c, 100, 0, 0)
		if err != nil || m.Rect.Min.X < 0 || m.Rect.Max.X > 51 || m.Rect.Empty() {
			t.Errorf("Ink(%q, half) stands at %v, %v; want within 50 pixels", c, m.Rect, err)
		}
	}
}

func TestInkOfNothing(t *testing.T) {
	s, _ := assign(t, nil, serif)
	for _, c := range []rune{' ', '　', '\u200b', 0x10FFFD} {
		if m, err := s.Ink(font.Song, false, c, 100, 0, 0); err != nil || !m.Rect.Empty() {
			t.Errorf("Ink(%U) = %v, %v; want none", c, m.Rect, err)
		}
	}
	var none font.Set
	if m, err := none.Ink(font.Song, false, '公', 100, 0, 0); err != nil || !m.Rect.Empty() {
		t.Errorf("Ink without fonts = %v, %v; want none", m.Rect, err)
	}
	a, _ := s.Ink(font.Song, false, '公', 1e9, 0, 0)
	b, _ := s.Ink(font.Song, false, '公', 1024, 0, 0)
	if !bytes.Equal(a.Pix, b.Pix) {
		t.Errorf("a huge character is %v, want as 1024 pixels: %v", a.Rect, b.Rect)
	}
}
