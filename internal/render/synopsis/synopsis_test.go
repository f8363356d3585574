package synopsis_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongbao/internal/compare"
	"gongbao/internal/diag"
	"gongbao/internal/markup"
	"gongbao/internal/render/synopsis"
)

func input(t *testing.T, lang, old, fresh string) synopsis.Input {
	t.Helper()
	texts, err := diag.LoadStrings(lang)
	if err != nil {
		t.Fatal(err)
	}
	parse := func(body string) compare.Text {
		return compare.Text{Title: "示范市办法", Tree: markup.NewParser().Parse([]byte(body), markup.Options{Official: true})}
	}
	return synopsis.Input{
		Old: synopsis.Head{Title: "示范市办法", Number: "示府办发〔2018〕1号"}, New: synopsis.Head{Title: "示范市办法"},
		Table: compare.Texts(parse(old), parse(fresh)), Texts: texts, Lang: lang,
	}
}

const (
	old = "第一条 处二千元罚款，\n\n可以并处警告。\n\n第二条 停车场应当公示收费标准 <b>。\n\n第三条 外地车辆应当申领停车证。\n"
	new = "第一条 处五千元罚款，\n\n可以并处警告。\n\n第二条 鼓励建设公共停车场。\n\n第三条 停车场应当公示收费标准 <b>。\n"
)

// TestEveryFormShowsEveryChange looks for the words of each kind and each
// changed stretch in all three forms and both languages.
func TestEveryFormShowsEveryChange(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		in := input(t, lang, old, new)
		page, err := synopsis.HTML(in)
		if err != nil {
			t.Fatal(err)
		}
		word, err := synopsis.Docx(in)
		if err != nil {
			t.Fatal(err)
		}
		forms := map[string]string{"text": synopsis.Text(in), "html": string(page), "docx": document(t, word)}
		for form, s := range forms {
			for _, want := range []string{"二千", "五千", "鼓励建设公共停车场。", "外地车辆应当申领停车证。", "示府办发〔2018〕1号",
				in.Texts.T("diff.kind.changed"), in.Texts.T("diff.kind.added"), in.Texts.T("diff.kind.removed"), in.Texts.T("diff.kind.renumbered")} {
				if !strings.Contains(s, want) {
					t.Errorf("%s %s has no %q", lang, form, want)
				}
			}
			if strings.Contains(s, "diff.") {
				t.Errorf("%s %s shows a key", lang, form)
			}
		}
		if strings.Contains(forms["text"], "公示收费标准") {
			t.Error("the text shows a row of which only the number changed")
		}
		for _, want := range []string{"<w:strike>", "<w:u w:val=\"single\">"} {
			if !strings.Contains(forms["docx"], want) {
				t.Errorf("document.xml has no %s: changes differ by colour alone", want)
			}
		}
	}
}

// TestPageNeedsNothingElse checks that the page has no script, no address and
// that text stays text.
func TestPageNeedsNothingElse(t *testing.T) {
	page, err := synopsis.HTML(input(t, "zh-CN", old, new))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	marks := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		marks[n.Data]++
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if marks["script"] != 0 || marks["del"] == 0 || marks["ins"] == 0 || !strings.Contains(string(page), "&lt;b&gt;") {
		t.Errorf("elements: %v", marks)
	}
}

func TestNoChangeSaysSo(t *testing.T) {
	in := input(t, "zh-CN", "第一条 甲、乙。", "第1条 甲，乙")
	if s := synopsis.Text(in); !strings.Contains(s, in.Texts.T("diff.none")) {
		t.Errorf("the text says %s", s)
	}
	in = input(t, "zh-CN", "第一条 甲、乙。", "第1条 甲，丙")
	if s := synopsis.Text(in); strings.Contains(s, in.Texts.T("diff.none")) {
		t.Errorf("the text says %s", s)
	}
}

func document(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}
