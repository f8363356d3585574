package pdf

import (
	"bytes"
	"fmt"
)

// A rewriter makes short content streams of gopdf's. gopdf writes every run
// with its font, place and colour anew and in hexadecimal; here only what
// changes is written, and the pen moves on by itself where it can.
type rewriter struct {
	fonts     map[string]*face
	overprint bool // black over all else, as printers want it
	in        lexer
	operands  []token
	matrix    []matrix // of q, the last is in force
	fill      string   // colour operator in force in gopdf's stream
	text      state    // in gopdf's stream
	x, y      fixed
	out       bytes.Buffer
	now       written
}

// A state is how text is shown.
type state struct {
	font  string
	size  fixed
	track fixed
}

// written is what holds at the end of the new stream. Places are in units of
// 10^-11 pt, in which a fixed number of em is whole.
type written struct {
	state
	fill         string
	over         bool // overprint is on
	inText       bool
	inString     bool // of Tj, or with array of TJ
	array        bool
	lineX, lineY fixed // where the line began
	pen          int64
}

// perFixed turns a fixed number of points into units of the pen.
const perFixed = 1_000_000

// rewrite returns the stream in short form. It fails on operators that it does
// not know: a new gopdf must not lose anything unnoticed.
func (w *rewriter) rewrite(stream []byte) ([]byte, error) {
	w.in = lexer{data: stream}
	w.matrix = append(w.matrix[:0], identity)
	w.fill, w.text = "", state{}
	w.now = written{fill: "0 g"}
	w.out.Reset()
	w.operands = w.operands[:0]
	for {
		t, err := w.in.next()
		if err != nil {
			return nil, err
		}
		switch t.kind {
		case endToken:
			w.endText()
			return w.out.Bytes(), nil
		case operatorToken:
			if err := w.operator(string(t.text)); err != nil {
				return nil, err
			}
			w.operands = w.operands[:0]
		default:
			w.operands = append(w.operands, t)
		}
	}
}

// arity is how many numbers an operator takes; -1 where that is not all.
func arity(op string) int {
	switch op {
	case "BT", "ET", "q", "Q", "f":
		return 0
	case "g", "Tc":
		return 1
	case "TD":
		return 2
	case "rg":
		return 3
	case "re", "k":
		return 4
	case "cm":
		return 6
	}
	return -1
}

func (w *rewriter) operator(op string) error {
	switch n := arity(op); {
	case n < 0:
		return w.special(op)
	case len(w.operands) != n:
		return fmt.Errorf("%d operands of %s in a stream", len(w.operands), op)
	}
	for _, o := range w.operands {
		if o.kind != numberToken {
			return fmt.Errorf("an operand of %s in a stream is no number", op)
		}
	}
	switch op {
	case "TD":
		w.x, w.y = w.num(0), w.num(1)
	case "Tc":
		w.text.track = w.num(0)
	case "g", "rg", "k":
		w.fill = colour(w.operands, op)
	case "q":
		w.matrix = append(w.matrix, w.matrix[len(w.matrix)-1])
	case "Q":
		if len(w.matrix) == 1 {
			return fmt.Errorf("operator Q without q in a stream")
		}
		w.matrix = w.matrix[:len(w.matrix)-1]
	case "cm":
		w.concat()
	case "re":
		w.rectangle()
	}
	return nil // BT, ET and f say nothing that is needed
}

func (w *rewriter) num(i int) fixed { return w.operands[i].num }

// special handles operators with operands other than numbers.
func (w *rewriter) special(op string) error {
	n := len(w.operands)
	switch {
	case op == "Tf" && n == 2 && w.operands[0].kind == nameToken && w.operands[1].kind == numberToken:
		w.text.font, w.text.size = string(w.operands[0].text), w.num(1)
		return nil
	case op == "TJ" && n == 3 && w.operands[1].kind == hexToken:
		return w.show(w.operands[1].text)
	case op == "Do" && n == 1 && w.operands[0].kind == nameToken:
		w.picture(string(w.operands[0].text))
		return nil
	}
	return fmt.Errorf("operator %q in a stream", op)
}

// colour returns the operator that sets a colour; grey of RGB is grey.
func colour(v []token, op string) string {
	if op == "rg" && v[0].num == v[1].num && v[1].num == v[2].num {
		v, op = v[:1], "g"
	}
	var b []byte
	for _, t := range v {
		b = append(appendFixed(b, t.num), ' ')
	}
	return string(append(b, op...))
}

// setFill writes the colour if it is another. Black covers nothing where it
// overprints; white would not show.
func (w *rewriter) setFill() {
	if w.fill == w.now.fill || w.fill == "" {
		return
	}
	w.endString()
	w.now.fill = w.fill
	w.out.WriteString(w.fill)
	w.out.WriteByte('\n')
	if over := w.overprint && w.fill == "0 0 0 1 k"; over != w.now.over {
		w.now.over = over
		if over {
			w.out.WriteString("/Over gs\n")
		} else {
			w.out.WriteString("/Knock gs\n")
		}
	}
}

func (w *rewriter) endText() {
	w.endString()
	if w.now.inText {
		w.out.WriteString("ET\n")
		w.now.inText = false
	}
}

func (w *rewriter) rectangle() {
	w.endText()
	w.setFill()
	b := w.out.AvailableBuffer()
	for i := range 4 {
		b = append(appendFixed(b, w.num(i)), ' ')
	}
	w.out.Write(append(b, "re f\n"...))
}

// appendFixed writes a number with at most three digits after the point.
func appendFixed(b []byte, n fixed) []byte {
	const unit = 100
	if n < 0 {
		if n = -n; n < unit/2 {
			return append(b, '0')
		}
		b = append(b, '-')
	}
	n = (n + unit/2) / unit
	whole, part := n/1000, n%1000
	if whole > 0 || part == 0 {
		b = appendInt(b, int64(whole))
	}
	if part == 0 {
		return b
	}
	b = append(b, '.')
	for unit := fixed(100); part > 0; unit /= 10 {
		b = append(b, '0'+byte(part/unit))
		part %= unit
	}
	return b
}
