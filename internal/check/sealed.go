package check

import (
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// sealed compares printed issues with what is in content/ now: paper cannot be
// changed, so a text changes with a correction (更正) only, and the list never.
func (c *checker) sealed() {
	for _, s := range c.cat.Issues {
		if s.Lock != nil {
			locked := s.Locked()
			c.sealedTexts(s, locked)
			c.sealedList(s, locked)
		}
	}
}

// sealedTexts reports texts that changed since the sealing without a correction
// (sealed-changed); the correction is printed in a later issue. What was
// withdrawn is shown nowhere, so its file may be emptied.
func (c *checker) sealedTexts(s *catalog.Entry, locked map[*catalog.Entry]*gazette.LockedDocument) {
	for _, e := range s.Printed() {
		x := locked[e]
		if x == nil || e.Shelf == gazette.Withdrawn || x.Text == e.TextHash.String() || corrected(e, s.Lock.Sealed.String()) {
			continue
		}
		f := diag.New("sealed-changed", e.Start(), e.Title(), s.Digest.Issue.Number(), s.Lock.Sealed.String())
		f.Related = []diag.Related{{Pos: catalog.LockPos(s, x)}}
		c.report(f)
	}
}

// sealedList reports documents that were added to a printed issue, taken out of
// it, or put elsewhere in it (sealed-list).
func (c *checker) sealedList(s *catalog.Entry, locked map[*catalog.Entry]*gazette.LockedDocument) {
	stays := map[*gazette.LockedDocument]bool{}
	for _, x := range locked {
		stays[x] = true
	}
	unknown := false
	line := 0
	seen := map[*catalog.Entry]bool{}
	for i, sec := range s.IssueEntries {
		for j, e := range sec {
			x := locked[e]
			change := ""
			switch {
			case e == nil:
				unknown = true // reported, and perhaps what the lock has
			case seen[e]:
			case x == nil:
				change = "kind.sealed-added"
			case x.Line < line:
				change = "kind.sealed-order"
			default:
				line = x.Line
			}
			seen[e] = true
			if change != "" {
				c.report(diag.New("sealed-list", s.Pos(catalog.IssueKey(i, j)), e.Title(), change, s.Digest.Issue.Number()))
			}
		}
	}
	if unknown {
		return
	}
	for i := range s.Lock.Documents {
		if x := &s.Lock.Documents[i]; !stays[x] {
			f := diag.New("sealed-list", s.Start(), x.Title, "kind.sealed-missing", s.Digest.Issue.Number())
			f.Related = []diag.Related{{Pos: catalog.LockPos(s, x)}}
			c.report(f)
		}
	}
}
