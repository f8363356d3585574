package source_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// TestStubIsReadBack writes a document with a value in every field, and reads what
// is left of it: names, days and effects are what they were, and nothing else is
// there.
func TestStubIsReadBack(t *testing.T) {
	day := gazette.NewDate(2023, 5, 18)
	d := gazette.Document{
		Title: "关于“甲\\\"乙”的办法", Number: "示府办发〔2023〕12号", Class: gazette.Normative, Kind: "通知", Form: "办法", Issuers: []string{"甲", "乙"},
		Signed: day, Printed: day.AddDays(1), Promulgated: day.AddDays(2), Published: gazette.DateTime{Date: day.AddDays(3), Clock: "10:30:00"},
		Effective: day.AddDays(4), Expires: day.AddDays(5), ValidFor: gazette.Period{Years: 1, Months: 6}, Disclosure: gazette.Public,
		Registration: "SF-1", Index: "0001/2023", Level: "市", Aliases: []string{"/old/a.html"}, Slug: "abc", VersionOf: "documents/2022/a.md",
		Reprinted: true, Archived: day.AddDays(6), Withdrawn: gazette.Withdrawal{Date: day.AddDays(7), Reason: "有误"}, Ignore: []string{"issuer-unknown"},
		Relations: []gazette.Relation{
			{Kind: gazette.Repeals, Target: "《丙》", From: day, Articles: []string{"第三条"}},
			{Kind: gazette.Suspends, Target: "示府办发〔2022〕1号", From: day, Until: day.AddDays(9)},
		},
	}
	whole := d
	whole.Relations = append(whole.Relations[:2:2], gazette.Relation{Kind: gazette.Cites, Target: "丁"})
	whole.Summary, whole.Keywords, whole.Tags, whole.Addressees, whole.Topics = "秘", []string{"秘"}, []string{"秘"}, []string{"秘"}, []string{"秘"}
	whole.Signer, whole.Drafter, whole.Contact, whole.Attachments = "秘", "秘", "秘", []gazette.Attachment{{File: "秘", Title: "秘"}}
	whole.Corrections, whole.Origin = []gazette.Correction{{Date: day, What: "秘"}}, gazette.Origin{Name: "秘", URL: "秘"}
	raw := source.Stub(&whole)
	if strings.Contains(string(raw), "秘") || strings.Contains(string(raw), "丁") {
		t.Errorf("more is left than names, days and effects:\n%s", raw)
	}
	f := source.Read("documents/2023/a.md", raw)
	if len(f.Findings) > 0 || len(f.Body) > 0 || !reflect.DeepEqual(f.Document, d) {
		t.Errorf("%v\n%s\nreads as %+v, want %+v", f.Findings, raw, f.Document, d)
	}
}

func TestSetWithdrawn(t *testing.T) {
	w := gazette.Withdrawal{Date: gazette.NewDate(2026, 11, 27), Reason: "有\"误"}
	out, err := source.SetWithdrawn([]byte("+++\r\ntitle = \"甲\" # 注\r\n+++\r\n正文\r\n"), w)
	if want := "+++\r\ntitle = \"甲\" # 注\r\nwithdrawn = { date = 2026-11-27, reason = \"有\\\"误\" }\r\n+++\r\n正文\r\n"; err != nil || string(out) != want {
		t.Errorf("%q, %v, want %q", out, err, want)
	}
	if f := source.Read("documents/a.md", out); f.Document.Withdrawn != w {
		t.Errorf("read back as %v", f.Document.Withdrawn)
	}
	if _, err := source.SetWithdrawn(out, w); !errors.Is(err, source.NoScalar) {
		t.Errorf("twice: %v", err)
	}
}

func TestRename(t *testing.T) {
	for _, x := range []struct{ in, want string }{
		{"+++\nabout = [\"《甲》\", '《甲》'] # 《甲》\n+++\n《甲》\n", "+++\nabout = [\"乙\", \"乙\"] # 《甲》\n+++\n《甲》\n"},
		{"+++\ns = [{ t = \"x\", d = [{ document = \"《甲》\", page = 1 }] }]\n\n[[r]]\ntarget = \"《甲》\"\n+++\n",
			"+++\ns = [{ t = \"x\", d = [{ document = \"乙\", page = 1 }] }]\n\n[[r]]\ntarget = \"乙\"\n+++\n"},
		{"+++\ntitle = \"《甲》的办法\"\n+++\n", ""},
		{"+++\ntitle = \"x\"\n+++\n\"《甲》\"\n", ""},
	} {
		out, changed, err := source.Rename([]byte(x.in), "《甲》", "乙")
		if err != nil || changed != (x.want != "") || changed && string(out) != x.want || !changed && string(out) != x.in {
			t.Errorf("Rename(%q) = %q, %v, %v, want %q", x.in, out, changed, err, x.want)
		}
	}
	// What only looks like a value, inside another one, is left to a person.
	if _, _, err := source.Rename([]byte("+++\nt = '''a \"《甲》\" b'''\n+++\n"), "《甲》", "乙"); !errors.Is(err, source.Differs) {
		t.Errorf("inside another text: %v", err)
	}
	if _, _, err := source.Rename([]byte("# 标题\n"), "《甲》", "乙"); !errors.Is(err, source.NoFront) {
		t.Errorf("without front matter: %v", err)
	}
}
