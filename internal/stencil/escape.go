package stencil

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// A context is a place in HTML with what html/template does to values there.
type context struct {
	escapers      string // the names that html/template appends to the pipeline
	before, after string // a template with a value in such a place, around it
	plain         func(string) bool
	raw           reflect.Type // of texts that are written as they are; nil for none
}

var contexts = []context{
	{"_html_template_htmlescaper", "", "", plainText, htmlType},
	{"_html_template_attrescaper", `<p title="`, `">`, plainText, nil},
	{"_html_template_rcdataescaper", "<title>", "</title>", plainText, nil},
	{"_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper", `<a href="`, `">`, plainAddress, nil},
	{"_html_template_urlfilter _html_template_attrescaper", `<meta http-equiv="refresh" content="0; url=`, `">`, plainAddress, nil},
	{"_html_template_jsvalescaper", "<script>", "</script>", nil, reflect.TypeFor[template.JS]()},
}

// special are the bytes of ASCII that html/template writes otherwise in texts and
// in attributes in quotes.
var special = func() (t [256]bool) {
	for _, c := range []byte("\x00\"&'+<>") {
		t[c] = true
	}
	return t
}()

func plainText(s string) bool {
	for i := range len(s) {
		if special[s[i]] {
			return false
		}
	}
	return true
}

// inAddress are bytes of addresses that are the same everywhere in them.
var inAddress = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?#=") {
		t[c] = true
	}
	return t
}()

func plainAddress(s string) bool {
	if rest, ok := strings.CutPrefix(s, "https://"); ok {
		s = rest
	}
	for i := range len(s) {
		if !inAddress[s[i]] {
			return false
		}
	}
	return true
}

// inContext executes a template with a value in its place, and returns what
// stands there then.
func (c *context) inContext(t *template.Template, v reflect.Value) string {
	var b strings.Builder
	if err := t.Execute(&b, v.Interface()); err != nil {
		panic(failure{ErrUnknown})
	}
	out, ok := strings.CutPrefix(b.String(), c.before)
	out, found := strings.CutSuffix(out, c.after)
	if !ok || !found {
		panic(failure{ErrUnknown})
	}
	return out
}

// reference returns the template of a context, after looking that html/template
// does in it what it should.
func (c *context) reference() (*template.Template, error) {
	t, err := template.New("reference").Parse(c.before + "{{.}}" + c.after)
	if err != nil {
		return nil, err
	}
	if err := t.Execute(&bytes.Buffer{}, ""); err != nil {
		return nil, err
	}
	for _, n := range t.Tree.Root.Nodes {
		if a, ok := n.(*parse.ActionNode); ok && escapers(a.Pipe) == c.escapers {
			return t, nil
		}
	}
	return nil, unknownf("context of %s", c.escapers)
}

// references are the templates of the contexts.
var references = sync.OnceValues(func() ([]*template.Template, error) {
	out := make([]*template.Template, len(contexts))
	for i := range contexts {
		t, err := contexts[i].reference()
		if err != nil {
			return nil, err
		}
		out[i] = t
	}
	return out, nil
})

// escapers are the commands of a pipeline behind the first.
func escapers(p *parse.PipeNode) string {
	var names []string
	for _, c := range p.Cmds[1:] {
		names = append(names, c.String())
	}
	return strings.Join(names, " ")
}

// write is an action that writes a value in its context.
func (s *scope) write(p *parse.PipeNode, dot reflect.Type) (step, error) {
	v, err := s.command(p.Cmds[0], dot)
	if err != nil {
		return nil, err
	}
	all, err := references()
	if err != nil {
		return nil, err
	}
	for i := range contexts {
		if c := &contexts[i]; c.escapers == escapers(p) {
			return c.writer(v, all[i])
		}
	}
	return nil, unknownf("context of %s", p)
}

func (c *context) writer(v value, t *template.Template) (step, error) {
	other := func(r *run, of reflect.Value) { r.b.WriteString(c.inContext(t, of)) }
	switch {
	case v.typ == c.raw && c.raw == htmlType:
		return func(r *run, dot reflect.Value) { r.raw(r.b, v.get(r, dot).String()) }, nil
	case v.typ == c.raw && c.raw != nil:
		return func(r *run, dot reflect.Value) { r.b.WriteString(v.get(r, dot).String()) }, nil
	case v.typ == stringType && c.plain != nil:
		return func(r *run, dot reflect.Value) {
			of := v.get(r, dot)
			if text := of.String(); c.plain(text) {
				r.b.WriteString(text)
			} else {
				other(r, of)
			}
		}, nil
	case v.typ == reflect.TypeFor[int]() && c.plain != nil:
		return func(r *run, dot reflect.Value) {
			r.b.Write(strconv.AppendInt(r.b.AvailableBuffer(), v.get(r, dot).Int(), 10))
		}, nil
	}
	switch v.typ.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Float64:
		return func(r *run, dot reflect.Value) { other(r, v.get(r, dot)) }, nil
	case reflect.Interface:
		return func(r *run, dot reflect.Value) {
			of := v.get(r, dot)
			if of.IsNil() {
				panic(failure{ErrUnknown})
			}
			if of = of.Elem(); of.Type() == stringType && c.plain != nil && c.plain(of.String()) {
				r.b.WriteString(of.String())
			} else {
				other(r, of)
			}
		}, nil
	}
	return nil, unknownf("text of %s", v.typ)
}
