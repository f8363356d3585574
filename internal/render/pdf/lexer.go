package pdf

import "fmt"

// A fixed is a number of a content stream in units of 1/100000: whole numbers
// come out the same on every machine.
type fixed int64

const one fixed = 100_000

// A tokenKind is what a token of a content stream or character map is.
type tokenKind uint8

const (
	endToken tokenKind = iota
	numberToken
	nameToken
	hexToken // text has the digits
	stringToken
	operatorToken
	openToken  // [
	closeToken // ]
	markToken  // << or >>
)

type token struct {
	kind tokenKind
	num  fixed
	text []byte
}

// A lexer cuts a content stream into tokens.
type lexer struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// next returns the next token.
func (l *lexer) next() (token, error) {
	for l.at < len(l.data) && isSpace(l.data[l.at]) {
		l.at++
	}
	if l.at == len(l.data) {
		return token{}, nil
	}
	switch c := l.data[l.at]; c {
	case '[', ']':
		l.at++
		kind := openToken
		if c == ']' {
			kind = closeToken
		}
		return token{kind: kind}, nil
	case '<', '>':
		return l.angle(c)
	case '(':
		return l.literal()
	case '/':
		l.at++
		return token{kind: nameToken, text: l.word()}, nil
	case ')', '{', '}', '%':
		return token{}, fmt.Errorf("unexpected %q in a stream", c)
	}
	w := l.word()
	if n, ok := parseFixed(w); ok {
		return token{kind: numberToken, num: n}, nil
	}
	return token{kind: operatorToken, text: w}, nil
}

func (l *lexer) word() []byte {
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return l.data[start:l.at]
}

// angle reads <<, >> or a hexadecimal string.
func (l *lexer) angle(c byte) (token, error) {
	if l.at+1 < len(l.data) && l.data[l.at+1] == c {
		l.at += 2
		return token{kind: markToken}, nil
	}
	start := l.at + 1
	for l.at = start; l.at < len(l.data); l.at++ {
		if l.data[l.at] == '>' {
			l.at++
			return token{kind: hexToken, text: l.data[start : l.at-1]}, nil
		}
	}
	return token{}, fmt.Errorf("a string without end in a stream")
}

// literal reads a string in parentheses; gopdf writes none with escapes.
func (l *lexer) literal() (token, error) {
	start := l.at + 1
	for l.at = start; l.at < len(l.data); l.at++ {
		switch l.data[l.at] {
		case '(', '\\':
			return token{}, fmt.Errorf("an escape in a stream")
		case ')':
			l.at++
			return token{kind: stringToken, text: l.data[start : l.at-1]}, nil
		}
	}
	return token{}, fmt.Errorf("a string without end in a stream")
}

// parseFixed reads a number; digits beyond the fifth after the point are cut.
func parseFixed(w []byte) (fixed, bool) {
	neg, i := false, 0
	if len(w) > 0 && (w[0] == '-' || w[0] == '+') {
		neg, i = w[0] == '-', 1
	}
	if i == len(w) || len(w) > 13 {
		return 0, false
	}
	n, unit := fixed(0), fixed(0)
	for ; i < len(w); i++ {
		switch c := w[i]; {
		case c == '.' && unit == 0:
			unit = one
		case c < '0' || c > '9':
			return 0, false
		case unit == 0:
			n = n*10 + fixed(c-'0')*one
		default:
			unit /= 10
			n += fixed(c-'0') * unit
		}
	}
	if neg {
		n = -n
	}
	return n, true
}

// parseHex returns the number that hexadecimal digits write.
func parseHex(w []byte) (int, bool) {
	if len(w) == 0 || len(w) > 7 {
		return 0, false
	}
	n := 0
	for _, c := range w {
		v := hexValue(c)
		if v < 0 {
			return 0, false
		}
		n = n<<4 | v
	}
	return n, true
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
