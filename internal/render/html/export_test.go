package html

import (
	"bytes"
	"errors"
)

// LayoutNames are the names of all layouts.
var LayoutNames = layoutNames[:]

// Plain renders a page by html/template alone.
func (t *Templates) Plain(p *Page) ([]byte, error) {
	var b bytes.Buffer
	err := t.layouts[p.Layout].Execute(&b, p)
	return b.Bytes(), err
}

// Quick renders a page by its compiled layout alone.
func (t *Templates) Quick(p *Page) ([]byte, error) {
	quick := t.quick[p.Layout]
	if quick == nil {
		return nil, errors.New("not compiled")
	}
	var b bytes.Buffer
	err := quick.Execute(&b, p, nil)
	return b.Bytes(), err
}
