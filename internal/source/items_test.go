package source_test

import (
	"fmt"
	"strings"
	"testing"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

func readItems(t *testing.T, name, text string) (source.Data, string) {
	t.Helper()
	var data source.Data
	var b strings.Builder
	for _, f := range source.ReadData(&data, name, []byte(text)) {
		fmt.Fprintf(&b, "%d:%d %s %s\n", f.Pos.Line, f.Pos.Col, f.Rule, strings.Join(f.Args[:min(2, len(f.Args))], " "))
	}
	return data, b.String()
}

func TestItemsTakeATextOrAList(t *testing.T) {
	data, found := readItems(t, "items.toml", `[[item]]
name = "甲"
code = "jia"
basis = ["《甲法》", "《乙法》"]
channels = "政府网站"
method = ["主动", "口头"]
levels = "县级"
kinds = ["令"]
documents = "示府发〔2023〕1号"
url = "https://example.gov.cn/a"
[[item]]
name = "乙"
code = "Yi"
url = "http://example.gov.cn/"
colum = "a"
[[item]]
name = "丙"
code = "bing"
url = "https://user:word@example.gov.cn/"
`)
	want := "6:17 key-value method 口头\n13:8 key-value code Yi\n14:7 key-value url http://example.gov.cn/\n15:1 key-unknown colum  (column)\n19:7 key-value url https://user:word@example.gov.cn/\n"
	if found != want {
		t.Errorf("findings\n%swant\n%s", found, want)
	}
	x := data.Items[0]
	if len(x.Basis) != 2 || x.Basis[1].Pos.Col != 18 || len(x.Channels) != 1 || len(x.Method) != 1 || x.Levels[0] != "县级" || x.Filter.Kinds[0] != "命令" ||
		x.Documents[0].Text == "" || x.URL.Text == "" || data.Items[1].URL.Text != "" || data.Items[2].URL.Text != "" {
		t.Errorf("items = %+v", data.Items)
	}
}

func TestProjectsKnowTheEightClassesInFullAndShort(t *testing.T) {
	data, found := readItems(t, "projects.toml", `[[project]]
name = "甲"
code = "jia"
stage = "施工"
[[project.info]]
class = "竣工有关信息"
document = "a"
[[project.info]]
class = "竣工"
url = "https://example.gov.cn/"
date = 2026-02-30
[[project.info]]
class = "验收"
document = "a"
[[project.info]]
class = "招标投标信息"
`)
	want := "11:8 date-impossible 2026-02-30\n13:9 key-value class 验收\n15:11 key-missing document\n"
	if found != want {
		t.Errorf("findings\n%swant\n%s", found, want)
	}
	p := data.Projects[0]
	if p.Stage != gazette.Construction || len(p.Infos) != 2 || p.Infos[0].Class != gazette.Completion || p.Infos[1].Class != gazette.Completion {
		t.Errorf("project = %+v", p)
	}
	for _, c := range gazette.ProjectClasses() {
		for _, s := range []string{string(c), c.Short(), c.Short() + "信息"} {
			if got, ok := gazette.ParseProjectClass(s); !ok || got != c {
				t.Errorf("ParseProjectClass(%q) = %q, %v", s, got, ok)
			}
		}
	}
}
