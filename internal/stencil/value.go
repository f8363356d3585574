package stencil

import (
	"reflect"
	"text/template/parse"
)

// pipe is a pipeline of one command.
func (s *scope) pipe(p *parse.PipeNode, dot reflect.Type) (value, error) {
	if len(p.Cmds) != 1 {
		return value{}, unknownf("%s", p)
	}
	return s.command(p.Cmds[0], dot)
}

func (s *scope) command(c *parse.CommandNode, dot reflect.Type) (value, error) {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return s.function(id.Ident, c.Args[1:], dot)
	}
	if len(c.Args) > 1 {
		return value{}, unknownf("%s", c)
	}
	return s.operand(c.Args[0], dot)
}

func (s *scope) operand(n parse.Node, dot reflect.Type) (value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		if dot == reflect.TypeFor[nothing]() {
			break
		}
		return value{dot, func(_ *run, dot reflect.Value) reflect.Value { return dot }}, nil
	case *parse.FieldNode:
		return fields(value{dot, func(_ *run, dot reflect.Value) reflect.Value { return dot }}, n.Ident)
	case *parse.VariableNode:
		v, ok := s.find(n.Ident[0])
		if !ok {
			return value{}, unknownf("%s", n)
		}
		return fields(value{v.typ, func(r *run, _ reflect.Value) reflect.Value { return r.vars[r.base+v.at] }}, n.Ident[1:])
	case *parse.StringNode:
		return constant(n.Text), nil
	case *parse.BoolNode:
		return constant(n.True), nil
	case *parse.NumberNode:
		if n.IsInt && int64(int(n.Int64)) == n.Int64 {
			return constant(int(n.Int64)), nil
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return s.pipe(n, dot)
		}
	}
	return value{}, unknownf("%s", n)
}

func constant(v any) value {
	of := reflect.ValueOf(v)
	return value{of.Type(), func(*run, reflect.Value) reflect.Value { return of }}
}

// fields follows names from a value.
func fields(v value, names []string) (value, error) {
	for _, name := range names {
		typ, pointer := v.typ, v.typ.Kind() == reflect.Pointer
		if pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return value{}, unknownf("field %s of %s", name, v.typ)
		}
		if _, method := reflect.PointerTo(typ).MethodByName(name); method {
			return value{}, unknownf("method %s of %s", name, v.typ)
		}
		f, ok := typ.FieldByName(name)
		if !ok || !f.IsExported() {
			return value{}, unknownf("field %s of %s", name, v.typ)
		}
		for i := range len(f.Index) - 1 { // no embedded pointers
			if typ.FieldByIndex(f.Index[:i+1]).Type.Kind() == reflect.Pointer {
				return value{}, unknownf("field %s of %s", name, v.typ)
			}
		}
		v = value{f.Type, field(v.get, pointer, f.Index)}
	}
	return v, nil
}

func field(of func(*run, reflect.Value) reflect.Value, pointer bool, index []int) func(*run, reflect.Value) reflect.Value {
	switch first := index[0]; {
	case len(index) > 1 && pointer:
		return func(r *run, dot reflect.Value) reflect.Value { return pointed(of(r, dot)).FieldByIndex(index) }
	case len(index) > 1:
		return func(r *run, dot reflect.Value) reflect.Value { return of(r, dot).FieldByIndex(index) }
	case pointer:
		return func(r *run, dot reflect.Value) reflect.Value { return pointed(of(r, dot)).Field(first) }
	default:
		return func(r *run, dot reflect.Value) reflect.Value { return of(r, dot).Field(first) }
	}
}

func pointed(v reflect.Value) reflect.Value {
	if v.IsNil() {
		panic(failure{ErrUnknown})
	}
	return v.Elem()
}

// truth is what makes {{if}} of a type.
func truth(t reflect.Type) (func(reflect.Value) bool, error) {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool, nil
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }, nil
	case reflect.Float32, reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }, nil
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, nil
	case reflect.Struct:
		return func(reflect.Value) bool { return true }, nil
	}
	return nil, unknownf("truth of %s", t)
}

// condition is the pipeline of {{if}}: of and, or and not only the truth counts.
func (s *scope) condition(p *parse.PipeNode, dot reflect.Type) (func(*run, reflect.Value) bool, error) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return nil, unknownf("%s", p)
	}
	args := p.Cmds[0].Args
	id, ok := args[0].(*parse.IdentifierNode)
	if !ok || id.Ident != "and" && id.Ident != "or" && id.Ident != "not" || s.funcs[id.Ident] != nil {
		v, err := s.command(p.Cmds[0], dot)
		if err != nil {
			return nil, err
		}
		return holding(v)
	}
	var parts []func(*run, reflect.Value) bool
	for _, a := range args[1:] {
		one, err := s.part(a, dot)
		if err != nil {
			return nil, err
		}
		parts = append(parts, one)
	}
	switch {
	case id.Ident == "not" && len(parts) == 1:
		return func(r *run, dot reflect.Value) bool { return !parts[0](r, dot) }, nil
	case id.Ident != "not" && len(parts) > 0:
		last := id.Ident == "or" // what ends it
		return func(r *run, dot reflect.Value) bool {
			for _, one := range parts {
				if one(r, dot) == last {
					return last
				}
			}
			return !last
		}, nil
	}
	return nil, unknownf("%s", p)
}

func (s *scope) part(n parse.Node, dot reflect.Type) (func(*run, reflect.Value) bool, error) {
	if p, ok := n.(*parse.PipeNode); ok {
		return s.condition(p, dot)
	}
	v, err := s.operand(n, dot)
	if err != nil {
		return nil, err
	}
	return holding(v)
}

func holding(v value) (func(*run, reflect.Value) bool, error) {
	holds, err := truth(v.typ)
	return func(r *run, dot reflect.Value) bool { return holds(v.get(r, dot)) }, err
}
