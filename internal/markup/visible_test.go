package markup_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gongbao/internal/markup"
)

// hidden are ways to write what no reader sees; 密 stands for it.
var hidden = []string{
	"<!-- 密 -->", "<!--\n密\n\n密\n-->", "正文<!-- 密 -->正文", "正文<!-- 密\n密 -->正文", "[//]: # (密)", "[密]: #", "[说明]: https://a.example \"密\"", "[说明]: a.md\n  '密'",
	"```密\n代码\n```", "~~~ 密 密\n代码\n~~~", "> <!-- 密 -->", "- <!-- 密 -->", "> [//]: # \"密\"", "[文](https://a.example \"密\")", "[文](<a b.pdf> '密')", "文![图](a.png \"密\")文", "![图](a.png \"密\")文", "[文][ 三\n四 ]\n\n[三 四]: https://d.example '密'", "[文][三]\n\n[三]: https://c.example (密)", "[![图](a.png)](https://a.example \"密\")", "<!--> <!-- 密 -->", "<!---> <!--密-->",
}

var seen = []string{
	"第一条　甲。", "[文][一]\n\n[一]: https://b.example \"题\"", "甲[^1]\n\n[^1]: 注", "# 标题", "- 项", "> 引", "`a`", "| 甲 |\n|---|\n| 乙 |", "一、二", "<b>粗</b>", "![图](a.png \"题\")", "[文](b.pdf)", "a<b", "<!-- 不完",
}

// What is hidden does not come through, and the rest is the same text.
func TestVisible(t *testing.T) {
	p := markup.NewParser()
	text := func(body string) string {
		return strings.Join(strings.Fields(p.Parse([]byte(body), markup.Options{Official: true}).PlainText()), "")
	}
	r := rand.New(rand.NewPCG(1, 4))
	for range 3000 {
		var body []string
		for range 1 + r.IntN(6) {
			list := seen[:len(seen)-1]
			if r.IntN(2) == 0 {
				list = hidden
			}
			body = append(body, list[r.IntN(len(list))])
		}
		if r.IntN(10) == 0 {
			body = append(body, seen[len(seen)-1])
		}
		whole := strings.Join(body, "\n\n") + "\n"
		got := string(markup.Visible([]byte(whole)))
		if strings.Contains(got, "密") {
			t.Fatalf("%q\nbecomes %q", whole, got)
		}
		if strings.Contains(whole, "题\")") && strings.Contains(whole, "![图](a.png \"题") && !strings.Contains(got, "![图](a.png \"题") {
			t.Fatalf("%q\nlost what stands under a picture: %q", whole, got)
		}
		if strings.Count(got, "\n") != strings.Count(whole, "\n") {
			t.Fatalf("%q\nhas other lines: %q", whole, got)
		}
		if a, b := text(whole), text(got); a != b {
			t.Fatalf("%q\nsays %q\nand then %q:\n%q", whole, a, got, b)
		}
	}
}

// A file of people may be megabytes of one thing.
func TestVisibleOfHugeBodies(t *testing.T) {
	for _, piece := range []string{"<!--", "<!-- ", "](a \"t\")", "[a]: b\n", "[a]: b \"", "[", "```x\n", "(a", "![a](b 'c')"} {
		markup.Visible([]byte(strings.Repeat(piece, 2<<20/len(piece))))
	}
}
