package compare

// An edit says that keys a0 to a1 of the old text became b0 to b1 of the new.
type edit struct{ a0, a1, b0, b1 int }

func (e edit) size() int { return max(e.a1-e.a0, e.b1-e.b0) }

// A differ finds the fewest edits that make one sequence of another (Myers,
// "An O(ND) Difference Algorithm and Its Variations", 1986, in linear space).
// It has its own, because the libraries bound their time by the clock, and the
// same input must give the same output: here steps are counted, and where they
// run out what is left counts as replaced.
type differ struct {
	a, b   []rune
	steps  int // that may still be made
	vf, vb []int
	edits  []edit
}

// unreached marks a diagonal that no path of this length reaches.
const unreached = -1

func diffKeys(a, b []rune, steps int) (edits []edit, left int) {
	d := &differ{a: a, b: b, steps: steps}
	d.walk(0, len(a), 0, len(b))
	return d.edits, d.steps
}

func (d *differ) walk(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && d.a[a0] == d.b[b0] {
		a0++
		b0++
	}
	for a0 < a1 && b0 < b1 && d.a[a1-1] == d.b[b1-1] {
		a1--
		b1--
	}
	if a0 == a1 && b0 == b1 {
		return
	}
	if a0 == a1 || b0 == b1 {
		d.emit(edit{a0, a1, b0, b1})
		return
	}
	s, ok := d.middle(d.a[a0:a1], d.b[b0:b1])
	if !ok {
		d.emit(edit{a0, a1, b0, b1})
		return
	}
	d.walk(a0, a0+s.a0, b0, b0+s.b0)
	d.walk(a0+s.a1, a1, b0+s.b1, b1)
}

// emit adds an edit; edits that touch are one.
func (d *differ) emit(e edit) {
	if n := len(d.edits); n > 0 && d.edits[n-1].a1 == e.a0 && d.edits[n-1].b1 == e.b0 {
		d.edits[n-1].a1, d.edits[n-1].b1 = e.a1, e.b1
		return
	}
	d.edits = append(d.edits, e)
}

// middle finds the equal stretch in the middle of a shortest path; it may be
// empty. ok is false when the steps run out.
func (d *differ) middle(a, b []rune) (s edit, ok bool) {
	n, m := len(a), len(b)
	off := m + 1
	d.vf, d.vb = grown(d.vf, n+m+3), grown(d.vb, n+m+3)
	vf, vb := d.vf, d.vb
	for i := range n + m + 3 {
		vf[i], vb[i] = unreached, unreached
	}
	delta := n - m
	odd := delta&1 != 0
	for c := 0; c <= (n+m+1)/2; c++ {
		for k := max(-c, -m+(c+m)&1); k <= min(c, n); k += 2 {
			x0 := furthest(vf, off, k, c, n, m)
			if x0 == unreached {
				vf[off+k] = unreached
				continue
			}
			x, y := x0, x0-k
			for x < n && y < m && a[x] == b[y] {
				x++
				y++
			}
			vf[off+k] = x
			if r := delta - k; odd && r >= -(c-1) && r <= c-1 && vb[off+r] != unreached && x+vb[off+r] >= n {
				return edit{x0, x, x0 - k, y}, true
			}
		}
		for k := max(-c, -m+(c+m)&1); k <= min(c, n); k += 2 {
			x0 := furthest(vb, off, k, c, n, m)
			if x0 == unreached {
				vb[off+k] = unreached
				continue
			}
			x, y := x0, x0-k
			for x < n && y < m && a[n-1-x] == b[m-1-y] {
				x++
				y++
			}
			vb[off+k] = x
			if r := delta - k; !odd && r >= -c && r <= c && vf[off+r] != unreached && x+vf[off+r] >= n {
				return edit{n - x, n - x0, m - y, m - (x0 - k)}, true
			}
		}
		if d.steps -= 2*c + 2; d.steps < 0 {
			return edit{}, false
		}
	}
	return edit{}, false
}

// furthest returns where a path of c edits arrives on diagonal k, from the
// paths of c-1 edits beside it; unreached if outside of both texts.
func furthest(v []int, off, k, c, n, m int) int {
	if c == 0 {
		return 0
	}
	best := unreached
	if k < n && v[off+k+1] != unreached && v[off+k+1]-k <= m {
		best = v[off+k+1]
	}
	if k > -m && v[off+k-1] != unreached && v[off+k-1] < n {
		best = max(best, v[off+k-1]+1)
	}
	return best
}

func grown(v []int, n int) []int {
	if cap(v) < n {
		return make([]int, n)
	}
	return v[:n]
}
