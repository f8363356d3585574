// Package config reads config.toml: what a site says about itself and how
// strict it wants to be. Absent values mean "not configured" and leave no
// trace on pages; defaults are applied in one place, Parse.
package config

import (
	"cmp"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Name is the file's name at the root of a site.
const Name = "config.toml"

// A Config is config.toml. It is immutable after Parse.
type Config struct {
	BaseURL  string // with a final slash, or "": only for what needs absolute addresses
	Site     Site
	Gazette  Gazette
	Validity Validity
	Check    Check
	Gate     Gate
	Feeds    Feeds
	Data     Data
	PDF      PDF
	Share    Share
	Report   []ReportRow // rows of table 3 of the annual report
	Mounts   []Mount
	Deploy   []Deploy // places to which the site goes
}

// A Site is the [site] table.
type Site struct {
	Title      string
	ShortTitle string
	Language   string // "zh-CN" or "en": words of the pages
	Kind       string // "gazette", "library" or "portal"
	Issuers    []string
	SiteID     string // 网站标识码
	ICP        string
	Police     string // 公安备案
	Sponsor    string // 主办单位
	Organizer  string // 承办
	Contact    string
	ReportURL  string // 我为政府网站找错
	Emblem     string // a file of the site's own
	Menu       []MenuItem
	Params     map[string]string
	Expiring   bool
	ListSize   int  // entries of a page of a list
	Embed      bool // write embed.html beside each document
	Offline    bool // let readers keep pages on their devices
}

// Division is the code of the administrative division (GB/T 2260) that the
// 网站标识码 begins with; "" for none, as ministries have letters there.
func (s *Site) Division() string {
	if len(s.SiteID) != 10 || strings.Trim(s.SiteID[:6], "0123456789") != "" {
		return ""
	}
	return s.SiteID[:6]
}

// GazetteName is what the gazette is called: its own name, else that of the site.
func (c *Config) GazetteName() string { return cmp.Or(c.Gazette.Name, c.Site.Title) }

// A MenuItem is an entry of the menu. To is a path in the site, a path in
// content/, or an absolute address.
type MenuItem struct {
	Title, To string
	Pos       diag.Pos
}

// A Gazette is the [gazette] table.
type Gazette struct {
	Name      string
	Frequency string
	Imprint   string // "cn" or "permit"
	Fields    []gazette.ImprintLine
	Positions map[string]diag.Pos // of name, frequency, imprint and the fields
}

// Validity is the [validity] table.
type Validity struct {
	Read             string // "certain" or "never"
	EffectiveDefault string // "signed", "published" or "unknown"
	Rules            []ValidityRule
}

// Check is the [check] table. Warnings on documents signed before Since are
// dropped; so are those of the rules in Disable.
type Check struct {
	Since   gazette.Date
	Disable []string
}

// Gate is the [gate] table.
type Gate struct {
	Since  gazette.Date
	Review []string
	// Diversified names the documents of which half must be explained otherwise
	// than in writing (多元化解读比例的分母): "due", "interpreted" or "all". No rule
	// defines it.
	Diversified string
}

// Feeds is the [feeds] table.
type Feeds struct {
	Limit     int  // entries of a feed
	Documents bool // a feed of each document's changes
}

// Data is the [data] table: what the gazette gives to programs.
type Data struct {
	Formats []string // of every document and issue, of Formats()
}

// Formats are the forms in which documents and issues can stand beside their pages;
// md and txt are of documents only, epub of issues.
func Formats() []string { return []string{"json", "akn", "md", "txt", "epub"} }

// Has reports whether there is a form.
func (d Data) Has(format string) bool { return slices.Contains(d.Formats, format) }

// Parse reads config.toml. A config with findings of severity error must not
// be used to publish; it is still good enough to go on checking.
func Parse(data []byte) (Config, []diag.Finding) {
	root, findings := toml.ParseFile(Name, data)
	p := parser{Decoder: &toml.Decoder{Findings: findings}}
	c := Config{
		Site:     Site{Language: "zh-CN", Kind: "gazette", ListSize: 50, Embed: true, Offline: true},
		Validity: Validity{Read: "certain", EffectiveDefault: "unknown"},
		Gate:     Gate{Diversified: "due"},
		Feeds:    Feeds{Limit: 30, Documents: true},
		Data:     Data{Formats: Formats()},
		PDF:      defaultPDF(),
		Report:   defaultReport(),
	}
	p.String(root, "base_url", &c.BaseURL)
	p.baseURL(root, &c)
	if t := p.Table(root, "site"); t != nil {
		p.site(t, &c.Site)
	}
	if t := p.Table(root, "gazette"); t != nil {
		p.gazette(t, &c.Gazette)
	}
	if t := p.Table(root, "validity"); t != nil {
		p.oneOf(t, "read", &c.Validity.Read, "certain", "never")
		p.oneOf(t, "effective_default", &c.Validity.EffectiveDefault, "signed", "published", "unknown")
		p.rules(t, &c.Validity)
		p.Unknown(t)
	}
	if t := p.Table(root, "check"); t != nil {
		p.date(t, "since", &c.Check.Since)
		p.Strings(t, "disable", &c.Check.Disable)
		p.Unknown(t)
	}
	if t := p.Table(root, "gate"); t != nil {
		p.date(t, "since", &c.Gate.Since)
		p.Strings(t, "review", &c.Gate.Review)
		p.oneOf(t, "diversified", &c.Gate.Diversified, "due", "interpreted", "all")
		p.Unknown(t)
	}
	if t := p.Table(root, "feeds"); t != nil {
		p.Int(t, "limit", &c.Feeds.Limit)
		p.Bool(t, "documents", &c.Feeds.Documents)
		p.Unknown(t)
	}
	if t := p.Table(root, "data"); t != nil {
		p.data(t, &c.Data)
	}
	if t := p.Table(root, "share"); t != nil {
		p.share(t, &c.Share)
	}
	if t := p.Table(root, "pdf"); t != nil {
		p.pdf(t, &c.PDF)
	}
	if t := p.Table(root, "report"); t != nil {
		p.report(t, &c.Report)
	}
	p.mounts(root, &c)
	c.Deploy = p.deploy(root)
	p.Skip(root, "search", "serve")
	p.Unknown(root)
	if c.Site.ListSize < 1 {
		c.Site.ListSize = 50
	}
	return c, p.Findings
}

type parser struct{ *toml.Decoder }

func (p parser) baseURL(root *toml.Table, c *Config) {
	if c.BaseURL == "" {
		return
	}
	if !strings.HasPrefix(c.BaseURL, "http://") && !strings.HasPrefix(c.BaseURL, "https://") {
		p.Report(root, "base_url", "config-value", "base_url", "https://…/")
		c.BaseURL = ""
		return
	}
	if !strings.HasSuffix(c.BaseURL, "/") {
		c.BaseURL += "/"
	}
}

func (p parser) site(t *toml.Table, s *Site) {
	p.String(t, "title", &s.Title)
	p.String(t, "short_title", &s.ShortTitle)
	p.oneOf(t, "language", &s.Language, "zh-CN", "en")
	p.oneOf(t, "kind", &s.Kind, "gazette", "library", "portal")
	p.Strings(t, "issuers", &s.Issuers)
	p.String(t, "site_id", &s.SiteID)
	p.String(t, "icp", &s.ICP)
	p.String(t, "police", &s.Police)
	p.String(t, "sponsor", &s.Sponsor)
	p.String(t, "organizer", &s.Organizer)
	p.String(t, "contact", &s.Contact)
	p.String(t, "report_url", &s.ReportURL)
	p.String(t, "emblem", &s.Emblem)
	p.Bool(t, "expiring", &s.Expiring)
	p.Int(t, "list_size", &s.ListSize)
	p.Bool(t, "embed", &s.Embed)
	p.Bool(t, "offline", &s.Offline)
	for _, m := range p.Tables(t, "menu") {
		item := MenuItem{Pos: m.KeyPos("to")}
		p.Require(m, "title", "to")
		p.String(m, "title", &item.Title)
		p.String(m, "to", &item.To)
		p.Unknown(m)
		s.Menu = append(s.Menu, item)
	}
	if params := p.Table(t, "params"); params != nil {
		s.Params = map[string]string{}
		for _, e := range params.Entries {
			var v string
			if e.Value.Kind == toml.Array || e.Value.Kind == toml.Inline {
				p.String(params, e.Key, &v) // reports the type
				continue
			}
			s.Params[e.Key] = e.Value.Text
		}
	}
	p.Unknown(t)
}

func (p parser) gazette(t *toml.Table, g *Gazette) {
	p.String(t, "name", &g.Name)
	p.String(t, "frequency", &g.Frequency)
	p.oneOf(t, "imprint", &g.Imprint, gazette.ImprintCN, gazette.ImprintPermit)
	g.Positions = map[string]diag.Pos{"name": t.KeyPos("name"), "frequency": t.KeyPos("frequency"), "imprint": t.KeyPos("imprint")}
	for _, k := range gazette.ImprintKeys() {
		if k == "printed_on" {
			continue // of each issue
		}
		if v := p.scalar(t, k); v != "" {
			g.Fields = append(g.Fields, gazette.ImprintLine{Key: k, Text: v})
			g.Positions[k] = t.KeyPos(k)
		}
	}
	p.Unknown(t)
}

// scalar reads a text that may be written as a number: copies = 500.
func (p parser) scalar(t *toml.Table, key string) string {
	if e := t.Entry(key); e != nil && e.Value.Kind == toml.Integer {
		p.Skip(t, key)
		return e.Value.Text
	}
	var v string
	p.String(t, key, &v)
	return v
}

func (p parser) data(t *toml.Table, d *Data) {
	if t.Entry("formats") != nil {
		d.Formats = nil // [] is none
	}
	p.Strings(t, "formats", &d.Formats)
	for _, f := range d.Formats {
		if !slices.Contains(Formats(), f) {
			p.Report(t, "formats", "config-value", "formats", strings.Join(Formats(), " | "))
			break
		}
	}
	p.Unknown(t)
}

func (p parser) oneOf(t *toml.Table, key string, dst *string, values ...string) {
	var v string
	p.String(t, key, &v)
	if v == "" {
		return
	}
	for _, x := range values {
		if v == x {
			*dst = v
			return
		}
	}
	p.Report(t, key, "config-value", key, strings.Join(values, " | "))
}

func (p parser) date(t *toml.Table, key string, dst *gazette.Date) {
	text, pos, ok := p.Date(t, key)
	if !ok {
		return
	}
	d, err := gazette.ParseDate(text)
	if err != nil {
		p.Findings = append(p.Findings, diag.New("date-impossible", pos, text))
		return
	}
	*dst = d
}
