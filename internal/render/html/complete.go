package html

import (
	"strconv"

	"gongbao/internal/complete"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// completeAddress is where the page stands that shows whether the gazette is whole.
const completeAddress = "completeness/"

// shownPending is how many of the documents that wait are listed.
const shownPending = 100

// hasComplete reports whether there is anything to be whole.
func (s *Site) hasComplete() bool { return len(s.cat.Issues) > 0 && len(s.cat.Config.Site.Issuers) > 0 }

func (s *Site) completeUnits() []render.Unit {
	if !s.hasComplete() {
		return nil
	}
	file := completeAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page { return s.completePage(file) })}
}

func (s *Site) completePage(file string) *Page {
	t := func(key string) string { return s.strings.T("complete." + key) }
	head := func(keys ...string) (out []string) {
		for _, k := range keys {
			out = append(out, t(k))
		}
		return out
	}
	p := s.page("complete", file, t("title"))
	s.columnMetas(p, t("title"))
	p.Crumbs = s.crumbs(file, s.listCrumb(file, "issues"), t("title"))
	v := &Complete{Title: t("title"), Intro: t("intro")}

	issues := CompleteTable{Caption: t("issues"), Head: head("year", "issues-count", "running", "documents", "holes")}
	for _, y := range complete.Years(s.cat) {
		running := t("none")
		if y.First > 0 {
			running = gazette.Span(y.First, y.Last)
		}
		issues.Rows = append(issues.Rows, cells(strconv.Itoa(y.Year), strconv.Itoa(y.Issues), running, strconv.Itoa(y.Documents), strconv.Itoa(y.Holes)))
	}
	v.Tables = append(v.Tables, issues)

	serials := CompleteTable{Caption: t("serials"), Note: t("serials-note"), Head: head("series", "last", "public", "not-public", "unused", "absent")}
	for _, x := range complete.PublicSerials(s.cat) {
		name := x.Name
		if x.Year > 0 {
			name += "〔" + strconv.Itoa(x.Year) + "〕"
		}
		serials.Rows = append(serials.Rows, cells(name, strconv.Itoa(x.Last), strconv.Itoa(x.Public), strconv.Itoa(x.Withheld), strconv.Itoa(x.Explained), strconv.Itoa(x.Waiting+x.Lost)))
	}
	if serials.Rows != nil {
		v.Tables = append(v.Tables, serials)
	}

	withheld := CompleteTable{Caption: t("withheld"), Note: t("withheld-note"), Head: head("year", "attribute", "count")}
	for _, x := range complete.Withheld(s.cat) {
		year := t("any-year")
		if x.Year > 0 {
			year = strconv.Itoa(x.Year)
		}
		withheld.Rows = append(withheld.Rows, cells(year, x.Attribute, strconv.Itoa(x.N)))
	}
	if withheld.Rows != nil {
		v.Tables = append(v.Tables, withheld)
	}

	pending := complete.Pending(s.cat)
	for _, e := range pending[:min(len(pending), shownPending)] {
		v.Pending = append(v.Pending, s.docLink(file, e))
	}
	v.More = len(pending) - len(v.Pending)
	p.Complete = v
	return p
}

func cells(texts ...string) []Link {
	out := make([]Link, len(texts))
	for i, x := range texts {
		out[i].Text = x
	}
	return out
}
