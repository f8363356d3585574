package html

import (
	"net/url"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/render"
)

// itemsAddress is where the directory of public items stands.
const itemsAddress = "items/"

// ItemsName is the path of the directory's files without their endings.
const ItemsName = itemsAddress + "items"

// onePage is how many items the directory shows on one page. One with more has a
// page for each field.
const onePage = 150

// A field is a 试点领域 with its items, in the order of the register.
type field struct {
	name, id string
	items    []*catalog.Item
}

func (s *Site) fields() []field {
	var out []field
	at := map[string]int{}
	for _, x := range s.cat.Items {
		i, ok := at[x.Field]
		if !ok {
			i = len(out)
			at[x.Field] = i
			out = append(out, field{name: x.Field, id: "field-" + itoa(i+1)})
		}
		out[i].items = append(out[i].items, x)
	}
	return out
}

// itemUnits are the directory (政务公开标准目录), a page for each item, and the full
// list of an item that no column shows already.
func (s *Site) itemUnits() []render.Unit {
	if len(s.cat.Items) == 0 {
		return nil
	}
	fields := s.fields()
	file := itemsAddress + "index.html"
	out := []render.Unit{s.unit(file, func() *Page { return s.itemsPage(file, fields, "") })}
	if len(s.cat.Items) > onePage && len(fields) > 1 {
		for _, f := range fields {
			file := itemsAddress + f.id + "/index.html"
			out = append(out, s.unit(file, func() *Page { return s.itemsPage(file, []field{f}, s.fieldName(f)) }))
		}
	}
	for _, x := range s.cat.Items {
		file := x.Address + "index.html"
		out = append(out, s.unit(file, func() *Page { return s.itemPage(file, x) }))
		if len(x.Entries) > most && x.List == nil {
			parent := func(file string) Link { return Link{x.Name, rel(file, x.Address+"index.html")} }
			out = append(out, s.pages(x.Address+"list/", x.Name, parent, x.Entries, nil)...)
		}
	}
	return out
}

func (s *Site) fieldName(f field) string {
	if f.name == "" {
		return s.strings.T("items.other")
	}
	return f.name
}

// itemsPage is the directory, or the part of one field.
func (s *Site) itemsPage(file string, fields []field, part string) *Page {
	title := s.strings.T("items.title")
	p := s.page("items", file, title)
	s.columnMetas(p, title)
	p.Crumbs = s.crumbs(file, Link{}, title)
	v := &Items{Title: title, Count: len(s.cat.Items)}
	if part != "" {
		p = s.page("items", file, part+" - "+title)
		s.columnMetas(p, part)
		p.Crumbs = s.crumbs(file, Link{title, rel(file, itemsAddress+"index.html")}, part)
		v.Title, v.Count = part, len(fields[0].items)
	} else {
		for _, kind := range []string{"xlsx", "docx", "csv"} {
			v.Files = append(v.Files, File{Title: s.strings.T("directory.file-" + kind), Type: strings.ToUpper(kind), Href: rel(file, ItemsName+"."+kind)})
		}
	}
	if part == "" && len(fields) > 1 {
		for _, f := range fields {
			href := "#" + f.id
			if len(s.cat.Items) > onePage {
				href = rel(file, itemsAddress+f.id+"/index.html")
			}
			v.Fields = append(v.Fields, Term{Name: s.fieldName(f), Href: href, Count: len(f.items)})
		}
	}
	if part == "" && len(fields) > 1 && len(s.cat.Items) > onePage {
		p.Items = v
		return p
	}
	for _, f := range fields {
		out := ItemField{ID: f.id}
		if part == "" && len(fields) > 1 {
			out.Name = s.fieldName(f)
		}
		for _, x := range f.items {
			if n := len(out.Groups); n == 0 || out.Groups[n-1].First != x.First {
				out.Groups = append(out.Groups, ItemGroup{First: x.First})
			}
			g := &out.Groups[len(out.Groups)-1]
			g.Rows = append(g.Rows, s.itemRow(file, x))
		}
		v.Parts = append(v.Parts, out)
	}
	p.Items = v
	return p
}

func (s *Site) itemRow(file string, x *catalog.Item) ItemRow {
	r := ItemRow{
		Name: Link{x.Name, rel(file, x.Address+"index.html")}, Content: x.Content, Basis: s.basisLinks(file, x),
		Deadline: x.Deadline, Owner: x.Owner, Channels: strings.Join(x.Channels, "、"), Form: s.itemForm(x),
	}
	r.Published, r.Newest = s.published(x), ""
	if len(x.Entries) > 0 {
		r.Newest = x.Entries[0].Date.String()
	}
	if x.URL.Text != "" {
		r.Elsewhere = Link{s.strings.T("items.elsewhere", host(x.URL.Text)), x.URL.Text}
	}
	return r
}

// itemForm is audience, method and levels in one line.
func (s *Site) itemForm(x *catalog.Item) string {
	var out []string
	for _, words := range [][]string{x.Audience, x.Method, x.Levels} {
		if len(words) > 0 {
			out = append(out, strings.Join(words, "、"))
		}
	}
	return strings.Join(out, "；")
}

// published says how much is published under an item here.
func (s *Site) published(x *catalog.Item) string {
	switch n := len(x.Entries) + len(x.Outside); {
	case n > 0:
		return s.strings.T("list.count", itoa(n))
	case x.URL.Text != "":
		return ""
	case x.OnRequest():
		return s.strings.T("items.on-request")
	}
	return s.strings.T("items.none")
}

func (s *Site) basisLinks(file string, x *catalog.Item) []Link {
	var out []Link
	for _, b := range x.Bases {
		out = append(out, Link{b.Text, s.href(file, b.Target)})
	}
	return out
}

// host is what readers are shown of an address of another system.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}

func (s *Site) itemPage(file string, x *catalog.Item) *Page {
	p := s.page("item", file, x.Name)
	s.columnMetas(p, x.Name)
	p.Crumbs = s.crumbs(file, Link{s.strings.T("items.title"), rel(file, itemsAddress+"index.html")}, x.Name)
	v := &Item{Title: x.Name, None: s.published(x)}
	add := func(key string, values ...Link) {
		if len(values) > 0 && values[0].Text != "" {
			v.Rows = append(v.Rows, Row{"items." + key, values})
		}
	}
	text := func(key string, words ...string) { add(key, Link{Text: strings.Join(words, "、")}) }
	text("field", x.Field)
	text("first", x.First)
	text("content", x.Content)
	add("basis", s.basisLinks(file, x)...)
	text("deadline", x.Deadline)
	text("owner", x.Owner)
	text("channel", x.Channels...)
	text("audience", x.Audience...)
	text("method", x.Method...)
	text("levels", x.Levels...)
	if x.URL.Text != "" {
		v.Elsewhere = Link{s.strings.T("items.elsewhere", host(x.URL.Text)), x.URL.Text}
	}
	for _, e := range x.Entries[:min(len(x.Entries), most)] {
		v.Items = append(v.Items, s.docLink(file, e))
	}
	for _, o := range x.Outside {
		v.Items = append(v.Items, s.target(file, catalog.Target{External: o}, ""))
	}
	if len(x.Entries) > most {
		to := x.Address + "list/"
		if x.List != nil {
			to = x.List.Address
		}
		v.More = Link{s.strings.T("doc.cited-by-more", itoa(len(x.Entries))), rel(file, to+"index.html")}
	}
	p.Item = v
	return p
}

// itemColumns are the columns of the directory's files by their strings keys.
var itemColumns = []string{"no", "field", "first", "name", "content", "basis", "deadline", "owner", "channels", "audience", "method", "levels", "published", "newest", "link"}

// ItemsTable is the directory as rows of text, the head first, for its files. The
// last column is an address. It can be imported again.
func (s *Site) ItemsTable() (title, intro string, rows [][]string) {
	if len(s.cat.Items) == 0 {
		return "", "", nil
	}
	var head []string
	for _, key := range itemColumns {
		head = append(head, s.strings.T("items."+key))
	}
	rows = append(rows, head)
	for i, x := range s.cat.Items {
		r := s.itemRow("index.html", x)
		var basis []string
		for _, b := range x.Bases {
			basis = append(basis, b.Text)
		}
		to := x.URL.Text
		if to == "" || len(x.Entries) > 0 {
			to = s.cat.Config.BaseURL + x.Address
		}
		rows = append(rows, []string{
			itoa(i + 1), x.Field, x.First, x.Name, x.Content, strings.Join(basis, "；"), x.Deadline, x.Owner, r.Channels,
			strings.Join(x.Audience, "、"), strings.Join(x.Method, "、"), strings.Join(x.Levels, "、"), itoa(len(x.Entries) + len(x.Outside)), r.Newest, to,
		})
	}
	return s.strings.T("items.title"), s.strings.T("items.intro", itoa(len(s.cat.Items))), rows
}

// itemLinks are the items under which an entry stands, for its facts: a few, since
// a directory may ask for the same in many places.
func (s *Site) itemLinks(file string, e *catalog.Entry) []Link {
	const few = 3
	items, n := e.Items(few)
	var out []Link
	for _, x := range items {
		out = append(out, Link{x.Name, rel(file, x.Address+"index.html")})
	}
	if n > few {
		out = append(out, Link{s.strings.T("items.more", itoa(n)), rel(file, itemsAddress+"index.html")})
	}
	return out
}
