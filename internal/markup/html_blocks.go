package markup

import (
	"strconv"
	"strings"
)

// escapeURL encodes what may not stand in an address; what is encoded already
// stays.
func escapeURL(s string) string {
	const hex = "0123456789ABCDEF"
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			if b == nil {
				b = append(make([]byte, 0, len(s)+32), s[:i]...)
			}
			b = append(b, '%', hex[c>>4], hex[c&15])
		} else if b != nil {
			b = append(b, c)
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

func (w *writer) figure(b *Block) {
	x := &b.Inlines[0]
	w.s("<figure>")
	w.image(x)
	if x.Title != "" {
		w.s("<figcaption>")
		w.text(x.Title)
		w.s("</figcaption>")
	}
	w.close("figure")
}

func (w *writer) table(b *Block) {
	w.s("<div class=\"table\" tabindex=\"0\"><table>\n")
	head := b.HeadRows()
	for i, row := range b.Rows {
		cell := "td"
		if i < head {
			cell = "th"
		}
		if i == 0 {
			w.s("<thead>")
		}
		w.s("<tr>")
		for _, c := range row {
			if c.Covered() {
				continue
			}
			w.s("<" + cell)
			if c.Align != "" {
				w.s(` class="` + c.Align + `"`)
			}
			if c.Cols > 1 {
				w.s(` colspan="` + strconv.Itoa(c.Cols) + `"`)
			}
			if c.Rows > 1 {
				w.s(` rowspan="` + strconv.Itoa(c.Rows) + `"`)
			}
			switch {
			case i >= head:
			case c.Cols > 1:
				w.s(` scope="colgroup"`)
			default:
				w.s(` scope="col"`)
			}
			w.s(">")
			w.inlines(c.Inlines)
			w.s("</" + cell + ">")
		}
		w.s("</tr>")
		if i == head-1 {
			w.s("</thead>\n<tbody>")
		}
		w.s("\n")
	}
	if len(b.Rows) > 0 {
		w.s("</tbody>")
	}
	w.s("</table></div>\n")
}

func (w *writer) footnotes(notes []Footnote) {
	if len(notes) == 0 {
		return
	}
	w.s("<section class=\"footnotes\"><ol>\n")
	for _, n := range notes {
		no := strconv.Itoa(n.Number)
		w.s(`<li id="fn_` + no + `">`)
		for i, b := range n.Blocks {
			if i == 0 && b.Kind == Paragraph {
				w.inlines(b.Inlines)
				continue
			}
			w.block(b, 1)
		}
		if !n.Unused {
			w.s(` <a href="#fnref_` + no + `" aria-label="[` + no + `]">↩</a>`)
		}
		w.s("</li>\n")
	}
	w.s("</ol></section>\n")
}
