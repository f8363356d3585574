package akn

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
)

// Of is the file of an entry; none for what is withdrawn or no document, nor for an
// issue that lists nothing.
func (s *Source) Of(e *catalog.Entry, o *render.Options) []render.Unit {
	f := &file{s, o, e, e.Address + render.AkomaNtoso.File}
	switch {
	case e.Type == gazette.TypeIssue && len(slices.Concat(e.IssueEntries...)) > 0:
		return []render.Unit{{Path: f.path, Wave: 1, Key: f.issueKey, Render: f.issue}}
	case e.Type == gazette.TypeDocument && e.Shelf != gazette.Withdrawn:
		u := render.Unit{Path: f.path, Wave: 1, Key: f.key, Render: f.render, Make: f.make}
		if o.Inputs != nil {
			u.Inputs = f.inputs
		}
		return []render.Unit{u}
	}
	return nil
}

// A file is the file of an entry. There is one for every document, hence one small
// struct.
type file struct {
	*Source
	o    *render.Options
	e    *catalog.Entry
	path string
}

func (f *file) issueKey() render.Key {
	return render.Hash(nil, f.Issue(f.e), []byte(f.o.Version))
}

func (f *file) issue(render.Loader) (render.Output, []diag.Finding) {
	return render.Output{Bytes: f.Issue(f.e)}, nil
}

func (f *file) key() render.Key {
	b, head := f.document(nil, f.e, &markup.Tree{})
	return f.keyOf(b[:head])
}

// keyOf is the key of a document whose file begins with head.
func (f *file) keyOf(head []byte) render.Key {
	content := f.o.Content(f.e.Path)
	return render.Hash(f.targets(f.e), head, content[:], []byte(f.o.Version))
}

func (f *file) render(l render.Loader) (render.Output, []diag.Finding) {
	_, out, findings := f.make(l)
	return out, findings
}

func (f *file) make(l render.Loader) (render.Key, render.Output, []diag.Finding) {
	text, err := l.Text(f.e.Path)
	if err != nil {
		return render.Key{}, render.Output{}, []diag.Finding{diag.New("file-unreadable", f.e.Start(), err.Error())}
	}
	room := l.Buffer()
	b, head := f.document(room.AvailableBuffer(), f.e, text.Tree)
	if room.Available() < len(b) {
		room.Grow(len(b)) // for the next
	}
	return f.keyOf(b[:head]), render.Output{Bytes: b}, nil
}

func (f *file) inputs() catalog.Print {
	return f.o.Inputs(f.e).And([]byte(f.path), f.causes(f.e))
}

// targets are what the mentions and links of a text lead to.
func (s Source) targets(e *catalog.Entry) []string {
	names := schemeOf(s.Catalog.Config.Site)
	out := make([]string, 0, len(e.Refs)+len(e.Links))
	for _, t := range e.Refs {
		out = append(out, names.target(t))
	}
	return append(out, e.Links...)
}

// causes are the works that the status of an entry comes from.
func (s Source) causes(e *catalog.Entry) []byte {
	names := schemeOf(s.Catalog.Config.Site)
	var b []byte
	for _, x := range e.Effects {
		if by := s.Catalog.Entry(x.By); by != nil && by.Type == gazette.TypeDocument {
			b = append(append(b, names.work(by)...), 0)
		}
	}
	return b
}
