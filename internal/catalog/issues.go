package catalog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// assignIssues gives each document the issue that printed it first, and its
// pages there: those of the lock of a sealed issue, or those that the front
// matter has of a scan. Of other issues Paginate says them.
func (c *Catalog) assignIssues(in Input) {
	c.orphans(in)
	for _, s := range slices.Backward(c.Issues) {
		s.Lock = in.Locks[s.Path]
		n := 0
		for i, sec := range s.Digest.Issue.Sections {
			entries := make([]*Entry, len(sec.Documents))
			for j, x := range sec.Documents {
				key := s.PrintedKey(n, x.Document)
				t, found := c.find(nil, x.Document, func() string { return key })
				entries[j] = c.listed(s, t, found, i, j)
				n++
			}
			s.IssueEntries = append(s.IssueEntries, entries)
			s.IssuePages = append(s.IssuePages, make([][2]int, len(entries)))
		}
		switch {
		case s.Lock != nil:
			s.place(lockedPages(s))
		case s.scanned():
			c.scanPages(s)
		}
	}
}

// orphans reports locks that belong to no issue. One of a draft has its issue.
func (c *Catalog) orphans(in Input) {
	for _, p := range slices.Sorted(maps.Keys(in.Locks)) {
		skipped := slices.ContainsFunc(c.Skipped, func(d *digest.Digest) bool { return d.Path == p })
		if c.byPath.get(p) == nil && !skipped {
			c.report("lock-orphan", diag.Pos{File: source.Name(source.LockName(p)), Line: 1, Col: 1}, p)
		}
	}
}

// listed returns the document that an issue lists in a place, or nil, and marks it
// as printed there: t, or one of n by the name. A document is printed once; what
// history did twice is told, but cannot be undone.
func (c *Catalog) listed(s *Entry, t Target, n int, section, document int) *Entry {
	name := s.Digest.Issue.Sections[section].Documents[document].Document
	e := ofItsDay(t.Entry, s.Digest.Issue.Date, name)
	switch {
	case e == nil && n > 1:
		c.unresolved(s, IssueKey(section, document), name, n)
	case e == nil:
		c.report("issue-document-missing", s.Pos(IssueKey(section, document)), name)
	case e.Issue == nil:
		e.Issue = s
	case !e.Document.Reprinted:
		f := diag.New("issue-document-twice", s.Pos(IssueKey(section, document)), name, e.Issue.Digest.Issue.Number())
		if s.scanned() {
			f.Severity = diag.Warning
		}
		c.Findings = append(c.Findings, f)
	}
	return e
}

// ofItsDay returns the text of a work that an issue of a day printed: a number
// names the newest text, which the issue cannot have had. A path names one text.
func ofItsDay(e *Entry, on gazette.Date, name string) *Entry {
	if e == nil || on.IsZero() || PathID(strings.TrimPrefix(name, "content/")) == PathID(e.Path) {
		return e
	}
	for _, t := range e.Versions { // newest first
		if !t.TextDay().IsZero() && !t.TextDay().After(on) {
			return t
		}
	}
	return e
}

// scanned reports whether an issue is history: a scan, or paper whose pages the
// front matter gives.
func (s *Entry) scanned() bool {
	is := s.Digest.Issue
	return is.PDF != "" || slices.ContainsFunc(is.Sections, func(sec gazette.IssueSection) bool {
		return slices.ContainsFunc(sec.Documents, func(x gazette.IssueEntry) bool { return x.Page > 0 })
	})
}

// Scanned reports whether a file or paper stands for an issue, and nobody sets
// it again: it was printed before this site printed, and its pages come from
// its front matter; or it is sealed and names the very file that was printed.
func (s *Entry) Scanned() bool {
	if s.Type != gazette.TypeIssue {
		return false
	}
	return s.Lock == nil && s.scanned() || s.Lock != nil && s.Digest.Issue.PDF != ""
}

// Printed returns the documents of an issue in printed order, each once.
func (s *Entry) Printed() []*Entry {
	var out []*Entry
	seen := map[*Entry]bool{}
	for _, sec := range s.IssueEntries {
		for _, e := range sec {
			if e != nil && !seen[e] {
				seen[e] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// place sets the pages of the documents of an issue.
func (s *Entry) place(pages map[*Entry][2]int) {
	for _, e := range s.Printed() {
		if e.Issue == s {
			e.IssuePage, e.IssueLast = 0, 0 // as it may have been set before
		}
	}
	for i, sec := range s.IssueEntries {
		for j, e := range sec {
			if e != nil {
				s.setPages(i, j, pages[e])
			}
		}
	}
}

func (s *Entry) setPages(i, j int, p [2]int) {
	s.IssuePages[i][j] = p
	if e := s.IssueEntries[i][j]; e != nil && e.Issue == s && e.IssuePage == 0 {
		e.IssuePage, e.IssueLast = p[0], p[1]
	}
}

// Locked returns what the lock of an issue has of each of its documents. A
// document is found by its id, else by the path that was its id before it was
// recorded, else by its text.
func (s *Entry) Locked() map[*Entry]*gazette.LockedDocument {
	out := map[*Entry]*gazette.LockedDocument{}
	if s.Lock == nil {
		return out
	}
	entries := s.Printed()
	taken := map[*gazette.LockedDocument]bool{}
	for _, name := range []func(*Entry) string{
		func(e *Entry) string { return e.ID },
		func(e *Entry) string { return PathID(e.Path) },
		func(e *Entry) string { return "text:" + e.TextHash.String() },
	} {
		by := map[string]*gazette.LockedDocument{}
		for i := range s.Lock.Documents {
			if x := &s.Lock.Documents[i]; !taken[x] {
				by[x.ID], by["text:"+x.Text] = x, x
			}
		}
		for _, e := range entries {
			if x := by[name(e)]; x != nil && out[e] == nil && !taken[x] {
				out[e], taken[x] = x, true
			}
		}
	}
	return out
}

// lockedEntries is Locked seen from the lock.
func (s *Entry) lockedEntries() map[*gazette.LockedDocument]*Entry {
	out := map[*gazette.LockedDocument]*Entry{}
	for e, x := range s.Locked() {
		out[x] = e
	}
	return out
}

// asPrinted reports whether a document still has the text that a lock has of
// it, and shows it.
func (e *Entry) asPrinted(x *gazette.LockedDocument) bool {
	return e != nil && e.Shelf != gazette.Withdrawn && e.TextHash.String() == x.Text
}

// Altered reports whether a sealed issue has a text that is no longer as it was
// printed: corrected, withdrawn, or gone.
func (s *Entry) Altered() bool {
	if s.Lock == nil {
		return false
	}
	entries := s.lockedEntries()
	for i := range s.Lock.Documents {
		if x := &s.Lock.Documents[i]; !entries[x].asPrinted(x) {
			return true
		}
	}
	return false
}

// Mends reports whether a correction is about what the issue of the document
// printed: paper has the text of the day of its sealing, else of its date. One
// of the day of the sealing itself is, if the text is no longer that of the
// lock.
func (e *Entry) Mends(x gazette.Correction) bool {
	if e.Issue == nil {
		return false
	}
	if e.Issue.Lock == nil {
		return x.Date.After(e.Issue.Digest.Issue.Date)
	}
	printed := e.Issue.Locked()[e]
	return x.Date.After(e.Issue.Lock.Sealed) || x.Date == e.Issue.Lock.Sealed && printed != nil && printed.Text != e.TextHash.String()
}

func lockedPages(s *Entry) map[*Entry][2]int {
	out := map[*Entry][2]int{}
	for e, x := range s.Locked() {
		out[e] = [2]int{x.First, x.Last}
	}
	return out
}

// scanPages sets the pages of a historical issue: a document ends where its
// front matter says, else before the next one begins, else with the scan.
func (c *Catalog) scanPages(s *Entry) {
	is := s.Digest.Issue
	next := 0 // page on which the document behind begins, 0 where unknown
	if is.Pages > 0 {
		next = is.Pages + 1
	}
	for i, sec := range slices.Backward(is.Sections) {
		for j, x := range slices.Backward(sec.Documents) {
			if x.Page == 0 {
				continue
			}
			last := 0
			switch {
			case x.Pages > 0:
				last = x.Page + x.Pages - 1
			case next > 0:
				last = max(x.Page, next-1)
			}
			if next > 0 && max(x.Page, last) > next || is.Pages > 0 && max(x.Page, last) > is.Pages {
				c.report("issue-pages", s.Pos(IssueKey(i, j)), x.Document, gazette.Span(x.Page, max(x.Page, last)))
			}
			next = x.Page
			s.setPages(i, j, [2]int{x.Page, last})
		}
	}
}

// Paginate sets the pages of the documents of an issue as its layout has them:
// first and last. The pages of a sealed issue and of a scan stay as they are;
// where the layout of a sealed one disagrees, the findings say which documents
// are the cause. It may be called again when the layout is another; what was made
// of the pages before is then out of date.
func (c *Catalog) Paginate(issue *Entry, pages map[*Entry][2]int) []diag.Finding {
	switch {
	case issue.Lock != nil:
		return c.moved(issue, pages)
	case !issue.scanned():
		issue.place(pages)
	}
	return nil
}

// moved reports the documents of a sealed issue that a layout puts elsewhere. A
// document that only moves with the one before it is not the cause. From the
// first text on that is no longer as it was printed nothing is compared: a
// correction may make it longer, and whatever else changed a text is reported
// already (sealed-changed, sealed-list).
func (c *Catalog) moved(s *Entry, pages map[*Entry][2]int) []diag.Finding {
	var found []diag.Finding
	entries := s.lockedEntries()
	shift := 0
	for i := range s.Lock.Documents {
		x := &s.Lock.Documents[i]
		e := entries[x]
		now := pages[e]
		if !e.asPrinted(x) || now[0] == 0 {
			break
		}
		begin, end := now[0]-x.First, now[1]-x.Last
		if begin != shift || end != begin {
			f := diag.New("page-moved", e.Start(), e.Title(), gazette.Span(x.First, x.Last), gazette.Span(now[0], now[1]), s.Digest.Issue.Number())
			f.Related = []diag.Related{{Pos: LockPos(s, x)}}
			found = append(found, f)
		}
		shift = end
	}
	return found
}

// LockPos returns the place of a document in the lock of its issue.
func LockPos(s *Entry, x *gazette.LockedDocument) diag.Pos {
	return diag.Pos{File: source.Name(source.LockName(s.Path)), Line: x.Line, Col: 1}
}

// IssueKey returns the key of the position of a document in an issue's front
// matter.
func IssueKey(section, document int) string {
	return "sections." + strconv.Itoa(section) + ".documents." + strconv.Itoa(document)
}

// IssueTexts are the entries of an issue whose text is at hand, each once, in the order in
// which the issue lists them.
func (e *Entry) IssueTexts() []*Entry {
	var out []*Entry
	for _, x := range slices.Concat(e.IssueEntries...) {
		if x != nil && x.HasBody && x.Shelf != gazette.Withdrawn && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
