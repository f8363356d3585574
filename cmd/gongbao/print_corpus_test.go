package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/press"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// A printer is a loaded site with its press.
type printer struct {
	site  *build.Site
	press *press.Press
	fonts *font.Set
}

func openPrinter(tb testing.TB, root string) *printer {
	tb.Helper()
	s, err := build.Load(tb.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23), NoCache: true, Folios: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	p, fonts, findings := s.Press()
	for _, f := range findings {
		if f.Rule == "font-none" {
			tb.Skip("skipped: no Chinese font on this machine")
		}
	}
	return &printer{s, p, fonts}
}

// A printedLine is a line read back from a page.
type printedLine struct {
	page              int
	text              string
	left, right, base typeset.Length
}

// lines reads the lines of the text area of pages, in the order of printing.
func (p *printer) lines(pages []typeset.Page, g typeset.Geometry) []printedLine {
	var out []printedLine
	for i := range pages {
		last := typeset.Length(-1)
		for _, r := range pages[i].Runs {
			if r.Y < g.Top || r.Y > g.Top+g.Depth {
				continue // running heads and folios
			}
			width := typeset.Length(0)
			for _, c := range r.Text {
				advance := typeset.Length(p.fonts.Advance(font.Role(r.Font), c)) * r.Size / 1000
				if r.Half {
					advance = r.Size / 2
				}
				width += advance + r.Track
			}
			if r.Y != last {
				out = append(out, printedLine{page: i, left: r.X, base: r.Y})
				last = r.Y
			}
			l := &out[len(out)-1]
			l.text += r.Text
			l.right = r.X + width - r.Track
		}
	}
	return out
}

// sourceText is what a layout has to print of a document: title, number and
// text, without white space and without the blocks of skip.
func sourceText(tb testing.TB, root string, e *catalog.Entry, skip ...markup.Role) string {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "content", filepath.FromSlash(e.Path)))
	if err != nil {
		tb.Fatal(err)
	}
	f := source.Read(e.Path, raw)
	tree := markup.NewParser().Parse(f.Body, markup.Options{Official: true, Title: f.Document.Title, FirstLine: f.BodyLine})
	text := e.Title()
	number := e.Document.Number
	var body strings.Builder
	tree.Walk(func(b *markup.Block) {
		for _, r := range append(skip, markup.TitleLine) {
			if b.Role == r {
				return
			}
		}
		if b.Role == markup.NumberLine && strings.Contains(pressed(b.PlainText()), pressed(number)) {
			number = ""
		}
		body.WriteString(b.PlainText())
	})
	return pressed(text + number + body.String())
}

// pressed takes white space and bullets out of a text: paper has its own.
func pressed(s string) string {
	return strings.ReplaceAll(spaces.ReplaceAllString(s, ""), "•", "")
}

const (
	notFirst = "，。、；：！？）》〉」』】〕］｝”’…％℃‰·～"
	notLast  = "（《〈「『【〔［｛“‘"
)

// TestPrintOfEveryLaw lays out all documents of the corpus for the public and
// as official papers: no character is lost or changes its place, no line is
// too long, none begins or ends with a mark that may not stand there.
func TestPrintOfEveryLaw(t *testing.T) {
	slow(t)
	root := importCorpus(t)
	p := openPrinter(t, root)
	documents, lines, pages, missing := 0, 0, 0, 0
	for _, e := range p.site.Catalog.Documents {
		for _, form := range []struct {
			name string
			lay  func(*catalog.Entry, press.Options) (*press.Laid, []diag.Finding, error)
			g    typeset.Geometry
			skip []markup.Role
		}{
			{"public", p.press.Document, press.DocumentStyle().Geometry, []markup.Role{markup.CopyTo, markup.PrintedBy}},
			{"official", p.press.Official, press.OfficialStyle().Geometry, []markup.Role{markup.NumberLine, markup.CopyTo, markup.PrintedBy}},
		} {
			laid, findings, err := form.lay(e, press.Options{Purpose: press.Screen})
			if err != nil {
				t.Fatal(err)
			}
			missing += len(findings)
			read := p.lines(laid.Book.Pages, form.g)
			var got strings.Builder
			for i, l := range read {
				got.WriteString(l.text)
				lines++
				left := form.g.Left(l.page + 1)
				rs := []rune(l.text)
				switch {
				case l.right > left+form.g.Text+150:
					t.Errorf("%s %s page %d: too long: %s", form.name, e.Path, l.page+1, l.text)
				case i > 0 && l.left == left && strings.ContainsRune(notFirst, rs[0]):
					t.Errorf("%s %s page %d: begins with a mark: %s", form.name, e.Path, l.page+1, l.text)
				case i+1 < len(read) && read[i+1].left == left && strings.ContainsRune(notLast, rs[len(rs)-1]):
					t.Errorf("%s %s page %d: ends with a mark: %s", form.name, e.Path, l.page+1, l.text)
				}
			}
			want := sourceText(t, root, e, form.skip...)
			text := pressed(got.String())
			if form.name == "official" {
				want = strings.TrimPrefix(want, pressed(e.Title()))
				want = strings.TrimPrefix(want, pressed(e.Document.Number))
				_, text, _ = strings.Cut(text, pressed(e.Title()))
			}
			if !strings.HasPrefix(text, want) {
				n := 0
				for n < len(text) && n < len(want) && text[n] == want[n] {
					n++
				}
				t.Errorf("%s %s: the text changes after %d bytes:\n want %.120s\n  got %.120s", form.name, e.Path, n, strings.ToValidUTF8(want[n:], ""), strings.ToValidUTF8(text[n:], ""))
			}
			pages += len(laid.Book.Pages)
		}
		documents++
	}
	t.Logf("%d documents, %d pages, %d lines, %d characters without a face", documents, pages, lines, missing)
}
