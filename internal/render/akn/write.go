package akn

import (
	"strings"
	"unicode/utf8"
)

// A writer writes XML. It knows nothing of schemas; names are ASCII.
type writer struct{ b []byte }

// open writes a start tag. attrs are names and values; what is empty is left
// out.
func (w *writer) open(tag string, attrs ...string) {
	w.tag(tag, attrs)
	w.b = append(w.b, '>')
}

// empty writes an element without content.
func (w *writer) empty(tag string, attrs ...string) {
	w.tag(tag, attrs)
	w.b = append(w.b, "/>"...)
}

func (w *writer) tag(tag string, attrs []string) {
	w.b = append(append(w.b, '<'), tag...)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.b = append(append(append(w.b, ' '), attrs[i]...), `="`...)
		w.text(attrs[i+1])
		w.b = append(w.b, '"')
	}
}

func (w *writer) close(tag string) {
	w.b = append(append(append(w.b, "</"...), tag...), '>')
}

// line ends a line: between elements that hold no text.
func (w *writer) line() { w.b = append(w.b, '\n') }

// whole writes an element that holds nothing but text.
func (w *writer) whole(tag, text string, attrs ...string) {
	w.open(tag, attrs...)
	w.text(text)
	w.close(tag)
}

// text writes escaped text. What XML 1.0 (production 2, Char) has no place for
// becomes U+FFFD.
func (w *writer) text(s string) {
	at := 0
	for i := 0; i < len(s); {
		c := s[i]
		size, with := 1, ""
		switch {
		case c == '&':
			with = "&amp;"
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '"':
			with = "&quot;"
		case c == '\r':
			with = "&#13;"
		case c < ' ' && c != '\t' && c != '\n':
			with = "\uFFFD"
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == 0xFFFE || r == 0xFFFF {
				with = "\uFFFD"
			}
		}
		if with != "" {
			w.b = append(append(w.b, s[at:i]...), with...)
			at = i + size
		}
		i += size
	}
	w.b = append(w.b, s[at:]...)
}

// uri makes an address fit for an attribute of type anyURI: what is no part of
// one is escaped.
func uri(s string) string {
	const hex = "0123456789ABCDEF"
	bad := func(c byte) bool { return c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 }
	first := -1
	for i := range len(s) {
		if bad(s[i]) {
			first = i
			break
		}
	}
	if first < 0 {
		return s
	}
	out := []byte(s[:first])
	for i := first; i < len(s); i++ {
		if c := s[i]; bad(c) {
			out = append(out, '%', hex[c>>4], hex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}
