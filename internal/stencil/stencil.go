// Package stencil executes templates of html/template without its reflection by
// name and its argument lists: nine times as fast, and to the same bytes.
//
// A template is compiled after html/template has escaped it, for one type of
// data: fields, truth and escapers are looked up once. What escapes a value is
// html/template's own: a value of which it is known that it needs no escaping in
// its context is written as it is, any other goes through a template of that
// context. What is not known is an error of Compile, what data cannot be shown
// one of Execute; the caller then executes the template itself.
package stencil

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
)

// ErrUnknown is the error of data that a Stencil does not execute, e.g. of a
// field of a nil pointer. The template may execute it, or say what is wrong.
var ErrUnknown = errors.New("stencil: data that only the template can execute")

// A Stencil is a compiled template. It is safe for concurrent use.
type Stencil struct {
	typ  reflect.Type
	body *frame
}

// Compile compiles a template that was executed once, for data of the type of
// data. funcs are the functions that the template was given.
func Compile(t *template.Template, data any, funcs template.FuncMap) (*Stencil, error) {
	c := &compiler{set: t, funcs: funcs, frames: map[called]*frame{}}
	typ := reflect.TypeOf(data)
	body, err := c.template(t.Name(), typ)
	if err != nil {
		return nil, err
	}
	return &Stencil{typ, body}, nil
}

// Execute writes the template for data into b. raw, unless nil, writes what is
// HTML already. After an error b holds anything.
func (s *Stencil) Execute(b *bytes.Buffer, data any, raw func(b *bytes.Buffer, html string)) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case failure:
			err = e.error
		default:
			panic(e)
		}
	}()
	v := reflect.ValueOf(data)
	if !v.IsValid() || v.Type() != s.typ {
		return ErrUnknown
	}
	if raw == nil {
		raw = func(b *bytes.Buffer, html string) { b.WriteString(html) }
	}
	r := &run{b: b, raw: raw, vars: make([]reflect.Value, 0, 32)}
	s.body.exec(r, v)
	return nil
}

// A failure ends an execution.
type failure struct{ error }

// A run is one execution.
type run struct {
	b    *bytes.Buffer
	raw  func(*bytes.Buffer, string)
	vars []reflect.Value // those of the templates that run, the innermost last
	base int             // where the innermost's begin
	deep int             // templates within templates
}

// deepest bounds templates that call themselves.
const deepest = 1000

// A frame is a template for one type of data. Its variable 0 is its data.
type frame struct {
	vars int
	body step
}

func (f *frame) exec(r *run, data reflect.Value) {
	if r.deep++; r.deep > deepest {
		panic(failure{ErrUnknown})
	}
	base, n := r.base, len(r.vars)
	r.base = n
	r.vars = append(r.vars, data)
	for range f.vars - 1 {
		r.vars = append(r.vars, reflect.Value{})
	}
	f.body(r, data)
	r.base, r.vars, r.deep = base, r.vars[:n], r.deep-1
}

// A step does what one node of a template says; dot is what . is there.
type step func(r *run, dot reflect.Value)

// A value finds a value of a type that is known.
type value struct {
	typ reflect.Type
	get func(r *run, dot reflect.Value) reflect.Value
}

// unknownf is the error of what cannot be compiled.
func unknownf(format string, args ...any) error {
	return fmt.Errorf("stencil: "+format, args...)
}
