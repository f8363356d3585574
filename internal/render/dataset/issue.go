package dataset

import (
	"bytes"
	"encoding/json"
	"path"

	"gongbao/internal/catalog"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// ofIssue is the unit of an issue. Its view is small: it is the file.
func (s *Source) ofIssue(e *catalog.Entry, version string) render.Unit {
	at := e.Address + render.JSON.File
	write := func() ([]byte, error) {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		err := enc.Encode(s.Issue(e))
		return b.Bytes(), err
	}
	u := whole(at, version, write)
	u.Wave = 1
	return u
}

// Issue is what is said of an issue.
func (s *Source) Issue(e *catalog.Entry) Issue {
	i := e.Digest.Issue
	o := Issue{
		ID: e.ID, Address: e.Address, Title: i.Title, Year: i.Year, No: i.No, Running: i.Running, Date: i.Date.String(),
		Sealed: e.Lock != nil, Sections: []Section{},
	}
	if base := s.Catalog.Config.BaseURL; base != "" {
		o.URL = base + e.Address
	}
	for k, section := range i.Sections {
		out := Section{Title: section.Title, Documents: []Place{}}
		for n, named := range section.Documents {
			p := Place{Name: named.Document}
			if k < len(e.IssueEntries) && n < len(e.IssueEntries[k]) {
				pages := e.IssuePages[k][n]
				if p.Page = pages[0]; p.Page > 0 {
					p.LastPage = max(pages[0], pages[1])
				}
				if to := e.IssueEntries[k][n]; to != nil {
					r := reference(to)
					r.Title = to.Title() // also of a withdrawn one: paper has it
					p.Document = &r
				}
			}
			out.Documents = append(out.Documents, p)
		}
		o.Sections = append(o.Sections, out)
	}
	for _, name := range []string{render.IssuePDF, render.AkomaNtoso.File, render.EPUB.File} {
		if f, ok := s.Facts(e.Address + name); ok {
			o.Files = append(o.Files, File{e.Address + name, render.MediaType(name), int64(f.Size), f.Sum.String()})
		}
	}
	if i.PDF != "" {
		name := path.Join(path.Dir(e.Path), i.PDF)
		if hash := s.Hash(source.Name(name)); hash != nil {
			o.Files = append(o.Files, File{e.Address + "files/" + i.PDF, render.MediaType(i.PDF), s.Size(name), render.Sum(hash).String()})
		}
	}
	return o
}
