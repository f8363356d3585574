package html_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

var dataBlock = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// A page says of its document, in the words of schema.org and ELI, what it says to
// readers: names, days, what it does to others and others to it, and the force that
// the day of the build has. Without an address of the site it says nothing of it.
func TestLegislation(t *testing.T) {
	files := map[string]string{
		"documents/2020/a.md": "title = \"停车办法\"\nclass = \"规章\"\nnumber = \"示府发〔2020〕1号\"\nissuers = [\"示范市人民政府\"]\nsigned = 2020-01-01\neffective = 2020-02-01\nexpires = 2030-01-31\n+++\n第一条　甲。\n",
		"documents/2024/b.md": "title = \"关于废止停车办法的通知\"\nclass = \"行政规范性文件\"\nnumber = \"示府发〔2024〕2号\"\nsigned = 2024-01-01\neffective = 2024-03-01\n[[relations]]\nkind = \"repeals\"\ntarget = \"示府发〔2020〕1号\"\n+++\n一、甲。\n",
		"documents/2025/c.md": "title = \"说明\"\nclass = \"其他文件\"\nsigned = 2025-01-01\n+++\n甲。\n",
	}
	site := siteOf(t, "base_url = \"https://gongbao.example/\"\n[site]\ntitle = \"公报\"\nsite_id = \"5100000001\"\nissuers = [\"示范市人民政府\"]\n", nil, files)
	read := func(page string) map[string]any {
		t.Helper()
		m := dataBlock.FindStringSubmatch(site[page])
		if m == nil {
			t.Fatalf("%s has no data", page)
		}
		var v map[string]any
		if err := json.Unmarshal([]byte(m[1]), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	const a, b = "documents/sff/2020/1/index.html", "documents/sff/2024/2/index.html"
	v := read(a)
	for key, want := range map[string]any{
		"@type": "Legislation", "@id": "https://gongbao.example/documents/sff/2020/1/", "name": "停车办法", "legislationDate": "2020-01-01",
		"temporalCoverage": "2020-02-01/2024-02-29", "legislationLegalForce": "https://schema.org/NotInForce", "legislationType": "规章",
	} {
		if v[key] != want {
			t.Errorf("%s is %v, want %v", key, v[key], want)
		}
	}
	repeals, _ := read(b)["legislationRepeals"].([]any)
	if len(repeals) != 1 || repeals[0].(map[string]any)["@id"] != v["@id"] {
		t.Errorf("the act repeals %v", repeals)
	}
	for page, wants := range map[string][]string{
		a: {
			`about="https://gongbao.example/documents/sff/2020/1/" typeof="eli:LegalResource"`, `property="eli:id_local" content="示府发〔2020〕1号"`,
			`property="eli:repealed_by" resource="https://gongbao.example/documents/sff/2024/2/"`, `property="eli:date_no_longer_in_force" content="2024-03-01"`,
			`resource="http://data.europa.eu/eli/ontology#InForce-notInForce"`, `property="eli:jurisdiction" content="510000"`,
			`<link rel="alternate" type="application/json" href="index.json">`,
		},
		b: {`property="eli:repeals" resource="https://gongbao.example/documents/sff/2020/1/"`},
	} {
		for _, want := range wants {
			if !strings.Contains(site[page], want) {
				t.Errorf("%s: no %s", page, want)
			}
		}
	}
	var plain []string
	for page := range site {
		if strings.HasPrefix(page, "documents/2025/") && strings.HasSuffix(page, "/index.html") {
			plain = append(plain, page)
		}
	}
	if len(plain) != 1 || read(plain[0])["legislationLegalForce"] != nil || strings.Contains(site[plain[0]], "eli:in_force") {
		t.Errorf("%v claims a force", plain)
	}
	without := siteOf(t, "[site]\ntitle = \"公报\"\n[data]\nformats = [\"md\"]\n", nil, files)
	if p := without[a]; strings.Contains(p, "eli:") || dataBlock.MatchString(p) || strings.Contains(p, "index.json") || !strings.Contains(p, `href="index.md"`) {
		t.Error("a site without an address speaks of it, or of forms that are not made")
	}
}
