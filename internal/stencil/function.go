package stencil

import (
	"html/template"
	"reflect"
	"text/template/parse"
)

// function is a call of one of the functions of the templates, or of index or eq.
func (s *scope) function(name string, nodes []parse.Node, dot reflect.Type) (value, error) {
	var args []value
	for _, n := range nodes {
		v, err := s.operand(n, dot)
		if err != nil {
			return value{}, err
		}
		args = append(args, v)
	}
	fn, ok := s.funcs[name]
	switch {
	case ok:
		return funcCall(name, reflect.ValueOf(fn), args)
	case name == "index" && len(args) == 2:
		return element(args[0], args[1])
	case name == "eq" && len(args) == 2 && args[0].typ == args[1].typ:
		return equal(args[0], args[1])
	}
	return value{}, unknownf("function %s", name)
}

// element is {{index list n}}.
func element(list, n value) (value, error) {
	if k := list.typ.Kind(); k != reflect.Slice && k != reflect.Array || n.typ != reflect.TypeFor[int]() {
		return value{}, unknownf("index of %s", list.typ)
	}
	return value{list.typ.Elem(), func(r *run, dot reflect.Value) reflect.Value {
		of, i := list.get(r, dot), int(n.get(r, dot).Int())
		if i < 0 || i >= of.Len() {
			panic(failure{ErrUnknown})
		}
		return of.Index(i)
	}}, nil
}

// equal is {{eq a b}} of two numbers or texts.
func equal(a, b value) (value, error) {
	yes, no := reflect.ValueOf(true), reflect.ValueOf(false)
	answer := func(same bool) reflect.Value {
		if same {
			return yes
		}
		return no
	}
	switch a.typ.Kind() {
	case reflect.Int:
		return value{yes.Type(), func(r *run, dot reflect.Value) reflect.Value {
			return answer(a.get(r, dot).Int() == b.get(r, dot).Int())
		}}, nil
	case reflect.String:
		return value{yes.Type(), func(r *run, dot reflect.Value) reflect.Value {
			return answer(a.get(r, dot).String() == b.get(r, dot).String())
		}}, nil
	}
	return value{}, unknownf("eq of %s", a.typ)
}

var (
	htmlType   = reflect.TypeFor[template.HTML]()
	stringType = reflect.TypeFor[string]()
)

// funcCall calls a function whose arguments have the types of its parameters;
// what goes for any may have every type.
func funcCall(name string, fn reflect.Value, args []value) (value, error) {
	t := fn.Type()
	least := t.NumIn()
	if t.IsVariadic() {
		least--
	}
	if t.NumOut() == 0 || t.NumOut() > 2 || t.NumOut() == 2 && t.Out(1) != reflect.TypeFor[error]() || len(args) < least {
		return value{}, unknownf("function %s", name)
	}
	for i, a := range args {
		if want := parameter(t, i); want == nil || a.typ != want && want != reflect.TypeFor[any]() || a.typ.Kind() == reflect.Interface {
			return value{}, unknownf("argument %d of %s", i+1, name)
		}
	}
	switch f := fn.Interface().(type) { // those of many calls, without the cost of reflection
	case func(string, ...any) string:
		if len(args) == 1 {
			return value{stringType, func(r *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(f(args[0].get(r, dot).String())) }}, nil
		}
	case func(string) template.HTML:
		return value{htmlType, func(r *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(f(args[0].get(r, dot).String())) }}, nil
	}
	return value{t.Out(0), func(r *run, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = a.get(r, dot)
		}
		out := fn.Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			panic(failure{out[1].Interface().(error)})
		}
		return out[0]
	}}, nil
}

func parameter(t reflect.Type, i int) reflect.Type {
	switch last := t.NumIn() - 1; {
	case t.IsVariadic() && i >= last:
		return t.In(last).Elem()
	case i <= last:
		return t.In(i)
	}
	return nil
}
