package build

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/publish"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
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
			if u := &units[i]; strings.HasPrefix(u.Path, render.ChangesFolder) {
				return nil // it says what is on record, the newest lines after the next build
			} else if graves[u.Path] {
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
		line := s.line(e)
		if !out.Has(e.Address + "index.html") {
			continue
		}
		if r := s.load.ledger.Get(e.ID); r != nil {
			data, _ := out.Facts(e.Address + render.JSON.File)
			if line.Event = event(&line, &r.Last, data.Sum); line.Event == "" {
				continue
			}
		} else if line.Event = ledger.Published; e.Shelf == gazette.Withdrawn {
			line.Event = ledger.Withdrawn
		}
		if err := add(line, fileNames(e)); err != nil {
			return nil, err
		}
	}
	for _, r := range s.Catalog.Gone {
		if r.Last.Event == ledger.Withdrawn {
			continue
		}
		line := ledger.Line{
			Event: ledger.Withdrawn, ID: r.Last.ID, Address: r.Last.Address, Title: r.Last.Title, Number: r.Last.Number,
			Published: r.First.Published, TextHash: r.Last.TextHash,
		}
		if err := add(line, nil); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// Ledger is what is on record.
func (s *Site) Ledger() *ledger.Ledger { return &s.load.ledger }

// line is what a line of the ledger says of a document, whatever happened.
func (s *Site) line(e *catalog.Entry) ledger.Line {
	status := dataset.StatusOf(e)
	line := ledger.Line{
		ID: e.ID, Address: e.Address, Title: e.Title(), Number: e.Document.Number,
		Published: e.Document.Published.String(), TextHash: e.TextHash.String(),
		Status: &status, Corrections: len(e.Document.Corrections),
	}
	if catalog.PathID(e.Path) != e.ID {
		line.Path = e.Path
	}
	if r := s.load.ledger.Get(e.ID); r != nil {
		line.Published = r.First.Published
	}
	return line
}

// Withdrawal is the line of the ledger for a document that is withdrawn at a time,
// RFC 3339, under the title that its page will have; ok is false where it stands
// there already. It is written with the withdrawal, not after the next build: a
// text that must not be seen is gone for those who follow the ledger as soon as
// it is gone from the site.
func (s *Site) Withdrawal(e *catalog.Entry, title, at string) (line ledger.Line, ok bool) {
	if r := s.load.ledger.Get(e.ID); r != nil && r.Last.Event == ledger.Withdrawn && r.Last.Title == title {
		return ledger.Line{}, false
	}
	line = s.line(e)
	line.V, line.At, line.Event, line.Title = 1, at, ledger.Withdrawn, title
	line.Status.Shelf = string(gazette.Withdrawn)
	return line, true
}

// event is what happened to a document since its newest line; "" for nothing.
// data is the sum of its index.json, zero where there is none.
func event(now, last *ledger.Line, data render.Sum) string {
	withdrawn, was := now.Status.Shelf == string(gazette.Withdrawn), last.Event == ledger.Withdrawn
	switch {
	case withdrawn && was:
		return ""
	case withdrawn:
		return ledger.Withdrawn
	case was:
		return ledger.Republished
	case last.TextHash != now.TextHash && now.Corrections > last.Corrections:
		return ledger.Corrected
	case last.TextHash != now.TextHash:
		return ledger.Republished
	case last.Address != now.Address:
		return ledger.Moved
	case last.Status != nil && *last.Status != *now.Status:
		return ledger.Restated
	case last.Status == nil, data != render.Sum{} && last.Files[render.JSON.File] != data.String():
		return ledger.Updated
	}
	return ""
}

// fileNames are the files of a document in the folder of its address.
func fileNames(e *catalog.Entry) []string {
	names := []string{"index.html", render.JSON.File}
	for _, a := range e.Attachments() {
		names = append(names, "files/"+a.File)
	}
	for _, f := range e.Files {
		names = append(names, "files/"+f.Path)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
