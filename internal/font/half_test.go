package font

import "testing"

func TestHalvedMarksStayInsideHalfAnEm(t *testing.T) {
	box := func(low, high float64) outline {
		return outline{{{low, 0, true}, {high, 0, true}, {high, 100, true}, {low, 100, true}}}
	}
	for _, c := range []struct {
		name                string
		low, high           float64
		advance             int
		wantLow, wantHigher float64
	}{
		{"left half stays", 60, 220, 1000, 60, 220},
		{"right half comes over", 700, 940, 1000, 200, 440},
		{"the middle is centred", 450, 550, 1000, 200, 300},
		{"right, over the middle", 460, 950, 1000, 5, 495},
		{"left, over the middle", 100, 560, 1000, 20, 480},
		{"wide is made narrower", 0, 1000, 1000, 20, 480},
		{"narrow is centred", 50, 150, 300, 150, 250},
	} {
		o := box(c.low, c.high)
		halve(o, c.advance)
		if low, high := o.bounds(); low != c.wantLow || high != c.wantHigher {
			t.Errorf("%s: ink from %v to %v, want %v to %v", c.name, low, high, c.wantLow, c.wantHigher)
		}
	}
}

// TestCubicCurvesAreFollowed compares points of a cubic curve with the
// quadratic ones that stand for it.
func TestCubicCurvesAreFollowed(t *testing.T) {
	tr := tracer{scale: 1, contour: []point{{0, 0, true}}}
	tr.cubic(point{0, 600, false}, point{400, 900, false}, point{1000, 900, true})
	n := (len(tr.contour) - 1) / 2
	if n < 2 || n > 12 {
		t.Fatalf("%d pieces", n)
	}
	for k := range n {
		a, b, c := tr.contour[2*k], tr.contour[2*k+1], tr.contour[2*k+2]
		x, y := (a.x+2*b.x+c.x)/4, (a.y+2*b.y+c.y)/4
		s := (float64(k) + 0.5) / float64(n)
		r := 1 - s
		wx := 3*r*s*s*400 + s*s*s*1000
		wy := 3*r*r*s*600 + 3*r*s*s*900 + s*s*s*900
		if d := (x-wx)*(x-wx) + (y-wy)*(y-wy); d > cubicTolerance*cubicTolerance {
			t.Errorf("piece %d is %v, %v, the curve %v, %v", k, x, y, wx, wy)
		}
	}
}
