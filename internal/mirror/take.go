package mirror

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"gongbao/internal/ledger"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
)

// A log is what the change log says beyond what the mirror has read.
type log struct {
	head    dataset.Head
	last    map[string]*dataset.Change // the last line of each document
	follows bool                       // the log goes on from where the mirror is
}

// readLog reads the lines behind those that the mirror has read; all where they do
// not follow. A gazette that never recorded anything has no log.
func (p *pull) readLog(ctx context.Context) (*log, error) {
	l := &log{last: map[string]*dataset.Change{}}
	b, err := fetch(ctx, p.from, render.ChangesHead, "")
	if errors.Is(err, errAbsent) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	head, err := decode[dataset.Head](b)
	if err != nil || head.V != 1 {
		return nil, &NoDataError{p.o.From, errors.Join(err, errors.New(render.ChangesHead))}
	}
	l.head = *head
	if p.state.Seq > 0 && head.Seq == p.state.Seq && head.Sum == p.state.Sum {
		l.follows = true
		return l, nil
	}
	if p.state.Seq > 0 {
		lines, err := p.lines(ctx, head, p.state.Seq)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 && lines[0].Seq == p.state.Seq && lines[0].Sum == p.state.Sum {
			l.follows = true
			l.add(lines[1:])
			return l, nil
		}
	}
	lines, err := p.lines(ctx, head, 1)
	if err != nil {
		return nil, err
	}
	l.add(lines)
	return l, nil
}

func (l *log) add(lines []*dataset.Change) {
	for _, c := range lines {
		l.last[c.ID] = c
	}
}

// lines are those of the log from a seq on, in their order.
func (p *pull) lines(ctx context.Context, head *dataset.Head, from int) ([]*dataset.Change, error) {
	var out []*dataset.Change
	for _, m := range head.Months {
		if m.Last < from {
			continue
		}
		b, err := fetch(ctx, p.from, m.Path, m.SHA256)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(b) {
			c, err := decode[dataset.Change](line)
			if err != nil {
				return nil, &NoDataError{p.o.From, errors.Join(err, errors.New(m.Path))}
			}
			if c.Seq >= from {
				out = append(out, c)
			}
		}
	}
	slices.SortFunc(out, func(a, b *dataset.Change) int { return a.Seq - b.Seq })
	return out, nil
}

// take writes a document, where it is another than the mirror has. b are the bytes
// of its index.json, year the file of a year that it came with, c the last that the
// log says of it, nil for nothing.
func (p *pull) take(ctx context.Context, d *dataset.Document, b []byte, year string, c *dataset.Change) error {
	p.done++
	if p.o.Progress != nil {
		p.o.Progress(p.done)
	}
	if !takes(d.Path, "documents") || !portable(d.Address+"x") || !portable(d.ID) {
		p.refuse(d.ID, "path")
		return nil
	}
	if other, ok := p.taken[d.Path]; ok && other != d.ID && p.looked[other] {
		p.refuse(d.ID, "taken") // else the other has gone elsewhere, or will be dropped
		return nil
	}
	p.looked[d.ID] = true
	old, had := p.state.Documents[d.ID]
	now := document{
		Path: d.Path, Address: d.Address, Year: year, SHA256: render.SumOf(b).String(), Number: d.Number, Published: d.Published, TextHash: d.TextHash,
		At: old.At, Before: old.Before, Files: map[string]string{},
	}
	if c != nil {
		now.At = c.At
	}
	if had && old.Address != d.Address {
		now.Before = slices.DeleteFunc(append(slices.Clone(old.Before), old.Address), func(a string) bool { return a == d.Address })
	}
	text := contentOf(d)
	same := had && old.SHA256 == now.SHA256 && p.stands(d.Path, render.SumOf(text).String()) // a run that was killed wrote no state
	if same && !p.o.Whole {
		old.Year, old.At = year, now.At
		p.state.Documents[d.ID] = old
		return nil
	}
	if whole, err := p.beside(ctx, d, &now); err != nil || !whole {
		return err
	}
	if !same {
		if err := p.store.write("content/"+d.Path, text); err != nil {
			return err
		}
	}
	if had && old.Path != d.Path && p.taken[old.Path] == d.ID {
		delete(p.taken, old.Path)
		if err := p.store.remove("content/" + old.Path); err != nil {
			return err
		}
	}
	p.taken[d.Path] = d.ID
	for name := range now.Files {
		p.files[name]++
	}
	p.state.Documents[d.ID] = now
	delete(p.state.Withdrawn, d.ID)
	switch {
	case !had:
		p.Added++
	case !same:
		p.Changed++
	}
	return p.forget(old)
}

// beside takes the files that stand beside the text; false where one of them is
// not what it ought to be.
func (p *pull) beside(ctx context.Context, d *dataset.Document, now *document) (bool, error) {
	prefix := d.Address + "files/"
	for _, f := range d.Files {
		name, ok := strings.CutPrefix(f.Path, prefix)
		if !ok {
			continue // another form of the document
		}
		at := path.Join(path.Dir(d.Path), name)
		if !portable(name) || strings.HasSuffix(at, ".md") {
			p.refuse(f.Path, "path")
			return false, nil
		}
		if now.Files[at] = f.SHA256; p.stands(at, f.SHA256) {
			continue
		}
		b, err := fetch(ctx, p.from, f.Path, f.SHA256)
		switch {
		case errors.As(err, new(*sumError)):
			p.refuse(f.Path, "hash")
			return false, nil
		case errors.Is(err, errAbsent):
			p.refuse(f.Path, "absent")
			return false, nil
		case err != nil:
			return false, err
		}
		if err := p.store.write("content/"+at, b); err != nil {
			return false, err
		}
	}
	return true, nil
}

// stands reports whether the mirror has a file already.
func (p *pull) stands(at, sum string) bool {
	b, err := p.store.root.ReadFile("content/" + at)
	return err == nil && render.SumOf(b).String() == sum
}

// drop takes away a document that its origin has no more.
func (p *pull) drop(id string, c *dataset.Change) error {
	old, had := p.state.Documents[id]
	if !had {
		return nil
	}
	delete(p.state.Documents, id)
	p.Deleted++
	if p.taken[old.Path] == id {
		delete(p.taken, old.Path)
		if err := p.store.remove("content/" + old.Path); err != nil {
			return err
		}
	}
	if c != nil && c.Event == ledger.Withdrawn {
		p.bury(c, old.Before)
	}
	return p.forget(old)
}

// forget takes away the files that only this document had.
func (p *pull) forget(old document) error {
	for _, name := range slices.Sorted(maps.Keys(old.Files)) {
		if p.files[name]--; p.files[name] > 0 {
			continue
		}
		if err := p.store.remove("content/" + name); err != nil {
			return err
		}
	}
	return nil
}

// bury keeps number and addresses of a document that was withdrawn. before are those
// that it had earlier; nil leaves those that are known.
func (p *pull) bury(c *dataset.Change, before []string) {
	if before == nil {
		before = p.state.Withdrawn[c.ID].Before
	}
	if portable(c.Address + "x") {
		p.state.Withdrawn[c.ID] = gone{At: c.At, Address: c.Address, Before: before, Number: c.Number, Published: c.Published, TextHash: c.TextHash}
	}
}
