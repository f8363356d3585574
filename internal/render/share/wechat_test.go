package share

import (
	"strings"
	"testing"

	"gongbao/internal/markup"
)

// written is the article of a body.
func written(body string) string {
	f := markup.NewParser().Parse([]byte(body), markup.Options{Official: true, Title: "关于停车的通知"}).HTML(2)
	return string(article(&f))
}

// Only what the editor keeps is left: text of links, pictures beside the article,
// cells that span.
func TestArticle(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a link is its text", "见[甲网](https://a.gov.cn/?a=1&b=2 \"题\")和<b>乙</b>。",
			`<p style="margin:0 0 10px;text-indent:2em">见甲网和&lt;b&gt;乙&lt;/b&gt;。</p>`},
		{"a mention is text", "《停车办法》（示府办发〔2023〕12号）。",
			`<p style="margin:0 0 10px;text-indent:2em">《停车办法》（示府办发〔2023〕12号）。</p>`},
		{"a picture stands beside it", "![图\"1\"](<a&b c.png> \"图1\")",
			`<section style="margin:0 0 12px;text-align:center"><img src="pictures/a&amp;b%20c.png" alt="图&#34;1&#34;" style="max-width:100%;height:auto"><section style="font-size:14px;color:#595959">图1</section></section>`},
		{"what looks like a tag is text", "若 a<b 且 c>d，`<i class=\"x\">`。",
			`<p style="margin:0 0 10px;text-indent:2em">若 a&lt;b 且 c&gt;d，<span>&lt;i class=&#34;x&#34;&gt;</span>。</p>`},
		{"a rule", "甲\n\n---\n\n乙", `<section style="margin:16px 0;border-top:1px solid #d9d9d9"></section>`},
	} {
		if got := written(c.body); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A table of few columns fits a phone; one of many is scrolled, by the columns that
// its merged cells take.
func TestTablesFitAPhoneOrAreScrolled(t *testing.T) {
	row := func(n int) string { return "|" + strings.Repeat(" 甲 |", n) + "\n" }
	table := func(n int) string { return row(n) + "|" + strings.Repeat("---|", n) + "\n" + row(n) }
	if got := written(table(wide - 1)); !strings.Contains(got, `width:100%;font-size:14px">`) {
		t.Errorf("%d columns: %s", wide-1, got)
	}
	if got := written(table(wide)); !strings.Contains(got, `<section style="margin:0 0 12px;overflow-x:auto"><table style="border-collapse:collapse;font-size:13px;min-width:420px">`) {
		t.Errorf("%d columns: %s", wide, got)
	}
	if got := columns([]byte(`<thead><tr><th class="center" colspan="4" scope="colgroup">甲</th><th>乙</th></tr><tr><th>`)); got != 5 {
		t.Errorf("columns = %d, want 5", got)
	}
}

// Every tag and class of a page's text has its dress.
func TestEveryTagOfAPageIsDressed(t *testing.T) {
	body := "# 附件\n\n第一编　甲\n\n第一章　乙\n\n第一节　丙\n\n第一条　丁。\n\n（一）戊；\n\n1.己。\n\n- 庚\n\n> 辛\n\n```\n壬\n```\n\n**癸**、*子*、`丑`[^1]\n\n| 甲 |\n|:-:|\n| 乙 |\n\n[^1]: 注。"
	f := markup.NewParser().Parse([]byte(body), markup.Options{Official: true}).HTML(2)
	for _, m := range tag.FindAllStringSubmatch(string(f.HTML), -1) {
		switch m[2] {
		case "a", "br", "hr", "img":
			continue
		}
		if _, ok := dresses[m[2]]; !ok {
			t.Errorf("<%s> of a page has no dress", m[2])
		}
	}
	if got := written(body); strings.Contains(got, "<a") || strings.Contains(got, "class=") || strings.Contains(got, "id=") {
		t.Errorf("left over: %s", got)
	}
}
