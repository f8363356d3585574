package importer

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/extract"
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
	var usable, articles []*Imported
	for _, im := range texts {
		switch {
		case !im.Usable():
		case im.Type != gazette.TypeDocument:
			articles = append(articles, im)
		default:
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
	for _, im := range articles {
		edits = append(edits, p.article(im)...)
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
	held    held              // what the site has, for lists
	rows    map[string]string // content path of what a row of a list became, by Stub.key
	slugs   map[string]int    // how many rows have a slug
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
		edits = append(edits, beside(file, frontMatter(&d, im)+im.Markdown, im.Files)...)
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
	return p.freeFile(path.Join(folder(im), base), len(im.Files) > 0)
}

// freeFile is the file of a base name that nobody has: a folder of its own where
// files stand beside the text.
func (p *planner) freeFile(base string, bundle bool) string {
	for k := 1; ; k++ {
		file := base
		if k > 1 {
			file += "-" + strconv.Itoa(k)
		}
		plain, folder := file+".md", file+"/index.md"
		if p.taken[plain] || p.taken[folder] || p.site.Exists(plain) || p.site.Exists(folder) {
			continue
		}
		if bundle {
			plain = folder
		}
		p.taken[plain] = true
		return plain
	}
}

// article writes what is no official document into the folder of its type.
func (p *planner) article(im *Imported) []Edit {
	d := &im.Derived.Document
	file := p.freeFile(path.Join(im.Type.Folder(), pinyin.Slug(d.Title)), len(im.Files) > 0)
	return beside(file, articleMatter(im)+im.Markdown, im.Files)
}

// beside are the edits of a text and the files beside it.
func beside(file, text string, files []extract.Picture) []Edit {
	out := []Edit{{Path: "content/" + file, Bytes: []byte(text)}}
	for _, f := range files {
		out = append(out, Edit{Path: "content/" + path.Join(path.Dir(file), f.Name), Bytes: f.Data})
	}
	return out
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
