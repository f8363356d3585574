package markup

import "bytes"

// The limits of what a body may nest. Nobody writes so; files that do make the
// Markdown library take minutes (it is quadratic in open brackets and in
// nested quotes), and a build must not stop for one file.
const (
	deepestLine  = 64    // markers of quotes and lists at the start of a line
	mostBrackets = 20000 // marks that may open a link or emphasis, in one paragraph
)

// tooDeep returns the offset of the mark from which on a body nests more than a
// text can; -1 for none.
func tooDeep(body []byte) int {
	marks, start := 0, 0
	for line := range bytes.Lines(body) {
		depth, bare, deep, many := 0, true, -1, -1
		for i, c := range line {
			switch c {
			case '>', '-', '+', '*':
				if bare {
					if depth++; depth == deepestLine+1 {
						deep = start + i
					}
				}
				if c == '*' {
					if marks++; marks == mostBrackets+1 {
						many = start + i
					}
				}
			case '[', '_', '`', '<':
				if marks++; marks == mostBrackets+1 {
					many = start + i
				}
			case ' ', '\t', '\n':
			default:
				bare = false
			}
		}
		if many >= 0 {
			return many
		}
		if rule := bytes.Trim(line, "-*_ \t\n"); deep >= 0 && (len(rule) > 0 || bytes.IndexByte(line, ' ') >= 0) {
			return deep
		}
		if len(bytes.TrimSpace(line)) == 0 {
			marks = 0
		}
		start += len(line)
	}
	return -1
}

// plainBlocks reads a body, whose first line has the number n, as paragraphs
// without any mark-up.
func plainBlocks(body []byte, n int) []*Block {
	var out []*Block
	for line := range bytes.Lines(body) {
		if text := bytes.TrimSpace(line); len(text) > 0 {
			out = append(out, &Block{Kind: Paragraph, Line: n, Inlines: []Inline{{Kind: Text, Text: string(text)}}})
		}
		n++
	}
	return out
}
