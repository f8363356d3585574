package audit

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// The tags that 国办发〔2017〕47号 requires (standards §2.3): of every page, of the
// pages of columns, of articles; the last have all three.
var (
	siteTags    = []string{"SiteName", "SiteDomain", "SiteIDCode"}
	columnTags  = []string{"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
	articleTags = []string{"ArticleTitle", "ContentSource"} // PubDate is looked at by itself
)

// tagKeys are the keys of config.toml that give the tags of the site.
var tagKeys = map[string]string{"SiteName": "site.title", "SiteDomain": "base_url", "SiteIDCode": "site.site_id"}

// listPage matches the pages of a list behind its first.
var listPage = regexp.MustCompile(`page/\d+/$`)

// tagsOf holds the tags of a page against those that it must have. A tag that
// many pages lack is one finding (audit-meta); PubDate is one of each document.
func (a *auditor) tagsOf(p *page) {
	if !plainPage(p) {
		return
	}
	want := siteTags
	dir := strings.TrimSuffix(p.path, "index.html")
	switch {
	case p.own && shown(p.entry):
		want = slices.Concat(siteTags, columnTags, articleTags)
		a.pubDate(p)
	case a.lists[listPage.ReplaceAllString(dir, "")] && dir != "":
		want = slices.Concat(siteTags, columnTags)
	}
	for _, tag := range want {
		if strings.TrimSpace(p.metas[tag]) == "" {
			a.lost.count(tag, p.entry, func() diag.Pos { return a.file(p.path) })
		}
	}
}

var (
	pubDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d$`)
	pubDay  = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)
)

// pubDate looks at when a page says that it was put online. A day without its
// time is what the document knows: a remark. A document that does not know the
// day has a finding of its own (audit-undated).
func (a *auditor) pubDate(p *page) {
	said := p.metas["PubDate"]
	pub := p.entry.Published()
	if day := pubDay.FindString(said); day != "" {
		if d, err := gazette.ParseDate(day); err == nil && d.After(a.cat.AsOf) {
			a.add("audit-date", a.pos(p, p.metaAt["PubDate"]), p.entry, "PubDate", day)
		}
	}
	switch {
	case pub.IsZero() || p.entry.Type == gazette.TypeIssue || pubDate.MatchString(said):
	case said == pub.Date.String() && pub.Clock == "":
		a.add("audit-meta-time", p.entry.Pos("published"), p.entry, said)
	case said == "":
		a.lost.count("PubDate", p.entry, func() diag.Pos { return a.file(p.path) })
	default:
		a.add("audit-meta-form", a.pos(p, p.metaAt["PubDate"]), p.entry, said)
	}
}

// A foot is a line that the foot of each page must have (standards §2.2).
type foot struct {
	key   string // of config.toml
	value string
}

func foots(c config.Config) []foot {
	s := c.Site
	return []foot{
		{"site.site_id", s.SiteID}, {"site.icp", s.ICP}, {"site.police", s.Police}, {"site.sponsor", s.Sponsor},
		{"site.contact", s.Contact}, {"site.report_url", s.ReportURL}, {"", "sitemap/index.html"},
	}
}

var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;")

// footer looks for the lines of the footer behind the main part of a page.
func (a *auditor) footer(p *page) {
	if !plainPage(p) {
		return
	}
	text := p.text
	if i := bytes.LastIndex(text, []byte("</main>")); i >= 0 {
		text = text[i:]
	}
	for _, f := range foots(a.cat.Config) {
		if f.value != "" && !bytes.Contains(text, []byte(f.value)) && !bytes.Contains(text, []byte(escaped.Replace(f.value))) {
			a.lost.count(footKey+f.key, p.entry, func() diag.Pos { return a.file(p.path) })
		}
	}
}

// footKey marks lines of the footer among what pages lost.
const footKey = "foot:"

// footers reports what config.toml does not say of the footer, and what pages lost
// of footer and tags.
func (a *auditor) footers() {
	severity := diag.Info
	if a.cat.Config.Site.Kind == "portal" {
		severity = diag.Warning
	}
	at := diag.Pos{File: config.Name}
	for _, f := range foots(a.cat.Config) {
		if f.value == "" {
			found := diag.New("audit-footer", at, "foot."+f.key, f.key)
			found.Severity = severity
			a.put(found, nil)
		}
	}
	for _, r := range a.lost.rows {
		n := strconv.Itoa(r.n)
		if key, ok := strings.CutPrefix(r.what, footKey); ok {
			a.add("audit-footer-lost", r.pos, nil, "foot."+key, n)
			continue
		}
		key := tagKeys[r.what]
		if key != "" && a.unset(key) {
			f := diag.New("audit-meta", at, r.what, n, key)
			f.Related = []diag.Related{{Pos: r.pos}}
			a.put(f, nil)
			continue
		}
		a.add("audit-meta-lost", r.pos, nil, r.what, n)
	}
}

func (a *auditor) unset(key string) bool {
	c := a.cat.Config
	return map[string]string{"site.title": c.Site.Title, "base_url": c.BaseURL, "site.site_id": c.Site.SiteID}[key] == ""
}
