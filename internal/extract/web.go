package extract

import (
	"slices"
	"strings"
)

// readWeb reads a saved page: the document, told from what the site has around
// it. All else is in Removed, metadata also in Fields; <title> and <meta> are
// Fields under their names. A Link or picture is never followed.
func readWeb(b []byte, o Options) (*Document, error) { return readWebParts(b, nil, o) }

// readWebParts is readWeb with the files that came with the page, by address.
func readWebParts(b []byte, files map[string][]byte, o Options) (*Document, error) {
	if len(b) > maxWeb {
		return nil, &Problem{Kind: Large}
	}
	text, whole := decodeWeb(b)
	s := scanWeb(text, slices.Contains(o.Off, Lines))
	if s.large {
		return nil, &Problem{Kind: Large}
	}
	w := &webWriter{webPage: webPage{webScan: s}, doc: &Document{Format: Web}, files: files, o: o}
	if !whole {
		w.problem(Encoding, "", 0)
	}
	w.names()
	w.reveal()
	w.markTables(s.root)
	w.weigh((*webSeg).substance)
	switch list := w.listed(); {
	case len(s.segs) == 0 && s.frames > 0:
		w.problem(NotDocument, "frames", 0)
	case list:
		w.weigh(listLine)
		w.find()
		w.listing = true
		w.problem(NotDocument, "list", 0)
		w.list()
	default:
		w.find()
		w.text()
	}
	return w.doc, nil
}

// names takes <title> and <meta> as fields.
func (w *webWriter) names() {
	if w.title != "" {
		w.doc.Fields = append(w.doc.Fields, Field{Label: "title", Value: w.title})
	}
	for _, m := range w.metas {
		switch strings.ToLower(m.Label) {
		case "viewport", "generator", "robots", "renderer", "progid", "format-detection", "referrer":
			continue
		}
		if !strings.HasPrefix(m.Label, "{") && len(m.Value) < 2000 {
			w.doc.Fields = append(w.doc.Fields, m)
		}
	}
}

// reveal shows what is hidden or beside the document where that is most of the
// page: scripts show it, or its names mislead.
func (w *webWriter) reveal() {
	shown, hidden, nav := 0, 0, 0
	for i := range w.segs {
		g := &w.segs[i]
		was := *g
		g.hidden, g.nav = false, false
		switch n := g.substance(); {
		case was.hidden:
			hidden += n
		case was.nav:
			nav += n
		default:
			shown += n
		}
		g.hidden, g.nav = was.hidden, was.nav
	}
	for i := range w.segs {
		if hidden > 2*shown && hidden > 200 {
			w.segs[i].hidden = false
		}
		if nav > 2*shown && nav > 200 {
			w.segs[i].nav = false
		}
	}
}

// markTables finds the tables of metadata.
func (w *webWriter) markTables(n *webNode) {
	if n.tag == "table" && w.isData(n) {
		rows := w.rowsOf(n, true)
		if len(rows) <= 40 {
			_, n.meta = metaTable(rows)
		}
		for i := n.from; i < n.to && n.meta; i++ {
			w.segs[i].meta = true
		}
	}
	for _, k := range n.kids {
		w.markTables(k)
	}
}

// listed reports whether the page is a list of documents and none itself: a
// short document may stand beside a long list, but has the marks of one.
func (w *webWriter) listed() bool {
	if w.dated() < 8 {
		return false
	}
	links, marks, sentences := 0, 0, 0
	for i := range w.segs {
		g := &w.segs[i]
		if links += listLine(g); g.hidden || g.nav || g.links > 0 {
			continue
		}
		if t := trimSpace(g.text); webOutline.MatchString(t) || webDay.MatchString(t) || webNumber.MatchString(t) {
			marks++
		}
		if g.sentence() && !g.labelled() && !isFooter(g.text) {
			sentences++
		}
	}
	return links > 2*w.sum[len(w.segs)] && (marks < 2 || sentences == 0)
}

func (w *webWriter) list() {
	for i := range w.segs {
		switch g := &w.segs[i]; {
		case g.hidden:
			w.remove(Hidden, i)
		case i < w.from || i >= w.to || isNoise(g) || isFooter(g.text):
			w.remove(Navigation, i)
		default:
			w.block(i)
		}
	}
}

// text writes a page with one document, or what seems to be one.
func (w *webWriter) text() {
	first, last := w.body()
	silent := last < first
	if silent {
		first, last = w.from, w.to-1
	}
	w.first, w.last = first, last
	w.head = w.heads(first)
	w.tail = w.tailEnd()
	if n := w.sum[len(w.segs)]; n < 300 && (webError.MatchString(w.title) || w.erring()) {
		w.problem(NotDocument, "error page", 0)
	} else if n < 40 && (silent || w.head < 0) {
		if w.pictured() {
			w.problem(Scanned, "", 0)
		} else {
			w.problem(NotDocument, "no text", 0)
		}
	}
	for i := 0; i < len(w.segs); i++ {
		i = w.put(i)
	}
	w.several()
}

func (w *webWriter) erring() bool {
	for i := range w.segs {
		if g := &w.segs[i]; !g.hidden && g.n < 60 && webError.MatchString(g.text) {
			return true
		}
	}
	return false
}

// put decides where a segment belongs, and returns the last that it took.
func (w *webWriter) put(i int) int {
	g := &w.segs[i]
	inside := i >= w.from && i < w.to
	running := inside && i >= w.first && i <= w.last
	switch {
	case i == w.head:
		w.heading(i)
		return i
	case g.node.furniture:
		w.remove(Furniture, i)
		return i
	case g.meta && !running:
		return w.metadata(i)
	case !running && !isFooter(g.text):
		if n := w.labels(i); n > 0 {
			return i + n - 1
		}
	}
	switch {
	case g.hidden:
		w.remove(Hidden, i)
	case inside && w.keeps(i, running):
		if t := w.tableOf(i); t != nil && t.from >= w.from && t.to <= w.to {
			return w.table(i, t)
		}
		w.block(i)
	case !inside && i < w.first && w.leads(i), !inside && i >= w.to && i < w.tail && w.belongs(i):
		w.block(i)
	default:
		w.remove(Navigation, i)
	}
	return i
}

// keeps reports whether a segment inside the document stays.
func (w *webWriter) keeps(i int, running bool) bool {
	g := &w.segs[i]
	if running {
		return !isNoise(g) || g.links == 0 && !strings.ContainsAny(g.text, "【[")
	}
	if g.n == 0 {
		return true
	}
	if w.aboveFiles(i) {
		return true
	}
	return !g.nav && !isNoise(g) && !isOwnFooter(g.text) && (g.links*2 <= g.n || g.fileLink() != "")
}

// leads reports whether a segment above the block of the text belongs to the
// document: a number or a note below the title.
func (w *webWriter) leads(i int) bool {
	g := &w.segs[i]
	if w.head < 0 || g.links > 0 || isNoise(g) || isFooter(g.text) {
		return false
	}
	t := trimSpace(g.text)
	if h := &w.segs[w.head]; i == w.head-1 && (g.node == h.node || g.node.parent == h.node.parent) && g.n <= 60 && webOrgan.MatchString(t) {
		return true // the first line of the title
	}
	near := i > w.head && i-w.head <= 12 || i < w.head && w.head-i <= 3 && w.from-i <= 12
	return near && (webNumber.MatchString(t) || w.titleScore(i) >= 4 || i > w.head && strings.HasPrefix(t, "（") && strings.HasSuffix(t, "）"))
}

// aboveFiles reports whether a segment says that attachments follow, and one does.
func (w *webWriter) aboveFiles(i int) bool {
	return i+1 < len(w.segs) && w.segs[i+1].fileLink() != "" && webFiles.MatchString(webKey(w.segs[i].text))
}

// tailEnd returns where what follows the block of the text is no more part of
// the document, as the page goes on with something else.
func (w *webWriter) tailEnd() int {
	i := w.to
	for ; i < len(w.segs) && i < w.to+80; i++ {
		if g := &w.segs[i]; isFooter(g.text) || webShared.MatchString(trimSpace(g.text)) {
			break
		}
	}
	return i
}

// belongs reports whether a segment below the block of the text stays: a
// signature right below it, an attachment wherever it stands.
func (w *webWriter) belongs(i int) bool {
	g := &w.segs[i]
	if g.fileLink() != "" || w.aboveFiles(i) {
		return true
	}
	if !g.belongs() {
		return false
	}
	for k := w.to; k < i; k++ {
		if h := &w.segs[k]; !h.belongs() && h.fileLink() == "" {
			return false
		}
	}
	return true
}
