package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/catalog"
)

// documentFile is the content file of a document of an issuer.
func documentFile(name, title, number, issuer, body string) txtar.File {
	return txtar.File{Name: "content/documents/2023/" + name + ".md", Data: fmt.Appendf(nil,
		"+++\ntitle = %q\nnumber = %q\nissuers = [%q]\nsigned = 2023-05-18\ndisclosure = \"主动公开\"\n+++\n\n%s\n", title, number, issuer, body)}
}

func mountOf(t *testing.T, code string, files ...txtar.File) *catalog.Catalog {
	t.Helper()
	return resolveWith(t, catalog.Input{Mount: &catalog.Mount{Code: code, Title: code, URL: "https://" + code + ".example/"}}, files)
}

// What a site cites is its own first, then what it says of it in external.toml, then a
// document of a mount, where that is one; a document that is both has its page in the
// site.
func TestCitationsLeadIntoMounts(t *testing.T) {
	article := "第一条　为了做好工作，制定本办法。\n\n第二条　照此办理。"
	a := mountOf(t, "a",
		documentFile("a", "示范县停车办法", "示县府发〔2023〕1号", "示范县人民政府", article),
		documentFile("b", "公文处理办法", "示县府发〔2023〕2号", "示范县人民政府", article),
		documentFile("c", "考核办法", "示县府发〔2023〕3号", "示范县人民政府", article),
		documentFile("d", "同一份办法", "省府发〔2023〕4号", "示范省人民政府", article),
		documentFile("e", "示范县人民政府关于印发示范县绿化办法的通知", "示县府发〔2023〕5号", "示范县人民政府", article),
		documentFile("g", "关于做好防汛工作的通知", "示县府发〔2023〕7号", "示范县人民政府", "见《关于做好安全工作的通知》和《关于做好安全工作的通知》（示府发〔2023〕3号）。"),
		documentFile("f", "示范市收费办法", "示县府发〔2023〕6号", "示范县人民政府", article),
	)
	b := mountOf(t, "b",
		documentFile("c", "考核办法", "样县府发〔2023〕3号", "样本县人民政府", article),
		documentFile("d", "同一份办法", "省府发〔2023〕4号", "示范省人民政府", article),
	)
	cited := []struct{ cited, want string }{
		{"《示范县停车办法》第二条", "external a/documents/2023/a#art_2"},
		{"《示范县停车办法》第九条", "external a/documents/2023/a"},
		{"《停车的办法》（示县府发〔2023〕1号）", "external a/documents/2023/a"},
		{"《公文处理办法》", "external guowuyuan"},
		{"《公文处理办法》（示县府发〔2023〕2号）", "external a/documents/2023/b"},
		{"《考核办法》", "nothing"},
		{"《考核办法》（样县府发〔2023〕3号）", "external b/documents/2023/c"},
		{"《同一份办法》第一条", "external a/documents/2023/d#art_1"},
		{"《示范县绿化办法》", "external a/documents/2023/e"},
		{"《关于做好防汛工作的通知》", "nothing"},
		{"《关于做好防汛工作的通知》（示县府发〔2023〕7号）", "external a/documents/2023/g"},
		{"《示范市收费办法》", "documents/2023/own.md"},
	}
	var body strings.Builder
	for _, c := range cited {
		body.WriteString("依据" + c.cited + "办理。\n\n")
	}
	site := resolveWith(t, catalog.Input{Mounts: []*catalog.Catalog{a, b}}, []txtar.File{
		{Name: "content/data/external.toml", Data: []byte("[[document]]\nid = \"guowuyuan\"\ntitle = \"公文处理办法\"\nissuer = \"国务院\"\nforce = \"in-force\"\nsource = \"https://www.example/\"\nchecked_on = 2026-01-01\n" +
			"[[document]]\nid = \"tingche\"\ntitle = \"示范县停车办法\"\nissuer = \"示范县人民政府\"\nforce = \"in-force\"\nsource = \"https://www.example/\"\nchecked_on = 2026-01-01\n")},
		documentFile("own", "示范市收费办法", "示府发〔2023〕1号", "示范市人民政府", article),
		documentFile("safe", "关于做好安全工作的通知", "示府发〔2023〕3号", "示范市人民政府", article),
		documentFile("cites", "示范市人民政府关于若干工作的通知", "示府发〔2023〕2号", "示范市人民政府", body.String()),
	})
	got := site.Entry("documents/2023/cites.md").Refs
	if len(got) != len(cited) {
		t.Fatalf("%d mentions, want %d", len(got), len(cited))
	}
	for i, c := range cited {
		if s := target(got[i]); s != c.want {
			t.Errorf("%s leads to %s, want %s", c.cited, s, c.want)
		}
	}
	a.Bridge(site)
	back := a.Entry("documents/2023/g.md").Refs
	if len(back) != 2 || target(back[0]) != "nothing" || target(back[1]) != "external documents/2023/safe" {
		t.Errorf("a mount leads to %v, want nothing by the title and the document by its number", back)
	}
	names := map[string]bool{}
	for _, e := range site.Searchable() {
		if names[e.Source()] {
			t.Errorf("two have the path %s", e.Source())
		}
		names[e.Source()] = true
	}
	if len(names) != 12 || !names["mirror/b/documents/2023/c.md"] || !names["documents/2023/own.md"] {
		t.Errorf("the search finds %v", names)
	}
}
