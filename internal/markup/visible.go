package markup

import (
	"bytes"
	"regexp"
	"strings"
)

// Visible returns a body without what no reader of the page sees: comments, link
// definitions that nothing uses (one of the ways to write a comment), what stands
// behind the fence of code, titles of links, and of pictures inside a text. Editors
// write notes to themselves there, and what is published as Markdown must not hold
// more than the page. In doubt it is taken away. Lines stay where they are. A body
// with none of that is returned as it is.
func Visible(body []byte) []byte {
	has := func(mark string) bool { return bytes.Contains(body, []byte(mark)) }
	if has("<!--") {
		body = comment.ReplaceAllFunc(body, lineEnds)
	}
	if has("```") || has("~~~") {
		body = fence.ReplaceAll(body, []byte("$1"))
	}
	if has("](") {
		body = untitled(body)
	}
	if !has("]:") {
		return body
	}
	used := labels(body)
	return definition.ReplaceAllFunc(body, func(m []byte) []byte {
		part := definition.FindSubmatch(m)
		switch {
		case part[2][0] == '^':
			return m
		case used[folded(part[2])]:
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

// untitled takes titles away but those of pictures that stand alone, under which they
// are shown.
func untitled(body []byte) []byte {
	var out []byte
	at := 0
	for _, m := range linkTitle.FindAllSubmatchIndex(body, -1) {
		if alone(body, picture(body[:m[0]]), m[1]) {
			continue
		}
		out = append(out, body[at:m[3]]...)
		out = append(append(out, lineEnds(body[m[3]:m[1]])...), ')')
		at = m[1]
	}
	return append(out, body[at:]...)
}

// longest bounds the text of a link in bytes: what is longer counts as no picture.
const longest = 4096

// alone reports whether what stands from start to end is a paragraph of its own:
// blank lines, or the ends of the body, are around it.
func alone(body []byte, start, end int) bool {
	const blank = "\n \t"
	if start < 0 {
		return false
	}
	before := body[max(0, start-longest):start]
	before = before[len(bytes.TrimRight(before, blank)):]
	behind := body[end:min(end+longest, len(body))]
	behind = behind[:len(behind)-len(bytes.TrimLeft(behind, blank))]
	return (len(before) == start || bytes.Count(before, lineEnd) > 1) && (end+len(behind) == len(body) || bytes.Count(behind, lineEnd) > 1)
}

var lineEnd = []byte{'\n'}

// picture returns where the picture begins whose bracket closes behind a text; -1
// where it is no picture.
func picture(text []byte) int {
	open := 1
	for i := len(text) - 1; i >= max(0, len(text)-longest); i-- {
		switch text[i] {
		case ']':
			open++
		case '[':
			if open--; open == 0 {
				if i > 0 && text[i-1] == '!' {
					return i - 1
				}
				return -1
			}
		}
	}
	return -1
}

// lineEnds are the line ends of a text, and nothing else.
func lineEnds(text []byte) []byte { return bytes.Repeat([]byte{'\n'}, bytes.Count(text, []byte{'\n'})) }

var inBrackets = regexp.MustCompile(`\[([^\[\]]+)\](:?)`)

// labels are those that stand somewhere else than in a definition, folded.
func labels(body []byte) map[string]bool {
	out := map[string]bool{}
	for _, m := range inBrackets.FindAllSubmatch(body, -1) {
		if len(m[2]) == 0 {
			out[folded(m[1])] = true
		}
	}
	return out
}

// folded is a label as others name it: case and white space do not count.
func folded(label []byte) string {
	return strings.Join(strings.Fields(strings.ToLower(string(label))), " ")
}
