package check_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/cleanup"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/sheet"
)

var update = flag.Bool("update", false, "write what was found into the case files")

// asOf is the day for which the sites of the cases are built.
var asOf = gazette.NewDate(2026, 11, 23)

// shared are the files that every case has unless it brings its own.
const shared = `
-- config.toml --
[site]
title = "示范市人民政府公报"
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

// near is the end of the name of a case that almost violates its rule.
const near = "-near"

func caseNames(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestRules builds the small site of each case file and compares the findings
// with its want file: a line "path:line:col rule severity" for each.
func TestRules(t *testing.T) {
	for _, name := range caseNames(t) {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			writeSite(t, root, a)
			got := findings(t, root)
			want := &a.Files[len(a.Files)-1]
			if want.Name != "want" {
				t.Fatalf("the last file of %s is %s, want \"want\"", name, want.Name)
			}
			rule, isNear := strings.CutSuffix(id, near)
			if has := strings.Contains(got, " "+rule+" "); has == isNear {
				t.Errorf("finding of rule %s: %v, want %v", rule, has, !isNear)
			}
			if got == string(want.Data) {
				return
			}
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("findings:\n%s\nwant:\n%s", got, want.Data)
		})
	}
}

func findings(t *testing.T, root string) string {
	t.Helper()
	r, err := build.Build(t.Context(), build.Options{Root: root, AsOf: asOf, NoCache: true, Details: true})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	found := slices.DeleteFunc(r.Findings, ofFonts)
	found = append(found, sheetFindings(t, root, r.Catalog)...)
	found = append(found, auditFindings(t, root, r)...)
	for _, f := range append(found, layoutFindings(t, root, r.Catalog)...) {
		fmt.Fprintf(&b, "%s %s %s\n", f.Pos, f.Rule, f.Severity)
	}
	return b.String()
}

// ofFonts reports whether a finding depends on the fonts of the machine. Cases
// bring a layout of their own.
func ofFonts(f diag.Finding) bool {
	return f.Rule == "page-moved" || slices.Contains(printing, f.Rule)
}

// sheetFindings are those on the sheet of a cleanup, where a case has one: on
// sheet.csv, applied to the decision documents/decision.md.
func sheetFindings(t *testing.T, root string, c *catalog.Catalog) []diag.Finding {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "sheet.csv"))
	if err != nil {
		return nil
	}
	rows, err := sheet.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	zh, err := diag.LoadStrings("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	_, found := cleanup.Apply(c, c.Entry("documents/decision.md"), "sheet.csv", rows, cleanup.Words{zh})
	return found
}

// layoutFindings are those of a layout, where a case has one: lines "issue
// document first last" of the file layout.
func layoutFindings(t *testing.T, root string, c *catalog.Catalog) []diag.Finding {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "layout"))
	if err != nil {
		return nil
	}
	pages := map[*catalog.Entry]map[*catalog.Entry][2]int{}
	for line := range strings.Lines(string(b)) {
		var issue, document string
		var p [2]int
		if _, err := fmt.Sscan(line, &issue, &document, &p[0], &p[1]); err != nil {
			t.Fatal(err)
		}
		s := c.Entry(issue)
		if pages[s] == nil {
			pages[s] = map[*catalog.Entry][2]int{}
		}
		pages[s][c.Entry(document)] = p
	}
	var found []diag.Finding
	for s, p := range pages {
		found = append(found, c.Paginate(s, p)...)
	}
	return diag.Sort(found)
}

func writeSite(t *testing.T, root string, a *txtar.Archive) {
	t.Helper()
	base := txtar.Parse([]byte(shared))
	for _, f := range slices.Concat(base.Files, a.Files) {
		if f.Name != "want" {
			write(t, filepath.Join(root, f.Name), textHashes(a, f.Data))
		}
	}
	for line := range strings.Lines(string(a.Comment)) {
		if args := strings.Fields(line); len(args) > 2 && args[0] == "make" {
			change(t, filepath.Join(root, args[1]), args[2], args[3:]...)
		}
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// change does what an archive of text cannot hold. A line "make FILE WHAT ARG"
// of the comment changes a file of the case:
//
//	prepend HEX   bytes before it      append HEX   bytes behind it
//	gb18030       the other encoding   pad N        spaces up to N bytes
//	link TARGET   a symbolic link      word ARGS    its text as a Word file
//	photo         a picture            photo-place  one that says where it was taken
func change(t *testing.T, name, what string, args ...string) {
	t.Helper()
	if what == "link" {
		if err := os.Symlink(args[0], name); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	switch what {
	case "prepend", "append":
		b, err := hex.DecodeString(args[0])
		if err != nil {
			t.Fatal(err)
		}
		if what == "prepend" {
			data, b = b, data
		}
		data = append(data, b...)
	case "gb18030":
		if data, err = simplifiedchinese.GB18030.NewEncoder().Bytes(data); err != nil {
			t.Fatal(err)
		}
	case "word":
		data = office(t, string(data), args)
	case "photo", "photo-place":
		data = photo(what == "photo-place")
	case "pad":
		n, err := strconv.Atoi(args[0])
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, bytes.Repeat([]byte{'\n'}, n-len(data))...)
	default:
		t.Fatalf("make %s %s: no such change", name, what)
	}
	write(t, name, data)
}

var textHash = regexp.MustCompile(`@(documents/[^"]*)`)

// textHashes puts the hash of a document of the case in place of its path:
// "text_hash":"@documents/2023/a.md".
func textHashes(a *txtar.Archive, data []byte) []byte {
	return textHash.ReplaceAllFunc(data, func(m []byte) []byte {
		for _, f := range a.Files {
			if p := string(m[1:]); f.Name == "content/"+p {
				d, _ := digest.New(markup.NewParser(), p, f.Data)
				return []byte(d.TextHash.String())
			}
		}
		return m
	})
}

// printing are the rules that only a layout can find; packages font and press
// have their cases.
var printing = []string{"font-broken", "font-glyph", "font-licence", "font-missing", "font-none", "font-standin", "picture-broken", "picture-coarse"}

func TestEveryRuleHasACaseAndANearMiss(t *testing.T) {
	var ids []string
	for _, r := range diag.Rules() {
		if slices.Contains(printing, r.ID) || strings.HasPrefix(r.ID, "import-") { // package importer has the cases of those
			continue
		}
		ids = append(ids, r.ID)
		for _, end := range []string{"", near} {
			if _, err := os.Stat("testdata/" + r.ID + end + ".txtar"); err != nil {
				t.Errorf("rule %s has no case file %s.txtar", r.ID, r.ID+end)
			}
		}
	}
	for _, name := range caseNames(t) {
		id, isCase := strings.CutSuffix(filepath.Base(name), ".txtar")
		if !isCase || !slices.Contains(ids, strings.TrimSuffix(id, near)) {
			t.Errorf("%s belongs to no rule", name)
		}
	}
}
