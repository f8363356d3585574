package markup

import "bytes"

// The limits of what a body may nest. Nobody writes so; files that do make the
// Markdown library take minutes (it is quadratic in open brackets and in
// nested quotes), and a build must not stop for one file.
const (
	deepestLine  = 64    // markers of quotes and lists at the start of a line
	mostBrackets = 20000 // marks that may open a link or emphasis, in one paragraph
)

// tooDeep returns the line, counted from 0, that nests more than a text can;
// -1 for none.
func tooDeep(body []byte) int {
	marks, n := 0, 0
	for line := range bytes.Lines(body) {
		depth, bare := 0, true
		for _, c := range line {
			switch c {
			case '>', '-', '+':
				if bare {
					depth++
				}
			case '*':
				if bare {
					depth++
				}
				marks++
			case '[', '_', '`', '<':
				marks++
			case ' ', '\t', '\n':
			default:
				bare = false
			}
		}
		blank := len(bytes.TrimSpace(line)) == 0
		if rule := bytes.Trim(line, "-*_ \t\n"); depth > deepestLine && (len(rule) > 0 || bytes.IndexByte(line, ' ') >= 0) || marks > mostBrackets {
			return n
		}
		if blank {
			marks = 0
		}
		n++
	}
	return -1
}

// plainBlocks reads a body as paragraphs without any mark-up.
func (c *converter) plainBlocks() []*Block {
	var out []*Block
	for line := range bytes.Lines(c.src) {
		if text := bytes.TrimSpace(line); len(text) > 0 {
			out = append(out, &Block{Kind: Paragraph, Line: c.line, Inlines: []Inline{{Kind: Text, Text: string(text)}}})
		}
		c.line++
	}
	return out
}
