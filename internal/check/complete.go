package check

import (
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/complete"
	"gongbao/internal/diag"
)

// complete reports serials of which nobody says why they are missing (serial-gap),
// documents that several issues have passed over (print-late), and pages between
// the documents of a printed issue that belong to none (issue-page-gap).
func (c *checker) complete() {
	since := c.cat.Config.Gate.Since
	for _, s := range complete.Serials(c.cat) {
		if len(s.Missing) == 0 {
			continue
		}
		pos := s.Pos
		if pos.File == "" {
			pos = diag.Pos{File: "content/data/series.toml", Line: 1, Col: 1}
		}
		name := s.Name
		if s.Year > 0 {
			name += "〔" + strconv.Itoa(s.Year) + "〕"
		}
		f := diag.New("serial-gap", pos, name, s.Holes(), strconv.Itoa(s.Lost))
		if since.IsZero() || s.Year < int(since.Year) {
			f.Severity = diag.Info
		}
		c.report(f)
	}
	for _, e := range complete.Pending(c.cat) {
		on := e.Published().Date
		if since.IsZero() || on.Before(since) {
			continue
		}
		var passed []*catalog.Entry
		for _, s := range c.cat.Issues {
			if d := s.Digest.Issue.Date; d.After(on) && !d.After(c.cat.AsOf) {
				passed = append(passed, s)
			}
		}
		if len(passed) >= 2 {
			f := diag.New("print-late", e.Start(), on.String(), strconv.Itoa(len(passed)))
			f.Related = []diag.Related{{Pos: passed[0].Start()}}
			c.report(f)
		}
	}
	for _, s := range c.cat.Issues {
		c.pages(s)
	}
}

// pages reports pages between two documents of an issue whose pages are known from
// its lock or its front matter.
func (c *checker) pages(s *catalog.Entry) {
	if s.Lock == nil && !s.Scanned() {
		return
	}
	last := 0
	for i, sec := range s.IssuePages {
		for j, p := range sec {
			if p[0] == 0 || p[1] == 0 {
				last = 0
				continue
			}
			// A section may begin on the next right-hand page, behind a blank one.
			if last > 0 && p[0] > last+2 {
				c.report(diag.New("issue-page-gap", s.Pos(catalog.IssueKey(i, j)), strconv.Itoa(last+1), strconv.Itoa(p[0]-1)))
			}
			last = max(last, p[1])
		}
	}
}
