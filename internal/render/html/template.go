package html

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gongbao/internal/stencil"
)

// layoutNames are the names that Page.Layout may have; each is a file NAME.html in
// layouts/.
var layoutNames = [...]string{
	"home", "document", "issue", "list", "terms", "directory", "complete", "items", "item", "project", "bodies", "article", "sitemap",
	"data", "search", "offline", "notfound", "redirect", "withdrawn",
}

// Templates are the parsed layouts of one site. They are safe for concurrent
// use. They remember what they rendered of every *Chrome, so a Chrome must not
// change after its first Render, and Templates should not outlive their build.
type Templates struct {
	layouts map[string]*template.Template
	quick   map[string]*stencil.Stencil // the layouts that could be compiled
	pieces  *template.Template
	chromes sync.Map // *Chrome → *chromeHTML
}

// A chromeHTML is what thousands of pages share: rendered once.
type chromeHTML struct {
	once                  sync.Once
	links, header, footer template.HTML
	err                   error
}

// ParseTemplates parses base.html, partials/*.html and one file per layout.
// Each layout fills the block "main" of base.html and may redefine others.
//
// Templates know these functions: t looks a word up in s; tel passes a
// telephone's address; metas writes the <meta> of a page, a line each; headlinks, header and footer give
// the rendered template of that name for a *Chrome. Errors name file and line, those
// of wrong HTML contexts too.
func ParseTemplates(fsys fs.FS, s Strings) (*Templates, error) {
	t := &Templates{layouts: map[string]*template.Template{}}
	funcs := template.FuncMap{
		"t":         s.T,
		"tel":       tel,
		"dated":     dated,
		"metas":     metas,
		"law":       law,
		"headlinks": func(c *Chrome) (template.HTML, error) { h := t.chrome(c); return h.links, h.err },
		"header":    func(c *Chrome) (template.HTML, error) { h := t.chrome(c); return h.header, h.err },
		"footer":    func(c *Chrome) (template.HTML, error) { h := t.chrome(c); return h.footer, h.err },
	}
	common := template.New("gongbao").Funcs(funcs)
	names, err := fs.Glob(fsys, "partials/*.html")
	if err != nil {
		return nil, fmt.Errorf("list partials: %w", err)
	}
	for _, name := range append([]string{"base.html"}, names...) {
		if err := parseFile(common, fsys, name, s); err != nil {
			return nil, err
		}
	}
	if t.pieces, err = common.Clone(); err != nil {
		return nil, fmt.Errorf("copy templates: %w", err)
	}
	for _, name := range layoutNames {
		set, err := common.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy templates: %w", err)
		}
		if err := parseFile(set, fsys, name+".html", s); err != nil {
			return nil, err
		}
		t.layouts[name] = set.Lookup("base.html")
	}
	if err := t.probe(); err != nil {
		return t, err
	}
	t.compile(funcs)
	return t, nil
}

// compile compiles the layouts, which were executed once. One that has something
// in it that package stencil does not know stays with html/template.
func (t *Templates) compile(funcs template.FuncMap) {
	t.quick = map[string]*stencil.Stencil{}
	for name, layout := range t.layouts {
		if s, err := stencil.Compile(layout, (*Page)(nil), funcs); err == nil {
			t.quick[name] = s
		}
	}
}

// Render executes the layout that p names into b, which is empty, and returns
// the page.
func (t *Templates) Render(b *bytes.Buffer, p *Page) ([]byte, error) {
	layout, ok := t.layouts[p.Layout]
	if !ok {
		return nil, fmt.Errorf("no layout %q", p.Layout)
	}
	b.Grow(len(p.Body) + len(p.Outline) + 16<<10)
	if quick := t.quick[p.Layout]; quick != nil {
		if err := quick.Execute(b, p, p.rawTo()); err == nil {
			return b.Bytes(), nil
		}
		b.Reset()
	}
	var w io.Writer = b
	if p.body != nil {
		w = &bodyWriter{b, p.body}
	}
	if err := layout.Execute(w, p); err != nil {
		return nil, fmt.Errorf("render page %q: %w", p.Title, err)
	}
	return b.Bytes(), nil
}

// bodyMark stands for a body while its page is made: bodies are most of a site, and
// go straight into the page. No text has a NUL in it: templates write another
// character for it.
const bodyMark = "\x00body\x00"

// bodyTo has the body written where the layout shows it.
func (p *Page) bodyTo(write func(*bytes.Buffer)) { p.Body, p.body = bodyMark, write }

// rawTo writes HTML into a page of a Stencil.
func (p *Page) rawTo() func(b *bytes.Buffer, html string) {
	if p.body == nil {
		return nil
	}
	return func(b *bytes.Buffer, html string) {
		if html == bodyMark {
			p.body(b)
		} else {
			b.WriteString(html)
		}
	}
}

// A bodyWriter puts a body in the place of its mark, which comes in one piece.
type bodyWriter struct {
	page *bytes.Buffer
	body func(*bytes.Buffer)
}

func (w *bodyWriter) Write(b []byte) (int, error) {
	rest := b
	for i := bytes.Index(rest, []byte(bodyMark)); i >= 0; i = bytes.Index(rest, []byte(bodyMark)) {
		w.page.Write(rest[:i])
		w.body(w.page)
		rest = rest[i+len(bodyMark):]
	}
	w.page.Write(rest)
	return len(b), nil
}

// chrome returns the shared pieces for c, rendered at the first call.
func (t *Templates) chrome(c *Chrome) *chromeHTML {
	v, ok := t.chromes.Load(c)
	if !ok {
		v, _ = t.chromes.LoadOrStore(c, new(chromeHTML))
	}
	h := v.(*chromeHTML)
	h.once.Do(func() {
		for _, piece := range []struct {
			name string
			to   *template.HTML
		}{{"headlinks", &h.links}, {"header", &h.header}, {"footer", &h.footer}} {
			var b strings.Builder
			if err := t.pieces.ExecuteTemplate(&b, piece.name, c); err != nil {
				h.err = err
				return
			}
			*piece.to = template.HTML(b.String())
		}
	})
	return h
}

// tel lets the address of a telephone through, which html/template knows for no
// safe address. Anything else stays with html/template's own filter.
func tel(href string) any {
	if number, ok := strings.CutPrefix(href, "tel:"); ok && strings.Trim(number, "0123456789+-.,;()*#") == "" {
		return template.URL(href)
	}
	return href
}

// metas writes the <meta> of a page: a dozen on every page, for which actions in a
// template cost more than all their text.
func metas(ms []Meta) template.HTML {
	var b strings.Builder
	b.Grow(128 * len(ms))
	for _, m := range ms {
		b.WriteString(`<meta name="`)
		b.WriteString(html.EscapeString(m.Name))
		b.WriteString(`" content="`)
		b.WriteString(html.EscapeString(m.Content))
		b.WriteString("\">\n")
	}
	return template.HTML(b.String())
}

// law writes the links to the other forms of a document, and what is said of it in
// RDFa.
func law(alternates []Feed, ps []Property) template.HTML {
	if len(alternates)+len(ps) == 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(96*len(alternates) + 160*len(ps))
	write := func(name, value string) {
		if value != "" {
			b.WriteString(" " + name + `="`)
			b.WriteString(html.EscapeString(value))
			b.WriteByte('"')
		}
	}
	for _, a := range alternates {
		b.WriteString(`<link rel="alternate"`)
		write("type", a.Type)
		write("href", a.Href)
		b.WriteString(">\n")
	}
	for _, p := range ps {
		b.WriteString("<meta")
		write("about", p.About)
		if p.Type != "" {
			write("typeof", "eli:"+p.Type)
		}
		if p.Name != "" {
			write("property", "eli:"+p.Name)
		}
		write("content", p.Content)
		write("resource", p.Resource)
		b.WriteString(">\n")
	}
	return template.HTML(b.String())
}

var isoDay = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// dated sets the days of a text as <time>, which no line end cuts.
func dated(text string) template.HTML {
	return template.HTML(isoDay.ReplaceAllString(html.EscapeString(text), "<time>$0</time>"))
}

// probe executes every layout with an empty view. html/template finds a wrong
// context only then, and it must be found before the first page.
func (t *Templates) probe() error {
	c := &Chrome{}
	defer t.chromes.Delete(c)
	for _, name := range layoutNames {
		p := &Page{Layout: name, Chrome: c, Home: &Home{}, Document: &Document{}, Issue: &Issue{Take: &Take{}},
			List: &List{Take: &Take{}}, Terms: &Terms{}, Directory: &Directory{}, Complete: &Complete{}, Items: &Items{}, Item: &Item{}, Project: &Project{}, Bodies: &Bodies{}, Article: &Article{}, SiteMap: &SiteMap{}, Search: &Search{}, Offline: &Offline{}, Figures: &Data{},
			Redirect: &Redirect{}, Withdrawn: &Withdrawn{}}
		if err := t.layouts[name].Execute(io.Discard, p); err != nil {
			return fmt.Errorf("layout %s.html: %w", name, err)
		}
	}
	return nil
}

// constant matches the action of a word that takes no arguments.
var constant = regexp.MustCompile(`\{\{t "([^"\\\n]+)"\}\}`)

// parseFile adds the file's template to set under the file's name. Constant
// words are put into its text first, escaped for text and quoted attributes:
// an action costs a third of a microsecond, and pages have dozens of words.
func parseFile(set *template.Template, fsys fs.FS, name string, s Strings) error {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("read layout: %w", err)
	}
	text := constant.ReplaceAllStringFunc(string(src), func(action string) string {
		return escapeWord.Replace(html.EscapeString(s.T(constant.FindStringSubmatch(action)[1])))
	})
	if _, err := set.New(path.Clean(name)).Parse(text); err != nil {
		return fmt.Errorf("layouts: %w", err)
	}
	return nil
}

// escapeWord keeps a word from opening an action and from moving line numbers.
var escapeWord = strings.NewReplacer("{", "&#123;", "\n", "&#10;")

// Overlay returns base with the files of over laid upon it: a file of over
// takes the place of the file of the same name, and directories show the
// entries of both. over may be nil.
func Overlay(over, base fs.FS) fs.FS {
	if over == nil {
		return base
	}
	return overlay{over, base}
}

type overlay struct {
	over, base fs.FS
}

// Open implements fs.FS. Only a file that over does not have is looked for in
// base: one that cannot be read must not be covered up.
func (o overlay) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &overlayDir{File: f, entries: entries}, nil
}

// ReadDir implements fs.ReadDirFS; entries are sorted by name.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lower, lowerErr := fs.ReadDir(o.base, name)
	if err != nil {
		return lower, lowerErr
	}
	merged := map[string]fs.DirEntry{}
	for _, e := range slices.Concat(lower, upper) {
		merged[e.Name()] = e
	}
	entries := make([]fs.DirEntry, 0, len(merged))
	for _, n := range slices.Sorted(maps.Keys(merged)) {
		entries = append(entries, merged[n])
	}
	return entries, nil
}

// An overlayDir is an open directory of over that lists the entries of both.
type overlayDir struct {
	fs.File
	entries []fs.DirEntry
}

// ReadDir implements fs.ReadDirFile.
func (d *overlayDir) ReadDir(n int) ([]fs.DirEntry, error) {
	list := d.entries
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	d.entries = d.entries[len(list):]
	return list, nil
}
