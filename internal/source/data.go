package source

import (
	"slices"
	"strings"

	"gongbao/internal/calendar"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Data is content/data/*.toml: the registers that all documents share.
type Data struct {
	Issuers  []Issuer
	Series   []Series
	Topics   []Topic
	Columns  []Column
	Items    []Item
	Projects []Project
	External []External
	Places   []Place
	Cleared  []Cleared
	Calendar calendar.Calendar
	Requests Requests
	Words    []Word

	Recipients string // 发送对象 of data/distribution.toml, in words
}

// An Issuer (发文机关) of data/issuers.toml.
type Issuer struct {
	Name, Code, Short, Level, Parent, Body string
	Succeeds                               []string // bodies whose duties it took over
	Until                                  gazette.Date
	Pos                                    diag.Pos
}

// A Series (机关代字) of data/series.toml: its code is part of addresses and is
// pinned there for ever.
type Series struct {
	Name, Code, Issuer string
	Gaps               []Gap
	Pos                diag.Pos
}

// A Gap is a stretch of serials of a year that were never used, with the reason.
// Orders are counted without years: Year is 0.
type Gap struct {
	Year, From, To int
	Reason         string
}

// A Topic (主题分类) of data/topics.toml. Children are named 综合政务/政务公开.
type Topic struct {
	Name, Code string
	Pos        diag.Pos
}

// A Column (栏目/专栏) of data/columns.toml. It shows what matches all filters
// that are given.
type Column struct {
	Name, Code, Class, Owner                              string
	UpdateDays                                            int
	Types, Classes, Kinds, Forms, Levels, Issuers, Topics []string
	Pos                                                   diag.Pos
}

// An External document is known but not published here: one of data/external.toml,
// or one that a mirror has (catalog.Mount).
type External struct {
	ID, Title, Number, Issuer, Force, Source string
	CheckedOn, Amended                       gazette.Date // Amended: the day of the last amendment in force
	Pos                                      diag.Pos

	// Of one that a mirror has: the address of its page in this site, with a final
	// slash, and its anchors; and the title of what it prints, folded, or "".
	Address   string
	HasAnchor func(anchor string) bool
	Inner     string
}

// A Place (赠阅点) of data/distribution.toml receives copies of each issue. Places
// and their contacts are bodies, never persons.
type Place struct {
	Name, Area, Address, Postcode, Contact, Phone string
	Copies                                        int
	Reading                                       bool   // 查阅点, open to the public
	Hours                                         string // of opening
	Pos                                           diag.Pos
}

// A Cleared finding (data/cleared.toml) was looked at by a person, who answers for
// it: what looks like a secret or like data of persons may be published here. It
// counts for as many findings of the rule in the file as were seen. The register
// is internal and never published.
type Cleared struct {
	File   string // in content/
	Rule   string
	Count  int
	Reason string
	By     string
	On     gazette.Date
	Pos    diag.Pos
}

// DataFiles are the registers that ReadData reads, in the order of `new site`.
var dataFiles = []string{
	"issuers", "series", "topics", "columns", "items", "projects", "external", "requests", "distribution", "calendar", "cleared", "words",
}

// DataFiles returns the names of all registers, without folder and ending.
func DataFiles() []string { return slices.Clone(dataFiles) }

// IsPublished reports whether texts of a register stand on pages. What is cleared,
// asked for and wrongly written, and the calendar, is internal.
func IsPublished(name string) bool {
	return !slices.Contains([]string{"cleared.toml", "requests.toml", "words.toml", "calendar.toml"}, name)
}

// ReadData adds one register to data. name is the file's name in data/, such as
// "issuers.toml". Registers that a later issue reads are only parsed.
func ReadData(data *Data, name string, raw []byte) []diag.Finding {
	file := "content/data/" + name
	root, findings := toml.ParseFile(file, raw)
	d := &decoder{Decoder: &toml.Decoder{Findings: findings}, file: &File{Positions: map[string]diag.Pos{}}}
	switch strings.TrimSuffix(name, ".toml") {
	case "issuers":
		for _, t := range d.Tables(root, "issuer") {
			data.Issuers = append(data.Issuers, d.issuer(t))
		}
	case "series":
		for _, t := range d.Tables(root, "series") {
			x := Series{Pos: t.Pos}
			d.Require(t, "name", "code")
			d.String(t, "name", &x.Name)
			d.code(t, &x.Code)
			d.String(t, "issuer", &x.Issuer)
			x.Gaps = d.gaps(t)
			d.Unknown(t)
			data.Series = append(data.Series, x)
		}
	case "topics":
		for _, t := range d.Tables(root, "topic") {
			x := Topic{Pos: t.Pos}
			d.Require(t, "name", "code")
			d.String(t, "name", &x.Name)
			d.code(t, &x.Code)
			d.Unknown(t)
			data.Topics = append(data.Topics, x)
		}
	case "columns":
		for _, t := range d.Tables(root, "column") {
			data.Columns = append(data.Columns, d.column(t))
		}
	case "items":
		for _, t := range d.Tables(root, "item") {
			data.Items = append(data.Items, d.item(t))
		}
	case "projects":
		for _, t := range d.Tables(root, "project") {
			data.Projects = append(data.Projects, d.project(t))
		}
	case "external":
		for _, t := range d.Tables(root, "document") {
			data.External = append(data.External, d.external(t))
		}
	case "cleared":
		for _, t := range d.Tables(root, "cleared") {
			data.Cleared = append(data.Cleared, d.cleared(t))
		}
	case "calendar":
		d.calendar(root, &data.Calendar)
	case "requests":
		d.requests(root, &data.Requests)
	case "words":
		for _, t := range d.Tables(root, "word") {
			data.Words = append(data.Words, d.wrongWord(t))
		}
	case "distribution":
		d.String(root, "recipients", &data.Recipients)
		for _, t := range d.Tables(root, "place") {
			data.Places = append(data.Places, d.place(t))
		}
	default:
		for i := range root.Entries {
			d.Skip(root, root.Entries[i].Key)
		}
	}
	d.Unknown(root)
	return d.Findings
}

func (d *decoder) issuer(t *toml.Table) Issuer {
	x := Issuer{Pos: t.Pos}
	d.Require(t, "name", "code")
	d.String(t, "name", &x.Name)
	d.code(t, &x.Code)
	d.String(t, "short", &x.Short)
	x.Level = d.word(t, "level", gazette.Levels())
	d.String(t, "parent", &x.Parent)
	d.Strings(t, "succeeds", &x.Succeeds)
	d.date(t, "until", &x.Until)
	x.Body = d.word(t, "body", []string{"政府", "部门", "企事业单位"})
	d.Unknown(t)
	return x
}

// gaps reads the serials that were never used: { year = 2026, from = 3, to = 5,
// reason = "…" }; to may be left out, and so is the year of orders.
func (d *decoder) gaps(t *toml.Table) []Gap {
	var out []Gap
	for _, g := range d.Tables(t, "gaps") {
		var x Gap
		d.Require(g, "from", "reason")
		d.count(g, "year", &x.Year, 1949, 9999)
		d.count(g, "from", &x.From, 1, 99_999)
		x.To = x.From
		d.count(g, "to", &x.To, x.From, 99_999)
		d.String(g, "reason", &x.Reason)
		d.Unknown(g)
		if x.From > 0 && x.Reason != "" {
			out = append(out, x)
		}
	}
	return out
}

func (d *decoder) column(t *toml.Table) Column {
	x := Column{Pos: t.Pos}
	d.Require(t, "name", "code")
	d.String(t, "name", &x.Name)
	d.code(t, &x.Code)
	d.String(t, "class", &x.Class)
	d.String(t, "owner", &x.Owner)
	d.count(t, "update_days", &x.UpdateDays, 1, 3660)
	x.Types = d.words(t, "types", words(gazette.Types()))
	x.Classes = d.words(t, "classes", words(gazette.Classes()))
	x.Kinds = d.words(t, "kinds", kinds())
	for i, k := range x.Kinds {
		x.Kinds[i] = plainKind(k)
	}
	d.Strings(t, "forms", &x.Forms)
	x.Levels = d.words(t, "levels", gazette.Levels())
	d.Strings(t, "issuers", &x.Issuers)
	d.Strings(t, "topics", &x.Topics)
	d.Unknown(t)
	return x
}

func (d *decoder) external(t *toml.Table) External {
	x := External{Pos: t.Pos}
	d.Require(t, "id", "title")
	d.String(t, "id", &x.ID)
	d.String(t, "title", &x.Title)
	d.String(t, "number", &x.Number)
	d.String(t, "issuer", &x.Issuer)
	x.Force = d.word(t, "force", append(words(gazette.Forces()), "none"))
	d.String(t, "source", &x.Source)
	d.date(t, "checked_on", &x.CheckedOn)
	d.date(t, "amended", &x.Amended)
	d.Unknown(t)
	return x
}

func (d *decoder) place(t *toml.Table) Place {
	x := Place{Pos: t.Pos}
	d.Require(t, "name")
	d.String(t, "name", &x.Name)
	d.String(t, "area", &x.Area)
	d.String(t, "address", &x.Address)
	d.String(t, "postcode", &x.Postcode)
	if x.Postcode != "" && !isPostcode(x.Postcode) {
		d.finding("key-value", t.KeyPos("postcode"), "postcode", x.Postcode, "000000")
	}
	d.String(t, "contact", &x.Contact)
	d.String(t, "phone", &x.Phone)
	d.count(t, "copies", &x.Copies, 0, maxCopies)
	d.Bool(t, "reading", &x.Reading)
	d.String(t, "hours", &x.Hours)
	d.Unknown(t)
	return x
}

func (d *decoder) cleared(t *toml.Table) Cleared {
	x := Cleared{Pos: t.Pos, Count: 1}
	d.Require(t, "file", "rule", "reason", "by", "on")
	d.String(t, "file", &x.File)
	x.Rule = d.word(t, "rule", ClearedRules())
	d.count(t, "count", &x.Count, 1, 100_000)
	d.String(t, "reason", &x.Reason)
	d.String(t, "by", &x.By)
	d.date(t, "on", &x.On)
	d.Unknown(t)
	return x
}

// ClearedRules are the rules whose findings data/cleared.toml may clear.
func ClearedRules() []string {
	var out []string
	for _, r := range diag.Rules() {
		for _, family := range []string{"secrecy-", "personal-", "metadata-"} {
			if strings.HasPrefix(r.ID, family) {
				out = append(out, r.ID)
			}
		}
	}
	return append(out, "scan-skipped")
}

// maxCopies is more than any place receives; sums of it cannot overflow.
const maxCopies = 1_000_000

func isPostcode(s string) bool {
	return len(s) == 6 && strings.Trim(s, "0123456789") == ""
}

// code reads the part of an address: lower-case letters, digits and hyphens.
func (d *decoder) code(t *toml.Table, dst *string) {
	d.String(t, "code", dst)
	for _, r := range *dst {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			d.finding("key-value", t.KeyPos("code"), "code", *dst, "a-z 0-9 -")
			*dst = ""
			return
		}
	}
}
