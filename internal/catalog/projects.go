package catalog

import (
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// A Project (重大建设项目) is a project of the register with what is published of it
// in each class of information.
type Project struct {
	*source.Project
	Address string                          // folder in the site: "projects/dldq/"
	Infos   map[gazette.ProjectClass][]Info // in time: the page is a life
	Others  []Info                          // documents of no class
}

// An Info is something published about a project: a document here, one that is
// known, or a page of another system.
type Info struct {
	Target
	Title string // "" where the target says it
	URL   string
	Date  gazette.Date
}

// Count is how many things are published about a project.
func (p *Project) Count() int {
	n := len(p.Others)
	for _, is := range p.Infos {
		n += len(is)
	}
	return n
}

// projects resolves the projects of the register that have a code.
func (c *Catalog) projects() {
	if len(c.Data.Projects) == 0 {
		return
	}
	r := &resolver{Catalog: c}
	codes := map[string]*source.Project{}
	for i := range c.Data.Projects {
		src := &c.Data.Projects[i]
		if src.Code == "" || src.Name == "" {
			continue // reported
		}
		if first := codes[src.Code]; first != nil {
			f := diag.New("project-duplicate", src.Pos, src.Code, src.Name)
			f.Related = []diag.Related{{Pos: first.Pos}}
			c.Findings = append(c.Findings, f)
			continue
		}
		codes[src.Code] = src
		p := &Project{Project: src, Address: "projects/" + src.Code + "/", Infos: map[gazette.ProjectClass][]Info{}}
		for _, n := range src.Documents {
			if t, _ := r.named(n, "project-document-missing", src.Name); t.Known() {
				p.Others = append(p.Others, p.info(t, source.ProjectInfo{}))
			}
		}
		for _, x := range src.Infos {
			var t Target
			if x.Document.Text != "" {
				t, _ = r.named(x.Document, "project-document-missing", src.Name)
			}
			if t.Known() || x.URL.Text != "" {
				p.Infos[x.Class] = append(p.Infos[x.Class], p.info(t, x))
			}
		}
		for _, is := range p.Infos {
			slices.SortStableFunc(is, func(a, b Info) int { return a.Date.Compare(b.Date) })
		}
		c.Projects = append(c.Projects, p)
	}
}

// info is what a register says, completed by what the document says; the
// document learns of the project.
func (p *Project) info(t Target, x source.ProjectInfo) Info {
	out := Info{Target: t, Title: x.Title, URL: x.URL.Text, Date: x.Date}
	if e := t.Entry; e != nil {
		if out.Date.IsZero() {
			out.Date = e.Date
		}
		if !slices.Contains(e.Projects, p) {
			e.Projects = append(e.Projects, p)
		}
	}
	return out
}
