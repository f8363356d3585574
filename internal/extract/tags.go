package extract

import (
	"bytes"

	"golang.org/x/net/html"
)

// Tags reads the start tags of a web page one by one, for who looks at links and
// attributes and not at texts. It holds one tag at a time.
type Tags struct {
	Name string // in lower case
	At   int    // offset in the page of its <

	z     *html.Tokenizer
	next  int // offset of the next token
	attrs []tagAttr
}

type tagAttr struct{ name, value []byte }

// NewTags returns the reader of a page. It never fails: what is no tag is text.
func NewTags(page []byte) *Tags { return &Tags{z: html.NewTokenizer(bytes.NewReader(page))} }

// Next goes to the next start tag. It returns false at the end of the page.
func (t *Tags) Next() bool {
	for {
		kind := t.z.Next()
		t.At = t.next
		t.next += len(t.z.Raw())
		switch kind {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := t.z.TagName()
			t.Name = string(name)
			t.attrs = t.attrs[:0]
			for more {
				var a tagAttr
				a.name, a.value, more = t.z.TagAttr()
				t.attrs = append(t.attrs, a)
			}
			return true
		}
	}
}

// Attr returns the value of an attribute, unescaped; "" where the tag has none.
func (t *Tags) Attr(name string) string {
	for _, a := range t.attrs {
		if string(a.name) == name {
			return string(a.value)
		}
	}
	return ""
}
