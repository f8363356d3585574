package stencil

import (
	"html/template"
	"reflect"
	"slices"
	"text/template/parse"
)

// A compiler makes the frames of one set of templates.
type compiler struct {
	set    *template.Template
	funcs  template.FuncMap
	frames map[called]*frame
}

// A called is a template with the type of its data.
type called struct {
	name string
	data reflect.Type
}

// template returns the frame of a template, which may not be ready yet where
// templates call each other.
func (c *compiler) template(name string, data reflect.Type) (*frame, error) {
	if f := c.frames[called{name, data}]; f != nil {
		return f, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil || data == nil {
		return nil, unknownf("template %q", name)
	}
	f := &frame{}
	c.frames[called{name, data}] = f
	s := &scope{compiler: c, frame: f}
	s.declare("$", data)
	body, err := s.list(t.Tree.Root, data)
	if err != nil {
		return nil, err
	}
	f.body = body
	return f, nil
}

// A scope is what a part of a template may name.
type scope struct {
	*compiler
	frame *frame
	vars  []variable // the innermost last
}

// A variable is a place in the frame.
type variable struct {
	name string
	typ  reflect.Type
	at   int
}

// declare gives a variable its place, which no other of the frame has.
func (s *scope) declare(name string, typ reflect.Type) int {
	at := s.frame.vars
	s.frame.vars++
	s.vars = append(s.vars, variable{name, typ, at})
	return at
}

func (s *scope) find(name string) (variable, bool) {
	for _, v := range slices.Backward(s.vars) {
		if v.name == name {
			return v, true
		}
	}
	return variable{}, false
}

func (s *scope) list(l *parse.ListNode, dot reflect.Type) (step, error) {
	var steps []step
	if l != nil {
		for _, n := range l.Nodes {
			one, err := s.node(n, dot)
			if err != nil {
				return nil, err
			}
			if one != nil {
				steps = append(steps, one)
			}
		}
	}
	switch len(steps) {
	case 0:
		return func(*run, reflect.Value) {}, nil
	case 1:
		return steps[0], nil
	}
	return func(r *run, dot reflect.Value) {
		for _, one := range steps {
			one(r, dot)
		}
	}, nil
}

// inner compiles a list whose variables end with it.
func (s *scope) inner(l *parse.ListNode, dot reflect.Type) (step, error) {
	n := len(s.vars)
	body, err := s.list(l, dot)
	s.vars = s.vars[:n]
	return body, err
}

func (s *scope) node(n parse.Node, dot reflect.Type) (step, error) {
	switch n := n.(type) {
	case *parse.CommentNode:
		return nil, nil
	case *parse.TextNode:
		text := slices.Clone(n.Text)
		return func(r *run, _ reflect.Value) { r.b.Write(text) }, nil
	case *parse.ActionNode:
		return s.action(n.Pipe, dot)
	case *parse.IfNode:
		return s.branch(&n.BranchNode, dot)
	case *parse.WithNode:
		return s.with(&n.BranchNode, dot)
	case *parse.RangeNode:
		return s.loop(&n.BranchNode, dot)
	case *parse.TemplateNode:
		return s.call(n, dot)
	}
	return nil, unknownf("%s", n)
}

// branch is {{if}}.
func (s *scope) branch(n *parse.BranchNode, dot reflect.Type) (step, error) {
	holds, err := s.condition(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	body, err := s.inner(n.List, dot)
	if err != nil || n.ElseList == nil {
		return func(r *run, dot reflect.Value) {
			if holds(r, dot) {
				body(r, dot)
			}
		}, err
	}
	other, err := s.inner(n.ElseList, dot)
	return func(r *run, dot reflect.Value) {
		if holds(r, dot) {
			body(r, dot)
		} else {
			other(r, dot)
		}
	}, err
}

func (s *scope) with(n *parse.BranchNode, dot reflect.Type) (step, error) {
	if len(n.Pipe.Decl) > 0 {
		return nil, unknownf("%s", n.Pipe)
	}
	v, err := s.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	holds, err := truth(v.typ)
	if err != nil {
		return nil, err
	}
	body, err := s.inner(n.List, v.typ)
	if err != nil {
		return nil, err
	}
	other, err := s.inner(n.ElseList, dot)
	return func(r *run, dot reflect.Value) {
		if of := v.get(r, dot); holds(of) {
			body(r, of)
		} else {
			other(r, dot)
		}
	}, err
}

func (s *scope) loop(n *parse.BranchNode, dot reflect.Type) (step, error) {
	outside := len(s.vars)
	defer func() { s.vars = s.vars[:outside] }()
	v, err := s.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	if k := v.typ.Kind(); k != reflect.Slice && k != reflect.Array || n.Pipe.IsAssign {
		return nil, unknownf("range over %s", v.typ)
	}
	index, elem := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 2:
		index = s.declare(d[0].Ident[0], reflect.TypeFor[int]())
		elem = s.declare(d[1].Ident[0], v.typ.Elem())
	case 1:
		elem = s.declare(d[0].Ident[0], v.typ.Elem())
	}
	body, err := s.inner(n.List, v.typ.Elem())
	if err != nil {
		return nil, err
	}
	s.vars = s.vars[:outside]
	other, err := s.inner(n.ElseList, dot)
	return func(r *run, dot reflect.Value) {
		of := v.get(r, dot)
		for i := range of.Len() {
			e := of.Index(i)
			if elem >= 0 {
				r.vars[r.base+elem] = e
			}
			if index >= 0 {
				r.vars[r.base+index] = reflect.ValueOf(i)
			}
			body(r, e)
		}
		if of.Len() == 0 {
			other(r, dot)
		}
	}, err
}

// call is {{template}}.
func (s *scope) call(n *parse.TemplateNode, dot reflect.Type) (step, error) {
	if n.Pipe == nil {
		f, err := s.template(n.Name, reflect.TypeFor[nothing]())
		return func(r *run, _ reflect.Value) { f.exec(r, reflect.ValueOf(nothing{})) }, err
	}
	if len(n.Pipe.Decl) > 0 {
		return nil, unknownf("%s", n.Pipe)
	}
	v, err := s.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	f, err := s.template(n.Name, v.typ)
	return func(r *run, dot reflect.Value) { f.exec(r, v.get(r, dot)) }, err
}

// nothing is the data of a template that is called without any.
type nothing struct{}

// action is {{pipeline}}, which writes or sets a variable.
func (s *scope) action(p *parse.PipeNode, dot reflect.Type) (step, error) {
	if len(p.Decl) == 0 {
		return s.write(p, dot)
	}
	if len(p.Decl) > 1 {
		return nil, unknownf("%s", p)
	}
	v, err := s.pipe(p, dot)
	if err != nil {
		return nil, err
	}
	name, at := p.Decl[0].Ident[0], 0
	if p.IsAssign {
		old, ok := s.find(name)
		if !ok || old.typ != v.typ {
			return nil, unknownf("%s", p)
		}
		at = old.at
	} else {
		at = s.declare(name, v.typ)
	}
	return func(r *run, dot reflect.Value) { r.vars[r.base+at] = v.get(r, dot) }, nil
}
