package extract

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var updateWeb = flag.Bool("update-web", false, "write the documents in testdata/web anew")

// TestPagesBecomeDocuments reads pages in the ways that sites build them: see
// testdata/web, where each page is followed by the document in it.
func TestPagesBecomeDocuments(t *testing.T) {
	files, err := os.ReadDir("testdata/web")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile("testdata/web/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		page, want, ok := strings.Cut(string(b), "\n======\n")
		if !ok {
			t.Fatalf("%s: no line of =", f.Name())
		}
		d, err := Read(f.Name(), []byte(page), Options{})
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		got := showWeb(d)
		if *updateWeb {
			if err := os.WriteFile("testdata/web/"+f.Name(), []byte(page+"\n======\n"+got), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", f.Name(), got, want)
		}
	}
}

func showWeb(d *Document) string {
	var b strings.Builder
	for _, blk := range d.Blocks {
		form := [...]string{"p", "h", "table", "picture"}[blk.Kind]
		if blk.Kind == Heading {
			form += fmt.Sprint(blk.Level)
		}
		if blk.Center {
			form += " center"
		}
		if blk.Right {
			form += " right"
		}
		if len(blk.Runs) > 0 && blk.Runs[0].Bold {
			form += " bold"
		}
		switch blk.Kind {
		case TableBlock:
			fmt.Fprintf(&b, "%s: %q\n", form, rowsText(blk.Rows))
		case PictureBlock:
			fmt.Fprintf(&b, "%s: %s\n", form, blk.Picture)
		default:
			fmt.Fprintf(&b, "%s: %s\n", form, strings.ReplaceAll(PlainText(blk.Runs), "\n", "⏎"))
		}
	}
	for _, f := range d.Fields {
		fmt.Fprintf(&b, "field %s: %s\n", f.Label, f.Value)
	}
	for _, l := range d.Links {
		fmt.Fprintf(&b, "link %s: %s\n", l.Title, l.To)
	}
	for _, r := range d.Removed {
		fmt.Fprintf(&b, "removed %s: %s\n", r.Cleaner, strings.ReplaceAll(r.Text, "\n", "⏎"))
	}
	for _, p := range d.Problems {
		fmt.Fprintf(&b, "problem %v\n", p.Error())
	}
	return b.String()
}

// TestNothingVanishes checks that each word of a page stands in a block, in a
// field or among what was removed.
func TestNothingVanishes(t *testing.T) {
	for _, d := range webRealPages(t) {
		text, _ := decodeWeb(d.page)
		doc, err := readWeb(d.page, Options{})
		if err != nil {
			t.Fatal(err)
		}
		all := webBlockText(doc)
		for _, r := range doc.Removed {
			all += r.Text
		}
		got := webLetters(all)
		want := 0
		for _, g := range scanWeb(text, false).segs {
			want += len([]rune(webLetters(g.text)))
		}
		if n := len([]rune(got)); n != want {
			t.Errorf("%s: %d characters of %d", d.Original, n, want)
		}
	}
}

// TestCleanersSwitchOff reads a page with all cleaners off.
func TestCleanersSwitchOff(t *testing.T) {
	const page = `<title>x</title><p>当前位置：首页</p><h1>示范市停车办法</h1><p>来源：示范网 日期：2020-01-02</p><p style="display:none">暗</p>
		<p>　　第一条　为了停车，制定本办法。</p><p>　　第二条　本办法自公布之日起施行。</p><p>版权所有：示范网</p>`
	d, err := readWeb([]byte(page), Options{Off: Cleaners()})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Removed) != 0 || len(d.Blocks) != 7 || PlainText(d.Blocks[4].Runs) != "　　第一条　为了停车，制定本办法。" {
		t.Errorf("removed %v, %d blocks: %s", d.Removed, len(d.Blocks), showWeb(d))
	}
}

// TestHiddenWordsGo reads words that are hidden in a line, as forums do it.
func TestHiddenWordsGo(t *testing.T) {
	d, err := readWeb([]byte(`<p>第一条　为了加强停车管理<span style="display: none">x9广告</span>，根据有关法律法规，制定本办法，请遵照执行。</p>`), Options{})
	if err != nil || len(d.Blocks) != 1 || PlainText(d.Blocks[0].Runs) != "第一条　为了加强停车管理，根据有关法律法规，制定本办法，请遵照执行。" || len(d.Removed) != 1 || d.Removed[0] != (Removed{Hidden, "x9广告", 2}) {
		t.Errorf("%v, %v", d, err)
	}
}

// TestWrongCharsets reads pages that lie about their encoding or are damaged.
func TestWrongCharsets(t *testing.T) {
	gbk := "\xb5\xda\xd2\xbb\xcc\xf5\x20\xce\xaa\xc1\xcb\xcd\xa3\xb3\xb5\xa3\xac\xd6\xc6\xb6\xa8\xb1\xbe\xb0\xec\xb7\xa8\xa1\xa3" // 第一条 为了停车，制定本办法。
	for page, want := range map[string]string{
		`<meta charset="utf-8"><p>` + gbk:                                           "第一条 为了停车，制定本办法。",
		`<meta charset="gb2312"><p>第一条 为了停车，制定本办法。`:                                 "第一条 为了停车，制定本办法。",
		`<meta charset="gb2312"><p>` + gbk + "\xff" + `</p><p>` + gbk + "</p>":      "第一条 为了停车，制定本办法。\uFFFD",
		"\xef\xbb\xbf" + `<meta charset="gb2312"><p>第一条 为了停车，制定本办法。`:                "第一条 为了停车，制定本办法。",
		`<meta http-equiv=x content="charset=gbk"><p>` + gbk + "\xaa\xa5</p>":       "第一条 为了停车，制定本办法。",
		"\xff\xfe<\x00p\x00>\x00,{\x00N\x00agN\x00agN\x00agN\x00ag,{,{,{<\x00/\x00": "",
	} {
		d, err := readWeb([]byte(page), Options{})
		if err != nil || want != "" && (len(d.Blocks) == 0 || PlainText(d.Blocks[0].Runs) != want) {
			t.Errorf("%q: %v, %v", page, d, err)
		}
	}
}

// TestHostilePagesAreBounded reads pages that grow where they may: a reader whose
// time grows with the square does not come to an end.
func TestHostilePagesAreBounded(t *testing.T) {
	for name, page := range map[string]string{
		"deep":       strings.Repeat("<div>", 25_000) + "字" + strings.Repeat("</div>", 25_000),
		"tables":     strings.Repeat("<table><tr><td>", 5_000) + "字",
		"formatting": strings.Repeat("<font size=1><b><i><a href=x>", 5_000) + strings.Repeat("<p>字</p>", 5_000),
		"attributes": "<p" + strings.Repeat(" a=1", 12_000) + ">字",
		"spans":      strings.Repeat("<table border=1><tr><td colspan=99999999 rowspan=99999999>字<td>字<tr><td>字<td>字</table>", 500),
		"breaks":     strings.Repeat("字<br>", 25_000),
		"one":        "<h1>" + strings.Repeat("字字<br>", 25_000),
		"cells":      "<table border=1>" + strings.Repeat("<tr><td>字</td><td>词</td>", 12_000),
		"labels":     strings.Repeat("<p>来源：日期：来源：日期：来源：日期：</p>", 2_500),
		"unclosed":   strings.Repeat("<select><object><svg>", 5_000) + "字",
		"script":     "<script>" + strings.Repeat("<", 125_000),
		"lists":      strings.Repeat("<ol><li>", 5_000),
	} {
		if _, err := readWeb([]byte(page), Options{}); err != nil {
			t.Logf("%s: %v", name, err)
		}
	}
	if _, err := readWeb([]byte(strings.Repeat("<p>字", webNodes+10)), Options{}); err == nil {
		t.Error("a page of many blocks gives no error")
	}
}

func FuzzWeb(f *testing.F) {
	for _, s := range []string{
		"<table><tr><td>索 引 号：<td>1<tr><td>文号：<td>〔2016〕2号</table><p>第一条 为了。<p>一、甲<br>　　乙，<br>丙",
		"<p><b><a href=x.doc>附件<table></b><td></a><li><ol start=-9 type=i><li value=99999>x</select><svg></p></td>",
		"<h1>a<br>b<div>c</h1><font><p></font><sup>2</sup><img src=data:image/png;base64,AAAA><frameset><frame>",
		"\x00<!--[if]>\xaa\xa5<meta charset=gb2312>\xb0",
		"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>第一条 为了。\n--x--",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := readWeb(b, Options{}); err == nil {
			for _, blk := range d.Blocks {
				if blk.Kind == Paragraph && PlainText(blk.Runs) == "" {
					t.Error("an empty paragraph")
				}
			}
		}
		readMIME(b, Options{})
	})
}
