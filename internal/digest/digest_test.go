package digest_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// texts are content files of every type, by path: the cases of package source
// and those of this one.
func texts(t testing.TB) []txtar.File {
	t.Helper()
	out := txtar.Parse([]byte(more)).Files
	names, _ := filepath.Glob("../source/testdata/*/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := a.Files[0]
		if f.Name == "text" {
			f.Name = "documents/2023/a.md"
		}
		out = append(out, f)
	}
	if len(out) < 10 {
		t.Fatal("the cases of package source are gone")
	}
	return out
}

const more = `
-- documents/2023/refs.md --
+++
title = "示范市人民政府办公室关于印发《示范市停车场管理办法》的通知"
number = "示府办发〔2023〕12号"
published = 2023-05-22T10:30:00+08:00
+++

依据《示范市停车条例》第三条和示府发〔2018〕1号，见[甲](b.md#art_1)、![图](图.png)、[表](表.xlsx)。

示范市停车场管理办法

第一条　为了规范停车[^1]。

第二条　<b>禁止</b>乱停。

[^1]: 指城区。
-- documents/2023/empty.md --
-- documents/2023/stub.md --
+++
title = "空"
text = "none"
+++
-- pages/about.md --
+++
title = "关于"
+++
# 一
## 二
### 三
`

func encode(d *digest.Digest, f *markup.Fragment) (db, fb []byte) {
	b, at := digest.Append(nil, d, f)
	return b[:at:at], b[at:]
}

func TestDigestsSurviveStorage(t *testing.T) {
	p := markup.NewParser()
	for _, f := range texts(t) {
		d, fragment := digest.New(p, f.Name, f.Data)
		db, fb := encode(d, fragment)
		gotD, err := digest.Decode(db)
		if err != nil {
			t.Fatalf("Decode of %s: %v", f.Name, err)
		}
		gotF, err := digest.DecodeFragment(fb)
		if err != nil {
			t.Fatalf("DecodeFragment of %s: %v", f.Name, err)
		}
		if !reflect.DeepEqual(gotD, d) {
			t.Errorf("%s: Decode = %+v, want %+v", f.Name, gotD, d)
		}
		if !bytes.Equal(gotF.HTML, fragment.HTML) || !bytes.Equal(gotF.Outline, fragment.Outline) || !slices.Equal(gotF.Slots, fragment.Slots) {
			t.Errorf("%s: the fragment changed in storage", f.Name)
		}
		again, _ := encode(gotD, gotF)
		if !bytes.Equal(again, db) {
			t.Errorf("%s: encoded twice, other bytes", f.Name)
		}
	}
}

func TestDigestDependsOnTheBytesOnly(t *testing.T) {
	p := markup.NewParser()
	for _, f := range texts(t) {
		a, fa := digest.New(p, f.Name, f.Data)
		b, fb := digest.New(markup.NewParser(), f.Name, slices.Clone(f.Data))
		da, ha := encode(a, fa)
		db, hb := encode(b, fb)
		if !bytes.Equal(da, db) || !bytes.Equal(ha, hb) {
			t.Errorf("%s: two digests of the same bytes differ", f.Name)
		}
	}
}

// fill sets every field that storage must keep to something of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		switch v.Addr().Interface().(type) {
		case *gazette.Date:
			v.Set(reflect.ValueOf(gazette.NewDate(2000+*n%100, 1+*n%12, 1+*n%28)))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(uint64(*n+i) & 255)
		}
	case reflect.String:
		v.SetString(strings.Repeat("字", *n%5+1))
	case reflect.Int:
		v.SetInt(int64(*n) * int64(1-2*(*n%2)))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 3))
	case reflect.Uint32:
		v.SetUint(uint64(*n) * 0x1234567)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// TestEveryFieldIsStored fills a digest of each type by reflection: a field
// that the codec forgets comes back empty.
func TestEveryFieldIsStored(t *testing.T) {
	for _, typ := range gazette.Types() {
		d := &digest.Digest{}
		n := 0
		fill(reflect.ValueOf(d).Elem(), &n)
		d.Type = typ
		fragment := &markup.Fragment{}
		fill(reflect.ValueOf(fragment).Elem(), &n)
		db, fb := encode(d, fragment)
		got, err := digest.Decode(db)
		if err != nil {
			t.Fatalf("%s: %v", typ, err)
		}
		want := *d // of the three parts, the type's own
		switch typ {
		case gazette.TypeDocument:
			want.Article, want.Issue = got.Article, got.Issue
			want.Withdraw()
		case gazette.TypeIssue:
			want.Document, want.Article = got.Document, got.Article
		default:
			want.Document, want.Issue = got.Document, got.Issue
		}
		if !reflect.DeepEqual(got, &want) {
			t.Errorf("%s: Decode =\n%+v %+v %+v %+v, want\n%+v %+v %+v %+v", typ, got, got.Document, got.Article, got.Issue, &want, want.Document, want.Article, want.Issue)
		}
		gotF, err := digest.DecodeFragment(fb)
		if err != nil || !reflect.DeepEqual(gotF, fragment) {
			t.Errorf("DecodeFragment = %+v, %v, want %+v", gotF, err, fragment)
		}
	}
}

func TestEveryFieldOfTheDetailIsStored(t *testing.T) {
	var d digest.Detail
	n := 0
	fill(reflect.ValueOf(&d).Elem(), &n)
	if got := digest.Repack(d); !reflect.DeepEqual(got, d) {
		t.Errorf("Repack = %+v, want %+v", got, d)
	}
}

func TestReleaseLeavesTheFileAsThePlace(t *testing.T) {
	d := read(t, "documents/a.md", front+"第一条　见《示范市停车条例》第三条。\n")
	if len(d.Refs()) != 1 || !d.HasAnchor("art_1") || d.Pos("title").Line != 2 {
		t.Fatalf("before Release: %v, %v, %v", d.Refs(), d.HasAnchor("art_1"), d.Pos("title"))
	}
	d.Release()
	if len(d.Refs()) != 0 || d.HasAnchor("art_1") || d.Pos("title") != d.Start() {
		t.Errorf("after Release: %v, %v, %v", d.Refs(), d.HasAnchor("art_1"), d.Pos("title"))
	}
}

func TestDamagedBytesAreAnError(t *testing.T) {
	d, f := digest.New(markup.NewParser(), "documents/2023/refs.md", txtar.Parse([]byte(more)).Files[0].Data)
	db, fb := encode(d, f)
	for n := range db {
		if _, err := digest.Decode(db[:n]); err == nil {
			t.Fatalf("Decode of the first %d of %d bytes: no error", n, len(db))
		}
	}
	for n := range fb {
		if _, err := digest.DecodeFragment(fb[:n]); err == nil {
			t.Fatalf("DecodeFragment of the first %d of %d bytes: no error", n, len(fb))
		}
	}
	if _, err := digest.Decode(append(slices.Clone(db), 0)); err == nil {
		t.Error("Decode with a byte behind: no error")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 { // flipped bytes: an error or another digest, never a panic
		b := slices.Clone(db)
		b[rng.IntN(len(b))] ^= byte(1 + rng.IntN(255))
		if got, err := digest.Decode(b); err == nil && got == nil {
			t.Fatal("Decode = nil, nil")
		}
	}
}

func read(t *testing.T, path, text string) *digest.Digest {
	t.Helper()
	d, _ := digest.New(markup.NewParser(), path, []byte(text))
	return d
}

const front = "+++\ntitle = \"示范市停车须知\"\ndisclosure = \"主动公开\"\n+++\n\n"

func TestTextHashIgnoresWhiteSpaceAndFrontMatter(t *testing.T) {
	base := read(t, "documents/a.md", front+"第一条　停车入位。\n\n第二条　按时缴费。\n")
	for _, c := range []struct {
		what, text string
		same       bool
	}{
		{"spaces", front + "第一条 停车入位。\n\n\n第二条　　按时缴费。", true},
		{"a line broken", front + "第一条　停车\n入位。\n\n第二条　按时缴费。\n", true},
		{"front matter", strings.Replace(front, "\n+++\n\n", "\nsummary = \"摘要\"\n+++\n\n", 1) + "第一条　停车入位。\n\n第二条　按时缴费。\n", true},
		{"a comma", front + "第一条　停车，入位。\n\n第二条　按时缴费。\n", false},
		{"the title", strings.Replace(front, "须知", "规则", 1) + "第一条　停车入位。\n\n第二条　按时缴费。\n", false},
	} {
		if same := read(t, "documents/a.md", c.text).TextHash == base.TextHash; same != c.same {
			t.Errorf("%s: same TextHash %v, want %v", c.what, same, c.same)
		}
	}
	if moved := read(t, "documents/2024/b.md", front+"第一条　停车入位。\n\n第二条　按时缴费。\n"); moved.TextHash != base.TextHash {
		t.Error("TextHash changes with the path: a renamed file would be lost")
	}
}

func TestBodyHashFollowsTheFragment(t *testing.T) {
	a := read(t, "documents/a.md", front+"见《示范市停车条例》。\n")
	for what, text := range map[string]string{
		"another text":               "见《示范市停车法》。\n",
		"no reference":               "见示范市停车条例。\n",
		"a link, not a reference":    "见[《示范市停车条例》](b.md)。\n",
		"another paragraph":          "见\n\n《示范市停车条例》。\n",
		"emphasis":                   "见**《示范市停车条例》**。\n",
		"an outline of three levels": "# 一\n\n## 二\n\n### 三\n\n见《示范市停车条例》。\n",
	} {
		if b := read(t, "documents/a.md", front+text); b.BodyHash == a.BodyHash {
			t.Errorf("%s: the same BodyHash", what)
		}
	}
	if b := read(t, "documents/a.md", strings.Replace(front, "须知", "规则", 1)+"见《示范市停车条例》。\n"); b.BodyHash != a.BodyHash {
		t.Error("another title changes BodyHash: the page's key holds it already")
	}
}

func TestMissingFieldsComeFromTheText(t *testing.T) {
	d := read(t, "documents/a.md", "+++\ntitle = \"示范市人民政府关于印发示范市停车办法的通知\"\n+++\n\n正文。\n\n（此件主动公开）\n")
	if doc := d.Document; doc.Kind != "通知" || doc.Form != "办法" || doc.Disclosure != gazette.Public {
		t.Errorf("kind %q, form %q, disclosure %q", doc.Kind, doc.Form, doc.Disclosure)
	}
	if !d.Front || len(d.Findings) > 0 {
		t.Errorf("findings %v", d.Findings)
	}
}

func TestAnchorsAreKnown(t *testing.T) {
	d := read(t, "documents/a.md", front+"第一条　停车入位。\n\n第二条　按时缴费。\n")
	for id, want := range map[string]bool{"art_1": true, "art_2": true, "art_2__para_1": true, "art_3": false, "": false, "art": false} {
		if d.HasAnchor(id) != want {
			t.Errorf("HasAnchor(%q) = %v, want %v", id, !want, want)
		}
	}
}

func TestPlacesOfFrontMatter(t *testing.T) {
	d := read(t, "documents/a.md", front)
	if p := d.Pos("title"); p != (diag.Pos{File: "content/documents/a.md", Line: 2, Col: 9, End: 18}) {
		t.Errorf("Pos(title) = %+v", p)
	}
	if p := d.Pos("number"); p != d.Start() {
		t.Errorf("Pos of an absent key = %v, want the start", p)
	}
}

// FuzzDecode: anything is an error or a digest that encodes to itself.
func FuzzDecode(f *testing.F) {
	p := markup.NewParser()
	for _, x := range texts(f) {
		d, fragment := digest.New(p, x.Name, x.Data)
		db, fb := encode(d, fragment)
		f.Add(db)
		f.Add(fb)
	}
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xff}, 64))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := digest.Decode(b)
		if err == nil {
			db, _ := encode(d, &markup.Fragment{})
			if again, err := digest.Decode(db); err != nil || !reflect.DeepEqual(again, d) {
				t.Fatalf("Decode of what was encoded: %v", err)
			}
		}
		if fragment, err := digest.DecodeFragment(b); err == nil {
			_, fb := encode(&digest.Digest{Document: &gazette.Document{}, Article: &gazette.Article{}, Issue: &gazette.Issue{}}, fragment)
			if again, err := digest.DecodeFragment(fb); err != nil || len(again.Slots) != len(fragment.Slots) {
				t.Fatalf("DecodeFragment of what was encoded: %v", err)
			}
		}
	})
}

// FuzzNew: any file gives a digest that survives storage.
func FuzzNew(f *testing.F) {
	for _, x := range texts(f) {
		f.Add(x.Name, x.Data)
	}
	f.Fuzz(func(t *testing.T, path string, raw []byte) {
		d, fragment := digest.New(markup.NewParser(), path, raw)
		if d.Path != path {
			t.Fatalf("Path = %q, want %q", d.Path, path)
		}
		db, _ := encode(d, fragment)
		if got, err := digest.Decode(db); err != nil || !reflect.DeepEqual(got, d) {
			t.Fatalf("Decode = %+v, %v, want %+v", got, err, d)
		}
	})
}

// An Unpacker says of each digest what the digest says, whatever it read before.
func TestUnpackerForgetsTheDigestBefore(t *testing.T) {
	texts := []string{
		"+++\ntitle = \"甲办法\"\nclass = \"规章\"\n+++\n\n第一条　依《乙条例》（示府发〔2020〕3号）第五条。\n\n第二条　本办法自2021年3月1日起施行，有效期5年。《丙办法》（示府发〔2001〕4号）同时废止。\n",
		"+++\ntitle = \"丁通知\"\nclass = \"其他文件\"\n+++\n\n文。\n",
		"+++\ntitle = \"戊规定\"\nclass = \"规章\"\n+++\n\n（2001年1月1日示范市人民政府令第1号公布　根据2010年5月1日《示范市人民政府关于修改的决定》修正）\n\n第一条　见《甲办法》。\n\n第二条　本规定自公布之日起施行。\n",
	}
	var u digest.Unpacker
	p := markup.NewParser()
	for _, i := range []int{0, 1, 2, 0, 2, 1, 0} {
		d, _ := digest.New(p, "documents/a.md", []byte(texts[i]))
		if got, want := u.Refs(d), d.Refs(); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("text %d: Refs = %v, want %v", i, got, want)
		}
		want := d.Reading()
		want.Statements = nil
		got := *u.OwnReading(d)
		if len(got.Amendments)+len(want.Amendments) == 0 {
			got.Amendments, want.Amendments = nil, nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("text %d: OwnReading = %+v, want %+v", i, got, want)
		}
		if d.NumberKey() != d.Number.Key() {
			t.Errorf("text %d: NumberKey = %q, want %q", i, d.NumberKey(), d.Number.Key())
		}
	}
}

// A Parser that uses its memory again makes the same digests, and nothing of them
// lies in that memory or in that of the file.
func TestMemoryUsedAgainChangesNothing(t *testing.T) {
	type made struct {
		d      *digest.Digest
		db, fb []byte
	}
	fresh, again := map[string]made{}, map[string]made{}
	for _, x := range texts(t) {
		d, fragment := digest.New(markup.NewParser(), x.Name, x.Data)
		db, fb := encode(d, fragment)
		fresh[x.Name] = made{d, db, fb}
	}
	p, raw := markup.NewParser(), []byte(nil)
	p.Reuse()
	for range 2 {
		for _, x := range texts(t) {
			raw = append(raw[:0], x.Data...)
			d, fragment := digest.New(p, x.Name, raw)
			db, fb := encode(d, fragment)
			again[x.Name] = made{d, db, fb}
			clear(raw)
		}
	}
	for name, want := range fresh {
		got := again[name]
		if !bytes.Equal(got.db, want.db) || !bytes.Equal(got.fb, want.fb) {
			t.Errorf("%s: the digest or the fragment differs", name)
		}
		if later, _ := encode(got.d, &markup.Fragment{}); !bytes.Equal(later, want.db) {
			t.Errorf("%s: the digest changed after it was made", name)
		}
	}
}
