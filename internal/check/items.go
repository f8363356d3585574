package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// items holds the directory (政务公开标准目录) against what is published: items
// without content, content without an item (两张皮), items whose basis no longer
// holds. A site without items.toml, or with an empty one, keeps no directory.
func (c *checker) items() {
	if len(c.cat.Items) == 0 {
		return
	}
	for _, x := range c.cat.Items {
		c.incomplete(x)
		for _, b := range x.Bases {
			c.basis(x, b)
		}
		if !x.Published() && !x.Missing && !x.OnRequest() {
			c.report(diag.New("item-empty", x.Pos, x.Name))
		}
	}
	c.orphans()
	c.orphanColumns()
}

// incomplete reports the columns of the standard table that an item leaves
// empty and that a reader may ask for: basis, deadline, owner.
func (c *checker) incomplete(x *catalog.Item) {
	var keys []string
	for _, k := range []struct {
		key   string
		empty bool
	}{{"basis", len(x.Bases) == 0}, {"deadline", strings.TrimSpace(x.Deadline) == ""}, {"owner", strings.TrimSpace(x.Owner) == ""}} {
		if k.empty {
			keys = append(keys, k.key)
		}
	}
	if keys != nil {
		c.report(diag.New("item-incomplete", x.Pos, x.Name, strings.Join(keys, " ")))
	}
}

// basis reports a basis that has ended (item-basis-ended), and one that gives the
// number of an earlier text (item-basis-text).
func (c *checker) basis(x *catalog.Item, b catalog.Basis) {
	var title string
	var force gazette.Force
	switch {
	case b.Entry != nil:
		title, force = b.Entry.Title(), b.Entry.State.Force
	case b.External != nil:
		title, force = b.External.Title, gazette.Force(b.External.Force)
	default:
		return
	}
	var f diag.Finding
	if force.Ended() {
		f = diag.New("item-basis-ended", b.Pos, x.Name, title)
	} else if now, outdated := b.Outdated(); outdated {
		f = diag.New("item-basis-text", b.Pos, title, b.Number, now)
	} else {
		return
	}
	if b.Entry != nil {
		f.Related = []diag.Related{{Pos: b.Entry.Start()}}
	} else {
		f.Related = []diag.Related{{Pos: b.External.Pos}}
	}
	c.report(f)
}

// An orphanage is what of one issuer and class stands under no item.
type orphanage struct {
	issuer string
	class  gazette.Class
	count  int
	newest *catalog.Entry
}

// orphans reports own documents under no item: one finding for an issuer and a
// class, with how many they are and the newest, since it is an item that is
// missing, not a hundred documents. What is older than [check] since, has ended,
// or says so itself, is not counted.
func (c *checker) orphans() {
	var groups []*orphanage
	for _, e := range c.cat.Documents { // newest first
		if !c.expectsItem(e) {
			continue
		}
		if _, n := e.Items(0); n > 0 {
			continue
		}
		issuer := c.ownIssuer(e)
		i := slices.IndexFunc(groups, func(g *orphanage) bool { return g.issuer == issuer && g.class == e.Document.Class })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &orphanage{issuer: issuer, class: e.Document.Class, newest: e})
		}
		groups[i].count++
	}
	slices.SortFunc(groups, func(a, b *orphanage) int {
		return cmp.Or(strings.Compare(a.issuer, b.issuer), strings.Compare(string(a.class), string(b.class)))
	})
	for _, g := range groups {
		f := diag.New("item-orphan", registerPos, g.issuer, string(g.class), strconv.Itoa(g.count), g.newest.Title())
		f.Related = []diag.Related{{Pos: g.newest.Start()}}
		c.report(f)
	}
}

// registerPos is where an item that is missing would stand.
var registerPos = diag.Pos{File: "content/data/items.toml", Line: 1, Col: 1}

// expectsItem reports whether a document must stand under an item: an own 规章,
// 行政规范性文件 or 其他文件 that counts today.
func (c *checker) expectsItem(e *catalog.Entry) bool {
	switch e.Document.Class {
	case gazette.Rule, gazette.Normative, gazette.Other:
	default:
		return false
	}
	since := c.cat.Config.Check.Since
	return c.cat.Own(e) && e == e.Newest() && e.Shelf == gazette.Online && !e.State.Force.Ended() &&
		!e.Ignores("item-orphan") && (since.IsZero() || e.Date.IsZero() || !e.Date.Before(since))
}

func (c *checker) ownIssuer(e *catalog.Entry) string {
	for _, name := range e.Document.Issuers {
		if slices.Contains(c.cat.Config.Site.Issuers, name) {
			return name
		}
	}
	return ""
}

// orphanColumns reports columns that no item names and of which nothing stands
// under an item. Those that show only what orphans reports are left out.
func (c *checker) orphanColumns() {
	named := map[string]bool{}
	for _, x := range c.cat.Items {
		named[x.Column.Text] = true
	}
	for _, col := range c.cat.Data.Columns {
		l := c.cat.Term("columns", col.Name)
		if col.Code == "" || named[col.Code] || l == nil {
			continue
		}
		covered := slices.ContainsFunc(l.Entries, func(e *catalog.Entry) bool { _, n := e.Items(0); return n > 0 })
		if !covered && slices.ContainsFunc(l.Entries, func(e *catalog.Entry) bool { return e.Type != gazette.TypeDocument || !c.cat.Own(e) }) {
			c.report(diag.New("column-orphan", col.Pos, col.Name, strconv.Itoa(len(l.Entries))))
		}
	}
}

// projects reports projects that have passed a class of which nothing is
// published. 批准服务 is of the offices that approve, 征收土地 and 重大设计变更 do not
// come about in every project: nothing is asked of those. Where documents stand
// under no class nobody can say what is missing.
func (c *checker) projects() {
	for _, p := range c.cat.Projects {
		stage := slices.Index(gazette.ProjectClasses(), p.Stage)
		if stage < 0 || len(p.Others) > 0 {
			continue
		}
		var missing []string
		for _, x := range []struct {
			class gazette.ProjectClass
			past  gazette.ProjectClass // from this stage on it is past
		}{
			{gazette.ApprovalResult, gazette.Tender}, {gazette.Tender, gazette.Construction},
			{gazette.Construction, gazette.Completion}, {gazette.Supervision, gazette.Completion},
		} {
			if stage >= slices.Index(gazette.ProjectClasses(), x.past) && len(p.Infos[x.class]) == 0 {
				missing = append(missing, string(x.class))
			}
		}
		if missing != nil {
			c.report(diag.New("project-incomplete", p.Pos, p.Name, p.Stage.Short(), strings.Join(missing, "、")))
		}
	}
}
