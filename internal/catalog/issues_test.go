package catalog_test

import (
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/catalog"
)

const twoIssues = `
-- content/documents/2023/a.md --
+++
title = "甲办法"
number = "示府办发〔2023〕1号"
reprinted = true
+++
正文。
-- content/issues/2023-06.md --
+++
year = 2023
no = 6
sections = [{ title = "文件", documents = ["示府办发〔2023〕1号"] }]
+++
-- content/issues/2023-07.md --
+++
year = 2023
no = 7
sections = [{ title = "文件", documents = ["示府办发〔2023〕1号", "示府办发〔2023〕9号"] }]
+++
`

func TestPaginateSetsThePagesOfTheLayout(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(twoIssues)).Files)
	a := c.Entry("documents/2023/a.md")
	first, second := c.Entry("issues/2023-06.md"), c.Entry("issues/2023-07.md")
	for _, s := range []*catalog.Entry{second, first} {
		if found := c.Paginate(s, map[*catalog.Entry][2]int{a: {int(s.Digest.Issue.No), 9}}); len(found) > 0 {
			t.Errorf("findings: %v", found)
		}
	}
	if a.Issue != first || a.IssuePage != 6 || a.IssueLast != 9 {
		t.Errorf("the document stands in %s, page %d–%d, want the first issue, 6–9", a.Issue.Path, a.IssuePage, a.IssueLast)
	}
	if got := second.IssuePages[0]; got[0] != [2]int{7, 9} || got[1] != [2]int{} {
		t.Errorf("pages of the reprint are %v, want 7–9 and none for what is missing", got)
	}
	c.Paginate(first, nil)
	c.Paginate(second, nil)
}

func TestPaginateLeavesAScanAlone(t *testing.T) {
	c := resolve(t, txtar.Parse([]byte(twoIssues+`
-- content/issues/2023-05.md --
+++
year = 2023
no = 5
sections = [{ title = "文件", documents = [{ document = "示府办发〔2023〕1号", page = 3, pages = 2 }] }]
+++
`)).Files)
	a, s := c.Entry("documents/2023/a.md"), c.Entry("issues/2023-05.md")
	c.Paginate(s, map[*catalog.Entry][2]int{a: {1, 1}})
	if !s.Scanned() || a.IssuePage != 3 || a.IssueLast != 4 {
		t.Errorf("scanned %v, page %d–%d, want 3–4", s.Scanned(), a.IssuePage, a.IssueLast)
	}
}
