package dataset

import (
	"encoding/json"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// Of is the file of a document or an issue; none for what is withdrawn, or neither.
func (s *Source) Of(e *catalog.Entry, o *render.Options) []render.Unit {
	if e.Type == gazette.TypeIssue {
		return []render.Unit{s.ofIssue(e, o.Version)}
	}
	if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn {
		return nil
	}
	f := &file{s, o, e, e.Address + render.JSON.File}
	u := render.Unit{Path: f.path, Wave: 1, Follows: true, Key: f.key, Render: f.render, Make: f.make}
	if o.Inputs != nil {
		u.Inputs = f.inputs
	}
	return []render.Unit{u}
}

// A file is the file of a document. There is one for every document, hence one
// small struct.
type file struct {
	*Source
	o    *render.Options
	e    *catalog.Entry
	path string
}

func (f *file) key() render.Key { return f.keyOf(f.Document(f.e)) }

// keyOf is the key of a document of which d is said.
func (f *file) keyOf(d Document) render.Key {
	cites(f.e, make([]markup.Ref, len(f.e.Refs)), &d)
	content := f.o.Content(f.e.Path)
	return render.Hash(d, content[:], []byte(f.o.Version))
}

func (f *file) render(l render.Loader) (render.Output, []diag.Finding) {
	return f.write(l, f.Document(f.e))
}

func (f *file) make(l render.Loader) (render.Key, render.Output, []diag.Finding) {
	d := f.Document(f.e)
	out, findings := f.write(l, d)
	return f.keyOf(d), out, findings
}

func (f *file) write(l render.Loader, d Document) (render.Output, []diag.Finding) {
	b, err := text(f.e, d, l)
	if err != nil {
		return render.Output{}, []diag.Finding{diag.New("file-unreadable", f.e.Start(), err.Error())}
	}
	return render.Output{Bytes: b}, nil
}

func (f *file) inputs() catalog.Print {
	return f.o.Inputs(f.e).And([]byte(f.path), f.standing(f.e))
}

// text is the JSON of a document with its text; d is what is said of it.
func text(e *catalog.Entry, d Document, l render.Loader) ([]byte, error) {
	text, err := l.Text(e.Path)
	if err != nil {
		return nil, err
	}
	cites(e, text.Tree.Refs, &d)
	d.Parts = parts(text.Tree.Blocks)
	d.Markdown = string(markup.Visible(text.Body))
	b := l.Buffer()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// standing is what a document says of files, in bytes.
func (s *Source) standing(e *catalog.Entry) []byte {
	var b []byte
	for _, name := range formats {
		if f, ok := s.Facts(e.Address + name); ok {
			b = append(append(b, name...), f.Sum[:]...)
		}
	}
	for _, name := range beside(e) {
		b = append(append(append(b, name...), 0), s.Hash(source.Name(contentPath(e, name)))...)
	}
	return b
}
