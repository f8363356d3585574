package feed

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// Name is the file of a feed, in the folder of the page that it follows.
const Name = "atom.xml"

// style is the address of the style sheet with which browsers show these feeds.
const style = "assets/feed.css"

// followed are the feeds of lists and documents.
func followed(cat *catalog.Catalog, version string, words Words, inputs func(*catalog.Entry) catalog.Print) []render.Unit {
	s := &site{cat, words, []byte(version), inputs}
	var units []render.Unit
	for _, l := range cat.Lists {
		if cat.Follows(l) {
			units = append(units, unit(l.Address+Name, 2, func() view { return s.list(l) }, version, atom))
		}
	}
	add := func(e *catalog.Entry, folder string) {
		d := &document{s, e, folder + Name}
		u := render.Unit{Path: d.path, Wave: 2, Key: d.key, Render: d.render, Make: d.make}
		if inputs != nil {
			u.Inputs = d.inputs
		}
		units = append(units, u)
	}
	for _, e := range cat.Documents {
		if cat.Followed(e) == e {
			add(e, e.Address)
		}
	}
	for _, r := range cat.Redirects { // who follows an address that moved is not lost
		if e := cat.Followed(r.To); e != nil && strings.HasSuffix(r.From, "/") && r.From != e.Own {
			add(e, r.From)
		}
	}
	return units
}

type site struct {
	cat     *catalog.Catalog
	words   Words
	version []byte
	inputs  func(*catalog.Entry) catalog.Print
}

// view begins the feed of a page of the site, which stands at path.
func (s *site) view(folder, path, title string) view {
	cfg := s.cat.Config
	return view{
		Title: s.words("feed.of-site", title, cfg.Site.Title), Site: cfg.Site.Title, Language: cfg.Site.Language,
		Base: cfg.BaseURL, Home: cfg.BaseURL + folder, Self: path, ID: cfg.BaseURL + path,
		Subtitle: s.words("feed.subtitle"), Style: strings.Repeat("../", strings.Count(path, "/")) + style,
	}
}

// list is the feed of a list: what came last.
func (s *site) list(l *catalog.List) view {
	name := l.Name
	if l.Key != "" {
		name = s.words(l.Key)
	}
	v := s.view(l.Address, l.Address+Name, name)
	v.entries(s.cat, s.words, l.Entries)
	return v
}

// A document is the feed of what happens to one. There is one for every
// document, hence one small struct and no closures.
type document struct {
	site *site
	e    *catalog.Entry
	path string
}

func (d *document) inputs() catalog.Print { return d.site.inputs(d.e).And([]byte(d.path)) }

func (d *document) key() render.Key { return d.keyOf(d.view()) }

func (d *document) keyOf(v view) render.Key { return render.Hash(v, d.site.version, []byte(d.path)) }

func (d *document) make(render.Loader) (render.Key, render.Output, []diag.Finding) {
	v := d.view()
	out, findings := d.write(v)
	return d.keyOf(v), out, findings
}

func (d *document) render(render.Loader) (render.Output, []diag.Finding) { return d.write(d.view()) }

func (d *document) write(v view) (render.Output, []diag.Finding) {
	b, err := atom(v)
	if err != nil {
		return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: d.path}, err.Error())}
	}
	return render.Output{Bytes: b}, nil
}

func (d *document) view() view {
	s, e := d.site, d.e
	v := s.view(e.Address, d.path, s.words("feed.changes", e.Cited()))
	v.ID = id(v.Base, e.Oldest().ID+"!")
	news := s.cat.News(e)
	for _, n := range news[:min(len(news), max(s.cat.Config.Feeds.Limit, 1))] {
		v.add(s.item(e, n))
	}
	v.close()
	return v
}

// item tells one piece of news. Its words are true for ever: what the status is,
// the page says.
func (s *site) item(e *catalog.Entry, n catalog.News) item {
	base := s.cat.Config.BaseURL
	if n.Kind == catalog.NewsPublished {
		return entry(s.cat, s.words, n.Of)
	}
	i := item{ID: id(base, n.ID), URL: base + n.Of.Address + "index.html", Published: stamp(n.At)}
	switch n.Kind {
	case catalog.NewsText:
		i = entry(s.cat, s.words, n.Of)
		i.Summary = s.words("feed.text", n.Of.Came().Date.String())
	case catalog.NewsAbout:
		i.Title = s.words("feed.about", s.words("related."+n.Of.Type.Folder()), n.Of.Title())
		i.Summary = n.Of.Article.Summary
	case catalog.NewsCorrected:
		i.URL += "#corrections"
		i.Title, i.Summary = s.words("feed.corrected", n.Of.Title()), n.What
	case catalog.NewsWithdrawn:
		i.Title, i.Summary = s.words("feed.withdrawn", e.Cited()), s.words("feed.see-page")
	default:
		i.Title, i.Summary = s.words("feed."+string(n.Kind), e.Title()), s.words("feed.see-page")
	}
	if i.Author == "" && n.Of.Type != gazette.TypeDocument {
		i.Author = strings.Join(n.Of.Article.Issuers, "、")
	}
	return i
}
