package importer

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/pinyin"
	"gongbao/internal/source"
	"gongbao/internal/toml"
	"gongbao/internal/zh"
)

// An Edit is a file to write, or text to append to one.
type Edit struct {
	Path   string // in the site
	Bytes  []byte
	Append bool
}

// Site is what Plan needs to know of the site that it imports into.
type Site struct {
	Data   *source.Data
	Exists func(contentPath string) bool
}

// Plan returns the content files of the texts, ties the texts of one work by
// version_of, and adds the series and issuers that the registers lack. Texts
// that are not Usable are left out: their findings say why.
func Plan(texts []*Imported, site Site) []Edit {
	p := &planner{site: site, taken: map[string]bool{}}
	var usable []*Imported
	for _, im := range texts {
		if im.Usable() {
			usable = append(usable, im)
		}
	}
	slices.SortStableFunc(usable, func(a, b *Imported) int {
		return cmp.Or(cmp.Compare(zh.Fold(a.Derived.Document.Title), zh.Fold(b.Derived.Document.Title)),
			a.TextDate.Compare(b.TextDate), cmp.Compare(a.Name, b.Name))
	})
	var edits []Edit
	for i := 0; i < len(usable); {
		j := i + 1
		for j < len(usable) && sameWork(usable[i], usable[j]) {
			j++
		}
		edits = append(edits, p.work(usable[i:j])...)
		i = j
	}
	return append(edits, p.registers()...)
}

// sameWork reports whether two texts have one title. Equal titles of different
// issuers, and notices that recur every year under one title with numbers of
// their own, are different works.
func sameWork(a, b *Imported) bool {
	x, y := &a.Derived.Document, &b.Derived.Document
	if zh.Fold(x.Title) != zh.Fold(y.Title) {
		return false
	}
	if x.Kind != "" && x.Number != y.Number {
		return false
	}
	return len(x.Issuers) == 0 || len(y.Issuers) == 0 || x.Issuers[0] == y.Issuers[0] || x.Kind == ""
}

type planner struct {
	site    Site
	taken   map[string]bool
	series  []source.Series
	issuers []source.Issuer
}

// work writes the texts of one work, oldest first; the later ones name the
// first.
func (p *planner) work(texts []*Imported) []Edit {
	var edits []Edit
	first := ""
	for i, im := range texts {
		d := im.Derived.Document // a copy: the slug is the file's
		n, ok := gazette.ParseNumber(d.Number)
		if !ok || n.Series == "" {
			d.Slug = pinyin.Slug(d.Title)
		}
		if ok {
			p.needSeries(n)
		}
		for _, name := range d.Issuers {
			p.needIssuer(name)
		}
		file := p.name(im, n, ok, len(texts) > 1)
		if i == 0 {
			first = file
		} else {
			d.VersionOf = first
		}
		edits = append(edits, Edit{Path: "content/" + file, Bytes: []byte(frontMatter(&d, im) + im.Markdown)})
	}
	return edits
}

// name is documents/2023/nfbh-36.md, or the slug with the date of the text.
func (p *planner) name(im *Imported, n gazette.Number, numbered, dated bool) string {
	d := &im.Derived.Document
	base := pinyin.Slug(d.Title)
	if numbered && n.Series != "" && !n.Order {
		base = pinyin.Initials(n.Series) + "-" + strconv.Itoa(n.Serial)
	}
	if dated {
		if date := im.TextDate.String(); date != "" {
			base += "-" + date
		}
	}
	file := path.Join(folder(im), base+".md")
	for k := 2; p.taken[file] || p.site.Exists(file); k++ {
		file = path.Join(folder(im), base+"-"+strconv.Itoa(k)+".md")
	}
	p.taken[file] = true
	return file
}

func (p *planner) needSeries(n gazette.Number) {
	if n.Series == "" || n.Order {
		return
	}
	known := func(s source.Series) bool { return s.Name == n.Series }
	if slices.ContainsFunc(p.site.Data.Series, known) || slices.ContainsFunc(p.series, known) {
		return
	}
	code := p.free(pinyin.Initials(n.Series), func(c string) bool {
		same := func(s source.Series) bool { return s.Code == c }
		return slices.ContainsFunc(p.site.Data.Series, same) || slices.ContainsFunc(p.series, same)
	})
	p.series = append(p.series, source.Series{Name: n.Series, Code: code})
}

func (p *planner) needIssuer(name string) {
	known := func(i source.Issuer) bool { return i.Name == name }
	if slices.ContainsFunc(p.site.Data.Issuers, known) || slices.ContainsFunc(p.issuers, known) {
		return
	}
	code := p.free(pinyin.Initials(name), func(c string) bool {
		same := func(i source.Issuer) bool { return i.Code == c }
		return slices.ContainsFunc(p.site.Data.Issuers, same) || slices.ContainsFunc(p.issuers, same)
	})
	p.issuers = append(p.issuers, source.Issuer{Name: name, Code: code})
}

// free returns the code, with a number behind it where it is taken.
func (p *planner) free(code string, taken func(string) bool) string {
	if code == "" {
		code = "x"
	}
	for k, c := 2, code; ; k++ {
		if !taken(c) {
			return c
		}
		c = code + strconv.Itoa(k)
	}
}

// registers appends what the registers lack.
func (p *planner) registers() []Edit {
	var edits []Edit
	var b strings.Builder
	for _, s := range p.series {
		b.WriteString("\n[[series]]\nname = " + toml.Quote(s.Name) + "\ncode = " + toml.Quote(s.Code) + "\n")
	}
	if b.Len() > 0 {
		edits = append(edits, Edit{Path: "content/data/series.toml", Bytes: []byte(b.String()), Append: true})
	}
	b.Reset()
	for _, i := range p.issuers {
		b.WriteString("\n[[issuer]]\nname = " + toml.Quote(i.Name) + "\ncode = " + toml.Quote(i.Code) + "\n")
	}
	if b.Len() > 0 {
		edits = append(edits, Edit{Path: "content/data/issuers.toml", Bytes: []byte(b.String()), Append: true})
	}
	return edits
}

// frontMatter writes what was read, in the order of design §3.
func frontMatter(d *gazette.Document, im *Imported) string {
	var b strings.Builder
	b.WriteString("+++\n")
	text := func(key, v string) {
		if v != "" {
			b.WriteString(key + " = " + toml.Quote(v) + "\n")
		}
	}
	date := func(key string, v gazette.Date) {
		if !v.IsZero() {
			b.WriteString(key + " = " + v.String() + "\n")
		}
	}
	list := func(key string, vs []string) {
		if len(vs) > 0 {
			q := make([]string, len(vs))
			for i, v := range vs {
				q[i] = toml.Quote(v)
			}
			b.WriteString(key + " = [" + strings.Join(q, ", ") + "]\n")
		}
	}
	text("title", d.Title)
	text("number", d.Number)
	text("class", string(d.Class))
	text("kind", d.Kind)
	text("form", d.Form)
	list("issuers", d.Issuers)
	date("signed", d.Signed)
	date("printed", d.Printed)
	date("promulgated", d.Promulgated)
	date("effective", d.Effective)
	text("disclosure", string(d.Disclosure))
	list("addressees", d.Addressees)
	text("slug", d.Slug)
	text("version_of", d.VersionOf)
	if d.Abridged {
		b.WriteString("abridged = true\n")
	}
	b.WriteString("source = { file = " + toml.Quote(path.Base(strings.ReplaceAll(im.Name, "\\", "/"))) + ", sha256 = " + toml.Quote(im.SHA256) + " }\n")
	b.WriteString("+++\n")
	return b.String()
}
