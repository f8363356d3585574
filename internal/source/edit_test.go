package source_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

var relation = gazette.Relation{
	Kind: gazette.Repeals, Target: "《关于“\\”的办法\"》", From: gazette.NewDate(2023, 6, 18),
	Until: gazette.NewDate(2024, 1, 1), Articles: []string{"第三条", "第四条"},
}

const added = `[[relations]]
kind = "repeals"
target = "《关于“\\”的办法\"》"
from = 2023-06-18
until = 2024-01-01
articles = ["第三条", "第四条"]
`

func TestAddRelationTouchesNothingElse(t *testing.T) {
	for _, x := range []struct{ name, in, want string }{
		{"plain", "+++\ntitle = \"甲\" # 注\n+++\n正文\n", "+++\ntitle = \"甲\" # 注\n\n" + added + "+++\n正文\n"},
		{"blank line before", "+++\ntitle = \"甲\"\n\n+++\n", "+++\ntitle = \"甲\"\n\n" + added + "+++\n"},
		{"behind another", "+++\ntitle = \"甲\"\n[[relations]]\nkind = \"cites\"\ntarget = \"乙\"\n+++\n",
			"+++\ntitle = \"甲\"\n[[relations]]\nkind = \"cites\"\ntarget = \"乙\"\n\n" + added + "+++\n"},
		{"behind another table", "+++\n[[review]]\nstep = \"一\"\n+++\n", "+++\n[[review]]\nstep = \"一\"\n\n" + added + "+++\n"},
		{"empty", "+++\n+++\n", "+++\n" + added + "+++\n"},
		{"fence at the end of the file", "+++\ntitle = \"甲\"\n+++", "+++\ntitle = \"甲\"\n\n" + added + "+++"},
	} {
		for _, crlf := range []bool{false, true} {
			in, want := x.in, x.want
			if crlf {
				in, want = "\uFEFF"+strings.ReplaceAll(in, "\n", "\r\n"), "\uFEFF"+strings.ReplaceAll(want, "\n", "\r\n")
			}
			got, err := source.AddRelation([]byte(in), relation)
			if err != nil || string(got) != want {
				t.Errorf("%s (CRLF %v): %v\n%q, want\n%q", x.name, crlf, err, got, want)
			}
		}
	}
}

func TestAddedRelationIsReadBack(t *testing.T) {
	out, err := source.AddRelation([]byte("+++\ntitle = \"甲\"\n+++\n正文"), relation)
	if err != nil {
		t.Fatal(err)
	}
	f := source.Read("documents/a.md", out)
	if len(f.Findings) > 0 || len(f.Document.Relations) != 1 {
		t.Fatalf("%v, %v", f.Findings, f.Document.Relations)
	}
	r := f.Document.Relations[0]
	if r.Kind != relation.Kind || r.Target != relation.Target || r.From != relation.From || r.Until != relation.Until || !slices.Equal(r.Articles, relation.Articles) {
		t.Errorf("read back %v, want %v", r, relation)
	}
}

func TestSetReplacesInPlaceOrComesBehindTheKeys(t *testing.T) {
	day := gazette.NewDate(2026, 11, 24)
	for _, x := range []struct{ in, want string }{
		{"+++\narchived = 2020-01-01   # 旧\ntitle = \"甲\"\n+++\n", "+++\narchived = 2026-11-24   # 旧\ntitle = \"甲\"\n+++\n"},
		{"+++\n\"archived\" = '''\n2020'''\n+++\n", "+++\n\"archived\" = 2026-11-24\n+++\n"},
		{"+++\narchived = \"\"\"a\"b\\\"\"\"\"\"\n+++\n", "+++\narchived = 2026-11-24\n+++\n"},
		{"+++\ntitle = \"甲\"\n\n# 关系\n[[relations]]\nkind = \"cites\"\ntarget = \"archived = 1\"\n+++\nx", "+++\ntitle = \"甲\"\narchived = 2026-11-24\n\n# 关系\n[[relations]]\nkind = \"cites\"\ntarget = \"archived = 1\"\n+++\nx"},
		{"+++\ntags = [\n[\"a\"],\n]\n+++\n", "+++\ntags = [\n[\"a\"],\n]\narchived = 2026-11-24\n+++\n"},
		{"+++\ntitle = \"甲\"\n+++\n", "+++\ntitle = \"甲\"\narchived = 2026-11-24\n+++\n"},
		{"+++\n# 空\n+++\n", "+++\n# 空\narchived = 2026-11-24\n+++\n"},
		{"+++\n[withdrawn]\ndate = 2020-01-01\n+++\n", "+++\narchived = 2026-11-24\n[withdrawn]\ndate = 2020-01-01\n+++\n"},
	} {
		got, err := source.SetDate([]byte(x.in), "archived", day)
		if err != nil || string(got) != x.want {
			t.Errorf("SetDate(%q) = %q, %v, want %q", x.in, got, err, x.want)
		}
	}
	got, err := source.SetString([]byte("+++\ntitle = \"甲\"\n+++\n"), "title", "乙\"\n")
	if want := "+++\ntitle = \"乙\\\"\\u000A\"\n+++\n"; err != nil || string(got) != want {
		t.Errorf("SetString = %q, %v, want %q", got, err, want)
	}
}

func TestEditRefusesWhatItCannotKeep(t *testing.T) {
	for _, x := range []struct {
		in   string
		want source.EditError
	}{
		{"# 标题\n", source.NoFront},
		{"", source.NoFront},
		{"+++\ntitle = \"甲\"\n", source.NoFront},
		{"+++\ntitle = \"\xb8\xe6\"\n+++\n", source.NotUTF8},
		{"+++\ntitle = \"甲\"\rnumber = \"1\"\r\n+++\n", source.NotUTF8},
		{"+++\ntitle = 甲\n+++\n", source.Broken},
		{"+++\nrelations = []\n+++\n", source.IsInline},
		{"+++\nrelations = [{kind = \"cites\", target = \"a\"}]\n+++\n", source.IsInline},
	} {
		_, err := source.AddRelation([]byte(x.in), relation)
		if got := source.EditError(""); !errors.As(err, &got) || got != x.want {
			t.Errorf("AddRelation(%q): %v, want %v", x.in, err, x.want)
		}
	}
	for in, want := range map[string]source.EditError{
		"+++\ntags = [\"a\"]\n+++\n":  source.NoScalar,
		"+++\ntags = {a = 1}\n+++\n":  source.NoScalar,
		"+++\ntags.a = 1\n+++\n":      source.NoScalar,
		"+++\n[tags]\na = 1\n+++\n":   source.Differs,
		"+++\n[[tags]]\na = 1\n+++\n": source.Differs,
	} {
		_, err := source.SetString([]byte(in), "tags", "x")
		if got := source.EditError(""); !errors.As(err, &got) || got != want {
			t.Errorf("SetString(%q): %v, want %v", in, err, want)
		}
	}
	for _, r := range []gazette.Relation{{Kind: "x", Target: "a"}, {Kind: gazette.Repeals}, {Kind: gazette.Repeals, Target: "\xff"}} {
		if _, err := source.AddRelation([]byte("+++\n+++\n"), r); err != source.BadValue {
			t.Errorf("AddRelation(%v): %v", r, err)
		}
	}
}

// FuzzEdit checks that an edit keeps every line that was there, in order, and
// can be repeated.
func FuzzEdit(f *testing.F) {
	for _, s := range []string{
		"+++\ntitle = \"甲\" # 注\n\n# 关系\n[[relations]]\nkind = \"cites\"\ntarget = \"乙\"\n+++\n正文\n",
		"\uFEFF+++\r\narchived = 2020-01-01\r\n[a.b]\r\nc = [[1],\r\n[2]]\r\n+++\r\n", "+++\na = \"\"\"\n# \"\"\"\n[x]\n+++",
		"+++\n'archived' = '''x''''\n+++\n", "+++\narchived.x = 1\n+++\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if out, err := source.AddRelation(raw, relation); err == nil {
			i := 0
			for i < len(raw) && raw[i] == out[i] {
				i++
			}
			if n := len(out) - len(raw); !slices.ContainsFunc(make([]struct{}, min(i, n)+1), func(struct{}) bool {
				ok := bytes.Equal(raw[i:], out[i+n:])
				i--
				return ok
			}) {
				t.Errorf("AddRelation(%q) = %q is more than an insertion", raw, out)
			}
			if again, err := source.AddRelation(out, relation); err != nil || len(again) <= len(out) {
				t.Errorf("again: %v", err)
			}
		}
		if out, err := source.SetDate(raw, "archived", gazette.NewDate(2026, 1, 2)); err == nil {
			again, err := source.SetDate(out, "archived", gazette.NewDate(2026, 1, 2))
			if err != nil || !bytes.Equal(again, out) {
				t.Errorf("SetDate(%q) = %q, again %q, %v", raw, out, again, err)
			}
		}
	})
}
