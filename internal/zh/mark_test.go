package zh

import "testing"

// TestMarksGiveNothing: what StreamEach passes over without a look is what the
// look would drop.
func TestMarksGiveNothing(t *testing.T) {
	marks := 0
	for r := rune(0); r <= 0xFFFF; r++ {
		if !isMark(r) {
			continue
		}
		marks++
		streamSlow(r, 0, func(p rune, _ int) { t.Errorf("U+%04X gives U+%04X", r, p) })
	}
	if marks < 20 {
		t.Errorf("%d marks", marks)
	}
}
