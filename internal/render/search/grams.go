package search

import (
	"crypto/sha256"
	"io"
	"sync"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gram"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// A part is a set of texts with an index of its own.
type part struct {
	gram.Params
	docs   []*catalog.Entry
	folder string
	size   int // of the texts in units, about
	sum    [32]byte
	add    func(b *gram.Builder, l render.Loader, e *catalog.Entry) error

	before    *Before // nil: files are made anew
	patchOnce sync.Once
	patch     *patch

	scratch func() (Scratch, error) // nil: texts stay in memory
	mu      sync.Mutex
	builder *gram.Builder
	aside   Scratch    // of the builder; nil: none
	made    [2]stretch // the last two
	left    int        // files that were not asked for yet
	err     error
}

// A Scratch is a temporary file, which is no more when it is closed.
type Scratch interface {
	gram.Scratch
	io.Closer
}

// fewUnits is of how many units texts stay in memory, though there is a scratch.
const fewUnits = 1 << 19

// A stretch is files made at once.
type stretch struct {
	from  int
	files [][]byte
}

func (s stretch) file(n int) []byte {
	if n -= s.from; n < 0 || n >= len(s.files) {
		return nil
	}
	return s.files[n]
}

func newPart(docs []*catalog.Entry, p gram.Params, folder string) *part {
	return &part{Params: p, docs: docs, folder: folder, size: size(docs), sum: sum(docs), add: addBody}
}

// newHeads is the part of titles and numbers: two blocks for each document.
func newHeads(docs []*catalog.Entry, p gram.Params) *part {
	units := 0
	for _, e := range docs {
		units += utf8.RuneCountInString(e.Called()) + utf8.RuneCountInString(e.Document.Number) + 2
	}
	return &part{Params: p, docs: docs, folder: search.Recent + "heads/", size: units, sum: headSum(docs), add: addHead}
}

func addBody(b *gram.Builder, l render.Loader, e *catalog.Entry) error {
	if err := b.Begin(); err != nil || !e.HasBody {
		return err
	}
	f, err := l.Fragment(e.Source())
	if err != nil {
		return err
	}
	addFragment(b, f)
	return nil
}

func addFragment(b *gram.Builder, f *markup.Fragment) {
	f.Texts(func(text []byte) {
		zh.StreamEach(text, func(r rune, _ int) { b.Rune(r) })
		b.EndBlock()
	})
}

func addHead(b *gram.Builder, _ render.Loader, e *catalog.Entry) error {
	return b.Add(zh.Stream(e.Called()), zh.Stream(e.Document.Number))
}

// units are the files of a part: none if it has no texts.
func (p *part) units() []render.Unit {
	if len(p.docs) == 0 {
		return nil
	}
	units := make([]render.Unit, p.Shards)
	for n := range units {
		units[n] = render.Unit{
			Path: search.File(p.folder, n), Wave: 2,
			Key:   func() render.Key { return fileKey(p.Params, n, p.sum) },
			Stays: func(key render.Key) bool { return p.stays(n, key) },
			Render: func(l render.Loader) (render.Output, []diag.Finding) {
				if b := p.patched(n, search.File(p.folder, n)); b != nil {
					return render.Output{Bytes: b}, nil
				}
				b, err := p.file(l, n)
				if err != nil {
					return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: p.folder}, err.Error())} // one of all files
				}
				return render.Output{Bytes: b}, nil
			},
		}
	}
	return units
}

// fileKey is the key of a file of texts, which are known without being read. A
// file whose bytes stay is not written, though its key changes.
func fileKey(p gram.Params, n int, sum [sha256.Size]byte) render.Key {
	return render.Hash(struct {
		P gram.Params
		N int
	}{p, n}, sum[:])
}

// file makes a file of grams. Files are asked for in about their order, by
// several workers at once: the last two stretches are kept. One is made at a time:
// two would take twice the memory.
func (p *part) file(l render.Loader, n int) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.builder == nil && p.err == nil {
		p.err = p.read(l)
	}
	if p.err != nil {
		return nil, p.err
	}
	for _, s := range p.made {
		if b := s.file(n); b != nil {
			return b, p.release()
		}
	}
	i := p.builder.PartOf(n)
	files, err := p.builder.Files(i)
	if err != nil {
		p.err = err
		return nil, err
	}
	from, _ := p.builder.Part(i)
	p.made = [2]stretch{{from, files}, p.made[0]}
	return p.made[0].file(n), p.release()
}

// release gives the texts back when as many files were asked for as there are.
func (p *part) release() error {
	if p.left--; p.left > 0 {
		return nil
	}
	p.builder, p.made = nil, [2]stretch{}
	return p.close()
}

// close removes the scratch. Files must not be asked for meanwhile.
func (p *part) close() error {
	if p.aside == nil {
		return nil
	}
	p.err = p.aside.Close()
	p.aside, p.builder = nil, nil
	return p.err
}

func (p *part) read(l render.Loader) error {
	var aside gram.Scratch
	if p.scratch != nil && p.size > fewUnits {
		s, err := p.scratch()
		if err != nil {
			return err
		}
		p.aside, aside = s, s
	}
	p.builder, p.left = gram.NewBuilder(p.Params, p.size, aside), p.Shards
	for _, e := range p.docs {
		if err := p.add(p.builder, l, e); err != nil {
			return err
		}
	}
	return nil
}
