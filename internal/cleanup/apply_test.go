package cleanup_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/cleanup"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/sheet"
	"gongbao/internal/source"
)

func words(t *testing.T) cleanup.Words {
	t.Helper()
	var w cleanup.Words
	for _, lang := range []string{"zh-CN", "en"} {
		s, err := diag.LoadStrings(lang)
		if err != nil {
			t.Fatal(err)
		}
		w = append(w, s)
	}
	return w
}

const decisionPath = "documents/decision.md"

// decide puts the decision into the site, with a body, and returns the catalog.
func decide(t *testing.T, root, body string) *catalog.Catalog {
	t.Helper()
	write(t, filepath.Join(root, "content", decisionPath), `+++
title = "示范市人民政府关于公布行政规范性文件清理结果的决定"
number = "示规〔2026〕900号"
class = "其他文件"
issuers = ["示范市人民政府"]
signed = 2026-11-23
published = 2026-11-24
effective = 2026-11-24
disclosure = "主动公开"
+++
`+body)
	return load(t, root).Catalog
}

// column returns the index of a column of the work sheet.
func column(t *testing.T, rows [][]string, name string) int {
	t.Helper()
	for i, c := range rows[0] {
		if c == name {
			return i
		}
	}
	t.Fatalf("no column %s in %q", name, rows[0])
	return -1
}

// apply applies a sheet to the decision and writes it.
func apply(t *testing.T, root string, c *catalog.Catalog, rows [][]string) cleanup.Plan {
	t.Helper()
	plan, findings := cleanup.Apply(c, c.Entry(decisionPath), "sheet", rows, words(t))
	if errors, _ := diag.Count(findings); errors > 0 {
		t.Fatalf("findings: %v", findings)
	}
	name := filepath.Join(root, "content", decisionPath)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range plan.Relations {
		if b, err = source.AddRelation(b, r); err != nil {
			t.Fatal(err)
		}
	}
	write(t, name, string(b))
	return plan
}

// TestApplyBuildCleanupAgainIsEmpty goes the whole way: candidates to a sheet,
// through a workbook, into the decision, and nothing is left to clean up.
func TestApplyBuildCleanupAgainIsEmpty(t *testing.T) {
	root, _ := site(t)
	w := words(t)
	cs := cleanup.Legal(load(t, root).Catalog, cleanup.Options{})
	book, err := sheet.XLSX(cleanup.WorkTable(cs, w))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := sheet.Read(book)
	if err != nil {
		t.Fatal(err)
	}
	disposition, until := column(t, rows, "清理意见"), column(t, rows, "新有效期至")
	kept := 0
	for _, row := range rows[1:] {
		for len(row) <= until {
			row = append(row, "")
		}
		if row[disposition] == "继续有效" {
			if kept++; kept%2 == 0 {
				row[until] = "2033年6月30日"
			}
		}
	}
	c := decide(t, root, cleanup.Draft(cs, day, w).Markdown())
	plan := apply(t, root, c, rows)
	if plan.Decided != len(cs) || plan.Amended == 0 || len(plan.Relations) != plan.Decided-plan.Amended {
		t.Errorf("plan of %d candidates: %d decided, %d amended, %d relations", len(cs), plan.Decided, plan.Amended, len(plan.Relations))
	}
	c = load(t, root).Catalog
	for _, x := range cleanup.Legal(c, cleanup.Options{}) {
		t.Errorf("left: %s %s", x.Entry.Path, x.Text(w))
	}
	forces := map[string]gazette.Force{"废止": gazette.Repealed, "宣布失效": gazette.Lapsed, "继续有效": gazette.InForce, "修改": gazette.InForce}
	for _, row := range rows[1:] {
		e := c.Entry(row[len(row)-1])
		if want := forces[row[disposition]]; e.State.Force != want {
			t.Errorf("%s, %s, is %s, want %s", e.Path, row[disposition], e.State.Force, want)
		}
		if last, _ := gazette.LastDay(e.Effects); row[until] != "" && last != gazette.NewDate(2033, 6, 30) {
			t.Errorf("%s ends on %s", e.Path, last)
		}
	}
	if plan := apply(t, root, c, rows); len(plan.Relations) != 0 {
		t.Errorf("applied again: %d relations more", len(plan.Relations))
	}
}

// TestPlansToAmendStayUntilADecisionNamesThem: 修改 writes nothing, so what is to
// be amended is on record only where the decision lists it.
func TestPlansToAmendStayUntilADecisionNamesThem(t *testing.T) {
	root, _ := site(t)
	cs := cleanup.Legal(load(t, root).Catalog, cleanup.Options{})
	apply(t, root, decide(t, root, "清理结果见附件。\n"), cleanup.Work(cs, words(t)))
	left := cleanup.Legal(load(t, root).Catalog, cleanup.Options{})
	want := 0
	for _, c := range cs {
		if c.Disposition == cleanup.Amend {
			want++
		}
	}
	for _, c := range left {
		if c.Disposition != cleanup.Amend {
			t.Errorf("left: %s %s", c.Entry.Path, c.Disposition)
		}
	}
	if len(left) != want {
		t.Errorf("%d left, want the %d that are to be amended", len(left), want)
	}
}

func TestSheetErrorsNameTheirRows(t *testing.T) {
	root, _ := site(t)
	c := decide(t, root, "清理结果见附件。\n")
	head := []string{"备注", "清理意见", "文件名称", "发文字号", "新有效期至", "文件"}
	for _, x := range []struct {
		name string
		rows [][]string
		want string // "row rule", joined
	}{
		{"no columns", [][]string{{"a", "b"}, {"1", "2"}}, "1 sheet-columns"},
		{"empty", nil, "1 sheet-columns"},
		{"a title above the head", [][]string{{"清理意见表"}, head, {"", "废止", "", "", "", "documents/unreviewed-01.md"}}, ""},
		{"unknown words", [][]string{head, {"", "看看再说", "", "", "", "documents/unreviewed-01.md"}, {"", "", "示范市某某办法"}}, "2 sheet-disposition 3 sheet-disposition"},
		{"unknown documents", [][]string{head, {"", "废止", "不存在的办法"}, {"", "废止", "", "示规〔1999〕1号"}, {"", "废止", "", "", "", "documents/none.md"}}, "2 sheet-document 3 sheet-document 4 sheet-document"},
		{"two documents in a row", [][]string{head, {"", "废止", "", "documents/unreviewed-02.md", "", "documents/unreviewed-01.md"}}, "2 sheet-document"},
		{"the decision itself", [][]string{head, {"", "废止", "", "示规〔2026〕900号"}}, "2 sheet-document"},
		{"twice", [][]string{head, {"", "废止", "", "", "", "documents/unreviewed-01.md"}, {"", "修改", "", "", "", "documents/unreviewed-01.md"}}, "3 sheet-twice"},
		{"ends", [][]string{head,
			{"", "继续有效", "", "", "2028-02-30", "documents/unreviewed-01.md"}, {"", "继续有效", "", "", "明年", "documents/unreviewed-02.md"},
			{"", "继续有效", "", "", "2026-11-24", "documents/unreviewed-03.md"}, {"", "废止", "", "", "2028-12-31", "documents/unreviewed-04.md"},
			{"", "继续有效", "", "", "2027-05-01", "documents/period-ending-05.md"}},
			"2 sheet-until 3 sheet-until 4 sheet-until 5 sheet-until 6 sheet-until"},
		{"ways to write a day", [][]string{head,
			{"", "keep", "", "", "2028/2/9", "documents/unreviewed-01.md"}, {"", "保留", "", "", "2028.12.31", "documents/unreviewed-02.md"},
			{"", "继续有效", "", "", "47118", "documents/unreviewed-03.md"}, {}, {"", "", "", "", ""}}, ""},
	} {
		plan, findings := cleanup.Apply(c, c.Entry(decisionPath), "表.xlsx", x.rows, words(t))
		var got []string
		for _, f := range findings {
			got = append(got, strings.TrimPrefix(f.Pos.String(), "表.xlsx:")+" "+f.Rule)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
		if x.name == "ways to write a day" {
			for i, want := range []string{"2028-02-09", "2028-12-31", "2028-12-31"} {
				if len(plan.Relations) != 3 || plan.Relations[i].Until.String() != want {
					t.Errorf("relations %v, want until %s", plan.Relations, want)
				}
			}
		}
	}
}

func TestSameDaySameBytes(t *testing.T) {
	root, _ := site(t)
	w := words(t)
	var last [2]string
	for i := range last {
		c := load(t, root).Catalog
		cs := cleanup.Legal(c, cleanup.Options{})
		book, err := sheet.XLSX(cleanup.WorkTable(cs, w))
		if err != nil {
			t.Fatal(err)
		}
		_, page, _ := cleanup.Directory(c, c.Documents[0], w)
		last[i] = string(book) + string(page) + cleanup.Draft(cs, day, w).Markdown()
	}
	if last[0] != last[1] {
		t.Error("two runs differ")
	}
}

// FuzzApply checks that a sheet of anything is answered: each relation of the
// plan is one that front matter can hold.
func FuzzApply(f *testing.F) {
	f.Add([]byte("文件,清理意见,新有效期至\ndocuments/a.md,继续有效,2028年12月31日\n"))
	f.Add([]byte("文件名称,发文字号,清理意见\n\"示范市\n办法\",示规〔2020〕1号,废止\n"))
	d, _ := digest.New(markup.NewParser(), "documents/a.md", []byte("+++\ntitle = \"示范市办法\"\nnumber = \"示规〔2020〕1号\"\nclass = \"规章\"\nsigned = 2020-01-01\n+++\n第一条 正文。\n"))
	decision, _ := digest.New(markup.NewParser(), decisionPath, []byte("+++\ntitle = \"决定\"\nsigned = 2026-01-01\n+++\n决定。\n"))
	c := catalog.Resolve(catalog.Input{Digests: []*digest.Digest{d, decision}, Data: &source.Data{}, AsOf: day, HasFile: func(string) bool { return false }})
	texts, err := diag.LoadStrings("zh-CN")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, err := sheet.Read(b)
		if err != nil {
			return
		}
		plan, findings := cleanup.Apply(c, c.Entry(decisionPath), "表", rows, cleanup.Words{texts})
		cleanup.ApplyWeb(c, "表", rows, cleanup.Words{texts})
		for _, r := range plan.Relations {
			if _, err := source.AddRelation([]byte("+++\n+++\n"), r); err != nil {
				t.Errorf("%v: %v, findings %v", r, err, findings)
			}
		}
	})
}
