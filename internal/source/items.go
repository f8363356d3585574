package source

import (
	"net/url"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// An Item (公开事项) of data/items.toml is a row of the directory of what is to be
// made public (政务公开标准目录). Its keys are the columns of the usual table:
//
//	name      二级事项            code      in addresses, pinned for ever
//	field     领域、试点领域        first     一级事项
//	content   公开内容（要素）      basis     公开依据, a text or a list
//	deadline  公开时限            owner     公开主体
//	channels  公开渠道和载体        audience  公开对象: 全社会, 特定群体 …
//	method    公开方式: 主动, 依申请  levels    公开层级: 县级, 乡级, 村级 …
//
// basis, channels, audience, method and levels are a text or a list of texts.
// Where the content is: what passes all filters that are given (column, the code
// of a column; types, classes, kinds, forms, issuers, topics, as in
// columns.toml), and documents, and url, an address of another system.
type Item struct {
	Name, Code, Field, First, Content, Deadline, Owner string
	Channels, Audience, Method, Levels                 []string
	Basis                                              []Named

	Column    Named
	Filter    Column // its types, classes, kinds, forms, issuers and topics
	Documents []Named
	URL       Named // https, never fetched
	Pos       diag.Pos
}

// A Project (重大建设项目) of data/projects.toml: name, code, owner (项目单位), place,
// stage (one of the classes, 施工 or 施工有关信息), documents that belong to no
// class, and any number of [[project.info]].
type Project struct {
	Name, Code, Owner, Place string
	Stage                    gazette.ProjectClass // "" where it is not written
	Documents                []Named
	Infos                    []ProjectInfo
	Pos                      diag.Pos
}

// A ProjectInfo is something published about a project ([[project.info]]): class,
// document (number, path, 《title》 or id) or url of another system, title and
// date where the document does not say them.
type ProjectInfo struct {
	Class    gazette.ProjectClass
	Title    string
	Document Named
	URL      Named
	Date     gazette.Date
	Pos      diag.Pos
}

// A Named is a text of a register with its place.
type Named struct {
	Text string
	Pos  diag.Pos
}

// itemLevels are the levels of 公开层级.
var itemLevels = []string{"国家级", "省级", "市级", "县级", "乡级", "村级"}

// ItemMethods are the words of 公开方式.
func ItemMethods() []string { return []string{"主动", "依申请"} }

// ItemLevels are the words of 公开层级.
func ItemLevels() []string { return slices.Clone(itemLevels) }

func (d *decoder) item(t *toml.Table) Item {
	x := Item{Pos: t.Pos}
	d.Require(t, "name", "code")
	d.String(t, "name", &x.Name)
	d.code(t, &x.Code)
	d.String(t, "field", &x.Field)
	d.String(t, "first", &x.First)
	d.String(t, "content", &x.Content)
	d.String(t, "deadline", &x.Deadline)
	d.String(t, "owner", &x.Owner)
	x.Basis = d.named(t, "basis")
	x.Channels = texts(d.named(t, "channels"))
	x.Audience = texts(d.named(t, "audience"))
	x.Method = d.known(t, "method", ItemMethods())
	x.Levels = d.known(t, "levels", itemLevels)
	if col := d.named(t, "column"); len(col) > 0 {
		x.Column = col[0]
	}
	x.Filter.Types = d.words(t, "types", words(gazette.Types()))
	x.Filter.Classes = d.words(t, "classes", words(gazette.Classes()))
	x.Filter.Kinds = d.words(t, "kinds", kinds())
	for i, k := range x.Filter.Kinds {
		x.Filter.Kinds[i] = plainKind(k)
	}
	d.Strings(t, "forms", &x.Filter.Forms)
	d.Strings(t, "issuers", &x.Filter.Issuers)
	d.Strings(t, "topics", &x.Filter.Topics)
	x.Documents = d.named(t, "documents")
	x.URL = d.link(t, "url")
	d.Unknown(t)
	return x
}

func (d *decoder) project(t *toml.Table) Project {
	x := Project{Pos: t.Pos}
	d.Require(t, "name", "code")
	d.String(t, "name", &x.Name)
	d.code(t, &x.Code)
	d.String(t, "owner", &x.Owner)
	d.String(t, "place", &x.Place)
	x.Stage = d.class(t, "stage")
	x.Documents = d.named(t, "documents")
	for _, i := range d.Tables(t, "info") {
		info := ProjectInfo{Pos: i.Pos}
		d.Require(i, "class")
		info.Class = d.class(i, "class")
		d.String(i, "title", &info.Title)
		if n := d.named(i, "document"); len(n) > 0 {
			info.Document = n[0]
		}
		info.URL = d.link(i, "url")
		d.date(i, "date", &info.Date)
		d.Unknown(i)
		if info.Document.Text == "" && i.Entry("url") == nil {
			d.finding("key-missing", i.Pos, "document")
		}
		if info.Class != "" && (info.Document.Text != "" || info.URL.Text != "") {
			x.Infos = append(x.Infos, info)
		}
	}
	d.Unknown(t)
	return x
}

// class reads a class of information on projects, in full or short.
func (d *decoder) class(t *toml.Table, key string) gazette.ProjectClass {
	var v string
	d.String(t, key, &v)
	if v == "" {
		return ""
	}
	c, ok := gazette.ParseProjectClass(v)
	if !ok {
		d.finding("key-value", t.KeyPos(key), key, v, strings.Join(words(gazette.ProjectClasses()), " "))
	}
	return c
}

// named reads a text or a list of texts, each with its place. Empty ones count
// as absent.
func (d *decoder) named(t *toml.Table, key string) []Named {
	e := t.Entry(key)
	if e == nil || e.Value.Kind != toml.Array {
		var v string
		d.String(t, key, &v)
		if strings.TrimSpace(v) == "" {
			return nil
		}
		return []Named{{v, t.KeyPos(key)}}
	}
	var all []string
	d.Strings(t, key, &all)
	var out []Named
	for _, v := range e.Value.Array {
		if v.Kind == toml.String && strings.TrimSpace(v.Text) != "" {
			out = append(out, Named{v.Text, v.Pos})
		}
	}
	return out
}

// known is named for words of a closed list; the others are left out.
func (d *decoder) known(t *toml.Table, key string, list []string) []string {
	var out []string
	for _, n := range d.named(t, key) {
		if !slices.Contains(list, n.Text) {
			d.finding("key-value", n.Pos, key, n.Text, strings.Join(list, " "))
			continue
		}
		out = append(out, n.Text)
	}
	return out
}

// link reads the address of another system: https and a host, nothing else. It
// is shown to readers, so one with a name and a password is none.
func (d *decoder) link(t *toml.Table, key string) Named {
	var v string
	d.String(t, key, &v)
	if v == "" {
		return Named{}
	}
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		d.finding("key-value", t.KeyPos(key), key, v, "https://")
		return Named{}
	}
	return Named{v, t.KeyPos(key)}
}

func texts(ns []Named) []string {
	var out []string
	for _, n := range ns {
		out = append(out, n.Text)
	}
	return out
}
