package pdf

import (
	"fmt"
	"strconv"
)

// A matrix is a, b, c, d, e, f of PDF.
type matrix [6]fixed

var identity = matrix{one, 0, 0, one, 0, 0}

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

// concat sets the matrix in force to that of cm times itself.
func (w *rewriter) concat() {
	var m matrix
	for i := range m {
		m[i] = w.num(i)
	}
	n := &w.matrix[len(w.matrix)-1]
	mul := func(a, b, c, d fixed) fixed { return (a*b + c*d) / one }
	*n = matrix{
		mul(m[0], n[0], m[1], n[2]), mul(m[0], n[1], m[1], n[3]),
		mul(m[2], n[0], m[3], n[2]), mul(m[2], n[1], m[3], n[3]),
		mul(m[4], n[0], m[5], n[2]) + n[4], mul(m[4], n[1], m[5], n[3]) + n[5],
	}
}

// picture draws a picture.
func (w *rewriter) picture(name string) {
	w.endText()
	fill := w.fill
	w.fill = "0 g" // stencils are black
	if w.overprint {
		w.fill = "0 0 0 1 k"
	}
	w.setFill()
	w.fill = fill
	b := append(w.out.AvailableBuffer(), "q "...)
	for _, n := range w.matrix[len(w.matrix)-1] {
		b = append(appendFixed(b, n), ' ')
	}
	b = append(b, "cm /"...)
	b = append(b, name...)
	w.out.Write(append(b, " Do Q\n"...))
}

// show shows glyphs at the place in force.
func (w *rewriter) show(hex []byte) error {
	f := w.fonts[w.text.font]
	if f == nil || w.text.size <= 0 {
		return fmt.Errorf("text in font %q in a stream", w.text.font)
	}
	if len(hex)%4 != 0 {
		return fmt.Errorf("half a glyph in a stream")
	}
	if len(hex) == 0 {
		return nil
	}
	w.setFill()
	w.setText()
	w.move()
	gap := w.gap()
	if gap != 0 && !w.now.array {
		w.endString()
	}
	b := w.out.AvailableBuffer()
	switch {
	case gap != 0 && w.now.array:
		b = append(appendInt(append(b, ')'), -gap), '(')
	case gap != 0:
		b = append(appendInt(append(b, '['), -gap), '(')
		w.now.array = true
	case !w.now.inString:
		b = append(b, '(')
	}
	w.now.inString = true
	b, err := w.glyphs(b, hex, f)
	w.out.Write(b)
	return err
}

// endString shows the string that is being written. It stays open as long as
// glyphs follow each other.
func (w *rewriter) endString() {
	switch {
	case !w.now.inString:
		return
	case w.now.array:
		w.out.WriteString(")]TJ\n")
	default:
		w.out.WriteString(")Tj\n")
	}
	w.now.inString, w.now.array = false, false
}

// setText opens a text object and sets what differs.
func (w *rewriter) setText() {
	n := &w.now
	if !n.inText {
		w.out.WriteString("BT\n")
		n.inText, n.lineX, n.lineY, n.pen = true, 0, 0, 0
	}
	if n.state == w.text {
		return
	}
	w.endString()
	b := w.out.AvailableBuffer()
	if n.font != w.text.font || n.size != w.text.size {
		b = append(append(b, '/'), w.text.font...)
		b = append(appendFixed(append(b, ' '), w.text.size), " Tf\n"...)
	}
	if n.track != w.text.track {
		b = append(appendFixed(b, w.text.track), " Tc\n"...)
	}
	w.out.Write(b)
	n.state = w.text
}

// move goes to the line on which the pen has to be, if it is another.
func (w *rewriter) move() {
	n := &w.now
	if n.lineY == w.y && w.gapWithin() {
		return
	}
	w.endString()
	b := append(appendFixed(w.out.AvailableBuffer(), w.x-n.lineX), ' ')
	w.out.Write(append(appendFixed(b, w.y-n.lineY), " Td\n"...))
	n.lineX, n.lineY, n.pen = w.x, w.y, int64(w.x)*perFixed
}

// gapWithin says that the place can be reached by a step along the line.
func (w *rewriter) gapWithin() bool {
	d := int64(w.x)*perFixed - w.now.pen
	limit := int64(w.text.size) * perFixed * 30
	return d < limit && d > -limit
}

// gap returns the step to the place, in thousandths of the em, and makes it.
// Steps of one thousandth are what rounding makes, and are not taken: since
// the pen is where it is, they do not add up.
func (w *rewriter) gap() int64 {
	unit := int64(w.text.size) * (perFixed / 1000)
	d := int64(w.x)*perFixed - w.now.pen
	n := (d + unit/2) / unit
	if d < 0 {
		n = -((-d + unit/2) / unit)
	}
	if n >= -1 && n <= 1 {
		return 0
	}
	w.now.pen += n * unit
	return n
}

// glyphs writes the glyphs of a string, and moves the pen.
func (w *rewriter) glyphs(b, hex []byte, f *face) ([]byte, error) {
	for i := 0; i < len(hex); i += 4 {
		g, ok := parseHex(hex[i : i+4])
		if !ok {
			return b, fmt.Errorf("a glyph that is no number in a stream")
		}
		b = appendEscaped(appendEscaped(b, byte(g>>8)), byte(g))
		w.now.pen += f.sfnt.width(g)*int64(w.text.size) + int64(w.text.track)*perFixed
	}
	return b, nil
}

// appendEscaped writes a byte of a string in parentheses.
func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	}
	return append(b, c)
}
