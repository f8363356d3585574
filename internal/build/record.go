package build

import (
	"context"
	"fmt"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// Stale returns a file of the site that does not stand in the output as
// content/ would make it; "" if there is none. Then what is in the output is
// not what a record would say. Of the pages of documents that are gone only
// the presence counts: recording the withdrawal changes their date.
func (s *Site) Stale(ctx context.Context, units []render.Unit, out *publish.Standing) (string, error) {
	graves := make(map[string]bool, len(s.Catalog.Graves))
	for _, g := range s.Catalog.Graves {
		graves[g.Address+"index.html"] = true
	}
	s.know(units, out.Facts)
	s.built = out.Facts
	stale := make([]bool, len(units))
	err := each(ctx, len(units), func() func(int) error {
		return func(i int) error {
			if u := &units[i]; graves[u.Path] {
				stale[i] = !out.Has(u.Path)
			} else {
				stale[i] = !out.Fresh(u.Path, u.Key()) && (out.Has(u.Path) || !isPDF(u)) // --no-pdf may have left them out
			}
			return nil
		}
	})
	if i := slices.Index(stale, true); i >= 0 && err == nil {
		return units[i].Path, nil
	}
	return "", err
}

// Record returns the ledger lines for what stands in the output and is not yet
// on record, or on record with another text, address or shelf, and for
// documents that are gone. at is the time of the record, RFC 3339. The output
// must not be Stale.
func (s *Site) Record(at string, out *publish.Standing) ([]ledger.Line, error) {
	var lines []ledger.Line
	add := func(line ledger.Line, files []string) error {
		line.V, line.At = 1, at
		for _, name := range files {
			if !out.Has(line.Address + name) {
				continue
			}
			sum, err := out.Hash(line.Address + name)
			if err != nil {
				return fmt.Errorf("read the output: %w", err)
			}
			if line.Files == nil {
				line.Files = map[string]string{}
			}
			line.Files[name] = sum
		}
		lines = append(lines, line)
		return nil
	}
	for _, e := range s.Catalog.Documents {
		line := ledger.Line{
			ID: e.ID, Address: e.Address, Title: e.Title(), Number: e.Document.Number,
			Published: e.Document.Published.String(), TextHash: e.TextHash.String(),
		}
		r := s.load.ledger.Get(e.ID)
		if line.Event = event(e, r); line.Event == "" || !out.Has(e.Address+"index.html") {
			continue
		}
		if r != nil {
			line.Published = r.First.Published
		}
		if err := add(line, fileNames(e)); err != nil {
			return nil, err
		}
	}
	for _, r := range s.Catalog.Gone {
		if r.Last.Event == ledger.Withdrawn {
			continue
		}
		line := r.Last
		line.Event, line.Path, line.Published, line.Files = ledger.Withdrawn, "", r.First.Published, nil
		if err := add(line, nil); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// event is what happened to a document since its newest line; "" for nothing.
func event(e *catalog.Entry, r *ledger.Record) string {
	withdrawn := e.Shelf == gazette.Withdrawn
	switch {
	case r == nil && withdrawn:
		return ledger.Withdrawn
	case r == nil:
		return ledger.Published
	case withdrawn && r.Last.Event == ledger.Withdrawn:
		return ""
	case withdrawn:
		return ledger.Withdrawn
	case r.Last.Event == ledger.Withdrawn, r.Last.TextHash != e.TextHash.String():
		return ledger.Republished
	case r.Last.Address != e.Address:
		return ledger.Moved
	}
	return ""
}

// fileNames are the files of a document in the folder of its address.
func fileNames(e *catalog.Entry) []string {
	names := []string{"index.html"}
	for _, a := range e.Attachments() {
		names = append(names, "files/"+a.File)
	}
	for _, f := range e.Files {
		names = append(names, "files/"+f.Path)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
