package extract

import (
	"bytes"
	"strconv"
)

// The objects of a PDF file are nil, bool, float64, []any and these.
type (
	pdfName   string
	pdfString string
	pdfOp     string // a word that is no object: an operator, obj, R
	pdfDict   map[string]any
	pdfRef    int
	pdfStream struct {
		dict pdfDict
		raw  []byte
	}
)

// maxPDFDepth bounds arrays and dictionaries in one another.
const maxPDFDepth = 40

// A pdfLexer reads objects. Damage yields odd objects, never a panic.
type pdfLexer struct {
	b     []byte
	p     int
	depth int
}

func pdfSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func pdfDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return pdfSpace(c)
}

func (l *pdfLexer) skip() {
	for l.p < len(l.b) {
		c := l.b[l.p]
		if c == '%' {
			for l.p < len(l.b) && l.b[l.p] != '\n' && l.b[l.p] != '\r' {
				l.p++
			}
		} else if pdfSpace(c) {
			l.p++
		} else {
			return
		}
	}
}

// next returns the next object or word; false at the end.
func (l *pdfLexer) next() (any, bool) {
	l.skip()
	if l.p >= len(l.b) {
		return nil, false
	}
	c := l.b[l.p]
	switch {
	case c == '/':
		l.p++
		return pdfName(l.name()), true
	case c == '(':
		return l.literal(), true
	case c == '<' && l.p+1 < len(l.b) && l.b[l.p+1] == '<':
		l.p += 2
		return l.dict(), true
	case c == '<':
		return l.hex(), true
	case c == '[':
		l.p++
		return l.array(), true
	case c == '>' && l.p+1 < len(l.b) && l.b[l.p+1] == '>':
		l.p += 2
		return pdfOp(">>"), true
	case pdfDelimiter(c):
		l.p++
		return pdfOp(l.b[l.p-1 : l.p]), true
	case c >= '0' && c <= '9', c == '-', c == '+', c == '.':
		return l.number(), true
	}
	w := l.word()
	switch string(w) {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null":
		return nil, true
	}
	return pdfOp(w), true
}

func (l *pdfLexer) word() []byte {
	from := l.p
	for l.p < len(l.b) && !pdfDelimiter(l.b[l.p]) {
		l.p++
	}
	return l.b[from:l.p]
}

func (l *pdfLexer) number() any {
	w := l.word()
	n, frac, scale, neg := 0.0, false, 1.0, false
	for i, c := range w {
		switch {
		case c >= '0' && c <= '9':
			if frac {
				scale /= 10
				n += float64(c-'0') * scale
			} else {
				n = n*10 + float64(c-'0')
			}
		case c == '.' && !frac:
			frac = true
		case c == '-' && i == 0:
			neg = true
		case c == '-' || c == '+': // 12.-5 and --5 of careless programs
		default:
			if f, err := strconv.ParseFloat(string(w), 64); err == nil {
				return f
			}
			return pdfOp(w)
		}
	}
	if n > 1e15 {
		n = 1e15
	}
	if neg {
		n = -n
	}
	return n
}

func (l *pdfLexer) name() string {
	w := l.word()
	if bytes.IndexByte(w, '#') < 0 {
		return string(w)
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if n, err := strconv.ParseUint(string(w[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return string(out)
}

func (l *pdfLexer) literal() pdfString {
	l.p++
	var out []byte
	for depth := 1; l.p < len(l.b); l.p++ {
		c := l.b[l.p]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.p++
				return pdfString(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		case '\r':
			if l.p+1 < len(l.b) && l.b[l.p+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	l.p = min(l.p, len(l.b)) // a backslash was the last
	return pdfString(out)
}

// escape reads what follows a backslash, to its last byte.
func (l *pdfLexer) escape(out []byte) []byte {
	l.p++
	if l.p >= len(l.b) {
		return out
	}
	c := l.b[l.p]
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.p+1 < len(l.b) && l.b[l.p+1] == '\n' {
			l.p++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	n := int(c - '0')
	for range 2 {
		if l.p+1 >= len(l.b) || l.b[l.p+1] < '0' || l.b[l.p+1] > '7' {
			break
		}
		l.p++
		n = n*8 + int(l.b[l.p]-'0')
	}
	return append(out, byte(n))
}

func (l *pdfLexer) hex() pdfString {
	l.p++
	end := bytes.IndexByte(l.b[l.p:], '>')
	if end < 0 {
		end = len(l.b) - l.p
	}
	out := unhex(l.b[l.p : l.p+end])
	l.p = min(l.p+end+1, len(l.b))
	return pdfString(out)
}

// unhex decodes hexadecimal digits; a last odd one counts as followed by 0.
func unhex(b []byte) []byte {
	out := make([]byte, 0, len(b)/2+1)
	half, n := false, byte(0)
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			continue
		}
		if half {
			out = append(out, n<<4|c)
		}
		n, half = c, !half
	}
	if half {
		out = append(out, n<<4)
	}
	return out
}

// items reads objects up to a closing word, references put together.
func (l *pdfLexer) items(end pdfOp) []any {
	var out []any
	l.depth++
	defer func() { l.depth-- }()
	for {
		o, ok := l.next()
		if !ok || l.depth > maxPDFDepth {
			return out
		}
		if w, isOp := o.(pdfOp); isOp {
			if w == end {
				return out
			}
			if w == "R" && len(out) >= 2 {
				if n, ok := out[len(out)-2].(float64); ok {
					out = append(out[:len(out)-2], pdfRef(n))
				}
				continue
			}
			if w == "endobj" || w == "stream" || w == "endstream" {
				return out
			}
			continue
		}
		out = append(out, o)
	}
}

func (l *pdfLexer) array() []any { return l.items("]") }

func (l *pdfLexer) dict() pdfDict {
	items := l.items(">>")
	d := make(pdfDict, len(items)/2)
	for i := 0; i+1 < len(items); {
		k, ok := items[i].(pdfName)
		if !ok {
			i++
			continue
		}
		d[string(k)] = items[i+1]
		i += 2
	}
	return d
}
