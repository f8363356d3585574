package build

import (
	"encoding/hex"
	"path"

	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
)

// Record returns the ledger lines for what is public now and not yet on
// record, or on record with another text, address or shelf. at is the time of
// the record, RFC 3339.
func (s *Site) Record(at string) []ledger.Line {
	var out []ledger.Line
	for _, e := range s.Catalog.Documents {
		line := ledger.Line{
			V: 1, At: at, Event: ledger.Published, ID: e.ID, Address: e.Address, Title: e.Title(),
			Number: e.Document.Number, Published: e.Document.Published.String(), TextHash: e.TextHash.String(),
		}
		for _, a := range e.Attachments() {
			if h := s.load.fileHash("content/" + path.Join(path.Dir(e.Path), a.File)); h != nil {
				if line.Files == nil {
					line.Files = map[string]string{}
				}
				line.Files["files/"+a.File] = hex.EncodeToString(h)
			}
		}
		if r := s.load.ledger.Get(e.ID); r != nil {
			last := r.Last
			line.Published = r.First.Published
			switch {
			case e.Shelf == gazette.Withdrawn && last.Event != ledger.Withdrawn:
				line.Event = ledger.Withdrawn
			case e.Shelf == gazette.Withdrawn:
				continue
			case last.TextHash != line.TextHash:
				line.Event = ledger.Republished
			case last.Address != line.Address:
				line.Event = ledger.Moved
			default:
				continue
			}
		} else if e.Shelf == gazette.Withdrawn {
			line.Event = ledger.Withdrawn
		}
		out = append(out, line)
	}
	return out
}
