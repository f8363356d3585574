package build

import (
	"context"
	"errors"
	"maps"
	"path"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
	"gongbao/internal/render/html"
	"gongbao/internal/render/pdf"
	"gongbao/internal/render/search"
)

// A shown is a site as it can be shown.
type shown struct {
	site   *Site
	pages  *html.Site // the last whose layouts could be read; nil if there were none yet
	broken []diag.Finding
	index  *lazyIndex
}

// A lazyIndex is the search of a catalog, made when somebody wants it.
type lazyIndex struct {
	mu   sync.Mutex
	cat  *catalog.Catalog
	made *search.Index
}

func (l *lazyIndex) get() *search.Index {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.made == nil {
		l.made = search.New(l.cat)
	}
	return l.made
}

// forget has it made anew.
func (l *lazyIndex) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.made = nil
}

// prepare makes a site that was read into one that can be shown. Fonts are taken
// over from old, layouts unless they may have changed.
func (p *Preview) prepare(s, old *Site, layouts bool) shown {
	if old != nil {
		s.fonts, s.closeFonts, s.prints = old.fonts, old.closeFonts, old.prints
	}
	s.resolve()
	p.mu.RLock()
	for _, e := range s.Catalog.Issues { // as they were; Check finds them anew
		if known, ok := p.folios[e.Path]; ok {
			s.Catalog.Paginate(e, s.entriesOf(known))
		}
	}
	pages := p.pages
	p.mu.RUnlock()
	return s.shown(pages, layouts)
}

func (s *Site) shown(pages *html.Site, layouts bool) shown {
	v := shown{site: s, index: &lazyIndex{cat: s.Catalog}}
	in := s.pagesInput(func() string { return v.index.get().Config.JSON() })
	in.Facts = s.promised
	if pages == nil || layouts {
		if v.pages, v.broken = html.New(in); v.pages == nil && pages != nil {
			v.pages = pages.For(in) // the last good layouts stay
		}
	} else {
		v.pages = pages.For(in)
	}
	if s.fonts == nil && pdf.Any(s.Catalog) {
		s.Press() // finds them
	}
	return v
}

// promised tells the pages of PDFs that are made when somebody asks for them:
// they are linked, without pages and size.
func (s *Site) promised(name string) (render.Facts, bool) {
	dir, file := path.Split(name)
	e := s.Catalog.At(dir)
	if e == nil || s.fonts == nil {
		return render.Facts{}, false
	}
	return render.Facts{}, file == "issue.pdf" && e.Type == gazette.TypeIssue && pdf.Prints(e) || file == render.PDFFile && e.Type == gazette.TypeDocument && pdf.Due(s.Catalog, e)
}

// install shows a site. changing must be held.
func (p *Preview) install(v shown) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := p.shown.site
	p.shown, p.units, p.found, p.moved = v, nil, nil, false
	p.generation++
	if last == nil {
		return nil
	}
	var err error
	if last.closeFonts != nil && last.fonts != v.site.fonts {
		err = last.closeFonts()
	}
	return errors.Join(err, last.closeFiles())
}

// Check judges the site as it is and lays out its issues, and returns what is
// wrong, sorted. Pages that are made afterwards have the folios of that layout.
// Changes need not wait for it: where one comes meanwhile, what was found of the
// site before it is returned, and nothing else is done.
func (p *Preview) Check(ctx context.Context) (findings []diag.Finding, err error) {
	p.changing.Lock()
	old, generation := p.site, p.generation
	p.mu.RLock()
	pages, broken, folios, moved := p.pages, p.broken, p.folios, p.moved
	p.mu.RUnlock()
	s, err := old.again(nil)
	p.changing.Unlock()
	if err != nil {
		return nil, err
	}
	v := p.prepare(s, old, false) // nobody else has it
	v.broken = broken
	findings, err = s.check(ctx)
	if err != nil {
		return nil, errors.Join(err, s.closeFiles())
	}
	laid, found, err := s.layIssues(ctx)
	if err != nil {
		return nil, errors.Join(err, s.closeFiles())
	}
	findings = append(findings, found...)
	again := false // pages may look different
	for _, e := range s.Catalog.Issues {
		if known, ok := laid[e.Path]; ok {
			findings = append(findings, s.setFolios(e, known)...)
			again = again || !maps.Equal(known, folios[e.Path])
		}
	}
	if pages != nil {
		_, found := s.unitsOf(v.pages, v.index.get())
		findings = append(findings, found...)
	}
	findings = diag.Sort(append(findings, broken...))
	s.Findings = findings
	p.changing.Lock()
	defer p.changing.Unlock()
	switch {
	case generation != p.generation:
		return findings, s.closeFiles()
	case !moved && !again && old.fonts == s.fonts: // what is shown is right
		p.mu.Lock()
		old.Findings = findings
		p.mu.Unlock()
		return findings, s.closeFiles()
	}
	p.mu.Lock()
	p.folios = laid
	p.mu.Unlock()
	return findings, p.install(v)
}
