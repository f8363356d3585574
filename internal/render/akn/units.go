package akn

import (
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
)

// Options are what the units depend on besides the catalog.
type Options struct {
	Version string
	Content func(contentPath string) digest.Hash // of a content file
	Inputs  func(e *catalog.Entry) catalog.Print // see render.Unit; may be nil
}

// Of are the files of an entry; none for what is withdrawn or no document, nor
// for an issue that lists nothing.
func (s Source) Of(e *catalog.Entry, o Options) []render.Unit {
	path := e.Address + render.AkomaNtoso.File
	if e.Type == gazette.TypeIssue {
		if s.Issue(e) == nil {
			return nil
		}
		return []render.Unit{{
			Path: path, Wave: 1,
			Key:    func() render.Key { return render.Hash(nil, s.Issue(e), []byte(o.Version)) },
			Render: func(render.Loader) (render.Output, []diag.Finding) { return render.Output{Bytes: s.Issue(e)}, nil },
		}}
	}
	if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn {
		return nil
	}
	key := func(head []byte) render.Key {
		content := o.Content(e.Path)
		return render.Hash(s.targets(e), head, content[:], []byte(o.Version))
	}
	make := func(l render.Loader) (render.Key, render.Output, []diag.Finding) {
		text, err := l.Text(e.Path)
		if err != nil {
			return render.Key{}, render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
		}
		room := l.Buffer()
		b, head := s.document(room.AvailableBuffer(), e, text.Tree)
		if room.Available() < len(b) {
			room.Grow(len(b)) // for the next
		}
		return key(b[:head]), render.Output{Bytes: b}, nil
	}
	u := render.Unit{
		Path: path, Wave: 1,
		Key: func() render.Key {
			b, head := s.document(nil, e, &markup.Tree{})
			return key(b[:head])
		},
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			_, out, findings := make(l)
			return out, findings
		},
		Make: make,
	}
	if o.Inputs != nil {
		u.Inputs = func() catalog.Print { return o.Inputs(e).And([]byte(path), s.causes(e)) }
	}
	return []render.Unit{u}
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
