package ledger_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/ledger"
)

const (
	name  = "content/data/ledger/2023.ndjson"
	first = `{"v":1,"at":"2023-05-22T10:30:00+08:00","event":"published","id":"documents/2023/a","address":"documents/sfbf/2023/12/","number":"示府办发〔2023〕12号","text_hash":"aa","files":{"files/表.xlsx":"bb"}}`
	moved = `{"v":1,"at":"2023-06-01T09:00:00+08:00","event":"moved","id":"documents/2023/a","address":"documents/sfbf/2023/21/","text_hash":"aa"}`
	back  = `{"v":1,"at":"2023-07-01T09:00:00+08:00","event":"moved","id":"documents/2023/a","address":"documents/sfbf/2023/12/","text_hash":"cc"}`
)

func TestRecordKeepsFirstLastAndAddresses(t *testing.T) {
	var l ledger.Ledger
	if fs := l.Read(name, []byte(first+"\n"+moved+"\n\n"+back+"\n")); len(fs) > 0 {
		t.Fatalf("findings: %v", fs)
	}
	r := l.Get("documents/2023/a")
	if r == nil || l.Len() != 1 || len(l.Records()) != 1 {
		t.Fatalf("Get = %v, Len = %d", r, l.Len())
	}
	if r.First.Event != ledger.Published || r.Last.TextHash != "cc" || r.Last.Pos.Line != 4 {
		t.Errorf("First = %+v, Last = %+v", r.First, r.Last)
	}
	if want := []string{"documents/sfbf/2023/12/", "documents/sfbf/2023/21/"}; !slices.Equal(r.Addresses, want) {
		t.Errorf("Addresses = %q, want %q", r.Addresses, want)
	}
	if r.First.Files["files/表.xlsx"] != "bb" {
		t.Errorf("Files = %v", r.First.Files)
	}
}

func TestZeroLedgerIsEmpty(t *testing.T) {
	var l ledger.Ledger
	if l.Get("x") != nil || l.Len() != 0 || len(l.Records()) != 0 {
		t.Error("a ledger without files has records")
	}
}

func TestRecordsAreOrderedByID(t *testing.T) {
	var l ledger.Ledger
	for _, id := range []string{"c", "a", "b"} {
		l.Read(name, []byte(`{"v":1,"id":"`+id+`","address":"documents/`+id+`/"}`))
	}
	var ids []string
	for _, r := range l.Records() {
		ids = append(ids, r.Last.ID)
	}
	if !slices.Equal(ids, []string{"a", "b", "c"}) {
		t.Errorf("Records are %q, want a b c", ids)
	}
}

func TestBadLinesAreFindingsAndTheOthersCount(t *testing.T) {
	for _, bad := range []string{
		`{`, `[]`, `"x"`, `{"v":"1"}`, `{"v":2,"id":"x","address":"x/"}`, `{"v":1,"address":"x/"}`, `{"v":1,"id":"x"}`,
		`{"v":1,"id":"x","address":"/x/"}`, `{"v":1,"id":"x","address":"../x/"}`, `{"v":1,"id":"x","address":"a/../../x/"}`,
		`{"v":1,"id":"x","address":"x"}`, `{"v":1,"id":"x","address":"a\\b/"}`, `{"v":1,"id":"x","address":"c:/"}`,
		`{"v":1,"id":"x","address":"a\u0000/"}`, `{"v":1,"id":"x","address":"a\nb/"}`, `{"v":1,"id":"x","address":"a//b/"}`, `{"v":1,"id":"x","address":"./"}`,
		first[:len(first)-5], "\xff\xfe",
	} {
		var l ledger.Ledger
		fs := l.Read(name, []byte(bad+"\n"+first))
		if len(fs) != 1 || fs[0].Rule != "ledger-line" || fs[0].Pos.Line != 1 {
			t.Errorf("Read(%q): %v, want one finding on line 1", bad, fs)
		}
		if l.Len() != 1 || l.Get("documents/2023/a") == nil {
			t.Errorf("Read(%q): the line after it was lost", bad)
		}
	}
}

func TestWindowsLineEndsAreRead(t *testing.T) {
	var l ledger.Ledger
	if fs := l.Read(name, []byte(first+"\r\n"+moved+"\r\n")); len(fs) > 0 || l.Len() != 1 {
		t.Errorf("findings %v, %d records; want none, 1", fs, l.Len())
	}
}

func TestSumsTellWhereLedgersPart(t *testing.T) {
	read := func(lines ...string) []ledger.Line {
		var l ledger.Ledger
		for i, text := range lines {
			if fs := l.Read(strings.Replace(name, "2023", strconv.Itoa(2023+i), 1), []byte(text)); len(fs) > 0 {
				t.Fatal(fs)
			}
		}
		return l.Lines()
	}
	whole := read(first + "\n" + moved + "\n" + back)
	for _, other := range [][]ledger.Line{read(first+"\n\n"+moved+"\r\n", back), read(first, moved, back)} {
		for i := range whole {
			if whole[i].Sum != other[i].Sum {
				t.Errorf("line %d has another sum when files and line ends are others", i+1)
			}
		}
	}
	other := read(first + "\n" + strings.Replace(moved, "21", "22", 1) + "\n" + back)
	if whole[0].Sum != other[0].Sum || whole[1].Sum == other[1].Sum || whole[2].Sum == other[2].Sum {
		t.Error("sums after another second line: the first is to stay, the others are to differ")
	}
}

func TestAppendedLinesReadBack(t *testing.T) {
	lines := []ledger.Line{
		{V: 1, At: "2023-05-22T10:30:00+08:00", Event: ledger.Published, ID: "documents/2023/甲", Address: "documents/sff/2023/1/", Title: "<关于\u2028停车>", Number: "示府发〔2023〕1号", TextHash: "aa", Files: map[string]string{"files/b": "2", "files/a": "1"}},
		{V: 1, At: "2023-05-22T10:30:00+08:00", Event: ledger.Withdrawn, ID: "x", Address: "x/"},
	}
	b, err := ledger.Append(lines)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n != len(lines) {
		t.Errorf("%d lines, want %d: %s", n, len(lines), b)
	}
	if !strings.Contains(string(b), `"files":{"files/a":"1","files/b":"2"}`) || !strings.Contains(string(b), "<关于") {
		t.Errorf("Append = %s, want files in order and text as it is", b)
	}
	var l ledger.Ledger
	if fs := l.Read(name, b); len(fs) > 0 {
		t.Fatalf("findings: %v", fs)
	}
	if got := l.Get("documents/2023/甲").Last; got.Title != lines[0].Title || got.Address != lines[0].Address {
		t.Errorf("read back %+v, want %+v", got, lines[0])
	}
}

// FuzzRead: no panic; every address that is accepted stays inside the site;
// what Append writes of the records reads back.
func FuzzRead(f *testing.F) {
	for _, s := range []string{first, first + "\n" + moved + "\n" + back, "{", "null\n1\n", `{"v":1,"id":"x","address":"x/..x/"}`, "\r\n\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var l ledger.Ledger
		l.Read(name, b)
		var lines []ledger.Line
		for _, r := range l.Records() {
			for _, a := range r.Addresses {
				if strings.HasPrefix(a, "/") || slices.Contains(strings.Split(a, "/"), "..") || !strings.HasSuffix(a, "/") || strings.ContainsAny(a, "\n\\\x00") {
					t.Fatalf("address %q leaves the site", a)
				}
			}
			lines = append(lines, r.Last)
		}
		out, err := ledger.Append(lines)
		if err != nil {
			t.Fatal(err)
		}
		var again ledger.Ledger
		if fs := again.Read(name, out); len(fs) > 0 || again.Len() != l.Len() {
			t.Fatalf("read back %d of %d records, %v", again.Len(), l.Len(), fs)
		}
	})
}

const (
	post1 = `{"v":1,"at":"2026-06-15T18:20:00+08:00","event":"posted","id":"documents/a","channel":"微信公众号","url":"https://mp.weixin.qq.com/s/x"}`
	post2 = `{"v":1,"at":"2026-06-15T17:00:00Z","event":"posted","id":"documents/a","channel":"微博"}`
	post3 = `{"v":1,"at":"2026-06-17","event":"deleted","id":"documents/a","channel":"微信公众号"}`
	post4 = `{"v":1,"at":"2026-06-18","event":"posted","id":"documents/a","channel":"微信公众号"}`
)

func standing(l *ledger.Ledger) string {
	var out []string
	for _, p := range l.Standing("documents/a") {
		out = append(out, p.Channel+" "+p.Day().String())
	}
	return strings.Join(out, ", ")
}

// What was posted stands until it is deleted there, and again when it is posted
// again; days are those of UTC+8.
func TestPostsStandUntilTheyAreDeleted(t *testing.T) {
	var l ledger.Ledger
	for _, c := range []struct{ line, want string }{
		{post1, "微信公众号 2026-06-15"}, {post2, "微信公众号 2026-06-15, 微博 2026-06-16"},
		{post3, "微博 2026-06-16"}, {post4, "微博 2026-06-16, 微信公众号 2026-06-18"},
	} {
		if fs := l.Read(ledger.PostsFile, []byte(c.line+"\r\n")); len(fs) > 0 {
			t.Fatal(fs)
		}
		if got := standing(&l); got != c.want {
			t.Errorf("after %s: %q stands, want %q", c.line, got, c.want)
		}
	}
	if n := len(l.Posts("documents/a")); n != 4 || l.Len() != 0 {
		t.Errorf("%d posts and %d records of publication, want 4 and 0", n, l.Len())
	}
	var none *ledger.Ledger
	if none.Posts("a") != nil || none.PostedIDs() != nil || none.Standing("a") != nil {
		t.Error("no ledger has posts")
	}
}

func TestBadPostsAreFindings(t *testing.T) {
	for _, bad := range []string{
		`{`, `[]`, strings.Replace(post1, `"v":1`, `"v":2`, 1), strings.Replace(post1, "posted", "published", 1),
		strings.Replace(post1, "documents/a", "", 1), strings.Replace(post1, "微信公众号", "", 1), strings.Replace(post1, "06-15", "06-31", 1),
		strings.Replace(post1, "T18:20:00+08:00", "下午", 1),
	} {
		var l ledger.Ledger
		if fs := l.Read(ledger.PostsFile, []byte(bad+"\n"+post2)); len(fs) != 1 || fs[0].Rule != "ledger-line" || fs[0].Pos.Line != 1 {
			t.Errorf("Read(%q): %v, want one finding on line 1", bad, fs)
		}
		if len(l.Posts("documents/a")) != 1 {
			t.Errorf("Read(%q): the line after it was lost", bad)
		}
	}
}

// FuzzPosts: no panic; what is accepted has a day, and reads back.
func FuzzPosts(f *testing.F) {
	for _, s := range []string{post1, post2 + "\n" + post3, post4 + "\r\n\x00", "null", "{\"v\":1}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var l ledger.Ledger
		l.Read(ledger.PostsFile, b)
		var again ledger.Ledger
		for _, id := range l.PostedIDs() {
			posts := l.Posts(id)
			out, err := ledger.AppendPosts(posts)
			if err != nil {
				t.Fatal(err)
			}
			if fs := again.Read(ledger.PostsFile, out); len(fs) > 0 || len(again.Posts(id)) != len(posts) {
				t.Fatalf("%q: read back %d of %d, %v", out, len(again.Posts(id)), len(posts), fs)
			}
			for _, p := range posts {
				if p.Day().IsZero() {
					t.Fatalf("%+v has no day", p)
				}
			}
		}
	})
}
