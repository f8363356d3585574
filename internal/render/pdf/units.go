package pdf

import (
	"errors"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render"
)

// Input is what the PDFs of a site depend on.
type Input struct {
	Press   press.Press // without File: each rendering gets its own
	Fonts   *font.Set
	Seed    []byte // hash of fonts and words
	Version string
}

// Names of the files, in the folders of documents and issues.
const (
	DocumentName = render.PDFFile
	IssueName    = "issue.pdf"
)

// Units are the PDFs of the site: of every issue that is no scan, and of the
// documents that [pdf] documents asks for. They are of the first wave, since
// pages say how large they are.
func Units(in Input) []render.Unit {
	var out []render.Unit
	cat := in.Press.Catalog
	for _, e := range cat.Issues {
		if Prints(e) {
			out = append(out, in.unit(e, e.Address+IssueName, in.Press.IssueInputs, (*press.Press).Issue))
		}
	}
	for _, e := range cat.Documents {
		if Due(cat, e) {
			out = append(out, in.unit(e, e.Address+DocumentName, in.Press.DocumentInputs, (*press.Press).Document))
		}
	}
	return out
}

// Any reports whether a site prints anything: without it, no fonts are asked
// for.
func Any(cat *catalog.Catalog) bool {
	return slices.ContainsFunc(cat.Issues, Prints) ||
		slices.ContainsFunc(cat.Documents, func(e *catalog.Entry) bool { return Due(cat, e) })
}

// Prints reports whether an issue is set: one that stands there as a scan, or
// whose pages are history, is not.
func Prints(e *catalog.Entry) bool { return !e.Scanned() }

// Due reports whether a document has a PDF of its own.
func Due(cat *catalog.Catalog, e *catalog.Entry) bool {
	if e.Shelf == gazette.Withdrawn || e.Document.TextNone || !e.HasBody {
		return false
	}
	switch cat.Config.PDF.Documents {
	case "all":
		return true
	case "normative":
		return e.Document.Class == gazette.Rule || e.Document.Class == gazette.Normative
	}
	return false
}

// A layout is Press.Issue or Press.Document.
type layout func(*press.Press, *catalog.Entry, press.Options) (*press.Laid, []diag.Finding, error)

func (in Input) unit(e *catalog.Entry, path string, inputs func(*catalog.Entry) press.Inputs, lay layout) render.Unit {
	return render.Unit{
		Path: path, Wave: 1,
		Key: func() render.Key { return render.Hash(inputs(e), in.Seed, []byte(in.Version)) },
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			p := in.Press
			p.File = l.File
			laid, findings, err := lay(&p, e, press.Options{Purpose: press.Screen})
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
			}
			if wrong, _ := diag.Count(findings); wrong > 0 {
				return render.Output{}, findings
			}
			b, err := Write(laid.Book, in.Fonts)
			if bad := (*PictureError)(nil); errors.As(err, &bad) {
				return render.Output{}, []diag.Finding{diag.New("picture-broken", e.Start(), bad.Name)}
			}
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
			}
			return render.Output{Bytes: b, Facts: render.Facts{Pages: len(laid.Book.Pages), Size: len(b)}}, findings
		},
	}
}
