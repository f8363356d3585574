package cleanup_test

import (
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/cleanup"
)

// TestDepartmentsAreCleanedUpWithTheirGovernment: who implements a document cleans
// it up (谁实施谁清理); the 目录 is that of the own issuers alone.
func TestDepartmentsAreCleanedUpWithTheirGovernment(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "config.toml"), "[site]\ntitle = \"公报\"\nissuers = [\"示范市人民政府\"]\n")
	doc := func(name, title, issuer string) {
		write(t, filepath.Join(root, "content/documents", name), "+++\ntitle = \""+title+"\"\nclass = \"行政规范性文件\"\nissuers = [\""+issuer+"\"]\nsigned = 2024-01-01\neffective = 2024-01-01\nexpires = 2027-01-31\ndisclosure = \"主动公开\"\n+++\n第一条　正文。\n")
	}
	doc("own.md", "示范市甲办法", "示范市人民政府")
	doc("department.md", "示范市民政局乙办法", "示范市民政局")
	doc("elsewhere.md", "邻市丙办法", "邻市民政局")
	c := load(t, root).Catalog
	var got []string
	for _, x := range cleanup.Legal(c, cleanup.Options{}) {
		got = append(got, x.Entry.Title())
	}
	if strings.Join(got, " ") != "示范市甲办法 示范市民政局乙办法" {
		t.Errorf("candidates %q", got)
	}
	if _, page, n := cleanup.Directory(c, c.Documents[0], words(t)); n != 1 || !strings.Contains(string(page), "甲办法") {
		t.Errorf("%d in the directory:\n%s", n, page)
	}
}
