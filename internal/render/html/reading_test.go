package html_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const doc = "class = \"行政规范性文件\"\nissuers = [\"示范市人民政府办公室\"]\ndisclosure = \"主动公开\"\n"

// words of a part of a page, without tags.
func words(page, from, to string) string {
	_, rest, ok := strings.Cut(page, from)
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, to)
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(rest, " ")), " ")
}

// The first screen says what explains a document and whom to ask.
func TestFirstScreenAnswers(t *testing.T) {
	cfg := "[site]\ncontact = \"0000-7654321\""
	files := map[string]string{
		"documents/a.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2023〕1号\"\nsigned = 2023-05-18\ncontact = \"0000-1234567\"\ndrafter = \"市城管局\"",
		"documents/b.md": doc + "title = \"乙办法\"\nnumber = \"示府办发〔2023〕2号\"\nsigned = 2023-05-19",
	}
	for i := range 3 {
		files[fmt.Sprintf("interpretations/i%d.md", i)] = fmt.Sprintf("title = \"解读%d\"\npublished = 2023-05-2%d\nabout = [\"示府办发〔2023〕1号\"]\nforms = [\"文字\"]\nslug = \"i%d\"", i, i, i)
	}
	pages := pagesFrom(t, cfg, files)
	a := words(pages["documents/sfbf/2023/1/index.html"], `<dl class="asks">`, "</dl>")
	for _, want := range []string{"看解读 解读", "共3篇", "找谁问 市城管局 0000-1234567"} {
		if !strings.Contains(a, want) {
			t.Errorf("answers are %q, want %q in them", a, want)
		}
	}
	if n := strings.Count(a, "解读") - 1; n != 2 { // less the label
		t.Errorf("%d interpretations on the first screen, want 2: %q", n, a)
	}
	if b := words(pages["documents/sfbf/2023/2/index.html"], `<dl class="asks">`, "</dl>"); b != "找谁问 0000-7654321" {
		t.Errorf("without a contact of its own: %q, want the site's", b)
	}
	if !strings.Contains(pages["documents/sfbf/2023/1/index.html"], `href="tel:00001234567"`) {
		t.Error("the telephone is no link")
	}
}

// The history holds own days, what others did, corrections and other texts, in
// order, and nothing that is not certain.
func TestHistory(t *testing.T) {
	pages := pagesFrom(t, "", map[string]string{
		"documents/a.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2023〕1号\"\nsigned = 2023-05-18\npublished = 2023-05-22\neffective = 2023-06-18\nexpires = 2028-06-17\n[[corrections]]\ndate = 2023-07-01\nwhat = \"错字\"",
		"documents/b.md": doc + "title = \"乙决定\"\nnumber = \"示府办发〔2024〕2号\"\nsigned = 2024-05-19\neffective = 2024-06-01\n[[relations]]\nkind = \"amends\"\ntarget = \"示府办发〔2023〕1号\"\narticles = [\"第三条\"]",
		"documents/c.md": doc + "title = \"丙通知\"\nnumber = \"示府办发〔2024〕3号\"\nsigned = 2024-05-19",
	})
	got := words(pages["documents/sfbf/2023/1/index.html"], `id="history">`, "</section>")
	want := "文件历程 2023-05-18 成文日期 2023-05-22 发布日期 2023-06-18 施行 2023-07-01 更正 2024-06-01 修改（涉及第三条） 《乙决定》 2028-06-17 有效期届满"
	if got != want {
		t.Errorf("history:\n got %s\nwant %s", got, want)
	}
	if strings.Contains(pages["documents/sfbf/2024/3/index.html"], `id="history"`) {
		t.Error("a document with one day has a history")
	}
}

// Neighbours of the same subject: two before, two after, never itself; one more
// document changes only the pages beside it.
func TestNear(t *testing.T) {
	files := map[string]string{}
	add := func(i, day int) {
		files[fmt.Sprintf("documents/d%d.md", i)] = doc + fmt.Sprintf("title = \"第%d号办法\"\nnumber = \"示府办发〔2023〕%d号\"\nsigned = 2023-03-%02d\ntopics = [\"综合政务/政务公开\"]", i, i, day)
	}
	for i := 1; i <= 9; i++ {
		add(i, 2*i)
	}
	near := func(pages map[string]string, i int) string {
		return words(pages[fmt.Sprintf("documents/sfbf/2023/%d/index.html", i)], `id="near">`, "</ul>")
	}
	before := pagesFrom(t, "", files)
	got := near(before, 5)
	for i := 1; i <= 9; i++ {
		if has, want := strings.Contains(got, fmt.Sprintf("第%d号办法", i)), i != 5 && i >= 3 && i <= 7; has != want {
			t.Errorf("document %d beside 5: %t, want %t: %s", i, has, want, got)
		}
	}
	add(10, 11)
	after := pagesFrom(t, "", files)
	var changed []int
	for i := 1; i <= 9; i++ {
		if near(before, i) != near(after, i) {
			changed = append(changed, i)
		}
	}
	if !slices.Equal(changed, []int{4, 5, 6, 7}) {
		t.Errorf("a document between 5 and 6 changes what stands near %v, want 4 to 7", changed)
	}
}

// What is copied names the work and, of several texts, the one that is read;
// the newest text has an address of its own from the first day.
func TestCopiedAddresses(t *testing.T) {
	const base = "https://gb.example.gov.cn/"
	pages := pagesFrom(t, "base_url = \""+base+"\"", map[string]string{
		"documents/a.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2018〕1号\"\nsigned = 2018-05-18",
		"documents/b.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2018〕1号\"\nsigned = 2022-03-01\nversion_of = \"documents/a.md\"",
		"documents/c.md": doc + "title = \"乙办法\"\nnumber = \"示府办发〔2018〕2号\"\nsigned = 2018-05-18",
	})
	const work = "https://gb.example.gov.cn/documents/sfbf/2018/1/"
	var texts []string
	for name, page := range pages {
		if !strings.HasPrefix(name, "documents/sfbf/2018/1/") || !strings.HasSuffix(name, "index.html") || !strings.Contains(page, `id="aids"`) {
			continue
		}
		if !strings.Contains(page, `data-address="`+work+`"`) {
			t.Errorf("%s: the address of the work is missing", name)
		}
		_, own, ok := strings.Cut(page, `data-text="`)
		own, _, _ = strings.Cut(own, `"`)
		file := strings.TrimPrefix(own, base) + "index.html"
		if !ok || own == work || pages[file] == "" {
			t.Errorf("%s: the address of this text is %q, want one of its own that exists", name, own)
		}
		texts = append(texts, own)
	}
	if len(texts) != 2 || texts[0] == texts[1] {
		t.Errorf("addresses of texts: %q, want two", texts)
	}
	single := pages["documents/sfbf/2018/2/index.html"]
	if strings.Contains(single, "data-text") || strings.Contains(single, "copy-text") {
		t.Error("a document with one text offers two addresses")
	}
	if !strings.Contains(single, `data-citation="《乙办法》（示府办发〔2018〕2号）"`) {
		t.Errorf("the citation is not that of the document: %s", words(single, "data-citation", ">"))
	}
	for name, page := range pages {
		if _, aids, ok := strings.Cut(page, `id="aids"`); ok {
			aids, _, _ = strings.Cut(aids, ">")
			for _, status := range []string{"有效", "失效", "废止", "施行"} {
				if strings.Contains(aids, status) {
					t.Errorf("%s: what is copied holds the status word %s", name, status)
				}
			}
		}
	}
}

// A recording of the site's own takes the place of the synthetic voice.
func TestOwnRecording(t *testing.T) {
	pages := pagesFrom(t, "", map[string]string{
		"documents/a/index.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2023〕1号\"\nsigned = 2023-05-18\nattachments = [{ file = \"a.mp3\", title = \"全文朗读\" }]",
		"documents/b.md":       doc + "title = \"乙办法\"\nnumber = \"示府办发〔2023〕2号\"\nsigned = 2023-05-18",
	})
	a, b := pages["documents/sfbf/2023/1/index.html"], pages["documents/sfbf/2023/2/index.html"]
	if !strings.Contains(a, `<audio controls preload="none" src="files/a.mp3" aria-label="全文朗读">`) || strings.Contains(a, `data-do="speak`) {
		t.Error("with a recording: want a player and no synthetic voice")
	}
	if strings.Contains(b, "<audio") || !strings.Contains(b, `data-do="speak"`) {
		t.Error("without a recording: want the synthetic voice and no player")
	}
}

// An article that another document has ended, changed or suspended says so above
// itself; one that is to change later, or that is applied again, does not.
func TestArticleMarks(t *testing.T) {
	files := map[string]string{"documents/a.md": doc + "title = \"甲办法\"\nnumber = \"示府办发〔2023〕1号\"\nsigned = 2023-05-18\neffective = 2023-06-01\n+++\n" +
		"第一条 甲。\n\n第二条 乙。\n\n第三条 丙。\n\n第四条 丁。\n\n第五条 戊。\n\n第六条 己。\n\n第七条 庚。\n"}
	for i, x := range []struct{ day, kind, more string }{
		{"2024-06-01", "repeals", `articles = ["第二条"]`},
		{"2024-07-01", "amends", `articles = ["第三条第一款"]`},
		{"2099-01-01", "repeals", `articles = ["第四条"]`},
		{"2024-06-01", "suspends", "articles = [\"第五条\", \"第六条\"]"},
		{"2025-06-01", "resumes", `articles = ["第五条"]`},
		{"2024-06-01", "suspends", "articles = [\"第七条\"]\nuntil = 2025-01-31"},
	} {
		no := fmt.Sprint(i + 2)
		files["documents/b"+no+".md"] = doc + "title = \"决定" + no + "\"\nnumber = \"示府办发〔2024〕" + no + "号\"\nsigned = 2024-01-02\neffective = " + x.day +
			"\n[[relations]]\nkind = \"" + x.kind + "\"\ntarget = \"示府办发〔2023〕1号\"\n" + x.more + "\n+++\n"
	}
	page := siteOf(t, "", nil, files)["documents/sfbf/2023/1/index.html"]
	for i, want := range []string{"", "本条（第二条）已于2024-06-01废止，见《决定2》", "本条（第三条第一款）已于2024-07-01修改，修改后的文字见《决定3》", "", "", "本条（第六条）自2024-06-01起暂停执行，见《决定5》", ""} {
		got := words(page, fmt.Sprintf(`id="art_%d">`, i+1), "<b>")
		if got = strings.ReplaceAll(got, " ", ""); got != want {
			t.Errorf("above article %d: %q, want %q", i+1, got, want)
		}
	}
}
