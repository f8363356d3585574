package stencil_test

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"gongbao/internal/stencil"
)

type inner struct {
	Text, Href string
	Count      int
}

type named string

type data struct {
	inner
	Title, Href string
	HTML        template.HTML
	JS          template.JS
	Count       int
	Share       float64
	On          bool
	Named       named
	List        []inner
	Pair        [2]bool
	Deep        *data
	None        *data
	Names       []string
}

func (data) Method() string { return "method" }

var funcs = template.FuncMap{
	"word":  func(key string, args ...any) string { return key + "<" + fmt.Sprint(args...) + ">" },
	"mark":  func(s string) template.HTML { return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>") },
	"any":   func(s string) any { return s },
	"url":   func(s string) any { return template.URL(s) },
	"count": func(d *data) (int, error) { return len(d.List), nil },
	"fails": func(d *data) (string, error) { return "", errors.New("it fails") },
}

// compiled is what a Stencil does with all of its constructs.
const compiled = `{{define "item"}}<li title="{{.Text}}">{{if .Href}}<a href="{{.Href}}">{{.Text}}</a>{{else}}{{.Text}}{{end}} {{$.Count}}</li>{{end}}
{{define "none"}}<hr>{{end}}{{define "again"}}[{{.Title}}{{with .Deep}}{{template "again" .}}{{end}}]{{end -}}
<title>{{.Title}}</title><meta http-equiv="refresh" content="0; url={{.Href}}"><script>{{.JS}}</script><script>x = {{.Title}}; y = {{.Count}}</script>
<p title="{{.Title}} {{.Count}} {{.Share}} {{.On}} {{.Named}} {{.HTML}}">{{.Title}}{{.HTML}}{{.Count}}{{.Share}}{{.On}}{{.Named}}{{.JS}}{{.Text}}</p>
<a href="{{.Href}}">{{.Text}}</a><a href="{{any .Title}}">{{any .Title}}</a><a href="{{url .Href}}">x</a><a href="{{.Count}}">{{mark .Title}}</a>
<ul>{{range .List}}{{template "item" .}}{{else}}empty{{end}}{{range $i, $e := .List}}{{if $i}}, {{end}}{{if eq $i 1}}second {{end}}{{$e.Text}} {{$.Title}}{{end}}</ul>
{{range $e := .Names}}{{$e}}{{.}}{{end}}{{template "none"}}{{template "again" .}}{{$d := .}}{{with .Deep}}{{.Title}}{{$d.Title}}{{$.Title}}{{else}}{{.Title}}{{end}}
{{if and .On .Title (not .List)}}1{{end}}{{if or .On .Deep (and .Title (not .On))}}2{{else if .Count}}3{{else}}4{{end}}{{if not .Share}}5{{end}}{{if .None}}6{{end}}{{if .Pair}}7{{end}}
{{$seen := false}}{{range .List}}{{if .Count}}{{$seen = true}}{{end}}{{end}}{{if $seen}}seen{{end}}{{if index .Pair 1}}pair{{end}}{{word "a<b"}}{{word .Title}}{{word .Title .Count .On}}{{if count $}}{{count .}}{{end}}
{{if .Deep}}{{.Deep.Title}}{{if .Deep.Deep}}{{.Deep.Deep.Href}}{{end}}{{end}}{{/* nothing */}}{{if eq .Title "x"}}x{{end}}`

var pieces = []string{"a", "示范市", " ", "<", ">", "&", "'", "\"", "+", "\x00", "\xff", "\ufffe", "javascript:", "https://", "http://x", "../", "#art_1", "?q=1", ":", "/", "%", "ｅ", "</script>", "<!--", "`", "{{", "mailto:", "=", "\n", "x"}

func text(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(5) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func random(r *rand.Rand, depth int) *data {
	d := &data{Title: text(r), Href: text(r), HTML: template.HTML(text(r)), JS: template.JS(text(r)), Count: r.IntN(4) - 1, Share: float64(r.IntN(3)) / 2,
		On: r.IntN(2) == 0, Named: named(text(r)), Pair: [2]bool{r.IntN(2) == 0, r.IntN(2) == 0}}
	d.inner = inner{text(r), text(r), r.IntN(3)}
	for range r.IntN(4) {
		d.List = append(d.List, inner{text(r), text(r), r.IntN(2)})
		d.Names = append(d.Names, text(r))
	}
	if depth > 0 && r.IntN(3) > 0 {
		d.Deep = random(r, depth-1)
	}
	return d
}

func parse(t *testing.T, src string) *template.Template {
	t.Helper()
	tmpl, err := template.New("main").Funcs(funcs).Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	_ = tmpl.Execute(&bytes.Buffer{}, &data{})
	return tmpl
}

func TestAStencilWritesWhatTheTemplateWrites(t *testing.T) {
	src := strings.ReplaceAll(compiled, "{{.Text}}", "{{.Text}}")
	tmpl := parse(t, src)
	s, err := stencil.Compile(tmpl, (*data)(nil), funcs)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 5000 {
		d := random(r, 3)
		var want, got bytes.Buffer
		if err := tmpl.Execute(&want, d); err != nil {
			t.Fatal(err)
		}
		if err := s.Execute(&got, d, nil); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Fatalf("page %d of %+v\n got %q\nwant %q", i, d, got.String(), want.String())
		}
	}
}

func TestHTMLIsGivenAway(t *testing.T) {
	s, err := stencil.Compile(parse(t, `<p>{{.HTML}}</p>{{with .Deep}}{{.HTML}}{{end}}`), (*data)(nil), funcs)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.Execute(&b, &data{HTML: "<b>", Deep: &data{HTML: "<i>"}}, func(b *bytes.Buffer, html string) { b.WriteString("[" + html + "]") }); err != nil || b.String() != "<p>[<b>]</p>[<i>]" {
		t.Errorf("Execute = %q, %v", b.String(), err)
	}
}

// What is not known is never executed some way or other.
func TestWhatIsNotKnownIsAnError(t *testing.T) {
	for _, src := range []string{
		`{{.Method}}`, `{{len .List}}`, `{{printf "%s" .Title}}`, `{{.Title | mark}}`, `{{range .List}}{{break}}{{end}}`, `{{range .Count}}x{{end}}`,
		`{{if $x := .Title}}{{$x}}{{end}}`, `{{with $x := .Title}}{{$x}}{{end}}`, `{{.List}}`, `{{.Deep}}`, `<p title={{.Title}}>`, `<p style="color: {{.Title}}">`,
		`<p onclick="f({{.Title}})">`, `<!-- {{.Title}} -->{{.Nosuch}}`, `{{define "x"}}{{.Title}}{{end}}<p title="{{template "x" .}}">`, `{{define "y"}}{{with .}}x{{end}}{{end}}{{template "y"}}`,
		`{{define "z"}}{{.}}{{end}}{{template "z"}}`, `{{if and}}{{end}}`, `{{eq .Title .Href .Title}}`, `{{eq .Share .Share}}`, `{{word}}`, `{{index .List 0}}`, `{{(index .List 0).Text}}`, `{{if any .Title}}{{end}}`,
	} {
		tmpl, err := template.New("main").Funcs(funcs).Parse(src)
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		_ = tmpl.Execute(&bytes.Buffer{}, &data{List: []inner{{}}})
		if s, err := stencil.Compile(tmpl, (*data)(nil), funcs); err == nil {
			t.Errorf("Compile(%s) = %v, want an error", src, s)
		}
	}
}

// Where the template would fail, or go on without end, a Stencil fails.
func TestDataThatCannotBeShownIsAnError(t *testing.T) {
	for _, src := range []string{`{{.None.Title}}`, `{{if index .Pair 7}}{{end}}`, `{{fails .}}`, `{{define "x"}}{{template "x" .}}{{end}}{{if .On}}{{template "x" .}}{{end}}`} {
		s, err := stencil.Compile(parse(t, src), (*data)(nil), funcs)
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		if err := s.Execute(&bytes.Buffer{}, &data{On: true}, nil); err == nil {
			t.Errorf("Execute(%s) succeeds", src)
		}
	}
	s, err := stencil.Compile(parse(t, `x`), (*data)(nil), funcs)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []any{data{}, nil, "x"} {
		if err := s.Execute(&bytes.Buffer{}, d, nil); !errors.Is(err, stencil.ErrUnknown) {
			t.Errorf("Execute of %v = %v, want ErrUnknown", reflect.TypeOf(d), err)
		}
	}
}
