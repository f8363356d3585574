package pdf

import (
	"fmt"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// links returns the link annotations of a page; paper has none.
func (f *finisher) links(p *typeset.Page) types.Array {
	if f.book.Purpose == press.Print {
		return nil
	}
	var out types.Array
	for _, l := range p.Links {
		if l.Width <= 0 || l.Height <= 0 {
			continue
		}
		action := f.action(l.To)
		if action == nil {
			continue
		}
		x, top := int64(l.X), int64(p.Height)-int64(l.Y)
		out = append(out, f.add(types.Dict{
			"Type":    types.Name("Annot"),
			"Subtype": types.Name("Link"),
			"Rect":    array(points(x), points(top-int64(l.Height)), points(x+int64(l.Width)), points(top)),
			"Border":  array(types.Integer(0), types.Integer(0), types.Integer(0)),
			"F":       types.Integer(4), // is printed, as PDF/A wants
			"A":       action,
		}))
	}
	return out
}

// action returns what a link does, or nil if it leads nowhere.
func (f *finisher) action(to string) types.Object {
	if name, ok := strings.CutPrefix(to, "#"); ok {
		t, ok := f.marks[name]
		if !ok {
			return nil
		}
		return types.Dict{"S": types.Name("GoTo"), "D": f.destination(t)}
	}
	scheme, _, _ := strings.Cut(to, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return types.Dict{"S": types.Name("URI"), "URI": types.StringLiteral(escapeASCII(percent(to)))}
	}
	return nil
}

// destination returns a place, at the reader's own zoom.
func (f *finisher) destination(t target) types.Array {
	height := int64(f.book.Pages[t.page].Height) + int64(f.margin)
	return array(f.pages[t.page], types.Name("XYZ"), types.Integer(0), points(height-int64(t.y)), nil)
}

// percent writes what may not stand in an address as %XX.
func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// escapeASCII escapes a string for parentheses, without what is not ASCII.
func escapeASCII(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c >= ' ' && c < 0x7F:
			b.WriteByte(c)
		}
	}
	return b.String()
}
