package dataset

import (
	"encoding/json"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// Options are what the units depend on besides the catalog.
type Options struct {
	Version string
	Content func(contentPath string) digest.Hash // of a content file
	Inputs  func(e *catalog.Entry) catalog.Print // see render.Unit; may be nil
}

// Of is the file of a document or an issue; none for what is withdrawn, or neither.
func (s *Source) Of(e *catalog.Entry, o Options) []render.Unit {
	if e.Type == gazette.TypeIssue {
		return []render.Unit{s.ofIssue(e, o.Version)}
	}
	if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn {
		return nil
	}
	at := e.Address + render.JSON.File
	key := func(d Document) render.Key {
		cites(e, make([]markup.Ref, len(e.Refs)), &d)
		content := o.Content(e.Path)
		return render.Hash(d, content[:], []byte(o.Version))
	}
	write := func(l render.Loader, d Document) (render.Output, []diag.Finding) {
		b, err := text(e, d, l)
		if err != nil {
			return render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
		}
		return render.Output{Bytes: b}, nil
	}
	u := render.Unit{
		Path: at, Wave: 1, Follows: true,
		Key:    func() render.Key { return key(s.Document(e)) },
		Render: func(l render.Loader) (render.Output, []diag.Finding) { return write(l, s.Document(e)) },
		Make: func(l render.Loader) (render.Key, render.Output, []diag.Finding) {
			d := s.Document(e)
			out, findings := write(l, d)
			return key(d), out, findings
		},
	}
	if o.Inputs != nil {
		u.Inputs = func() catalog.Print { return o.Inputs(e).And([]byte(at), s.standing(e)) }
	}
	return []render.Unit{u}
}

// text is the JSON of a document with its text; d is what is said of it.
func text(e *catalog.Entry, d Document, l render.Loader) ([]byte, error) {
	text, err := l.Text(e.Path)
	if err != nil {
		return nil, err
	}
	cites(e, text.Tree.Refs, &d)
	d.Parts = parts(text.Tree.Blocks)
	d.Markdown = string(text.Body)
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
