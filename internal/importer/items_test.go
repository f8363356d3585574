package importer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongbao/internal/diag"
	"gongbao/internal/docx"
	"gongbao/internal/importer"
	"gongbao/internal/sheet"
	"gongbao/internal/source"
)

// planItems imports a table into an empty register and reads what came out.
func planItems(t *testing.T, name string, raw []byte) (items []source.Item, found string) {
	t.Helper()
	text, n, findings := importer.PlanItems(name, raw, &source.Data{Columns: []source.Column{{Name: "听证公告", Code: "tzgg"}}})
	var data source.Data
	if bad := source.ReadData(&data, "items.toml", []byte(text)); len(bad) > 0 {
		t.Fatalf("%s: what was written is not read: %v\n%s", name, bad, text)
	}
	if len(data.Items) != n {
		t.Errorf("%s: %d items, but it says %d", name, len(data.Items), n)
	}
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d %s %s\n", f.Pos.Line, f.Rule, strings.Join(f.Args, "|"))
	}
	return data.Items, b.String()
}

// line shows an item in one line.
func line(x source.Item) string {
	var basis []string
	for _, b := range x.Basis {
		basis = append(basis, b.Text)
	}
	return strings.Join([]string{
		x.Code, x.Field, x.First, x.Name, x.Content, strings.Join(basis, "+"), x.Deadline, x.Owner, strings.Join(x.Channels, "+"),
		strings.Join(x.Audience, "+"), strings.Join(x.Method, "+"), strings.Join(x.Levels, "+"), x.Column.Text,
	}, "|")
}

func same(t *testing.T, name string, items []source.Item, found string, want []string, wantFound string) {
	t.Helper()
	var got []string
	for _, x := range items {
		got = append(got, line(x))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: items\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if found != wantFound {
		t.Errorf("%s: findings\n%swant\n%s", name, found, wantFound)
	}
}

// The workbook of a county: a title, a head of two rows, merged groups, marks,
// boxes, the numbers of the second sheet beginning anew.
func TestItemsOfAWorkbookWithMergedCells(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	put := func(sheet string, rows [][]string, merged ...[2]string) {
		for y, row := range rows {
			for x, text := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if err := f.SetCellStr(sheet, at, text); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, m := range merged {
			if err := f.MergeCell(sheet, m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	head := [][]string{
		{"序号", "公开事项", "", "公开内容\n（要素）", "公开依据", "公开\n时限", "公开\n主体", "公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", "", ""},
		{"", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体（请写明）", "主动", "依申请", "县级", "乡（镇）级", "村级"},
	}
	put("Sheet1", append([][]string{{"示范县社会救助领域基层政务公开标准目录"}}, append(head,
		[]string{"1", "综合业务", "政策法规文件", "1.法律、法规\n2.规范性文件", "《甲条例》（国令第1号）\n《乙办法》\n第二十条", "20个工作日内", "县民政局", "■政府网站  □政府公报\n☑两微一端  □其他（    ）", "√", "", "√", "", "√", "√", ""},
		[]string{"2", "", "监督检查", "结果", "", "", "", "", "", "低保对象", "√", "?", "√", "", "√"},
	)...), [2]string{"A1", "O1"}, [2]string{"B2", "C2"}, [2]string{"A2", "A3"}, [2]string{"D2", "D3"}, [2]string{"E2", "E3"}, [2]string{"F2", "F3"}, [2]string{"G2", "G3"}, [2]string{"H2", "H3"},
		[2]string{"I2", "J2"}, [2]string{"K2", "L2"}, [2]string{"M2", "O2"}, [2]string{"B4", "B5"}, [2]string{"E4", "E5"}, [2]string{"F4", "F5"}, [2]string{"G4", "G5"}, [2]string{"H4", "H5"})
	if _, err := f.NewSheet("养老服务"); err != nil {
		t.Fatal(err)
	}
	put("养老服务", append(head, []string{"1", "综合业务", "政策法规文件", "政策", "《丙法》", "即时", "县民政局", "■政府网站", "√", "", "√", "", "√", "", ""}), [2]string{"B1", "C1"})
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	items, found := planItems(t, "目录.xlsx", b.Bytes())
	same(t, "workbook", items, found, []string{
		"zcfgwj|社会救助|综合业务|政策法规文件|1.法律、法规；2.规范性文件|《甲条例》（国令第1号）+《乙办法》第二十条|20个工作日内|县民政局|政府网站+两微一端|全社会|主动|县级+乡级|",
		"jdjc|社会救助|综合业务|监督检查|结果|《甲条例》（国令第1号）+《乙办法》第二十条|20个工作日内|县民政局|政府网站+两微一端|特定群体（低保对象）|主动|县级+村级|",
		"zhyw-zcfgwj|养老服务|综合业务|政策法规文件|政策|《丙法》|即时|县民政局|政府网站|全社会|主动|县级|",
	}, "5 import-item-cell 监督检查|依申请|?\n")
}

// A CSV file lost its merged cells: groups go on, a row without a name goes on
// with the item above; a section names a field; the head comes again.
func TestItemsOfACSVWithoutMergedCells(t *testing.T) {
	const table = "序号,公开事项,,公开内容,公开依据,公开时限,公开主体,公开渠道,,公开对象,,公开方式,,备注,密级栏\n" +
		",一级事项,二级事项,,,,,政府网站,村公示栏,全社会,特定群众,主动,依申请,,\n" +
		"一、征地补偿领域,,,,,,,,,,,,,,\n" +
		"1,征地准备,听证公告,公告,《甲法》,3个工作日内,县自然资源局,√,√,√,,√,,,\n" +
		",,,附图,,,,,,,,,,,\n" +
		"2,,送达回证,回证,《甲法》,3个工作日内,县自然资源局,,,,√,,√,,\n" +
		"序号,公开事项,,公开内容,公开依据,公开时限,公开主体,公开渠道,,公开对象,,公开方式,,备注,密级栏\n" +
		",一级事项,二级事项,,,,,政府网站,村公示栏,全社会,特定群众,主动,依申请,,\n" +
		"二、市政服务领域,,,,,,,,,,,,,,\n" +
		"1,供水,,水质,,每月,,√,,√,,√,,,\n" +
		",,,,《乙法》,无处可归,,,,,,,,,\n"
	items, found := planItems(t, "a.csv", []byte(table))
	same(t, "csv", items, found, []string{
		"tzgg|征地补偿|征地准备|听证公告|公告；附图|《甲法》|3个工作日内|县自然资源局|政府网站+村公示栏|全社会|主动||tzgg",
		"sdhz|征地补偿|征地准备|送达回证|回证|《甲法》|3个工作日内|县自然资源局||特定群体|依申请||",
		"gs|市政服务||供水|水质||每月||政府网站|全社会|主动||",
	}, "1 import-item-column 密级栏\n5 import-item-joined 听证公告|4\n11 import-item-row 《乙法》 无处可归\n")
}

// A web page with spans, marks behind their words, and words instead of marks.
func TestItemsOfAWebPage(t *testing.T) {
	const page = `<!doctype html><html><head><meta charset="utf-8"><title>目录</title></head><body><p>示范区义务教育领域政务公开标准目录</p>
<table border="1"><tr><th rowspan="2">序号</th><th colspan="2">公开事项</th><th rowspan="2">公开内容要素</th><th rowspan="2">公开依据</th><th rowspan="2">公开主体</th><th rowspan="2">公开渠道和载体</th><th rowspan="2">公开方式</th><th colspan="2">公开层级</th></tr>
<tr><th>一级事项</th><th>二级事项</th><th>区级</th><th>街道</th></tr>
<tr><td>1</td><td rowspan="2">招生管理</td><td>招生政策</td><td>实施细则</td><td>《甲法》</td><td rowspan="2">区教育局</td><td>政府网站√ 政府公报 学校公示栏√</td><td>主动公开</td><td>√</td><td></td></tr>
<tr><td>2</td><td>学区划分</td><td>范围图</td><td>《甲法》</td><td>■政府网站□其他</td><td>主动、依申请、口头</td><td>√</td><td>×</td></tr></table></body></html>`
	items, found := planItems(t, "目录.html", []byte(page))
	same(t, "html", items, found, []string{
		"zszc|义务教育|招生管理|招生政策|实施细则|《甲法》||区教育局|政府网站+学校公示栏||主动|县级|",
		"xqhf|义务教育|招生管理|学区划分|范围图|《甲法》||区教育局|政府网站||主动+依申请|县级|",
	}, "4 import-item-cell 学区划分|公开方式|口头\n")
}

// A Word file with a head of one row and a column of fields.
func TestItemsOfAWordFile(t *testing.T) {
	table := &docx.Table{Header: 1}
	for _, row := range [][]string{
		{"序号", "试点领域", "公开事项", "公开内容", "依据", "时限", "责任主体", "公开对象"},
		{"1", "就业创业", "岗位信息", "招聘单位、岗位", "《甲条例》", "即时", "区人力资源社会保障局", "□全社会 ■特定群体"},
		{"2", "就业创业", "岗位信息", "薪酬", "《乙条例》", "即时", "区人力资源社会保障局", "■全社会"},
		{"3", "户籍管理", "岗位信息", "窗口岗位", "", "", "区公安分局", "全社会"},
	} {
		var cells []docx.Cell
		for _, text := range row {
			cells = append(cells, docx.TextCell(text))
		}
		table.Rows = append(table.Rows, cells)
	}
	b, err := docx.Write(docx.Document{Title: "目录", Blocks: []docx.Block{{Table: table}}})
	if err != nil {
		t.Fatal(err)
	}
	items, found := planItems(t, "目录.docx", b)
	same(t, "docx", items, found, []string{
		"gwxx|就业创业||岗位信息|招聘单位、岗位；薪酬|《甲条例》+《乙条例》|即时|区人力资源社会保障局||特定群体+全社会|||",
		"gwxx-2|户籍管理||岗位信息|窗口岗位|||区公安分局||全社会|||",
	}, "3 import-item-joined 岗位信息|2\n")
}

func TestItemsThatStandThereAreLeftAlone(t *testing.T) {
	csv, err := sheet.CSV([][]string{{"一级事项", "二级事项", "公开内容", "公开主体"}, {"规划", "总体规划", "文本", "某局"}, {"规划", "详细规划", "文本", "某局"}})
	if err != nil {
		t.Fatal(err)
	}
	data := &source.Data{Items: []source.Item{{Name: "总体规划", First: "规划", Code: "ztgh"}, {Name: "别的", Code: "xxgh"}}}
	text, n, findings := importer.PlanItems("a.csv", csv, data)
	if n != 1 || !strings.Contains(text, `code = "gh-xxgh"`) || len(findings) != 1 || findings[0].Rule != "import-item-known" || findings[0].Pos.Line != 2 {
		t.Errorf("%d items, %v\n%s", n, findings, text)
	}
}

func TestOtherTablesAreNoDirectory(t *testing.T) {
	for name, rows := range map[string][][]string{
		"documents": {{"序号", "标题", "文号"}, {"1", "甲办法", "示府发〔2023〕1号"}},
		"two":       {{"公开事项", "公开内容"}, {"甲", "乙"}},
		"none":      {{"公开内容", "公开依据", "公开主体"}, {"甲", "乙", "丙"}},
		"empty":     {{""}},
	} {
		csv, err := sheet.CSV(rows)
		if err != nil {
			t.Fatal(err)
		}
		text, n, findings := importer.PlanItems("a.csv", csv, &source.Data{})
		if n != 0 || text != "" || len(findings) == 0 || findings[0].Severity != diag.Error {
			t.Errorf("%s: %d items, %v\n%s", name, n, findings, text)
		}
	}
}

func FuzzPlanItems(f *testing.F) {
	f.Add("a.csv", []byte("一级事项,二级事项,公开内容\n规划,■甲□乙,√\n"))
	f.Add("a.html", []byte("<table border=1><tr><td rowspan=9 colspan=9>公开事项<td>公开依据<td>公开主体</table>"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		text, n, _ := importer.PlanItems(name, raw, &source.Data{})
		var data source.Data
		if bad := source.ReadData(&data, "items.toml", []byte(text)); len(bad) > 0 || len(data.Items) != n {
			t.Errorf("%d items, %d read, %v\n%s", n, len(data.Items), bad, text)
		}
	})
}
