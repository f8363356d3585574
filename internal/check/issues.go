package check

import (
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// issues reports two files of one issue, and what is missing between issues.
func (c *checker) issues() {
	type number struct{ year, no int }
	first := map[number]*catalog.Entry{}
	running := map[int]*catalog.Entry{}
	double := map[*catalog.Entry]bool{}
	for _, e := range c.cat.Entries {
		if e.Type != gazette.TypeIssue {
			continue
		}
		is := e.Digest.Issue
		n := number{is.Year, is.No}
		o := first[n]
		if o == nil && is.Running > 0 {
			o = running[is.Running]
		}
		if o != nil {
			f := diag.New("issue-duplicate", e.Start(), o.Path)
			f.Related = []diag.Related{{Pos: o.Start()}}
			c.report(f)
			double[e] = true
			continue
		}
		first[n] = e
		if is.Running > 0 {
			running[is.Running] = e
		}
	}
	c.sequence(double)
	for _, s := range c.cat.Issues {
		c.printedBefore(s)
	}
}

// sequence checks that numbers follow each other in a year (issue-gap) and
// running numbers without end (issue-running). The oldest year may begin with any number:
// what came before it is not in the archive.
func (c *checker) sequence(double map[*catalog.Entry]bool) {
	var last *catalog.Entry
	for i := range c.cat.Issues {
		e := c.cat.Issues[len(c.cat.Issues)-1-i] // oldest first
		is := e.Digest.Issue
		if double[e] || is.Year == 0 || is.No == 0 {
			continue // reported
		}
		if last != nil {
			c.follows(last, e)
		}
		last = e
	}
}

// follows compares an issue with the one before it.
func (c *checker) follows(last, e *catalog.Entry) {
	was, is := last.Digest.Issue, e.Digest.Issue
	expected := 1
	if is.Year == was.Year {
		expected = was.No + 1
	}
	if is.No > expected {
		f := diag.New("issue-gap", e.Pos("no"), strconv.Itoa(is.Year), gazette.Span(expected, is.No-1))
		f.Related = []diag.Related{{Pos: last.Pos("no")}}
		c.report(f)
	}
	if was.Running == 0 || is.Running == 0 {
		return
	}
	if want := was.Running + 1 + max(0, is.No-expected); is.Running != want {
		f := diag.New("issue-running", e.Pos("running"), strconv.Itoa(is.Running), strconv.Itoa(want), was.Number())
		f.Related = []diag.Related{{Pos: last.Pos("running")}}
		c.report(f)
	}
}

// printedBefore reports documents that are younger than the issue that printed
// them (issue-date).
func (c *checker) printedBefore(s *catalog.Entry) {
	date := s.Digest.Issue.Date
	if date.IsZero() {
		return
	}
	for i, sec := range s.IssueEntries {
		for j, e := range sec {
			if e == nil {
				continue
			}
			for _, d := range []gazette.Date{e.Document.Signed, e.Document.Printed, e.Document.Promulgated} {
				if d.After(date) {
					f := diag.New("issue-date", s.Pos(catalog.IssueKey(i, j)), e.Title(), d.String(), date.String())
					f.Related = []diag.Related{{Pos: e.Start()}}
					c.report(f)
					break
				}
			}
		}
	}
}
