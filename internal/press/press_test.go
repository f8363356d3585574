package press_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/html"
	"gongbao/internal/typeset"
	"gongbao/layouts"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// plainFonts are faces as simple as can be: Chinese characters are an em wide,
// Latin ones half of it, and nobody has 㗂.
type plainFonts struct{}

func (plainFonts) Advance(_ font.Role, r rune) int {
	if r < 0x2000 && r != '·' {
		return 500
	}
	return 1000
}

func (plainFonts) Has(_ font.Role, r rune) bool { return r != '㗂' && (r < 0xe000 || r > 0xf8ff) }

// site writes the files of an archive into a folder and loads it.
func site(t testing.TB, files []txtar.File) *press.Press {
	t.Helper()
	root := t.TempDir()
	for _, f := range files {
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 23), NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	words, err := html.LoadStrings(layouts.FS, "zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	return &press.Press{
		Catalog: s.Catalog, Fonts: plainFonts{}, File: s.Loader().File,
		Hash: func(string) []byte { return nil }, Words: words.T,
	}
}

// lay does what a line of a case says: a form and a content path.
func lay(t testing.TB, p *press.Press, line string) (*press.Laid, []diag.Finding) {
	t.Helper()
	words := strings.Fields(line)
	e := p.Catalog.Entry(words[1])
	if e == nil {
		t.Fatalf("no entry %s", words[1])
	}
	o := press.Options{Purpose: press.Screen}
	if len(words) > 2 {
		o.Purpose = press.Purpose(words[2])
	}
	laid, findings, err := map[string]func(*catalog.Entry, press.Options) (*press.Laid, []diag.Finding, error){
		"document": p.Document, "official": p.Official, "issue": p.Issue,
	}[words[0]](e, o)
	if err != nil {
		t.Fatal(err)
	}
	if words[0] == "issue" {
		if folios, err := p.Folios(e); err != nil || !maps.Equal(folios, laid.Pages) {
			t.Errorf("%s: folios are %v (%v), in the book %v", line, folios, err, laid.Pages)
		}
	}
	return laid, findings
}

var inks = map[typeset.Ink]string{typeset.Black: "", typeset.Red: " red", typeset.Gray: " gray", typeset.White: " white"}

// dump writes pages as text: each line of print with its place in mm, its font
// and its size, then the lines that are drawn.
func dump(b *press.Book) string {
	var out strings.Builder
	for i, p := range b.Pages {
		fmt.Fprintf(&out, "== page %d\n", i+1)
		for k := 0; k < len(p.Runs); {
			r := p.Runs[k]
			text := r.Text
			for k++; k < len(p.Runs) && p.Runs[k].Y == r.Y; k++ {
				if p.Runs[k].Font != r.Font {
					text += "|"
				}
				text += p.Runs[k].Text
			}
			fmt.Fprintf(&out, "%s %s %s%s%s  %s\n", mm(r.X), mm(r.Y), font.Role(r.Font), pt(r.Size), inks[r.Ink], text)
		}
		for _, r := range p.Rules {
			fmt.Fprintf(&out, "rule %s %s %s %s%s\n", mm(r.X), mm(r.Y), mm(r.Width), mm(r.Height), inks[r.Ink])
		}
		for _, c := range p.Pictures {
			fmt.Fprintf(&out, "picture %s %s %s %s %s\n", mm(c.X), mm(c.Y), mm(c.Width), mm(c.Height), c.Name)
		}
	}
	for _, m := range b.Outline {
		fmt.Fprintf(&out, "outline %s%s p%d\n", strings.Repeat("  ", m.Level), m.Title, m.Page+1)
	}
	return out.String()
}

func mm(l typeset.Length) string { return fmt.Sprintf("%.2f", float64(l)*25.4/72000) }

func pt(l typeset.Length) string { return fmt.Sprintf("%.2f", l.Points()) }

// TestCases lays out what a case asks for and compares the pages.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := site(t, a.Files)
			var got strings.Builder
			for line := range strings.Lines(string(a.Comment)) {
				if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
					continue
				}
				laid, findings := lay(t, p, line)
				fmt.Fprintf(&got, "# %s\n%s", line, dump(laid.Book))
				if laid.Cover != nil {
					got.WriteString("# cover\n" + dump(laid.Cover))
				}
				for _, f := range findings {
					fmt.Fprintf(&got, "%s %s %v\n", f.Pos, f.Rule, f.Args)
				}
			}
			last := &a.Files[len(a.Files)-1]
			if last.Name != "want" {
				a.Files = append(a.Files, txtar.File{Name: "want"})
				last = &a.Files[len(a.Files)-1]
			}
			if string(last.Data) == got.String() {
				return
			}
			if *update {
				last.Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("the pages changed (run with -update and read the diff):\n%s", got.String())
		})
	}
}
