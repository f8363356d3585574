// Package press lays out what is printed: an issue of the gazette as a book, a
// document for the public, and a document as an official paper (GB/T
// 9704-2012). It chooses what stands where and in which style; package typeset
// breaks lines and pages, package render/pdf writes the file.
//
//	laid, findings, err := (&press.Press{…}).Issue(issue, press.Options{Purpose: press.Print})
//
// Print never says whether a document is in force: paper outlives every status.
// It carries the address where the reader finds today's (design §4).
package press

import (
	"bytes"
	"image"
	_ "image/jpeg" // pictures of documents
	_ "image/png"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// Version is part of what every layout depends on: raise it when pages change.
const Version = 1

// Fonts are the faces that serve the roles, in the form that layouts need.
type Fonts interface {
	Advance(r font.Role, c rune) int // thousandths of an em
	Has(r font.Role, c rune) bool
}

// A Press lays out what a site prints. It may be used by several goroutines.
type Press struct {
	Catalog *catalog.Catalog
	Fonts   Fonts                             // remembered between layouts where they are made by Remember
	File    func(path string) ([]byte, error) // a file of the site, by its path from the root
	Hash    func(path string) []byte          // of such a file; nil where there is none
	Words   func(key string, args ...any) string
}

// Options say what a layout is made for.
type Options struct {
	Purpose Purpose
	Crop    bool // crop marks, for print
	Draft   bool // every page says that it is one
	Proof   int  // the number of a proof (校次), from 1
	Before  Texts
}

// Texts are the sums of the paragraphs of an earlier proof: what is not among
// them gets a bar in the margin. Nil: no bars.
type Texts map[uint64]bool

// A Laid is a finished layout.
type Laid struct {
	Book  *Book
	Cover *Book                     // of an issue for print: a file of its own
	Pages map[*catalog.Entry][2]int // of an issue: first and last folio of what it prints
	Inner int                       // of an issue: pages between the covers
	Texts Texts
}

// A setting is one layout in the making.
type setting struct {
	*Press
	style      *Style
	options    Options
	onlyFolios bool  // nothing is wanted but the pages on which texts stand
	fonts      Fonts // Press.Fonts, remembered
	setter     typeset.Setter
	parser     *markup.Parser
	missing    map[missing]bool
	told       map[rune]bool // characters of missing, of whatever file
	pictures   map[string]Picture
	placed     map[string]diag.Pos     // where the texts show their pictures
	sources    map[string]*source.File // of what was parsed
	texts      Texts
	findings   []diag.Finding
}

// missing is a character that a file has and no face.
type missing struct {
	path string
	r    rune
}

func (p *Press) setting(style *Style, o Options) *setting {
	s := &setting{
		Press: p, style: style, options: o, parser: markup.NewParser(), fonts: Remember(p.Fonts),
		missing: map[missing]bool{}, told: map[rune]bool{}, pictures: map[string]Picture{}, placed: map[string]diag.Pos{}, sources: map[string]*source.File{}, texts: Texts{},
	}
	s.setter = typeset.Setter{Measure: func(f typeset.Font, r rune) int { return s.fonts.Advance(font.Role(f), r) }, Gap: style.Gap}
	return s
}

func (s *setting) has(role font.Role, r rune) bool {
	return r == '\n' || r == '\t' || r == '\u200b' || r == '\u2060' || s.fonts.Has(role, r)
}

func (s *setting) report(rule string, pos diag.Pos, args ...string) {
	s.findings = append(s.findings, diag.New(rule, pos, args...))
}

// base is the site's address with a final slash, or "".
func (p *Press) base() string { return p.Catalog.Config.BaseURL }

// most bounds the pixels of a picture: more are a mistake, or an attack.
const most = 100_000_000

// picture reads a picture once. One that cannot be printed is reported.
func (s *setting) picture(name string, pos diag.Pos) (Picture, bool) {
	if p, ok := s.pictures[name]; ok {
		return p, p.Data != nil
	}
	s.pictures[name] = Picture{}
	b, err := s.File("content/" + name)
	if err != nil {
		return Picture{}, false // check has reported the missing file
	}
	p, ok := decodePicture(b)
	if !ok {
		s.report("picture-broken", pos, name)
	}
	s.pictures[name] = p
	return p, ok
}

// decodePicture reads a PNG or JPEG; ok is false for everything else, for what
// is damaged, and for more pixels than most.
func decodePicture(b []byte) (p Picture, ok bool) {
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width < 1 || c.Height < 1 || c.Width > most/c.Height {
		return Picture{}, false
	}
	if _, _, err := image.Decode(bytes.NewReader(b)); err != nil {
		return Picture{}, false
	}
	return Picture{Data: b, Width: c.Width, Height: c.Height}, true
}

// sweep reports characters without a face in what no text of a file says: names
// on covers, titles of sections, labels.
func (s *setting) sweep(pos diag.Pos, books ...*Book) {
	for _, b := range books {
		if b == nil {
			continue
		}
		for i := range b.Pages {
			for _, r := range b.Pages[i].Runs {
				for _, c := range r.Text {
					if !s.has(font.Role(r.Font), c) && !s.told[c] {
						s.told[c] = true
						s.report("font-glyph", pos, string(c), codePoint(c), s.Words("font."+font.Role(r.Font).String()))
					}
				}
			}
		}
	}
}

// name is a content file as findings show it.
func name(e *catalog.Entry) diag.Pos { return e.Start() }

// fine is the least resolution of pictures in print, in dots an inch.
const fine = 300

// coarse reports pictures that are too coarse for print, each once.
func (s *setting) coarse(pages []typeset.Page) {
	if s.options.Purpose != Print {
		return
	}
	for i := range pages {
		for _, c := range pages[i].Pictures {
			pos, ok := s.placed[c.Name]
			if dots := s.pictures[c.Name].Width * 72 / max(1, int(c.Width/typeset.Point)); ok && dots < fine {
				s.report("picture-coarse", pos, c.Name, strconv.Itoa(dots))
				delete(s.placed, c.Name)
			}
		}
	}
}

// used drops the pictures that no page shows.
func used(pictures map[string]Picture, pages []typeset.Page) map[string]Picture {
	out := map[string]Picture{}
	for i := range pages {
		for _, p := range pages[i].Pictures {
			out[p.Name] = pictures[p.Name]
		}
	}
	return out
}

// span is a text in a look.
func (l *Look) span(text string) []typeset.Span {
	return []typeset.Span{{Text: text, Font: typeset.Font(l.Font), Size: l.Size, Ink: l.Ink}}
}

// line adds a line of text to a page, at, around or before x.
func (s *setting) line(p *typeset.Page, l *Look, text string, align typeset.Align, x, y typeset.Length) {
	if text == "" {
		return
	}
	spans := l.span(text)
	switch align {
	case typeset.Center:
		x -= s.setter.Width(spans) / 2
	case typeset.End:
		x -= s.setter.Width(spans)
	}
	p.Runs = append(p.Runs, s.setter.Line(spans, x, y)...)
}

// where returns the page and the height of each mark.
func where(pages []typeset.Page) map[string]place {
	out := map[string]place{}
	for i := range pages {
		for _, m := range pages[i].Marks {
			if _, ok := out[m.Name]; !ok {
				out[m.Name] = place{i, m.Y}
			}
		}
	}
	return out
}

type place struct {
	page int
	y    typeset.Length
}

func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
