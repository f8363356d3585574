package markup

import (
	"bytes"
	"regexp"
)

// Visible returns a body without what no reader of the page sees: comments, link
// definitions that nothing uses (one of the ways to write a comment), what stands
// behind the fence of code, and titles of links. Editors write notes to themselves there, and what is
// published as Markdown must not hold more than the page. In doubt it is taken away.
// Lines stay where they are.
func Visible(body []byte) []byte {
	body = comment.ReplaceAllFunc(body, lineEnds)
	body = untitled(fence.ReplaceAll(body, []byte("$1")))
	if !bytes.Contains(body, []byte("]:")) {
		return body
	}
	return definition.ReplaceAllFunc(body, func(m []byte) []byte {
		part := definition.FindSubmatch(m)
		switch {
		case part[2][0] == '^':
			return m
		case used(body, part[2]):
			return append(bytes.Clone(part[1]), lineEnds(m[len(part[1]):])...)
		}
		return lineEnds(m)
	})
}

var (
	comment = regexp.MustCompile(`(?s)<!--(?:-?>|.*?-->)`)
	fence   = regexp.MustCompile("(?m)^([ \t>*+-]*(?:`{3,}|~{3,}))[^`\n]*$")
	// A definition may have its address and its title on lines of their own.
	definition = regexp.MustCompile(`(?m)^([ \t>]*\[((?:[^\[\]\\\n]|\\.)+)\]:[ \t]*(?:\n[ \t]*)?\S+)[ \t]*(?:\n?[ \t]*(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$`)
)

// linkTitle is that of an inline link or picture, with the end of the link.
var linkTitle = regexp.MustCompile(`(\]\([ \t]*(?:<[^<>\n]*>|[^ \t\n<>()]*(?:\([^ \t\n()]*\)[^ \t\n<>()]*)*))[ \t\n]+(?:"[^"]*"|'[^']*'|\([^()]*\))[ \t\n]*\)`)

// untitled takes the titles of links away; those of pictures are shown under them.
func untitled(body []byte) []byte {
	var out []byte
	at := 0
	for _, m := range linkTitle.FindAllSubmatchIndex(body, -1) {
		if picture(body[:m[0]]) {
			continue
		}
		out = append(out, body[at:m[3]]...)
		out = append(append(out, lineEnds(body[m[3]:m[1]])...), ')')
		at = m[1]
	}
	return append(out, body[at:]...)
}

// picture reports whether the bracket that closes behind a text is that of a picture.
func picture(text []byte) bool {
	open := 1
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ']':
			open++
		case '[':
			if open--; open == 0 {
				return i > 0 && text[i-1] == '!'
			}
		}
	}
	return false
}

// lineEnds are the line ends of a text, and nothing else.
func lineEnds(text []byte) []byte { return bytes.Repeat([]byte{'\n'}, bytes.Count(text, []byte{'\n'})) }

// used reports whether a label stands somewhere else than in its definition.
func used(body, label []byte) bool {
	name := append(append([]byte{'['}, bytes.ToLower(label)...), ']')
	rest := bytes.ToLower(body)
	for {
		i := bytes.Index(rest, name)
		if i < 0 {
			return false
		}
		if rest = rest[i+len(name):]; len(rest) == 0 || rest[0] != ':' {
			return true
		}
	}
}
