package export

import (
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// Options are what the units depend on besides the catalog.
type Options struct {
	Version string
	Content func(contentPath string) digest.Hash // of a content file
	Inputs  func(e *catalog.Entry) catalog.Print // see render.Unit; may be nil
}

// Of are a document as Markdown and as text, as files of the site; none for what
// is withdrawn or no document. They say nothing of its status, which would freeze in
// them (design §4).
func Of(e *catalog.Entry, o Options) []render.Unit {
	if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn {
		return nil
	}
	return []render.Unit{unit(e, o, render.Markdown.File, Markdown), unit(e, o, render.PlainText.File, Text)}
}

func unit(e *catalog.Entry, o Options, name string, write func(Source) []byte) render.Unit {
	at := e.Address + name
	u := render.Unit{
		Path: at, Wave: 1, Follows: true,
		Key: func() render.Key {
			content := o.Content(e.Path)
			return render.Hash([][]string{{e.Title(), e.Document.Number}, e.Links}, content[:], []byte(o.Version), []byte(name))
		},
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			text, err := l.Text(e.Path)
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
			}
			body := relinked(text.Body, text.Line, text.Tree, e)
			return render.Output{Bytes: write(Source{Entry: e, Tree: text.Tree, Body: body})}, nil
		},
	}
	if o.Inputs != nil {
		u.Inputs = func() catalog.Print { return o.Inputs(e).And([]byte(at)) }
	}
	return u
}
