package toml_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
	"gongbao/internal/toml"
)

var update = flag.Bool("update", false, "write the goldens")

var kinds = [...]string{"string", "integer", "float", "bool", "date", "datetime", "time", "array", "table"}

// dump writes a table with the place of every key and value.
func dump(b *strings.Builder, t *toml.Table, indent string) {
	for _, e := range t.Entries {
		fmt.Fprintf(b, "%s%s %s = ", indent, place(e.Pos), e.Key)
		dumpValue(b, e.Value, indent)
	}
}

func dumpValue(b *strings.Builder, v toml.Value, indent string) {
	fmt.Fprintf(b, "%s %s %q\n", place(v.Pos), kinds[v.Kind], v.Text)
	for _, x := range v.Array {
		b.WriteString(indent + "  - ")
		dumpValue(b, x, indent+"  ")
	}
	if v.Table != nil {
		dump(b, v.Table, indent+"  ")
	}
}

func place(p diag.Pos) string { return fmt.Sprintf("%d:%d-%d", p.Line, p.Col, p.End) }

func printFindings(b *strings.Builder, fs []diag.Finding) {
	for _, f := range fs {
		fmt.Fprintf(b, "%s %s %q", f.Pos, f.Rule, f.Args)
		for _, r := range f.Related {
			fmt.Fprintf(b, " see %s", r.Pos)
		}
		b.WriteByte('\n')
	}
}

// TestEveryKeyHasItsPlace parses the input of each case file as if it stood
// from line 2 on, and compares tree and findings.
func TestEveryKeyHasItsPlace(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) != 3 {
				t.Fatalf("%s has %d files, want input, tree and findings", name, len(a.Files))
			}
			root, fs := toml.Parse("a.md", a.Files[0].Data, 2)
			var tree, found strings.Builder
			dump(&tree, root, "")
			printFindings(&found, fs)
			for i, got := range []string{tree.String(), found.String()} {
				want := &a.Files[i+1]
				if got == string(want.Data) {
					continue
				}
				if !*update {
					t.Errorf("%s:\n%s\nwant:\n%s", want.Name, got, want.Data)
				}
				want.Data = []byte(got)
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// ask asks for the keys that the tests know, once in every way that fits.
func ask(root *toml.Table) *toml.Decoder {
	d := &toml.Decoder{}
	var s string
	var ss []string
	var n int
	var b bool
	d.Require(root, "title")
	d.String(root, "title", &s)
	d.Strings(root, "issuers", &ss)
	d.Int(root, "no", &n)
	d.Bool(root, "draft", &b)
	d.Date(root, "signed")
	d.DateTime(root, "published")
	if o := d.Table(root, "origin"); o != nil {
		d.String(o, "name", &s)
		d.Unknown(o)
	}
	for _, r := range d.Tables(root, "relations") {
		d.Require(r, "kind", "target")
		d.String(r, "kind", &s)
		d.String(r, "target", &s)
		d.Unknown(r)
	}
	d.Values(root, "documents")
	d.Skip(root, "later")
	d.Unknown(root)
	return d
}

func TestDecoderReportsTypesAndKeys(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"all right", "title = \"甲\"\nissuers = [\"乙\"]\nno = 3\ndraft = true\nsigned = 2023-05-18\npublished = 2023-05-18\nlater = {}\n", ""},
		{"a date and time", "title = \"甲\"\npublished = 2023-05-22T10:30:00+08:00\n", ""},
		{"wrong types", "title = 1\nissuers = \"乙\"\nno = \"3\"\ndraft = \"true\"\nsigned = \"2023-05-18\"\npublished = 3\norigin = \"网\"\nrelations = {}\ndocuments = 1\n",
			`a.md:2:9 key-type ["title" "type.string"]
a.md:3:11 key-type ["issuers" "type.strings"]
a.md:4:6 key-type ["no" "type.integer"]
a.md:5:9 key-type ["draft" "type.bool"]
a.md:6:10 key-type ["signed" "type.date"]
a.md:7:13 key-type ["published" "type.datetime"]
a.md:8:10 key-type ["origin" "type.table"]
a.md:9:13 key-type ["relations" "type.tables"]
a.md:10:13 key-type ["documents" "type.tables"]
`},
		{"a time of day is no date", "title = \"甲\"\nsigned = 2023-05-18T10:00:00\n", "a.md:3:10 key-type [\"signed\" \"type.date\"]\n"},
		{"wrong elements", "title = \"甲\"\nissuers = [\"乙\", 2]\nrelations = [{ kind = \"cites\", target = \"丙\" }, \"丁\"]\n",
			"a.md:3:17 key-type [\"issuers\" \"type.strings\"]\na.md:4:48 key-type [\"relations\" \"type.tables\"]\n"},
		{"a fraction and a number too large", "title = \"甲\"\nno = 99999999999999999999\n", "a.md:3:6 key-type [\"no\" \"type.integer\"]\n"},
		{"missing", "no = 0x10\n", "a.md:2:1 key-missing [\"title\"]\n"},
		{"missing in a table", "title = \"甲\"\n[[relations]]\nkind = \"cites\"\n", "a.md:3:3 key-missing [\"target\"]\n"},
		{"unknown, with what was meant", "titel = \"甲\"\n", "a.md:2:1 key-missing [\"title\"]\na.md:2:1 key-unknown [\"titel\" \" (title)\"]\n"},
		{"unknown, like nothing", "title = \"甲\"\nxyzzy = 1\n", "a.md:3:1 key-unknown [\"xyzzy\" \"\"]\n"},
		{"unknown in a table", "title = \"甲\"\n[origin]\nnamme = \"网\"\n", "a.md:4:1 key-unknown [\"namme\" \" (name)\"]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, fs := toml.Parse("a.md", []byte(c.input), 2)
			if len(fs) > 0 {
				t.Fatalf("Parse(%q) found %v", c.input, fs)
			}
			var got strings.Builder
			printFindings(&got, ask(root).Findings)
			if got.String() != c.want {
				t.Errorf("findings of %q:\n%s\nwant:\n%s", c.input, got.String(), c.want)
			}
		})
	}
}

func TestAbsentKeysLeaveDefaults(t *testing.T) {
	root, _ := toml.Parse("a.md", nil, 1)
	d := &toml.Decoder{}
	s, n, b := "甲", 3, true
	d.String(root, "s", &s)
	d.Int(root, "n", &n)
	d.Bool(root, "b", &b)
	if s != "甲" || n != 3 || !b || len(d.Findings) > 0 {
		t.Errorf("defaults became %q %d %v with %v", s, n, b, d.Findings)
	}
	if p := root.KeyPos("s"); p.Line != 1 || p.Col != 1 {
		t.Errorf("KeyPos of an absent key = %v, want that of the table", p)
	}
}

// FuzzParse reads anything: no panic, and every place lies in the file.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"title = \"示范市\"\nsigned = 2023-05-18\n", "[[relations]]\nkind = \"repeals\"\n[[relations]]\n[relations.x]\n",
		"a = [1, [2, { b = '''\n多行\n''' }]]", "a.b.c = 1\na.b = 2\n[a.b.c.d]\n", "\"引\" = \"\\u4e2d\"\n", "a = 1979-05-27T07:32:00Z # 注\n",
		"[a]\n[a]\nb=1\n[[a]]\n", "= 1", "a = \"", "a = [", "[[a", "a = { b", "\xff = 1", "a = 1\r\nb = 2\r\n", "a = 2023-02-30\n", "a = inf\nb = 1e9\n", "a = [1]\n[[a]]\nb = 2", "''.'' = 1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		const first = 2
		root, fs := toml.Parse("a.md", []byte(s), first)
		lines := strings.Split(s, "\n")
		inside := func(what string, p diag.Pos) {
			if p.File != "a.md" || p.Line < first || p.Line >= first+len(lines) {
				t.Fatalf("%s at %v, outside of %d lines", what, p, len(lines))
			}
			n := utf8.RuneCountInString(lines[p.Line-first])
			if p.Col < 0 || p.Col > n+1 || p.End != 0 && (p.End < p.Col || p.End > n+1) {
				t.Fatalf("%s at %v to %d, outside of a line of %d", what, p, p.End, n)
			}
		}
		var walk func(*toml.Table)
		var value func(toml.Value)
		value = func(v toml.Value) {
			inside("value", v.Pos)
			for _, x := range v.Array {
				value(x)
			}
			if v.Table != nil {
				walk(v.Table)
			}
		}
		walk = func(tab *toml.Table) {
			inside("table", tab.Pos)
			for _, e := range tab.Entries {
				inside("key", e.Pos)
				value(e.Value)
			}
		}
		walk(root)
		for _, x := range append(fs, ask(root).Findings...) {
			inside(x.Rule, x.Pos)
			for _, r := range x.Related {
				inside("related", r.Pos)
			}
		}
	})
}
