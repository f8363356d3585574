package catalog_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

var update = flag.Bool("update", false, "write the goldens")

var asOf = gazette.NewDate(2026, 11, 23)

const registers = `
-- content/data/issuers.toml --
[[issuer]]
name = "示范市人民政府"
code = "sfs"
level = "市"

[[issuer]]
name = "示范市人民政府办公室"
code = "sfb"
level = "市"
-- content/data/series.toml --
[[series]]
name = "示府办发"
code = "sfbf"

[[series]]
name = "示府发"
code = "sff"
`

var textHash = regexp.MustCompile(`@(documents/[^"]*)`)

// resolve makes the catalog of the files of an archive. In a ledger,
// "@documents/2023/a.md" is the hash of that document's text; a name after a
// bar, "@documents/2023/a.md|b.md", is not needed.
func resolve(t *testing.T, files []txtar.File) *catalog.Catalog {
	t.Helper()
	return resolveWith(t, catalog.Input{}, files)
}

// resolveWith is resolve of a mount, or of a site with mounts.
func resolveWith(t *testing.T, in catalog.Input, files []txtar.File) *catalog.Catalog {
	t.Helper()
	in.Data, in.Ledger, in.AsOf, in.Locks = &source.Data{}, &ledger.Ledger{}, asOf, map[string]*gazette.Lock{}
	in.Config, _ = config.Parse(nil)
	names := map[string]bool{}
	hashes := map[string]string{}
	p := markup.NewParser()
	files = slices.Concat(txtar.Parse([]byte(registers)).Files, files)
	for _, f := range files {
		name := strings.TrimPrefix(f.Name, "content/")
		names[name] = true
		if source.TypeOf(name) != "" || digest.IsAttachment(name) {
			d, _ := digest.New(p, name, f.Data)
			in.Digests = append(in.Digests, d)
			hashes[name] = d.TextHash.String()
		}
	}
	var fs []diag.Finding
	for _, f := range files {
		switch {
		case source.LockedIssue(strings.TrimPrefix(f.Name, "content/")) != "":
			name := strings.TrimPrefix(f.Name, "content/")
			b := textHash.ReplaceAllFunc(f.Data, func(m []byte) []byte { return []byte(hashes[string(m[1:])]) })
			lock, found := source.ReadLock(name, b)
			in.Locks[source.LockedIssue(name)], fs = lock, append(fs, found...)
		case f.Name == "config.toml":
			in.Config, fs = config.Parse(f.Data)
		case strings.HasSuffix(f.Name, ".ndjson"):
			b := textHash.ReplaceAllFunc(f.Data, func(m []byte) []byte { return []byte(hashes[string(m[1:])]) })
			fs = append(fs, in.Ledger.Read(f.Name, b)...)
		case strings.HasPrefix(f.Name, "content/data/"):
			fs = append(fs, source.ReadData(in.Data, filepath.Base(f.Name), f.Data)...)
		}
	}
	slices.SortFunc(in.Digests, func(a, b *digest.Digest) int { return strings.Compare(a.Path, b.Path) })
	for _, d := range in.Digests {
		fs = append(fs, d.Findings...)
	}
	in.HasFile = func(p string) bool { return names[p] }
	c := catalog.Resolve(in)
	c.Findings = append(fs, c.Findings...)
	return c
}

func target(t catalog.Target) string {
	s := "nothing"
	switch {
	case t.Entry != nil:
		s = t.Entry.Path
	case t.External != nil:
		s = "external " + t.External.ID
	}
	if t.Article != "" {
		s += "#" + t.Article
	}
	return s
}

// dump writes what the catalog made of a site.
func dump(c *catalog.Catalog) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, e := range c.Entries {
		line("%s at %s", e.Path, e.Address)
		if want := strings.TrimSuffix(strings.TrimSuffix(e.Path, ".md"), "/index"); e.ID != want {
			line("  id %s", e.ID)
		}
		if e.Shelf != gazette.Online {
			line("  shelf %s", e.Shelf)
		}
		if e.Type == gazette.TypeDocument {
			for _, iv := range e.Intervals {
				line("  %s..%s %s", iv.From, iv.To, iv.Force)
			}
			if e.State.Text != gazette.Original {
				line("  text %s", e.State.Text)
			}
		}
		if len(e.Versions) > 0 {
			var paths []string
			for _, v := range e.Versions {
				paths = append(paths, v.Path)
			}
			line("  texts %s", strings.Join(paths, " "))
		}
		for i, r := range e.Digest.Refs() {
			line("  ref 《%s》%s → %s", r.Title, r.Number, target(e.Refs[i]))
		}
		for i, l := range e.Links {
			line("  link %s → %s", e.Digest.Links[i].Dest, l)
		}
		for _, r := range e.Relations {
			line("  %s %s → %s from %s", r.Kind, r.Relation.Target, target(r.Target), r.From)
		}
		for _, a := range e.About {
			line("  about %s", target(a))
		}
		for _, v := range e.Inverse {
			line("  %s by %s", v.Kind, v.By.Path)
		}
		for _, o := range e.CitedBy {
			line("  cited by %s", o.Path)
		}
		for _, o := range e.AboutBy {
			line("  explained by %s", o.Path)
		}
		if e.Issue != nil {
			line("  printed in %s page %d%s", e.Issue.Path, e.IssuePage, strings.TrimSuffix("–"+fmt.Sprint(e.IssueLast), "–0"))
		}
		for _, p := range e.IssuePages {
			if len(p) > 0 && p[0][0] > 0 {
				line("  pages %v", p)
			}
		}
		if e.Type == gazette.TypeIssue {
			for _, l := range c.Imprint(e) {
				line("  imprint %s %s", l.Key, l.Text)
			}
		}
		if e.Prev != nil {
			line("  after %s", e.Prev.Path)
		}
	}
	for _, d := range c.Skipped {
		line("skipped %s", d.Path)
	}
	for _, r := range c.Redirects {
		line("redirect %s → %s", r.From, r.To.Address)
	}
	for _, g := range c.Graves {
		line("grave %s %s %s %s", g.Address, g.Title, g.Number, g.Date)
	}
	for _, f := range diag.Sort(c.Findings) {
		line("%s %s %q", f.Pos, f.Rule, f.Args)
	}
	return b.String()
}

// TestResolve resolves the files of each case and compares the catalog.
func TestResolve(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) == 0 {
		t.Fatal("no cases")
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			n := len(a.Files) - 1
			if a.Files[n].Name != "want" {
				t.Fatalf("the last file of %s is %s, want \"want\"", name, a.Files[n].Name)
			}
			c := resolve(t, a.Files[:n])
			checkCatalog(t, c)
			got := dump(c)
			if got == string(a.Files[n].Data) {
				return
			}
			if !*update {
				t.Errorf("catalog:\n%s\nwant:\n%s", got, a.Files[n].Data)
				return
			}
			a.Files[n].Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// checkCatalog holds for any catalog: one page an address, no list without
// entries, lists newest first, neighbours that know each other.
func checkCatalog(t *testing.T, c *catalog.Catalog) {
	t.Helper()
	pages := map[string]string{}
	page := func(address, what string) {
		if pages[address] != "" {
			t.Errorf("%s is %s and %s", address, pages[address], what)
		}
		pages[address] = what
	}
	for _, e := range c.Entries {
		page(e.Address, e.Path)
		if e.Next != nil && e.Next.Prev != e || e.Prev != nil && e.Prev.Next != e {
			t.Errorf("%s: neighbours do not know each other", e.Path)
		}
		if c.Entry(e.Path) != e {
			t.Errorf("Entry(%q) is another", e.Path)
		}
	}
	for _, r := range c.Redirects {
		page(strings.TrimSuffix(r.From, "index.html"), "a redirect")
	}
	for _, g := range c.Graves {
		page(g.Address, "a grave")
	}
	for _, l := range c.Lists {
		page(l.Address, "a list")
		if len(l.Entries) == 0 {
			t.Errorf("list %s is empty", l.Address)
		}
		if !slices.IsSortedFunc(l.Entries, func(a, b *catalog.Entry) int { return b.Date.Compare(a.Date) }) && l.Name != "list.issues" {
			t.Errorf("list %s is not newest first", l.Address)
		}
	}
}

// TestTextsOfARingStayInLists resolves a ring of version_of: nobody can say
// which text is the newest, so none is left out of the lists.
func TestTextsOfARingStayInLists(t *testing.T) {
	a, err := txtar.ParseFile("testdata/versions-loop.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := resolve(t, a.Files[:len(a.Files)-1])
	l := c.Term("", "list.documents")
	if l == nil || len(l.Entries) != 3 {
		t.Fatalf("the list of documents is %v, want all three", l)
	}
	for _, f := range c.Findings {
		if f.Rule == "version-of-cycle" && strings.Contains(f.Args[0], "a.md") && len(f.Related) != 1 {
			t.Errorf("the ring of a.md and b.md names %v beside, want the other text", f.Related)
		}
	}
}

func TestFindReadsEveryWayToNameADocument(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(`
-- content/documents/2023/a.md --
+++
title = "示范市人民政府办公室关于印发《示范市公共停车场管理办法（试行）》的通知"
number = "示府办发〔2023〕12号"
issuers = ["示范市人民政府办公室"]
+++
-- content/data/external.toml --
[[document]]
id = "sheng-1"
title = "示范省停车条例"
number = "示人常〔2018〕3号"
`)).Files)
	for name, want := range map[string]string{
		"示府办发〔2023〕12号": "a", "示府办发[2023]12号": "a", "示府办发(2023)12号": "a", "示府办发〔２０２３〕１２号": "a", "示府办发 〔2023〕 12 号": "a", "示府办发〔2023〕012号": "a",
		"documents/2023/a.md": "a", "content/documents/2023/a.md": "a", "documents/2023/a": "a",
		"《示范市公共停车场管理办法（试行）》": "a", "《示范市公共停车场管理办法(试行)》": "a", "示范市公共停车场管理办法（试行）": "a",
		"《示范市人民政府办公室关于印发〈示范市公共停车场管理办法（试行）〉的通知》": "a",
		"sheng-1": "x", "《示范省停车条例》": "x", "示人常〔2018〕3号": "x", "示范省停车条例": "x",
		"示府办发〔2023〕13号": "", "示府发〔2023〕12号": "", "documents/2023/b.md": "", "《示范市公共停车场管理办法》": "", "": "", "《》": "",
	} {
		got := ""
		to, n := c.Find(nil, name)
		switch {
		case to.Entry != nil:
			got = "a"
		case to.External != nil:
			got = "x"
		}
		if got != want || (n == 1) != (want != "") {
			t.Errorf("Find(%q) = %q (%d), want %q", name, got, n, want)
		}
	}
}
