package markup

import (
	"bytes"
	"slices"
)

// Blocks calls yield for every block of running text of the fragment, in reading
// order: what stands between two borders of elements that are no phrasing
// elements. anchor is the id of the nearest element around it, else the last one
// before it, "" for none. text is the text without mark-up, which yield must
// not keep; marks of footnotes are left out. A search finds nothing across two
// blocks, and its reader in the browser (layouts/assets/search.js) cuts the page in the
// same way.
func (f *Fragment) Blocks(yield func(anchor string, text []byte)) {
	c := cutter{html: f.HTML, yield: yield, anchors: true}
	c.cut()
}

// Texts is Blocks without their anchors.
func (f *Fragment) Texts(yield func(text []byte)) {
	c := cutter{html: f.HTML, yield: func(_ string, text []byte) { yield(text) }}
	c.cut()
}

func (c *cutter) cut() {
	for c.at < len(c.html) {
		i := bytes.IndexByte(c.html[c.at:], '<')
		if i < 0 {
			i = len(c.html) - c.at
		}
		c.text(c.html[c.at : c.at+i])
		c.at += i
		c.tag()
	}
	c.flush()
}

type cutter struct {
	html  []byte
	at    int
	buf   []byte
	yield func(string, []byte)

	anchors bool     // whether they are wanted
	open    []string // ids of open elements, "" for those without
	last    string   // the last id seen
}

// phrasing are the elements that text runs through.
var phrasing = []string{"a", "b", "strong", "em", "code", "sup", "sub", "span", "br", "img", "i", "u", "mark", "small"}

var entities = []struct {
	name string
	char byte
}{{"lt;", '<'}, {"gt;", '>'}, {"amp;", '&'}, {"#34;", '"'}}

func (c *cutter) text(s []byte) {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			c.buf = append(c.buf, s...)
			return
		}
		c.buf = append(c.buf, s[:i]...)
		s = s[i+1:]
		known := false
		for _, e := range entities {
			if bytes.HasPrefix(s, []byte(e.name)) {
				c.buf, s, known = append(c.buf, e.char), s[len(e.name):], true
				break
			}
		}
		if !known {
			c.buf = append(c.buf, '&')
		}
	}
}

// tag reads the tag at the place, if there is one.
func (c *cutter) tag() {
	end := bytes.IndexByte(c.html[c.at:], '>')
	if end < 0 {
		c.at = len(c.html)
		return
	}
	tag := c.html[c.at+1 : c.at+end]
	c.at += end + 1
	closing := len(tag) > 0 && tag[0] == '/'
	if closing {
		tag = tag[1:]
	}
	name := tag
	if i := bytes.IndexByte(tag, ' '); i >= 0 {
		name = tag[:i]
	}
	if string(tag) == `sup class="fn"` {
		if i := bytes.Index(c.html[c.at:], []byte("</sup>")); i >= 0 {
			c.at += i + len("</sup>")
		}
		return
	}
	if slices.Contains(phrasing, string(name)) {
		return
	}
	c.flush()
	if string(name) == "hr" || string(name) == "col" {
		return
	}
	if c.anchors {
		c.id(tag, closing)
	}
}

// id keeps the ids of open elements.
func (c *cutter) id(tag []byte, closing bool) {
	if closing {
		if len(c.open) > 0 {
			c.open = c.open[:len(c.open)-1]
		}
		return
	}
	id := ""
	if i := bytes.Index(tag, []byte(` id="`)); i >= 0 {
		rest := tag[i+len(` id="`):]
		if j := bytes.IndexByte(rest, '"'); j >= 0 {
			id = string(rest[:j])
			c.last = id
		}
	}
	c.open = append(c.open, id)
}

func (c *cutter) flush() {
	if len(bytes.TrimSpace(c.buf)) > 0 {
		anchor := c.last
		for i := len(c.open) - 1; i >= 0; i-- {
			if c.open[i] != "" {
				anchor = c.open[i]
				break
			}
		}
		c.yield(anchor, c.buf)
	}
	c.buf = c.buf[:0]
}
