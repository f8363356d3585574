package build

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/render"
	"gongbao/internal/render/html"
	"gongbao/internal/render/pdf"
	"gongbao/internal/source"
	"gongbao/layouts"
)

// layouts are the embedded ones under those of the site.
func (s *Site) layouts() fs.FS {
	var over fs.FS
	if dir := filepath.Join(s.Options.Root, "layouts"); isDir(dir) {
		over = os.DirFS(dir)
	}
	return html.Overlay(over, layouts.FS)
}

// openFonts finds the faces once; Close lets them go.
func (s *Site) openFonts() []diag.Finding {
	if s.fonts != nil {
		return nil
	}
	set, findings, release, err := Fonts(s.Options.Root, font.Wanted(s.Config.PDF.Fonts))
	if err != nil {
		return []diag.Finding{diag.New("file-unreadable", diag.Pos{File: font.Folder}, reason(err))}
	}
	s.fonts, s.closeFonts = set, release
	return findings
}

// Press returns the press of the site with its fonts, nil where they cannot be
// had; the findings say why.
func (s *Site) Press() (*press.Press, *font.Set, []diag.Finding) {
	s.prints = append(s.prints, s.openFonts()...)
	words, err := html.LoadStrings(s.layouts(), s.Config.Site.Language)
	if err != nil {
		words = html.Strings{} // the pages report it
	}
	s.words = words
	return &press.Press{
		Catalog: s.Catalog, Fonts: press.Remember(s.fonts), File: s.Loader().File, Hash: s.load.fileHash, Words: words.T,
	}, s.fonts, s.prints
}

// printSeed is what all layouts depend on: fonts, words and the program.
func (s *Site) printSeed() []byte {
	k := render.Hash(s.words, s.fonts.Sum(), []byte(Version))
	return k[:]
}

// printUnits are the PDFs of the site. Without them, no fonts are asked for.
func (s *Site) printUnits() ([]render.Unit, []diag.Finding) {
	if !pdf.Any(s.Catalog) {
		return nil, nil
	}
	p, fonts, findings := s.Press()
	if wrong, _ := diag.Count(findings); wrong > 0 || s.Options.Folios {
		findings = nil // paginate has said them
	}
	if fonts == nil {
		return nil, findings
	}
	return pdf.Units(pdf.Input{Press: *p, Fonts: fonts, Seed: s.printSeed(), Version: Version}), findings
}

func isPDF(u *render.Unit) bool { return u.Wave == 1 && path.Ext(u.Path) == ".pdf" }

// factsOf says what is known of a file of the first wave; false where there is
// none.
func (s *Site) factsOf(path string) (render.Facts, bool) {
	f, ok := s.facts.Load(path)
	if !ok {
		return render.Facts{}, false
	}
	return f.(render.Facts), true
}

// builtFacts says what is known of a file of the waves before the third.
func (s *Site) builtFacts(path string) (render.Facts, bool) {
	if s.built == nil {
		return render.Facts{}, false
	}
	return s.built(path)
}

// know takes facts of files from what stands in an output, for keys that are
// computed without rendering.
func (s *Site) know(units []render.Unit, facts func(path string) (render.Facts, bool)) {
	for i := range units {
		if f, ok := facts(units[i].Path); ok && isPDF(&units[i]) {
			s.facts.Store(units[i].Path, f)
		}
	}
}

// paginate finds the folios of all issues that are not scans.
func (s *Site) paginate(ctx context.Context) error {
	folios, findings, err := s.layIssues(ctx)
	if err != nil {
		return err
	}
	s.Findings = append(s.Findings, findings...)
	for _, e := range slices.Backward(s.Catalog.Issues) {
		if known, ok := folios[e.Path]; ok {
			s.Findings = append(s.Findings, s.setFolios(e, known)...)
		}
	}
	return nil
}

// setFolios sets the pages of an issue. What then disagrees with a sealed one is
// in the findings, with the fonts where they are the likely cause.
func (s *Site) setFolios(e *catalog.Entry, known map[string][2]int) []diag.Finding {
	moved := s.Catalog.Paginate(e, s.entriesOf(known))
	if e.Lock != nil && e.Lock.Fonts != "" && e.Lock.Fonts != FontSum(s.fonts) {
		for i := range moved {
			moved[i].Related = append(moved[i].Related, diag.Related{Pos: diag.Pos{File: source.Name(source.LockName(e.Path))}, Note: "note.sealed-fonts"})
		}
	}
	return moved
}

// layIssues finds the folios of all issues that are not scans, by path of issue
// and document: from the memo, else by laying them out. It does not set them.
func (s *Site) layIssues(ctx context.Context) (folios map[string]map[string][2]int, findings []diag.Finding, err error) {
	folios = map[string]map[string][2]int{}
	for _, e := range s.Catalog.Issues {
		findings = append(findings, s.sealedFile(e)...)
	}
	if !pdf.Any(s.Catalog) {
		return folios, findings, nil
	}
	p, fonts, found := s.Press()
	findings = append(findings, found...)
	if wrong, _ := diag.Count(found); wrong > 0 || fonts == nil {
		return folios, findings, nil
	}
	seed := s.printSeed()
	var mu sync.Mutex
	err = each(ctx, len(s.Catalog.Issues), func() func(int) error {
		return func(i int) error {
			e := s.Catalog.Issues[i]
			if e.Scanned() {
				return nil
			}
			known, err := s.folios(p, e, seed)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			folios[e.Path] = known
			return nil
		}
	})
	return folios, findings, err
}

// FontSum is the hash of the fonts as a lock has it.
func FontSum(fonts *font.Set) string { return hex.EncodeToString(fonts.Sum()) }

// sealedFile reports a file that stands for a sealed issue and is not the one
// that was printed. A file that is missing has been reported.
func (s *Site) sealedFile(e *catalog.Entry) []diag.Finding {
	file := e.Digest.Issue.PDF
	if e.Lock == nil || e.Lock.PDF == "" || file == "" {
		return nil
	}
	sum := s.load.fileHash(path.Join("content", path.Dir(e.Path), file))
	if sum != nil && hex.EncodeToString(sum) != e.Lock.PDF {
		return []diag.Finding{diag.New("sealed-file", e.Pos("pdf"), file, e.Digest.Issue.Number())}
	}
	return nil
}

// folios are the first and last page of what an issue prints, by its path.
func (s *Site) folios(p *press.Press, e *catalog.Entry, seed []byte) (map[string][2]int, error) {
	key := digest.Hash(render.Hash(p.IssueInputs(e), seed, []byte("folios")))
	known := map[string][2]int{}
	if b := s.memo.Blob(key); b == nil || json.Unmarshal(b, &known) != nil {
		laid, err := p.Folios(e) // what is wrong comes when it is printed
		if err != nil {
			return nil, fmt.Errorf("lay out %s: %w", e.Path, err)
		}
		for x, pages := range laid {
			known[x.Path] = pages
		}
		b, err := json.Marshal(known)
		if err != nil {
			return nil, err
		}
		if err := s.memo.PutBlob(key, b); err != nil {
			return nil, err
		}
	}
	return known, nil
}
