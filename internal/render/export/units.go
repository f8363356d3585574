package export

import (
	"path"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// Of are a document as Markdown and as text, as files of the site, each where the
// site has it; none for what is withdrawn or no document. They say nothing of its status, which would freeze in
// them (design §4).
func Of(e *catalog.Entry, o *render.Options, has func(format string) bool) []render.Unit {
	if e.Type != gazette.TypeDocument || e.Shelf == gazette.Withdrawn {
		return nil
	}
	var out []render.Unit
	for i, form := range []render.Format{render.Markdown, render.PlainText} {
		if !has(form.Name) {
			continue
		}
		f := &file{o, e, e.Address + form.File, writers[i]}
		u := render.Unit{Path: f.path, Wave: 1, Follows: true, Key: f.key, Render: f.render}
		if o.Inputs != nil {
			u.Inputs = f.inputs
		}
		out = append(out, u)
	}
	return out
}

var writers = [...]func(Source) []byte{Markdown, Text}

// A file is one form of a document. There are two for every document, hence one
// small struct.
type file struct {
	o     *render.Options
	e     *catalog.Entry
	path  string
	bytes func(Source) []byte
}

func (f *file) key() render.Key {
	content := f.o.Content(f.e.Path)
	return render.Hash([][]string{{f.e.Title(), f.e.Document.Number}, f.e.Links}, content[:], []byte(f.o.Version), []byte(path.Ext(f.path)))
}

func (f *file) render(l render.Loader) (render.Output, []diag.Finding) {
	text, err := l.Text(f.e.Path)
	if err != nil {
		return render.Output{}, []diag.Finding{diag.New("file-unreadable", f.e.Start(), err.Error())}
	}
	body := relinked(text.Body, text.Line, text.Tree, f.e)
	return render.Output{Bytes: f.bytes(Source{Entry: f.e, Tree: text.Tree, Body: body})}, nil
}

func (f *file) inputs() catalog.Print { return f.o.Inputs(f.e).And([]byte(f.path)) }
