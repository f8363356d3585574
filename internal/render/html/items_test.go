package html_test

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// pagesOf renders the pages of a site with a directory of items under the
// folders of its own.
func pagesOf(t *testing.T, items []source.Item, projects []source.Project) (pages, all map[string]string) {
	t.Helper()
	files := map[string]string{}
	for i := range 35 {
		files[fmt.Sprintf("documents/g%02d.md", i)] = fmt.Sprintf("title = \"公告%02d\"\nclass = \"其他文件\"\nissuers = [\"示范市公交公司\"]\nsigned = 2020-01-%02d\nslug = \"g%d\"\ntopics = [\"交通\"]\n+++\n", i, 1+i%28, i)
	}
	data := &source.Data{Items: items, Projects: projects, Issuers: []source.Issuer{{Name: "示范市公交公司", Code: "gj", Body: "企事业单位"}}}
	all, pages = siteOf(t, "[site]\nlist_size = 10", data, files), map[string]string{}
	for name, page := range all {
		if folder, _, _ := strings.Cut(name, "/"); folder == "items" || folder == "projects" || folder == "bodies" {
			pages[name] = page
		}
	}
	return pages, all
}

var hrefs = regexp.MustCompile(`href="?([^"#? >]+\.html)`)

func TestALargeDirectoryHasAPageForEachField(t *testing.T) {
	var items []source.Item
	for i := range 200 {
		x := source.Item{Name: fmt.Sprintf("事项%03d", i), Code: fmt.Sprintf("i%d", i), Field: []string{"城乡规划", "交通运输"}[i/150], First: "甲"}
		if i == 0 {
			x.Filter.Topics = []string{"交通"}
		}
		items = append(items, x)
	}
	pages, all := pagesOf(t, items, nil)
	if strings.Contains(pages["items/index.html"], "事项000") || !strings.Contains(pages["items/field-1/index.html"], "事项149") || strings.Contains(pages["items/field-1/index.html"], "事项150") ||
		!strings.Contains(pages["items/field-2/index.html"], "事项150") {
		t.Error("items do not stand on the page of their field alone")
	}
	if n := strings.Count(pages["items/i0/index.html"], `class="doc"`); n != 20 || pages["items/i0/list/index.html"] == "" || pages["items/i1/list/index.html"] != "" {
		t.Errorf("%d documents on the page of an item of 35", n)
	}
	for name, page := range pages {
		for _, m := range hrefs.FindAllStringSubmatch(page, -1) {
			if to := path.Join(path.Dir(name), m[1]); all[to] == "" {
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
		}
	}
}

func TestASmallDirectoryStandsOnOnePage(t *testing.T) {
	items := []source.Item{{Name: "甲", Code: "jia", Field: "城乡规划", URL: source.Named{Text: "https://a.example.gov.cn/x?y=1"}}, {Name: "乙", Code: "yi", Field: "交通运输", Method: []string{"依申请"}}, {Name: "丙", Code: "bing"}}
	pages, _ := pagesOf(t, items, nil)
	index := pages["items/index.html"]
	for _, want := range []string{"在a.example.gov.cn公开", "依申请公开", "暂无", "其他"} {
		if !strings.Contains(index, want) {
			t.Errorf("the directory does not say %s", want)
		}
	}
	if pages["items/field-1/index.html"] != "" {
		t.Error("a small directory has pages of fields")
	}
}

func TestALifeHasAllEightClassesInOrder(t *testing.T) {
	pages, _ := pagesOf(t, nil, []source.Project{{Name: "大桥", Code: "dq", Stage: gazette.Construction, Infos: []source.ProjectInfo{
		{Class: gazette.Construction, URL: source.Named{Text: "https://a.example.gov.cn/2"}, Title: "后来的", Date: gazette.NewDate(2026, 2, 1)},
		{Class: gazette.Construction, URL: source.Named{Text: "https://a.example.gov.cn/1"}, Title: "先前的", Date: gazette.NewDate(2026, 1, 1)},
	}}})
	page, at := pages["projects/dq/index.html"], 0
	for _, c := range gazette.ProjectClasses() {
		i := strings.Index(page[at:], string(c))
		if i < 0 {
			t.Fatalf("%s is missing or out of order", c)
		}
		at += i
	}
	if strings.Count(page, "暂无") != 7 || strings.Index(page, "先前的") > strings.Index(page, "后来的") || !strings.Contains(page, "当前阶段") {
		t.Errorf("the life of a project:\n%s", page)
	}
	if pages["items/index.html"] != "" || !strings.Contains(pages["bodies/index.html"], "查看全部35件") {
		t.Error("a directory without items is written, or public bodies are not")
	}
}
