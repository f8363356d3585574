package extract

import "math"

// A pdfGlyph is a printed character. Its place is in a system turned so that
// its line runs to the right, in points.
type pdfGlyph struct {
	text   string
	x0, x1 float64
	y      float64
	size   float64
	turn   int // degrees, against the clock
	extra  bool
}

// A pdfPage is what stands on a page.
type pdfPage struct {
	glyphs        []pdfGlyph
	width, height float64
	x, y          float64 // of its corner, unturned
	turn          int
	pictures      int
	covered       float64 // share under the largest picture
	drawn         bool    // something that is no text
	unknown       int     // characters that nobody can tell
}

type pdfMatrix [6]float64

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

type pdfState struct {
	ctm                        pdfMatrix
	font                       *pdfFont
	size, tc, tw, th, tl, rise float64
}

// A pdfShow runs the operators of pages.
type pdfShow struct {
	f      *pdfFile
	fonts  map[pdfRef]*pdfFont
	ops    int
	glyphs int
	page   *pdfPage
	s      pdfState
	stack  []pdfState
	tm, lm pdfMatrix
	marks  []bool // marked contents that are open: whether furniture
	extra  int
}

// show returns a page; false where it asks for more work than a document does.
func (w *pdfShow) show(d pdfDict) (*pdfPage, bool) {
	p := &pdfPage{width: 595, height: 842}
	box := w.f.numbers(d["CropBox"], 4)
	if box == nil {
		box = w.f.numbers(d["MediaBox"], 4)
	}
	if box != nil && box[0] != box[2] && box[1] != box[3] {
		p.x, p.y = min(box[0], box[2]), min(box[1], box[3])
		p.width, p.height = math.Abs(box[2]-box[0]), math.Abs(box[3]-box[1])
	}
	p.turn = ((int(w.f.number(d["Rotate"], 0)) % 360) + 360) % 360
	w.page, w.stack, w.marks, w.extra = p, nil, nil, 0
	w.s = pdfState{ctm: pdfMatrix{1, 0, 0, 1, 0, 0}, th: 1}
	switch p.turn {
	case 90:
		w.s.ctm = pdfMatrix{0, -1, 1, 0, 0, p.width}
	case 180:
		w.s.ctm = pdfMatrix{-1, 0, 0, -1, p.width, p.height}
	case 270:
		w.s.ctm = pdfMatrix{0, 1, -1, 0, p.height, 0}
	}
	w.s.ctm = pdfMatrix{1, 0, 0, 1, -p.x, -p.y}.times(w.s.ctm)
	if p.turn%180 == 90 {
		p.width, p.height = p.height, p.width
	}
	var content []byte
	if s, ok := w.f.get(d["Contents"]).(*pdfStream); ok {
		content = w.f.data(s)
	}
	for _, o := range w.f.array(d["Contents"]) {
		if s, ok := w.f.get(o).(*pdfStream); ok {
			if len(content) > maxPDFStream || w.f.spent() {
				return p, false
			}
			b := w.f.data(s)
			w.f.work -= len(b)
			content = append(append(content, b...), '\n') // first from nil: nothing else holds it
		}
	}
	w.run(content, w.f.dict(d["Resources"]), 0)
	return p, w.ops < maxPDFOps && w.glyphs < maxPDFGlyphs && !w.f.spent()
}

func (w *pdfShow) run(content []byte, res pdfDict, depth int) {
	l := &pdfLexer{b: content}
	var args []any
	for w.ops < maxPDFOps && w.glyphs < maxPDFGlyphs && !w.f.spent() {
		from := l.p
		o, ok := l.next()
		if !ok {
			return
		}
		w.ops++
		w.f.work -= l.p - from
		op, isOp := o.(pdfOp)
		if !isOp {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		if op == "BI" {
			w.inline(l)
		} else {
			w.do(op, args, res, depth)
		}
		args = args[:0]
	}
}

// inline passes over a picture that stands in the operators.
func (w *pdfShow) inline(l *pdfLexer) {
	w.picture()
	for {
		o, ok := l.next()
		if !ok {
			return
		}
		if o == pdfOp("ID") {
			break
		}
	}
	for i := l.p; i+2 < len(l.b); i++ {
		if l.b[i] == 'E' && l.b[i+1] == 'I' && i > 0 && pdfSpace(l.b[i-1]) && pdfSpace(l.b[i+2]) {
			l.p = i + 2
			return
		}
	}
	l.p = len(l.b)
}

func arg(args []any, i int) float64 {
	if i < len(args) {
		if n, ok := args[i].(float64); ok {
			return n
		}
	}
	return 0
}

func matrixOf(args []any) pdfMatrix {
	var m pdfMatrix
	for i := range m {
		m[i] = arg(args, i)
	}
	return m
}

func (w *pdfShow) do(op pdfOp, args []any, res pdfDict, depth int) {
	s := &w.s
	switch op {
	case "q":
		if len(w.stack) < 1000 {
			w.stack = append(w.stack, *s)
		}
	case "Q":
		if n := len(w.stack); n > 0 {
			*s, w.stack = w.stack[n-1], w.stack[:n-1]
		}
	case "cm":
		s.ctm = matrixOf(args).times(s.ctm)
	case "BT":
		w.tm = pdfMatrix{1, 0, 0, 1, 0, 0}
		w.lm = w.tm
	case "Tf":
		s.size = arg(args, 1)
		if len(args) > 0 {
			name, _ := args[0].(pdfName)
			s.font = w.font(w.f.dict(res["Font"]), string(name))
		}
	case "Tc":
		s.tc = arg(args, 0)
	case "Tw":
		s.tw = arg(args, 0)
	case "Tz":
		s.th = arg(args, 0) / 100
	case "TL":
		s.tl = arg(args, 0)
	case "Ts":
		s.rise = arg(args, 0)
	case "Tm":
		w.tm = matrixOf(args)
		w.lm = w.tm
	case "Td":
		w.move(arg(args, 0), arg(args, 1))
	case "TD":
		s.tl = -arg(args, 1)
		w.move(arg(args, 0), arg(args, 1))
	case "T*":
		w.move(0, -s.tl)
	case "Tj":
		w.strings(args)
	case "'":
		w.move(0, -s.tl)
		w.strings(args)
	case `"`:
		s.tw, s.tc = arg(args, 0), arg(args, 1)
		w.move(0, -s.tl)
		w.strings(args)
	case "TJ":
		if len(args) > 0 {
			a, _ := args[0].([]any)
			w.strings(a)
		}
	case "BMC", "BDC":
		w.mark(op, args)
	case "EMC":
		if n := len(w.marks); n > 0 {
			if w.marks[n-1] {
				w.extra--
			}
			w.marks = w.marks[:n-1]
		}
	case "Do":
		if len(args) > 0 {
			name, _ := args[0].(pdfName)
			w.form(w.f.dict(res["XObject"])[string(name)], res, depth)
		}
	case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh":
		w.page.drawn = true
	}
}

// mark opens marked content. Running heads and folios are marked as such by
// programs for text.
func (w *pdfShow) mark(op pdfOp, args []any) {
	if len(w.marks) > 1000 {
		return
	}
	extra := false
	if op == "BDC" && len(args) > 1 && args[0] == pdfName("Artifact") {
		d, _ := args[1].(pdfDict)
		extra = d["Type"] == pdfName("Pagination")
	}
	if extra {
		w.extra++
	}
	w.marks = append(w.marks, extra)
}

func (w *pdfShow) move(x, y float64) {
	w.lm = pdfMatrix{1, 0, 0, 1, x, y}.times(w.lm)
	w.tm = w.lm
}

func (w *pdfShow) font(fonts pdfDict, name string) *pdfFont {
	o := fonts[name]
	if d, ok := o.(pdfDict); ok { // written out in place: give it a number
		key := pdfRef(-1 - len(w.fonts))
		w.f.cache[int(key)] = d
		o, fonts[name] = key, key
	}
	key, ok := o.(pdfRef)
	if p := w.fonts[key]; p != nil || !ok {
		return p
	}
	d := w.f.dict(o)
	if d == nil {
		return nil
	}
	w.ops += 1000
	p := w.f.font(d)
	w.fonts[key] = p
	return p
}

func (w *pdfShow) form(o any, res pdfDict, depth int) {
	x, ok := w.f.get(o).(*pdfStream)
	if !ok {
		return
	}
	if w.f.name(x.dict["Subtype"]) == "Image" {
		w.picture()
		return
	}
	if depth > 12 {
		return
	}
	w.ops += 100
	save, stack := w.s, w.stack
	w.stack = nil
	if m := w.f.numbers(x.dict["Matrix"], 6); m != nil {
		w.s.ctm = pdfMatrix(m).times(w.s.ctm)
	}
	if own := w.f.dict(x.dict["Resources"]); own != nil {
		res = own
	}
	w.run(w.f.data(x), res, depth+1)
	w.s, w.stack = save, stack
}

// picture notes a picture that is large enough to be seen.
func (w *pdfShow) picture() {
	m := w.s.ctm
	x, y := math.Abs(m[0])+math.Abs(m[2]), math.Abs(m[1])+math.Abs(m[3])
	if !(x > 15 && y > 15) {
		return
	}
	w.page.drawn = true
	w.page.pictures++
	w.page.covered = max(w.page.covered, x*y/(w.page.width*w.page.height))
}

// strings shows strings, moved by the numbers between them.
func (w *pdfShow) strings(args []any) {
	s := &w.s
	for _, o := range args {
		switch o := o.(type) {
		case float64:
			w.tm = pdfMatrix{1, 0, 0, 1, -o / 1000 * s.size * s.th, 0}.times(w.tm)
		case pdfString:
			for rest := string(o); rest != "" && s.font != nil && w.glyphs < maxPDFGlyphs; {
				text, width, n, blank := s.font.next(rest)
				rest = rest[max(n, 1):]
				advance := width*s.size + s.tc
				if blank {
					advance += s.tw
				}
				w.glyph(text, width)
				w.tm = pdfMatrix{1, 0, 0, 1, advance * s.th, 0}.times(w.tm)
			}
		}
	}
}

// glyph notes a glyph where it stands.
func (w *pdfShow) glyph(text string, width float64) {
	w.glyphs++
	s := &w.s
	m := pdfMatrix{s.size * s.th, 0, 0, s.size, 0, s.rise}.times(w.tm).times(s.ctm)
	across, up := math.Hypot(m[0], m[1]), math.Hypot(m[2], m[3])
	if !(across > 0.01 && up > 0.01 && across < 1e5 && up < 1e5 && math.Abs(m[4]) < 1e6 && math.Abs(m[5]) < 1e6) {
		return
	}
	angle := math.Atan2(m[1], m[0])
	g := pdfGlyph{text: text, turn: int(math.Round(angle*180/math.Pi)+360) % 360, size: up, extra: w.extra > 0}
	x, y := m[4], m[5]
	if mx, my := x+m[0]*width/2, y+m[1]*width/2; mx < -2 || my < -2 || mx > w.page.width+2 || my > w.page.height+2 {
		return // cut off
	}
	if g.turn != 0 {
		sin, cos := math.Sincos(angle)
		x, y = x*cos+y*sin, y*cos-x*sin
	}
	g.x0, g.x1, g.y = x, x+width*across, y
	if g.text = cleanGlyph(text); g.text == "" {
		if text == "" && width > 0 {
			w.page.unknown++
			g.text = "\uFFFD"
		} else {
			return
		}
	}
	w.page.glyphs = append(w.page.glyphs, g)
}

// cleanGlyph drops what is no character, and puts the characters of a form of
// printing for which there are usual ones.
func cleanGlyph(s string) string {
	for i, r := range s {
		if r < ' ' || r == 0x7f || r == 0xad || r >= 0x200b && r <= 0x200f || r == 0xfeff || r >= 0xfb00 && r <= 0xfb04 || r >= 0x2e80 && r <= 0x2fdf || r == 0xa0 || r == 0x3000 {
			return s[:i] + plainGlyphs(s[i:])
		}
	}
	return s
}
