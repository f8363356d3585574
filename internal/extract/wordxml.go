package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"strings"
	"unicode/utf16"
)

// wordSpaces are the prefixes by which this package calls namespaces, whatever
// the file calls them: of ECMA-376 and of ISO/IEC 29500 strict.
var wordSpaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":              "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                          "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":       "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                   "r",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":               "mc",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":                "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                            "m",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                     "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                                 "a",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                    "c",
	"http://purl.oclc.org/ooxml/drawingml/chart":                                "c",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":                  "dgm",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                              "dgm",
	"urn:schemas-microsoft-com:vml":                                             "v",
	"urn:schemas-microsoft-com:office:office":                                   "o",
	"http://purl.org/dc/elements/1.1/":                                          "dc",
	"http://purl.org/dc/terms/":                                                 "dcterms",
	"http://schemas.openxmlformats.org/package/2006/metadata/core-properties":   "cp",
	"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
	"http://purl.oclc.org/ooxml/officeDocument/extendedProperties":              "ep",
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties":   "op",
	"http://purl.oclc.org/ooxml/officeDocument/customProperties":                "op",
	"http://schemas.openxmlformats.org/package/2006/relationships":              "rel",
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":      "vt",
	"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes":                  "vt",
	"http://www.w3.org/XML/1998/namespace":                                      "xml",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":         "wps",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":    "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":                "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":                  "pic",
}

// A wordNode is an element, or text where its name is empty.
type wordNode struct {
	name              string // w:p
	text              string
	attrs             []xml.Attr // Name.Local holds the prefix too: w:val
	first, last, next *wordNode
}

// attr returns the value of an attribute, or "".
func (n *wordNode) attr(name string) string {
	if n != nil {
		for i := range n.attrs {
			if n.attrs[i].Name.Local == name {
				return n.attrs[i].Value
			}
		}
	}
	return ""
}

func (n *wordNode) has(name string) bool {
	for i := range n.attrs {
		if n.attrs[i].Name.Local == name {
			return true
		}
	}
	return false
}

// child returns the first child of that name, or nil.
func (n *wordNode) child(name string) *wordNode {
	if n != nil {
		for k := n.first; k != nil; k = k.next {
			if k.name == name {
				return k
			}
		}
	}
	return nil
}

// val is w:val of the child of that name.
func (n *wordNode) val(name string) string { return n.child(name).attr("w:val") }

// content is the text right inside the element.
func (n *wordNode) content() string {
	if n.first == nil {
		return ""
	}
	if n.first == n.last {
		return n.first.text
	}
	var b strings.Builder
	for k := n.first; k != nil; k = k.next {
		b.WriteString(k.text)
	}
	return b.String()
}

// A wordParser reads elements one by one, so that only one block of a document
// stands in memory. Entities other than XML's own are errors: nothing expands.
type wordParser struct {
	d     *xml.Decoder
	part  string
	nodes *int
	open  []wordOpen
	scope map[string]string   // prefix of the file to prefix of this package
	names map[xml.Name]string // names in this scope
	own   bool                // the scope belongs to the last element
	slab  []wordNode
}

// A wordOpen is an open element with the scope around it.
type wordOpen struct {
	raw   xml.Name
	scope map[string]string
	names map[xml.Name]string
}

func newWordParser(b []byte, part string, nodes *int) *wordParser {
	d := xml.NewDecoder(bytes.NewReader(utf8Of(b)))
	d.CharsetReader = wordCharset
	return &wordParser{d: d, part: part, nodes: nodes, scope: map[string]string{}, names: map[xml.Name]string{}}
}

// utf8Of makes UTF-8 of UTF-16, which the standard allows too.
func utf8Of(b []byte) []byte {
	little := bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("<\x00?\x00"))
	if !little && !bytes.HasPrefix(b, []byte("\xFE\xFF")) && !bytes.HasPrefix(b, []byte("\x00<\x00?")) {
		return bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		lo, hi := b[2*i], b[2*i+1]
		if !little {
			lo, hi = hi, lo
		}
		u[i] = uint16(hi)<<8 | uint16(lo)
	}
	if len(u) > 0 && u[0] == 0xFEFF {
		u = u[1:]
	}
	return []byte(string(utf16.Decode(u)))
}

// token reads up to the next start (its node), end (nil) or text (a node
// without a name). Only elements of text keep theirs.
func (x *wordParser) token(keep bool) (*wordNode, error) {
	for {
		t, err := x.d.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) && len(x.open) == 0 {
				return nil, io.EOF
			}
			return nil, &Problem{Kind: Broken, Detail: x.part}
		}
		switch t := t.(type) {
		case xml.StartElement:
			return x.element(t)
		case xml.EndElement:
			n := len(x.open) - 1
			if n < 0 || x.open[n].raw != t.Name {
				return nil, &Problem{Kind: Broken, Detail: x.part}
			}
			x.scope, x.names = x.open[n].scope, x.open[n].names
			x.open = x.open[:n]
			return nil, nil
		case xml.CharData:
			if keep && len(t) > 0 {
				n, err := x.node(1)
				if err != nil {
					return nil, err
				}
				n.text = string(t)
				return n, nil
			}
		}
	}
}

func (x *wordParser) node(cost int) (*wordNode, error) {
	if *x.nodes -= cost; *x.nodes < 0 {
		return nil, &Problem{Kind: Large, Detail: x.part}
	}
	if len(x.slab) == 0 {
		x.slab = make([]wordNode, 128)
	}
	n := &x.slab[0]
	x.slab = x.slab[1:]
	return n, nil
}

func (x *wordParser) element(t xml.StartElement) (*wordNode, error) {
	n, err := x.node(1 + len(t.Attr))
	if err != nil {
		return nil, err
	}
	if len(x.open) >= wordDepth {
		return nil, &Problem{Kind: Large, Detail: x.part}
	}
	x.open = append(x.open, wordOpen{t.Name, x.scope, x.names})
	x.own = false
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			err = x.declare(a.Name.Local, a.Value)
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			err = x.declare("", a.Value)
		case a.Name.Space == "w" && strings.HasPrefix(a.Name.Local, "rsid"): // sessions of editing
		default:
			kept = append(kept, a)
		}
		if err != nil {
			return nil, err
		}
	}
	for i := range kept {
		if kept[i].Name.Space != "" {
			kept[i].Name.Local = x.name(kept[i].Name)
		}
	}
	n.name, n.attrs = x.name(t.Name), kept
	return n, nil
}

// declare binds a prefix, in a scope of its own where it is a new meaning.
func (x *wordParser) declare(prefix, uri string) error {
	short, ok := wordSpaces[uri]
	if !ok {
		short = "x"
	}
	if old, ok := x.scope[prefix]; ok && old == short {
		return nil
	}
	if len(x.scope) >= wordPrefixes {
		return &Problem{Kind: Large, Detail: x.part}
	}
	if !x.own {
		*x.nodes -= len(x.scope) // what copying costs
		x.scope, x.names, x.own = maps.Clone(x.scope), map[xml.Name]string{}, true
	}
	x.scope[prefix] = short
	return nil
}

// name puts the prefix of this package before a name. A prefix that nobody
// declared counts as what it seems to be.
func (x *wordParser) name(raw xml.Name) string {
	if s, ok := x.names[raw]; ok {
		return s
	}
	short, ok := x.scope[raw.Space]
	if !ok {
		short = raw.Space
	}
	s := short + ":" + raw.Local
	if short == "" {
		s = raw.Local
	}
	x.names[raw] = s
	return s
}

// start reads the next start of an element: the root, or nil at the end of the
// element around it.
func (x *wordParser) start() (*wordNode, error) {
	n, err := x.token(false)
	if errors.Is(err, io.EOF) {
		return nil, &Problem{Kind: Broken, Detail: x.part}
	}
	return n, err
}

// fill reads what is in an element that was started, and its end.
func (x *wordParser) fill(root *wordNode) error {
	parents := []*wordNode{root}
	for len(parents) > 0 {
		top := parents[len(parents)-1]
		n, err := x.token(holdsText(top.name))
		if err != nil {
			return err
		}
		if n == nil {
			parents = parents[:len(parents)-1]
			continue
		}
		if top.last == nil {
			top.first = n
		} else {
			top.last.next = n
		}
		top.last = n
		if n.name != "" {
			parents = append(parents, n)
		}
	}
	return nil
}

// holdsText reports whether text in an element counts.
func holdsText(name string) bool {
	space, local, _ := strings.Cut(name, ":")
	switch space {
	case "w", "m":
		return local == "t" || local == "instrText" || local == "delText"
	case "dc", "dcterms", "cp", "ep", "vt":
		return true
	}
	return false
}
