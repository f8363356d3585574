package extract

import (
	"bytes"
	"strings"

	"gongbao/internal/zh"
)

// maxText bounds a text file.
const maxText = 20 << 20

// readText reads a text as it stands: each line that is not blank is a block,
// spaces and all, as the indent of a line and the blank lines between two
// (seen from Block.Line) tell their reader where paragraphs begin. A form feed
// is a page break. In Markdown, # lines outside of code are headings.
func readText(b []byte, markdown bool, _ Options) (*Document, error) {
	if len(b) > maxText {
		return nil, &Problem{Kind: Large}
	}
	text, _, bad := zh.Decode(b)
	d := &Document{Format: Text}
	if bad >= 0 {
		damage := bytes.Count(text, []byte("\uFFFD"))
		if damage*20 > len([]rune(string(text))) {
			return nil, &Problem{Kind: Encoding}
		}
		d.Problems = append(d.Problems, Problem{Kind: Encoding, Line: 1 + bytes.Count(text[:bad], []byte("\n"))})
	}
	if n := bytes.Count(text, []byte{0}); n > 0 {
		if n*100 > len(text) {
			return nil, &Problem{Kind: Encoding, Detail: "binary"}
		}
		text = bytes.ReplaceAll(text, []byte{0}, nil)
	}
	if markdown {
		d.Format = Markdown
	}
	fresh, code := false, false
	line := 0
	for l := range strings.SplitSeq(string(text), "\n") {
		line++
		for i, part := range strings.Split(l, "\f") {
			if i > 0 {
				fresh = true
			}
			if trimSpace(part) == "" {
				continue
			}
			blk := Block{Runs: []Run{{Text: part}}, Line: line, Break: fresh}
			fresh = false
			if markdown {
				if mark := strings.TrimLeft(part, " "); strings.HasPrefix(mark, "```") || strings.HasPrefix(mark, "~~~") {
					code = !code
				} else if level, title := markdownHeading(part); level > 0 && !code {
					blk.Kind, blk.Level, blk.Runs = Heading, level, []Run{{Text: title}}
				}
			}
			d.Blocks = append(d.Blocks, blk)
		}
	}
	if len(d.Blocks) == 0 {
		return nil, &Problem{Kind: Broken, Detail: "empty"}
	}
	return d, nil
}

// markdownHeading returns the level and the text of a line like ## 标题, or 0.
func markdownHeading(line string) (int, string) {
	s := strings.TrimLeft(line, " ")
	if len(line)-len(s) > 3 {
		return 0, ""
	}
	title := strings.TrimLeft(s, "#")
	level := len(s) - len(title)
	if level == 0 || level > 6 || title != "" && title[0] != ' ' && title[0] != '\t' {
		return 0, ""
	}
	title = strings.TrimSpace(title)
	if end := strings.TrimRight(title, "#"); end != title && (end == "" || strings.HasSuffix(end, " ")) {
		title = strings.TrimSpace(end)
	}
	return level, title
}
