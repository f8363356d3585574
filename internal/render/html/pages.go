package html

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// Units returns every page of the site, the assets and the files beside the
// content.
func (s *Site) Units() []render.Unit {
	units := s.AssetUnits()
	units = append(units, s.homeUnit(), s.siteMapUnit(), s.notFoundUnit(), s.statusUnit())
	for _, e := range s.cat.Documents {
		units = append(units, s.EntryUnits(e)...)
	}
	for _, e := range s.cat.Issues {
		units = append(units, s.EntryUnits(e)...)
	}
	for _, t := range gazette.Types() {
		for _, e := range s.cat.Articles[t] {
			units = append(units, s.EntryUnits(e)...)
		}
	}
	units = append(units, s.listUnits()...)
	units = append(units, s.directoryUnits()...)
	units = append(units, s.completeUnits()...)
	units = append(units, s.dataUnits()...)
	units = append(units, s.itemUnits()...)
	units = append(units, s.projectUnits()...)
	units = append(units, s.bodyUnits()...)
	units = append(units, s.calendarUnits()...)
	units = append(units, s.searchUnits()...)
	units = append(units, s.offlineUnits()...)
	units = append(units, s.mountsUnit()...)
	for _, r := range s.cat.Redirects {
		units = append(units, s.redirect(r))
	}
	for _, g := range s.cat.Graves {
		units = append(units, s.grave(g))
	}
	return units
}

// AssetUnits are the style sheets, scripts and pictures that pages share.
func (s *Site) AssetUnits() []render.Unit {
	var out []render.Unit
	for _, name := range slices.Sorted(maps.Keys(s.assets)) {
		out = append(out, render.Unit{
			Path: "assets/" + name, Wave: 2,
			Key: func() render.Key { return render.Hash(s.assets[name].hash, []byte(s.in.Version)) },
			Render: func(render.Loader) (render.Output, []diag.Finding) {
				return render.Output{Bytes: s.assets[name].bytes}, nil
			},
		})
	}
	if file := s.emblem(); file != "" {
		out = append(out, s.fileUnit(file, s.cat.Config.Site.Emblem))
	}
	return out
}

// emblem is the file of the site's emblem (徽标), "" where it has none.
func (s *Site) emblem() string {
	if e := s.cat.Config.Site.Emblem; e != "" {
		return "assets/" + path.Base(e)
	}
	return ""
}

// fileUnits are the files that an entry names, copied as they are.
func (s *Site) fileUnits(e *catalog.Entry) []render.Unit {
	var names []string
	for _, a := range e.Attachments() {
		names = append(names, a.File)
	}
	for _, f := range e.Files {
		names = append(names, f.Path)
	}
	if pdf := e.Digest.Issue.PDF; pdf != "" {
		names = append(names, pdf)
	}
	slices.Sort(names)
	var out []render.Unit
	for _, n := range slices.Compact(names) {
		out = append(out, s.fileUnit(e.Address+"files/"+n, "content/"+path.Join(path.Dir(e.Path), n)))
	}
	return out
}

// fileUnit copies a file. Its key is the hash of the file's bytes.
func (s *Site) fileUnit(to, from string) render.Unit {
	return render.Unit{
		Path: to, Wave: 2,
		Key: func() render.Key { return render.Hash(from, s.in.FileHash(from)) },
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			b, err := l.File(from)
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: from}, err.Error())}
			}
			return render.Output{Bytes: b}, nil
		},
	}
}

func (s *Site) crumbs(file string, parent Link, title string) []Link {
	out := []Link{{s.strings.T("nav.home"), root(file) + "index.html"}}
	if parent.Text != "" {
		out = append(out, parent)
	}
	return append(out, Link{Text: title})
}

func (s *Site) listCrumb(file, name string) Link {
	l := Link{Text: s.strings.T("list." + name)}
	if s.index[name+"/"] {
		l.Href = rel(file, name+"/index.html")
	}
	return l
}

func (s *Site) issueTitle(e *catalog.Entry) string {
	if e.Digest.Issue.Title != "" {
		return e.Digest.Issue.Title
	}
	return s.strings.T("issue.title", itoa(e.Digest.Issue.Year), itoa(e.Digest.Issue.No))
}

func (s *Site) issueView(file string, e *catalog.Entry) *Issue {
	is := e.Digest.Issue
	v := &Issue{Title: s.issueTitle(e), Date: is.Date.String(), Note: e.HasBody}
	if is.Running > 0 {
		v.Running = s.strings.T("issue.running", itoa(is.Running))
	}
	if is.PDF != "" {
		v.PDF = s.files(e, []gazette.Attachment{{File: is.PDF}})[0]
		v.PDF.Href = rel(file, e.Address+"files/"+is.PDF)
	}
	if is.PDF == "" {
		v.PDF = s.printed(e.Address + "issue.pdf")
		if v.PDF.Href != "" {
			v.PDF.Href = rel(file, v.PDF.Href)
		}
	}
	for i, sec := range is.Sections {
		out := Section{Title: sec.Title}
		for j := range sec.Documents {
			if to := e.IssueEntries[i][j]; to != nil {
				entry := Entry{DocLink: s.docLink(file, to)}
				if to.Type == gazette.TypeDocument { // also of a withdrawn one: paper has it
					entry.Title, entry.Number = to.Title(), to.Document.Number
				}
				entry.Date = ""
				if page := e.IssuePages[i][j][0]; page > 0 {
					entry.Page = itoa(page)
					entry.At = s.pageAt(file, e, page)
				}
				out.Entries = append(out.Entries, entry)
			}
		}
		v.Sections = append(v.Sections, out)
	}
	for _, l := range s.cat.Imprint(e) {
		key, text := l.Key, l.Text
		if text == "" { // a line that is all label
			key, text = "nature", s.strings.T("imprint."+key)
		}
		v.Imprint = append(v.Imprint, Row{"imprint." + key, []Link{{Text: text}}})
	}
	return v
}

// printed is a PDF that was made of this site, with its pages and size; empty
// where there is none.
func (s *Site) printed(path string) File {
	f, ok := s.in.Facts(path)
	if !ok {
		return File{}
	}
	out := File{Title: s.strings.T("file.printed"), Href: path, Type: "PDF", Size: size(int64(f.Size))}
	if f.Pages > 0 {
		out.Size = s.strings.T("file.pages", out.Size, itoa(f.Pages))
	}
	return out
}

// pageAt is the address of a page of an issue: in its scan, or in the PDF that
// stands in the output, where folios count from behind the cover.
func (s *Site) pageAt(file string, issue *catalog.Entry, page int) string {
	if name := issue.Digest.Issue.PDF; name != "" {
		return rel(file, issue.Address+"files/"+name+"#page="+itoa(page))
	}
	if _, ok := s.in.Facts(issue.Address + "issue.pdf"); ok {
		return rel(file, issue.Address+"issue.pdf#page="+itoa(page+1))
	}
	return ""
}

func (s *Site) issuePage(file string, e *catalog.Entry) *Page {
	p := s.page("issue", file, s.issueTitle(e))
	s.articleMetas(p, e, s.issueTitle(e), "", "", nil)
	p.Crumbs = s.crumbs(file, s.listCrumb(file, "issues"), s.issueTitle(e))
	v := s.issueView(file, e)
	if e.Prev != nil {
		v.Prev = link(file, e.Prev, s.issueTitle(e.Prev))
	}
	if e.Next != nil {
		v.Next = link(file, e.Next, s.issueTitle(e.Next))
	}
	v.Take = s.take(file)
	v.Formats = s.issueFormats(e)
	p.Issue = v
	return p
}

func (s *Site) articlePage(file string, e *catalog.Entry) *Page {
	a := e.Article
	p := s.page("article", file, a.Title)
	s.articleMetas(p, e, a.Title, a.Author, a.Summary, a.Keywords)
	p.Crumbs = s.crumbs(file, s.listCrumb(file, e.Type.Folder()), a.Title)
	if e.Type == gazette.TypePage {
		p.Crumbs = s.crumbs(file, Link{}, a.Title)
	}
	v := &Article{
		Type: string(e.Type), Title: a.Title, Files: s.files(e, a.Attachments),
		Prev: link(file, e.Prev, title(e.Prev)), Next: link(file, e.Next, title(e.Next)),
	}
	v.Rows = s.articleRows(file, e)
	v.Figures = figures(a.Channels)
	v.Notices = s.articleNotices(file, e)
	for i, t := range e.About {
		v.About = append(v.About, s.target(file, t, a.About[i]))
		if t.Entry != nil {
			v.Related = append(v.Related, s.byType(file, t.Entry.AboutBy, e)...)
		}
	}
	if len(e.About) > 1 {
		v.Related = mergeGroups(v.Related)
	}
	p.Article = v
	p.Aids = s.aids(p, e, false)
	return p
}

func mergeGroups(gs []Group) []Group {
	var out []Group
	for _, g := range gs {
		i := slices.IndexFunc(out, func(o Group) bool { return o.Key == g.Key })
		if i < 0 {
			out = append(out, g)
			continue
		}
		for _, x := range g.Items {
			if !slices.ContainsFunc(out[i].Items, func(o DocLink) bool { return o.Href == x.Href }) {
				out[i].Items = append(out[i].Items, x)
			}
		}
	}
	return out
}

func (s *Site) articleRows(file string, e *catalog.Entry) []Row {
	a := e.Article
	var out []Row
	add := func(key, v string) {
		if v != "" {
			out = append(out, Row{"meta." + key, []Link{{Text: v}}})
		}
	}
	add("published", a.Published.Date.String())
	add("author", a.Author)
	add("issuers", strings.Join(a.Issuers, " "))
	add("forms", strings.Join(a.Forms, " "))
	add("opens", a.Opens.String())
	add("closes", a.Closes.String())
	if e.Type == gazette.TypeResponse {
		add("period.month", a.Period)
	}
	if links := s.itemLinks(file, e); links != nil {
		out = append(out, Row{"meta.items", links})
	}
	if links := s.projectLinks(file, e); links != nil {
		out = append(out, Row{"meta.projects", links})
	}
	add("contact", a.Contact)
	if a.Feedback != "" {
		if t, _ := s.cat.Find(e, a.Feedback); t.Entry != nil {
			out = append(out, Row{"meta.feedback.result", []Link{link(file, t.Entry, t.Entry.Called())}})
		}
	}
	return out
}

func (s *Site) articleNotices(file string, e *catalog.Entry) []Notice {
	a := e.Article
	var out []Notice
	for _, t := range e.About {
		if t.Entry == nil || !t.Entry.State.Force.Ended() {
			continue
		}
		to := t.Entry.Newest()
		force := s.strings.T("force." + string(to.State.Force))
		out = append(out, Notice{Kind: "danger", Text: s.strings.T("notice.policy-ended", force, to.State.Interval.From.String()), Link: link(file, to, to.Cited())})
		if i := to.State.Interval.Cause; i >= 0 {
			if by := s.cat.Entry(to.Effects[i].By); by != nil && by.State.Force == gazette.InForce {
				out = append(out, Notice{Kind: "info", Text: s.strings.T("notice.policy-ended-by"), Link: link(file, by, by.Cited())})
			}
		}
	}
	if e.Shelf == gazette.Archived {
		out = append(out, Notice{Kind: "warning", Lasting: true, Text: s.strings.T("notice.archived", archivedOn(e))})
	}
	if e.Type == gazette.TypeConsultation && !a.Closes.IsZero() {
		if s.cat.AsOf.After(a.Closes) {
			out = append(out, Notice{Kind: "info", Text: s.strings.T("notice.consultation-closed", a.Closes.String())})
		} else {
			out = append(out, Notice{Kind: "info", Text: s.strings.T("notice.consultation-open", a.Closes.String())})
		}
	}
	return out
}

// notFoundUnit is 404.html, which servers show for any address: its links go
// through base_url's path, and its style stands in the page.
func (s *Site) notFoundUnit() render.Unit {
	view := func() *Page {
		up := "/"
		if base := s.cat.Config.BaseURL; base != "" {
			if i := strings.Index(base[8:], "/"); i >= 0 {
				up = base[8+i:]
			}
		}
		p := s.page("notfound", "404.html", s.strings.T("notfound.title"))
		p.Chrome = s.makeChrome(up)
		p.Chrome.JS = "" // its style is its own, and so is all of it
		p.Canonical, p.NoIndex = "", true
		return p
	}
	return s.unit("404.html", view)
}

func (s *Site) redirect(r catalog.Redirect) render.Unit {
	file := r.From
	if strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return s.unit(file, func() *Page {
		p := s.page("redirect", file, s.strings.T("redirect.title"))
		if s.chromes[root(file)] == nil {
			p.Chrome = s.makeChrome(root(file))
		}
		p.NoIndex = true
		p.Redirect = &Redirect{To: Link{r.To.Title(), rel(file, r.To.Address+"index.html")}}
		if base := s.cat.Config.BaseURL; base != "" {
			p.Canonical = base + r.To.Address
		}
		return p
	})
}

func (s *Site) grave(g catalog.Grave) render.Unit {
	file := g.Address + "index.html"
	return s.unit(file, func() *Page {
		p := s.page("withdrawn", file, s.strings.T("withdrawn.title"))
		p.NoIndex = true
		p.Crumbs = s.crumbs(file, s.listCrumb(file, "documents"), s.strings.T("withdrawn.title"))
		p.Withdrawn = &Withdrawn{Title: g.Title, Number: g.Number, Date: g.Date, Reason: g.Reason}
		if g.Title != "" {
			p.Withdrawn.TitleParts = titleParts(g.Title, nil)
		}
		return p
	})
}

// statusUnit is status.json: the one file with the day of the build.
func (s *Site) statusUnit() render.Unit {
	view := struct {
		Built string `json:"built"`
	}{s.cat.AsOf.String()}
	return render.Unit{
		Path: "status.json", Wave: 2,
		Key: func() render.Key { return render.Hash(view) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			b, _ := json.Marshal(view)
			return render.Output{Bytes: append(b, '\n')}, nil
		},
	}
}
