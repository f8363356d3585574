package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/extract"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// readOffice reads a file that is no text: Word, a web page, a PDF.
func (im *Imported) readOffice(name string, raw []byte, o Options) *document {
	doc, err := extract.Read(name, raw, extract.Options{Accept: o.Accept, Off: o.Off})
	if err != nil {
		p, ok := errors.AsType[*extract.Problem](err)
		if !ok {
			p = &extract.Problem{Kind: extract.Broken, Detail: err.Error()}
		}
		im.problem(*p, diag.Error)
		return nil
	}
	for _, p := range doc.Problems {
		switch {
		case p.Kind == extract.Tracked && o.Accept:
		case p.Kind == extract.Tracked, p.Kind == extract.NotDocument:
			im.problem(p, diag.Error)
		default:
			im.problem(p, diag.Warning)
		}
		im.list = im.list || p.Kind == extract.NotDocument
	}
	lines := blockLines(doc)
	d := readLines(lines, fields(doc.Fields), o.Off, doc.Format == extract.Word)
	d.cleaned = append(doc.Removed, d.cleaned...)
	d.links(doc.Links)
	for _, n := range doc.Notes {
		text := fmt.Sprintf("[^%d]: %s", n.Number, escape(oneLine(n.Runs)))
		d.blocks = append(d.blocks, block{text, [][]line{{{text: text}}}})
	}
	for _, p := range doc.Pictures {
		if p.Data != nil {
			im.Files = append(im.Files, p)
		}
	}
	return d
}

// problem makes a finding of a problem.
func (im *Imported) problem(p extract.Problem, severity diag.Severity) {
	detail := p.Detail
	switch p.Kind {
	case extract.Unsupported, extract.Mislabelled:
	default:
		if detail != "" {
			detail = " (" + detail + ")"
		}
	}
	f := diag.New("import-"+string(p.Kind), diag.Pos{File: im.Name, Line: p.Line}, detail)
	f.Severity = severity
	im.Findings = append(im.Findings, f)
}

// blockLines gives the blocks of a file as lines. Paragraphs of Word files and
// pages are whole; the lines of a PDF are not.
func blockLines(doc *extract.Document) []line {
	var out []line
	broken := doc.Format == extract.PDF || doc.Format == extract.Text
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch b.Kind {
		case extract.PictureBlock:
			if !slices.ContainsFunc(doc.Pictures, func(p extract.Picture) bool { return p.Name == b.Picture && p.Data != nil }) {
				continue // a finding says that it is lost; a reference to nothing would stop the build
			}
			fallthrough
		case extract.TableBlock:
			out = append(out, line{n: b.Line, after: true, block: b, whole: true})
			continue
		}
		first := true
		for part := range strings.SplitSeq(runText(b.Runs), "\n") {
			part = strings.TrimFunc(part, edge)
			if part == "" {
				continue
			}
			out = append(out, line{
				text: part, n: b.Line, after: !broken || b.Break || first && i > 0 && doc.Blocks[i-1].Page != b.Page,
				whole: !broken, head: b.Kind == extract.Heading, right: b.Right, center: b.Center,
				set: doc.Format == extract.PDF, indent: b.Indent, full: b.Full,
			})
			first = false
		}
	}
	return out
}

// runText is the text of runs with marks for footnotes, which Markdown keeps.
func runText(runs []extract.Run) string {
	var s strings.Builder
	for _, r := range runs {
		if r.Note > 0 {
			fmt.Fprintf(&s, "%s%d]", noteMark, r.Note)
			continue
		}
		s.WriteString(r.Text)
	}
	return s.String()
}

// noteMark opens the mark of a footnote until the text is escaped.
const noteMark = "\x02[^"

func oneLine(runs []extract.Run) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(extract.PlainText(runs), "\n", " ")), " ")
}

// tableText writes a table as Markdown, with the signs of merged cells: << goes
// on from the left, ^^ from above.
func tableText(rows [][]extract.Cell) string {
	cols := 0
	grid := make([][]string, len(rows))
	taken := map[[2]int]bool{}
	for r, row := range rows {
		c := 0
		for _, cell := range row {
			for taken[[2]int{r, c}] {
				c++
			}
			put(grid, r, c, "")
			grid[r][c] = cellText(cell)
			for i := range min(max(1, cell.Rows), len(rows)-r) {
				for j := range max(1, cell.Cols) {
					taken[[2]int{r + i, c + j}] = true
					if i+j > 0 {
						put(grid, r+i, c+j, sign(i, j))
					}
				}
			}
			c += max(1, cell.Cols)
			cols = max(cols, c)
		}
	}
	var b strings.Builder
	for r, row := range grid {
		for len(row) < cols {
			row = append(row, "")
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if r == 0 {
			b.WriteString("|" + strings.Repeat("---|", cols) + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// put sets a place of a grid.
func put(grid [][]string, r, c int, text string) {
	for len(grid[r]) <= c {
		grid[r] = append(grid[r], "")
	}
	grid[r][c] = text
}

// sign is the sign of a place i rows below and j columns right of its cell.
func sign(i, j int) string {
	if j > 0 {
		return "<<"
	}
	return "^^"
}

// cellText is the text of a cell; what is a sign of merged cells is escaped.
func cellText(c extract.Cell) string {
	text := strings.ReplaceAll(escape(oneLine(c.Runs)), "|", "\\|")
	if text == "<<" || text == "^^" {
		text = "\\" + text
	}
	return text
}

// paragraph is a block of Markdown for lines that belong together.
func paragraph(p []line) block {
	if b := p[0].block; b != nil {
		text := "![](" + b.Picture + ")"
		if b.Kind == extract.TableBlock {
			text = tableText(b.Rows)
		}
		var from [][]line
		for range strings.Count(text, "\n") + 1 {
			from = append(from, p)
		}
		return block{text, from}
	}
	text := escape(zh.JoinLines(texts(p)))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\x02\\[^", "[^"), noteMark, "[^")
	return block{text, [][]line{p}}
}

// links takes files that a page links as attachments, where the text names none.
func (d *document) links(links []extract.Link) {
	for _, l := range links {
		title := strings.TrimSpace(l.Title)
		if title == "" || markup.Numbered(title) && len(title) > 200 {
			continue
		}
		d.linked = append(d.linked, l)
	}
}
