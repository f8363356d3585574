package source_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

func sum(c string) string { return strings.Repeat(c, 64) }

func sealed() *gazette.Lock {
	return &gazette.Lock{
		Sealed: gazette.NewDate(2023, 12, 22), Paper: "16K", Pages: 48, PDF: sum("a"), Fonts: "宋 \"仿宋\"",
		Imprint: []gazette.ImprintLine{{Key: "name", Text: "示范市人民政府公报"}, {Key: "internal"}},
		Documents: []gazette.LockedDocument{
			{ID: "documents/2023/a", Title: "甲\n办法", First: 3, Last: 5, Text: sum("0")},
			{ID: "documents/2023/b", Title: "乙", First: 5, Last: 48, Text: sum("f")},
		},
	}
}

func TestLockSurvivesItsFile(t *testing.T) {
	want := sealed()
	b := source.EncodeLock(want)
	if !bytes.Equal(b, source.EncodeLock(want)) {
		t.Error("encoded twice, other bytes")
	}
	got, found := source.ReadLock("issues/2023-06.lock.toml", b)
	if len(found) > 0 {
		t.Fatalf("findings: %s\n%s", list(found), b)
	}
	for i := range got.Documents {
		if got.Documents[i].Line == 0 {
			t.Errorf("document %d has no line", i)
		}
		got.Documents[i].Line = 0
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ReadLock = %+v, want %+v", got, want)
	}
}

func TestWrongLocksAreNone(t *testing.T) {
	doc := "[[document]]\nid = \"a\"\ntitle = \"甲\"\nfirst = 3\nlast = 4\ntext = \"" + sum("0") + "\"\n"
	head := "sealed = 2023-12-22\npages = 8\n"
	for _, c := range []struct{ text, want string }{
		{"", "key-missing key-missing"},
		{head + doc, ""},
		{head + "color = 1\n" + doc, "key-unknown"},
		{strings.Replace(head, "8", "0", 1) + doc, "key-value"},
		{strings.Replace(head, "8", "\"8\"", 1) + doc, "key-type"},
		{strings.Replace(head, "12-22", "02-30", 1) + doc, "date-impossible"},
		{head + "paper = \"B5\"\n" + doc, "key-value"},
		{head + strings.Replace(doc, sum("0"), sum("G"), 1), "key-value"},
		{head + strings.Replace(doc, "id = \"a\"\n", "", 1), "key-missing"},
		{head + strings.Replace(doc, "last = 4", "last = 2", 1), "lock-pages"},
		{head + strings.Replace(doc, "last = 4", "last = 9", 1), "lock-pages"},
		{head + strings.Replace(doc, "first = 3", "first = -3", 1), "key-value"},
		{head + doc + doc, "key-duplicate lock-pages"},
		{head + "document = 1", "key-type"},
		{head + "imprint = { name = 1 }", "key-type"},
		{head + "[[document]", "toml-syntax"},
		{head + doc + "title =", "toml-syntax"},
	} {
		l, found := source.ReadLock("issues/2023-06.lock.toml", []byte(c.text))
		var rules []string
		for _, f := range diag.Sort(found) {
			rules = append(rules, f.Rule)
			if f.Pos.File != "content/issues/2023-06.lock.toml" {
				t.Errorf("%s stands in %s", f.Rule, f.Pos.File)
			}
		}
		if got := strings.Join(rules, " "); got != c.want || (l == nil) != (c.want != "") {
			t.Errorf("ReadLock(%q) = %v, %s, want %s", c.text, l, list(found), c.want)
		}
	}
	if l, found := source.ReadLock("issues/a.lock.toml", make([]byte, source.MaxSize+1)); l != nil || len(found) != 1 {
		t.Errorf("a file of more than MaxSize: %v, %s", l, list(found))
	}
}

func TestLocksStandBesideTheirIssues(t *testing.T) {
	for lock, issue := range map[string]string{
		"issues/2023-06.lock.toml": "issues/2023-06.md", "issues/2023-06/index.lock.toml": "issues/2023-06/index.md",
		"issues/2023-06.toml": "", "documents/2023/a.lock.toml": "", "data/a.lock.toml": "", "a.lock.toml": "",
	} {
		if got := source.LockedIssue(lock); got != issue {
			t.Errorf("LockedIssue(%q) = %q, want %q", lock, got, issue)
		}
		if issue != "" && source.LockName(issue) != lock {
			t.Errorf("LockName(%q) = %q, want %q", issue, source.LockName(issue), lock)
		}
	}
}

func TestDistributionIsRead(t *testing.T) {
	var data source.Data
	found := source.ReadData(&data, "distribution.toml", []byte(`recipients = "本市各级机关"
[[place]]
name = "市图书馆"
area = "东岭区"
address = "文化路8号"
postcode = "000000"
contact = "地方文献部"
phone = "0000-1234567"
copies = 20
reading = true
hours = "周二至周日"
[[place]]
area = "西河县"
postcode = "1234"
copies = -1
person = "某某"
`))
	want := source.Place{Name: "市图书馆", Area: "东岭区", Address: "文化路8号", Postcode: "000000", Contact: "地方文献部", Phone: "0000-1234567",
		Copies: 20, Reading: true, Hours: "周二至周日"}
	if len(data.Places) != 2 || data.Recipients != "本市各级机关" {
		t.Fatalf("Data = %+v", data)
	}
	got := data.Places[0]
	if got.Pos.Line != 2 {
		t.Errorf("the first place stands at %v", got.Pos)
	}
	if got.Pos = want.Pos; got != want {
		t.Errorf("Places[0] = %+v, want %+v", got, want)
	}
	if data.Places[1].Copies != 0 {
		t.Errorf("Copies = %d, want 0 for what cannot be", data.Places[1].Copies)
	}
	wrong := `content/data/distribution.toml:12:3 key-missing ["name"]
content/data/distribution.toml:14:12 key-value ["postcode" "1234" "000000"]
content/data/distribution.toml:15:10 key-value ["copies" "-1" "0–1000000"]
content/data/distribution.toml:16:1 key-unknown ["person" ""]
`
	if s := list(diag.Sort(found)); s != wrong {
		t.Errorf("findings:\n%s\nwant:\n%s", s, wrong)
	}
}

// FuzzReadLock: no panic, places inside the file, and a lock whose pages ascend
// or none.
func FuzzReadLock(f *testing.F) {
	f.Add(string(source.EncodeLock(sealed())))
	f.Add("sealed = 2023-1-1\npages = 99999999999999999999\n[[document]]\nfirst = 1\n")
	f.Add("[imprint]\n[[imprint]]\n")
	f.Fuzz(func(t *testing.T, s string) {
		l, found := source.ReadLock("issues/a.lock.toml", []byte(s))
		for _, x := range found {
			if n := strings.Count(s, "\n") + 1; x.Pos.Line > n {
				t.Fatalf("%s at %v, outside of %d lines", x.Rule, x.Pos, n)
			}
		}
		if l == nil {
			return
		}
		at := 1
		for _, x := range l.Documents {
			if x.First < at || x.Last < x.First || x.Last > l.Pages {
				t.Fatalf("ReadLock(%q) = %+v", s, l)
			}
			at = x.Last
		}
	})
}
