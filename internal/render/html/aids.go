package html

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
)

// answered bounds the interpretations, and the questions, that the first screen
// names.
const answered = 2

// answers say on the first screen what a document is to its reader, and whom
// to ask: its own contact, else that of the site.
func (s *Site) answers(file string, e *catalog.Entry, related []Group) []Row {
	var out []Row
	if e.State.Force == gazette.NoForce && e == e.Newest() {
		out = append(out, Row{"answers.no-force", []Link{{Text: s.strings.T("answers.no-force-why")}}})
	}
	if c := s.contact(e); c != nil {
		out = append(out, Row{"answers.contact", c})
	}
	for _, g := range related {
		r := Row{Key: "answers." + strings.TrimPrefix(g.Key, "related.")}
		for i, x := range g.Items {
			if i == answered {
				r.Values = append(r.Values, Link{s.strings.T("answers.more", itoa(len(g.Items))), "#related"})
				break
			}
			r.Values = append(r.Values, Link{x.Title, x.Href})
		}
		out = append(out, r)
	}
	return out
}

// contact is who answers questions about a document, with the telephone: its
// drafter or issuer at its own number, else the site's sponsor at the site's.
func (s *Site) contact(e *catalog.Entry) []Link {
	doc, site := e.Document, s.cat.Config.Site
	name, number := cmp.Or(doc.Drafter, strings.Join(doc.Issuers, "、")), doc.Contact
	if number == "" {
		name, number = site.Sponsor, site.Contact
	}
	if number == "" {
		return nil
	}
	if name == "" {
		return []Link{{number, telephone(number)}}
	}
	return []Link{{Text: name}, {number, telephone(number)}}
}

// aids are what the script copies: names and addresses, never a status.
func (s *Site) aids(p *Page, e *catalog.Entry, badge bool) *Aids {
	a := &Aids{Cite: "《" + e.Title() + "》", Address: p.Canonical, Status: badge}
	if n := e.Document.Number; n != "" {
		a.Cite += "（" + n + "）"
	}
	if e == e.Newest() && e.Own != "" && p.Canonical != "" {
		a.Text = s.cat.Config.BaseURL + e.Own
	} else if e != e.Newest() && p.Canonical != "" {
		a.Text, a.Address = p.Canonical, s.cat.Config.BaseURL+e.Newest().Address
	}
	for _, f := range e.Attachments() {
		if isAudio(f) {
			a.Audio = s.files(e, []gazette.Attachment{f})[0]
			break
		}
	}
	return a
}

// isAudio reports whether browsers play a file: the recording of a text that a
// site has made itself takes the place of a synthetic voice.
func isAudio(a gazette.Attachment) bool {
	switch strings.ToLower(path.Ext(a.File)) {
	case ".mp3", ".m4a", ".ogg":
		return true
	}
	return false
}

var titleEnd = regexp.MustCompile(`的[\p{Han}]{1,3}$`)

// titleParts cuts a title where its lines like to end. On a screen a line may
// also end before the kind of document (的通知), which is never cut itself.
func titleParts(title string, issuers []string) []string {
	parts := press.TitleParts(title, issuers)
	last := parts[len(parts)-1]
	if at := titleEnd.FindStringIndex(last); at != nil && at[0] > 0 {
		parts = append(parts[:len(parts)-1], last[:at[0]], last[at[0]:])
	}
	return parts
}
