package extract

import (
	"encoding/base64"
	"path"
	"strconv"
	"strings"
	"unicode"

	"gongbao/internal/zh"
)

// webWriter writes the segments of a page as a document.
type webWriter struct {
	webPage
	doc         *Document
	files       map[string][]byte
	o           Options
	listing     bool
	first, last int // the running text
	head, tail  int // the title or -1; where what is below the text ends
	gone        int // the segment after the last that was removed
}

func (w *webWriter) off(cleaner string) bool {
	for _, c := range w.o.Off {
		if c == cleaner {
			return true
		}
	}
	return false
}

func (w *webWriter) problem(kind ProblemKind, detail string, line int) {
	w.doc.Problems = append(w.doc.Problems, Problem{kind, detail, line})
}

// remove takes a segment out. Neighbours are one entry.
func (w *webWriter) remove(cleaner string, i int) {
	w.removeText(cleaner, strings.Join(strings.FieldsFunc(w.segs[i].text, zh.IsSpace), " "), i)
}

func (w *webWriter) removeText(cleaner, text string, i int) {
	if text == "" {
		return
	}
	if w.off(cleaner) {
		w.block(i)
		return
	}
	if n := len(w.doc.Removed); n > 0 && w.doc.Removed[n-1].Cleaner == cleaner && w.gone == i {
		last := &w.doc.Removed[n-1]
		last.Text += "\n" + text
	} else {
		w.doc.Removed = append(w.doc.Removed, Removed{cleaner, text, i + 1})
	}
	w.gone = i + 1
}

// heading writes the title.
func (w *webWriter) heading(i int) {
	w.block(i)
	if len(w.doc.Blocks) == 0 {
		return
	}
	b := &w.doc.Blocks[len(w.doc.Blocks)-1]
	g := &w.segs[i]
	if b.Kind == Paragraph && (i < w.from || g.node.titled || w.sameTitle(g.text)) {
		b.Kind, b.Level = Heading, 1
	}
}

// block writes a segment as a paragraph, then its pictures.
func (w *webWriter) block(i int) {
	g := &w.segs[i]
	b := Block{Runs: spaced(g.runs, !w.off(Spaces)), Line: i + 1, Center: g.node.align == 'c', Right: g.node.align == 'r'}
	if h := heading(g.node.tag); h > 0 {
		b.Kind, b.Level = Heading, h
	}
	if !b.Center && !b.Right && g.n < 40 {
		wide := 0
		for _, r := range g.text {
			if !zh.IsSpace(r) {
				break
			}
			if wide++; r == 0x3000 {
				wide++
			}
		}
		b.Right = wide >= 20
	}
	if g.n > 0 && len(b.Runs) > 0 {
		w.doc.Blocks = append(w.doc.Blocks, b)
		w.links(b.Runs, i)
	}
	if !w.listing && i >= w.core.from && i < w.core.to || i >= w.first && i <= w.last && !w.listing {
		w.pictures(g.pics, i)
	}
}

func (w *webWriter) links(runs []Run, i int) {
	for _, r := range runs {
		if r.Link == "" || !isFile(r.Link) {
			continue
		}
		if n := len(w.doc.Links); n > 0 && w.doc.Links[n-1].To == r.Link && w.doc.Links[n-1].Line == i+1 {
			w.doc.Links[n-1].Title += r.Text
			continue
		}
		w.doc.Links = append(w.doc.Links, Link{r.Text, r.Link, i + 1})
	}
}

// maxPictures bounds the pictures of a page.
const maxPictures = 500

func (w *webWriter) pictures(pics []webPic, i int) {
	for _, p := range pics {
		if len(w.doc.Pictures) >= maxPictures {
			return
		}
		name, data := pictureName(p.src, len(w.doc.Pictures)+1), w.files[p.src]
		if rest, ok := strings.CutPrefix(p.src, "data:image/"); ok {
			kind, code, _ := strings.Cut(rest, ";base64,")
			name = "picture-" + strconv.Itoa(len(w.doc.Pictures)+1) + "." + safeName(kind)
			data, _ = base64.StdEncoding.DecodeString(code)
		}
		w.doc.Pictures = append(w.doc.Pictures, Picture{name, data})
		w.doc.Blocks = append(w.doc.Blocks, Block{Kind: PictureBlock, Picture: name, Line: i + 1})
		if len(data) == 0 {
			w.problem(PictureLost, name, i+1)
		}
	}
}

// pictureName is the last part of an address, safe as a local file name and
// with its number, as addresses of two pictures may end alike.
func pictureName(src string, n int) string {
	src, _, _ = strings.Cut(src, "?")
	name := safeName(path.Base(strings.ReplaceAll(src, "\\", "/")))
	if len(name) > 60 {
		name = name[len(name)-60:]
	}
	return "picture-" + strconv.Itoa(n) + "-" + name
}

func safeName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_') {
			return r
		}
		return -1
	}, s)
}

// pictured reports whether the document has pictures.
func (w *webWriter) pictured() bool {
	for i := w.from; i < w.to; i++ {
		if len(w.segs[i].pics) > 0 {
			return true
		}
	}
	return false
}

// table writes a data table and returns its last segment. Text between its
// cells stands above it, as browsers show it.
func (w *webWriter) table(i int, t *webNode) int {
	rows := w.rowsOf(t, !w.off(Spaces))
	var pics []webPic
	for k := t.from; k < t.to; k++ {
		g := &w.segs[k]
		if cell := g.node.in("td", "th", "table"); (cell == nil || cell.tag == "table") && !g.hidden {
			w.block(k)
			continue
		}
		pics = append(pics, g.pics...)
		w.links(g.runs, k)
	}
	w.doc.Blocks = append(w.doc.Blocks, Block{Kind: TableBlock, Rows: rows, Line: i + 1})
	w.pictures(pics, i)
	return max(t.to-1, i)
}

// metadata takes a table of metadata and returns its last segment.
func (w *webWriter) metadata(i int) int {
	t := w.segs[i].node.in("table")
	for t != nil && !t.meta {
		t = t.parent.in("table")
	}
	if t == nil {
		w.remove(Navigation, i)
		return i
	}
	rows := w.rowsOf(t, true)
	fields, _ := metaTable(rows)
	for _, f := range fields {
		f.Line = i + 1
		w.doc.Fields = append(w.doc.Fields, f)
	}
	if w.off(Metadata) {
		return w.table(i, t)
	}
	w.removeText(Metadata, rowsText(rows), i)
	w.gone = t.to
	return max(t.to-1, i)
}

// labels takes a line of labels and values, and the value that stands in the
// next cell. It returns how many segments those are, 0 if it is none.
func (w *webWriter) labels(i int) int {
	g := &w.segs[i]
	if g.links*2 > g.n {
		return 0
	}
	fields, ok := fieldsOf(g.text)
	if !ok && isLabel(g.text) && w.pair(i) {
		fields, ok = []Field{{Label: strings.Trim(webKey(g.text), "：:【】[]")}}, true
	}
	if !ok {
		return 0
	}
	n := 1
	if last := len(fields) - 1; last >= 0 && fields[last].Value == "" && w.pair(i) {
		fields[last].Value = cleanValue(w.segs[i+1].text)
		n = 2
	}
	for _, f := range fields {
		f.Line = i + 1
		w.doc.Fields = append(w.doc.Fields, f)
	}
	for k := i; k < i+n; k++ {
		w.remove(Metadata, k)
	}
	return n
}

// pair reports whether the next segment is the value of a label: in the next
// cell of the same row, or in the <dd> after its <dt>.
func (w *webWriter) pair(i int) bool {
	if i+1 >= len(w.segs) {
		return false
	}
	a, b := &w.segs[i], &w.segs[i+1]
	if b.labelled() || isLabel(b.text) || b.n > 120 || i+1 == w.head {
		return false
	}
	row := a.node.in("tr", "dl", "li")
	return row != nil && a.node != b.node && row == b.node.in("tr", "dl", "li")
}

// several reports a second document on the page: labels in the middle of the
// running text, with a title near them.
func (w *webWriter) several() {
	for i := w.first + 1; i < w.last; i++ {
		g := &w.segs[i]
		fields, ok := fieldsOf(g.text)
		if !ok && !g.meta || !g.meta && len(fields) < 2 || w.sum[i]-w.sum[w.first] < 120 || w.sum[w.last+1]-w.sum[i] < 60 {
			continue
		}
		for k := max(w.first, i-6); k < min(i+12, w.last); k++ {
			if w.titleScore(k) >= 3 {
				w.problem(SeveralTexts, trimSpace(w.segs[k].text), min(i, k)+1)
				return
			}
		}
	}
}
