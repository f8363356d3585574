package publish_test

import (
	"slices"
	"testing"
)

func TestClaimedFoldersKeepNothingOfBefore(t *testing.T) {
	s := newSite(t)
	s.write("public/CNAME", "gongbao.example.gov.cn")
	s.write("public/documents/sff/2023/1/index.html", "以前的页")
	s.write("public/documents/sff/2023/1/files/名单.csv", "以前的附件")
	s.write("public/documents/sff/2023/12/index.html", "别的页")
	s.write("public/documents/sff/2023/1/.keep", "")
	p := s.open()
	if !p.Blank() {
		t.Error("an output that was never written is not blank")
	}
	for _, folder := range []string{"documents/sff/2023/1/", "documents/none/"} {
		if err := p.Claim(folder); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]string{"index.html": "首页", "documents/sff/2023/1/index.html": "已撤下"}
	keys, staged := s.stage(p, files)
	r, err := p.Commit(keys, staged)
	if err != nil || r.Written != 2 || r.Deleted != 1 {
		t.Errorf("Commit = %+v, %v, want 2 written, 1 deleted", r, err)
	}
	files["CNAME"], files["documents/sff/2023/12/index.html"], files["documents/sff/2023/1/.keep"] = "gongbao.example.gov.cn", "别的页", ""
	s.check(files)
	if got, err := p.Strays(); err != nil || !slices.Equal(got, []string{"CNAME", "documents/sff/2023/12/index.html"}) {
		t.Errorf("Strays = %q, %v", got, err)
	}
	if p = s.open(); p.Blank() {
		t.Error("an output that was written is blank")
	}
	if r := s.publish(map[string]string{"index.html": "首页"}); r.Deleted != 1 {
		t.Errorf("Commit = %+v, want 1 deleted", r)
	}
}
