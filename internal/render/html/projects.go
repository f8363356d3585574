package html

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

const (
	projectsAddress = "projects/" // 重大建设项目
	bodiesAddress   = "bodies/"   // 公共企事业单位
)

// projectUnits are the list of major projects and the life of each.
func (s *Site) projectUnits() []render.Unit {
	if len(s.cat.Projects) == 0 {
		return nil
	}
	file := projectsAddress + "index.html"
	out := []render.Unit{s.unit(file, func() *Page { return s.projectsPage(file) })}
	for _, x := range s.cat.Projects {
		file := x.Address + "index.html"
		out = append(out, s.unit(file, func() *Page { return s.projectPage(file, x) }))
	}
	return out
}

func (s *Site) projectsPage(file string) *Page {
	title := s.strings.T("projects.title")
	p := s.page("list", file, title)
	s.columnMetas(p, title)
	p.Crumbs = s.crumbs(file, Link{}, title)
	v := &List{Title: title, Intro: s.strings.T("projects.intro")}
	for _, x := range s.cat.Projects {
		l := DocLink{Title: x.Name, Href: rel(file, x.Address+"index.html"), Issuer: x.Owner}
		if x.Stage != "" {
			l.Number = s.strings.T("projects.at", x.Stage.Short())
		}
		l.Note = s.strings.T("projects.count", itoa(x.Count()))
		l.Date = newest(x)
		v.Items = append(v.Items, l)
	}
	p.List = v
	return p
}

// newest is the day of the newest information on a project.
func newest(x *catalog.Project) string {
	var last gazette.Date
	see := func(is []catalog.Info) {
		for _, i := range is {
			if i.Date.After(last) {
				last = i.Date
			}
		}
	}
	see(x.Others)
	for _, c := range gazette.ProjectClasses() {
		see(x.Infos[c])
	}
	return last.String()
}

// projectPage is the life of a project: the eight classes in order, and what is
// published of each, oldest first.
func (s *Site) projectPage(file string, x *catalog.Project) *Page {
	p := s.page("project", file, x.Name)
	s.columnMetas(p, x.Name)
	p.Crumbs = s.crumbs(file, Link{s.strings.T("projects.title"), rel(file, projectsAddress+"index.html")}, x.Name)
	v := &Project{Title: x.Name}
	add := func(key, text string) {
		if text != "" {
			v.Rows = append(v.Rows, Row{"projects." + key, []Link{{Text: text}}})
		}
	}
	add("owner", x.Owner)
	add("place", x.Place)
	add("stage", x.Stage.Short())
	for _, c := range gazette.ProjectClasses() {
		step := ProjectStep{Name: string(c), Current: c == x.Stage}
		for _, i := range x.Infos[c] {
			step.Items = append(step.Items, s.info(file, i))
		}
		v.Steps = append(v.Steps, step)
	}
	for _, i := range x.Others {
		v.Others = append(v.Others, s.info(file, i))
	}
	p.Project = v
	return p
}

// info shows something published about a project; a page of another system says
// where it is.
func (s *Site) info(file string, i catalog.Info) DocLink {
	var l DocLink
	switch {
	case i.Known():
		l = s.target(file, i.Target, "")
		if l.Href == "" && i.URL != "" {
			l.Href, l.Note = i.URL, s.strings.T("items.elsewhere", host(i.URL))
		}
	default:
		l = DocLink{Title: host(i.URL), Href: i.URL, Note: s.strings.T("items.elsewhere", host(i.URL))}
	}
	if i.Title != "" {
		l.Title = i.Title
	}
	l.Date = i.Date.String()
	return l
}

// projectLinks are the projects that an entry is about, for its facts.
func (s *Site) projectLinks(file string, e *catalog.Entry) []Link {
	var out []Link
	for _, x := range e.Projects {
		out = append(out, Link{x.Name, rel(file, x.Address+"index.html")})
	}
	return out
}

// bodies are the lists of the public bodies (公共企事业单位, 政府信息公开条例第五十五条)
// that have published something.
func (s *Site) bodies() []*catalog.List {
	var out []*catalog.List
	for _, l := range s.cat.Lists {
		if l.Taxonomy != "issuers" {
			continue
		}
		if i := s.cat.Issuer(l.Name); i != nil && i.Body == "企事业单位" {
			out = append(out, l)
		}
	}
	return out
}

// bodyUnits are the page of the public bodies, each with what it published last.
func (s *Site) bodyUnits() []render.Unit {
	lists := s.bodies()
	if len(lists) == 0 {
		return nil
	}
	file := bodiesAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page {
		title := s.strings.T("bodies.title")
		p := s.page("bodies", file, title)
		s.columnMetas(p, title)
		p.Crumbs = s.crumbs(file, Link{}, title)
		v := &Bodies{Title: title}
		for _, l := range lists {
			to := Link{s.strings.T("doc.cited-by-more", itoa(len(l.Entries))), rel(file, l.Address+"index.html")}
			b := Body{Name: Link{l.Name, to.Href}}
			for _, e := range l.Entries[:min(len(l.Entries), 5)] {
				b.Items = append(b.Items, s.docLink(file, e))
			}
			if len(l.Entries) > len(b.Items) {
				b.More = to
			}
			v.Bodies = append(v.Bodies, b)
		}
		p.Bodies = v
		return p
	})}
}

// ways are the pages beside the lists that lead to what is published, by their
// strings key and address: those that there are.
func (s *Site) ways() []way {
	var out []way
	if n := len(s.cat.Items); n > 0 {
		out = append(out, way{"items.title", itemsAddress, n})
	}
	if n := len(s.cat.Projects); n > 0 {
		out = append(out, way{"projects.title", projectsAddress, n})
	}
	if n := len(s.bodies()); n > 0 {
		out = append(out, way{"bodies.title", bodiesAddress, n})
	}
	n := 0
	for _, l := range s.years() {
		n += len(l.Entries)
	}
	if n > 0 {
		out = append(out, way{"chart.title", dataAddress, n})
	}
	return out
}

// A way is a page that the home page and the site map lead to.
type way struct {
	key, address string
	count        int
}

func (s *Site) isWay(folder string) bool {
	for _, w := range s.ways() {
		if w.address == strings.TrimPrefix(folder, "/") {
			return true
		}
	}
	return false
}
