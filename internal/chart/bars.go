package chart

import "strconv"

// A Share is a length or a place in hundredths of a percent of the picture.
type Share int

// All is the whole picture.
const All Share = 10000

// String writes a share as a length of SVG or CSS: 12.5%.
func (s Share) String() string {
	out := strconv.Itoa(int(s / 100))
	if f := int(s % 100); f > 0 {
		d := strconv.Itoa(f)
		if f < 10 {
			d = "0" + d
		}
		for d[len(d)-1] == '0' {
			d = d[:len(d)-1]
		}
		out += "." + d
	}
	return out + "%"
}

// A Part is a stretch of a bar: of which series, from where, how long.
type Part struct {
	Series   int
	At, Size Share
}

// least is the length of a part that would be too short to be seen.
const least = Share(50)

// Stack cuts bars into parts, one for each series that is not zero; the longest
// bar fills the picture. Every part can be seen: parts are as much longer than
// their share as bars then fit, all by the same measure.
func Stack(rows [][]int) [][]Part {
	top, parts := 0, 0
	for _, row := range rows {
		sum, n := 0, 0
		for _, v := range row {
			sum += max(v, 0)
			if v > 0 {
				n++
			}
		}
		top, parts = max(top, sum), max(parts, n)
	}
	out := make([][]Part, len(rows))
	if top == 0 {
		return out
	}
	room := int(All) - parts*int(least)
	for i, row := range rows {
		at, sum := Share(0), 0
		for s, v := range row {
			if v <= 0 {
				continue
			}
			before := sum * room / top
			sum += v
			size := Share(sum*room/top-before) + least
			out[i] = append(out[i], Part{s, at, size})
			at += size
		}
	}
	return out
}

// A Column is a bar that stands: where it begins, how wide it is, and its parts
// from the ground up.
type Column struct {
	At, Wide Share
	Parts    []Part
}

// Columns puts bars beside each other, with a gap of a fifth, at most of one
// percent.
func Columns(rows [][]int) []Column {
	n := len(rows)
	out := make([]Column, n)
	for i, parts := range Stack(rows) {
		from, to := int(All)*i/n, int(All)*(i+1)/n
		gap := min((to-from)/5, 100)
		out[i] = Column{Share(from), Share(to - from - gap), parts}
	}
	return out
}

// A Tick is a year below columns, in the middle of its own.
type Tick struct {
	Year int
	At   Share
}

// tickRoom is what a year needs of the width of a phone.
const tickRoom = 1400

// Ticks are the years below the columns from one year to another: the first, the
// last, and between them round ones, as many as have room.
func Ticks(first, last int) []Tick {
	n := last - first + 1
	at := func(year int) Share { return All * Share(2*(year-first)+1) / Share(2*n) }
	if n <= 1 {
		return []Tick{{first, at(first)}}
	}
	out := []Tick{{first, at(first)}}
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if int(All)*step/n < tickRoom {
			continue
		}
		for y := first - first%step; y < last; y += step {
			if y > first && at(y)-at(first) >= tickRoom && at(last)-at(y) >= tickRoom {
				out = append(out, Tick{y, at(y)})
			}
		}
		break
	}
	return append(out, Tick{last, at(last)})
}
