package html_test

import (
	"bytes"
	"html/template"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/fstest"

	"gongbao/internal/render/html"
	"gongbao/layouts"
)

// fill sets every field of a view at random: lists of up to three, texts with
// what must be escaped, and here and there nothing.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	if r.IntN(4) == 0 || !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		words := []string{"关于…的通知", "<b>&\"'+", "a/index.html", "../x y?z=1#é", "javascript:alert(1)", "https://example.gov.cn/?a=1&b=2", "tel:010-1234", "\x00", "\xff<", "2023-05-18 起"}
		v.SetString(words[r.IntN(len(words))])
		if v.Type() == reflect.TypeFor[template.JS]() {
			v.SetString(`{"a":"\u003c"}`)
		}
	case reflect.Int:
		v.SetInt(r.Int64N(5))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Float64:
		v.SetFloat(float64(r.IntN(1000)) / 8)
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth-1)
		}
	case reflect.Slice:
		if depth > 0 {
			n := r.IntN(4)
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(r, v.Index(i), depth-1)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i), depth)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth)
		}
	}
}

// Every layout that comes with the program is compiled, and writes what
// html/template writes, whatever stands in the views.
func TestCompiledLayoutsWriteWhatTemplatesWrite(t *testing.T) {
	tmpl := parse(t, layouts.FS)
	pages := append(fullPages(), emptyPages()...)
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range html.LayoutNames {
		for range 120 {
			p := &html.Page{}
			fill(r, reflect.ValueOf(p).Elem(), 7)
			p.Layout = name
			if p.Chrome == nil {
				p.Chrome = fixtureChrome("../")
			}
			pages = append(pages, p)
		}
	}
	for _, p := range pages {
		want, wantErr := tmpl.Plain(p)
		got, err := tmpl.Quick(p)
		if wantErr != nil {
			if err == nil {
				t.Fatalf("layout %s is executed, where html/template fails: %v", p.Layout, wantErr)
			}
			continue
		}
		if err != nil {
			t.Fatalf("layout %s: %v", p.Layout, err)
		}
		if !bytes.Equal(got, want) {
			i := 0
			for i < min(len(got), len(want)) && got[i] == want[i] {
				i++
			}
			t.Fatalf("layout %s differs at %d:\n got %q\nwant %q", p.Layout, i, got[i:min(i+200, len(got))], want[i:min(i+200, len(want))])
		}
	}
}

// A site's own layout is what its pages are made of, compiled or not.
func TestASitesOwnLayoutsAreExecuted(t *testing.T) {
	for _, c := range []struct {
		text  string
		quick bool
	}{{`{{define "doclink"}}<li>own {{.Title}}</li>{{end}}`, true}, {`{{define "doclink"}}<li>own {{.Title | html}}</li>{{end}}`, false}} {
		tmpl := parse(t, html.Overlay(fstest.MapFS{"partials/doclinks2.html": {Data: []byte(c.text)}}, layouts.FS))
		p := fullPages()[3]
		out := render(t, tmpl, p)
		if !bytes.Contains([]byte(out), []byte("<li>own 示范市人民政府关于印发")) {
			t.Errorf("%s is not executed", c.text)
		}
		if _, err := tmpl.Quick(p); (err == nil) != c.quick {
			t.Errorf("%s is compiled: %v", c.text, err)
		}
	}
}
