package importer_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/docx"
	"gongbao/internal/gazette"
	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// zipped makes a zip file of texts by name.
func zipped(t testing.TB, texts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(texts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// word makes the least file that is a Word document.
func word(t testing.TB, body string) []byte {
	t.Helper()
	return zipped(t, map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	})
}

func paragraphs(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString("<w:p><w:r><w:t xml:space=\"preserve\">" + s + "</w:t></w:r></w:p>")
	}
	return b.String()
}

var letter = []string{
	"示范市人民政府办公室文件", "示府办发〔2023〕12号", "示范市人民政府办公室关于印发", "示范市停车办法的通知",
	"各县（区）人民政府：", "现将《示范市停车办法》印发给你们。", "示范市人民政府办公室", "2023年5月18日", "（此件公开发布）",
}

func rules(im *importer.Imported) string {
	var out []string
	for _, f := range im.Findings {
		out = append(out, f.Rule)
	}
	return strings.Join(out, " ")
}

func TestWordBecomesADocument(t *testing.T) {
	im := importer.Read(markup.NewParser(), "a.docx", word(t, paragraphs(letter...)), importer.Options{})
	d := im.Derived.Document
	if !im.Usable() || d.Title != "示范市人民政府办公室关于印发示范市停车办法的通知" || d.Number != "示府办发〔2023〕12号" ||
		!slices.Equal(d.Issuers, []string{"示范市人民政府办公室"}) || d.Signed != gazette.NewDate(2023, 5, 18) || d.Disclosure != gazette.Public {
		t.Errorf("%s: %+v", rules(im), d)
	}
	if want := "各县（区）人民政府：\n\n现将《示范市停车办法》印发给你们。\n\n示范市人民政府办公室\n\n2023年5月18日\n\n（此件公开发布）\n"; im.Markdown != want {
		t.Errorf("text is\n%s", im.Markdown)
	}
}

func TestTrackedChangesAreRefusedUnlessAccepted(t *testing.T) {
	body := paragraphs(letter[:6]...) + `<w:p><w:r><w:t>五</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>日</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>个工作日</w:t></w:r></w:ins><w:r><w:t>内办结。</w:t></w:r></w:p>`
	p := markup.NewParser()
	if im := importer.Read(p, "a.docx", word(t, body), importer.Options{}); im.Usable() || !strings.Contains(rules(im), "import-tracked") {
		t.Errorf("usable %t, %s", im.Usable(), rules(im))
	}
	im := importer.Read(p, "a.docx", word(t, body), importer.Options{Accept: true})
	if !im.Usable() || !strings.Contains(im.Markdown, "五个工作日内办结。") {
		t.Errorf("usable %t, %s\n%s", im.Usable(), rules(im), im.Markdown)
	}
}

// TestOddFilesAreFindings reads what is no document: each is a finding, and none
// becomes a document.
func TestOddFilesAreFindings(t *testing.T) {
	whole := word(t, paragraphs(letter...))
	for name, c := range map[string]struct {
		raw  []byte
		rule string
	}{
		"cut.docx":   {whole[:len(whole)/2], "import-broken"},
		"old.doc":    {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...), "import-unsupported"},
		"photo.docx": {[]byte("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 64)), "import-scanned"},
		"a.pdf":      {[]byte("%PDF-1.4\nnothing"), "import-broken"},
		"a.ofd":      {zipped(t, map[string]string{"OFD.xml": "<ofd/>"}), "import-unsupported"},
	} {
		im := importer.Read(markup.NewParser(), name, c.raw, importer.Options{})
		if im.Usable() || !strings.Contains(rules(im), c.rule) {
			t.Errorf("%s: usable %t, findings %q, want %s", name, im.Usable(), rules(im), c.rule)
		}
	}
	im := importer.Read(markup.NewParser(), "a.doc", whole, importer.Options{})
	if !im.Usable() || !strings.Contains(rules(im), "import-mislabelled") {
		t.Errorf("a file that lies: usable %t, %s", im.Usable(), rules(im))
	}
}

const realdocs = "../../../shared/corpus/realdocs"

var noise = regexp.MustCompile(`[\s\[\]()（）〔〕【】〈〉<>《》"“”‘’,，:：;；、。.—\-─]`)

// TestRealDocumentsAreRead reads documents as they were found and compares what
// a person says of them. The bounds are what is reached; they may only rise.
func TestRealDocumentsAreRead(t *testing.T) {
	f, err := os.Open(filepath.Join(realdocs, "index.jsonl"))
	if err != nil {
		t.Skip("skipped: the shared corpus is not beside the repository")
	}
	defer f.Close()
	bounds := map[string]int{"title": 42, "number": 26, "signed": 33, "published": 16, "recipients": 23}
	hits := map[string]int{}
	p := markup.NewParser()
	for s := bufio.NewScanner(f); s.Scan(); {
		var row struct {
			File, Original string
			Expected       map[string]any
		}
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("text", row.File)
		if row.Original != "" {
			name = filepath.Join("original", row.Original)
		}
		raw, err := os.ReadFile(filepath.Join(realdocs, name))
		if err != nil {
			t.Fatal(err)
		}
		d := importer.Read(p, name, raw, importer.Options{}).Derived.Document
		for key, got := range map[string]string{
			"title": d.Title, "number": d.Number, "signed": d.Signed.String(), "published": d.Published.Date.String(), "recipients": strings.Join(d.Addressees, ""),
		} {
			want, _ := row.Expected[key].(string)
			switch {
			case want == "":
			case noise.ReplaceAllString(want, "") == noise.ReplaceAllString(got, ""):
				hits[key]++
			default:
				t.Logf("%s: %s is %q, want %q", name, key, got, want)
			}
		}
	}
	for key, bound := range bounds {
		if hits[key] < bound {
			t.Errorf("%s: %d right, want %d", key, hits[key], bound)
		}
	}
}

// The seed is a scan read by machine: its facts, its twenty headings and every
// sentence come out whole.
func TestSeed(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/corpus/seed/neijiang-2023-36.txt")
	if err != nil {
		t.Skip("skipped: the shared corpus is not beside the repository")
	}
	im := importer.Read(markup.NewParser(), "seed.txt", raw, importer.Options{})
	d := im.Derived.Document
	got := []string{d.Title, d.Number, d.Kind, d.Form, strings.Join(d.Issuers, "|"), strings.Join(d.Addressees, "|"), string(d.Disclosure), d.Signed.String(), d.Index}
	want := []string{
		"内江市人民政府办公室关于印发2023年全市政务公开工作要点的通知", "内府办函〔2023〕36号", "通知", "要点", "内江市人民政府办公室",
		"各县（市、区）人民政府|内江新区、内江经开区、内江高新区管委会|市政府各部门|各有关单位", "主动公开", "", "",
	}
	if !slices.Equal(got, want) {
		t.Errorf("facts are\n%q, want\n%q", got, want)
	}
	tree := markup.NewParser().Parse([]byte(im.Markdown), markup.Options{Official: true, Title: d.Title})
	headings := 0
	for _, o := range importer.ObjectOf(im, tree, diag.Strings{}).Outline {
		if o.Depth == 2 {
			headings++
		}
	}
	if headings != 20 {
		t.Errorf("%d headings, want 20", headings)
	}
	heading := regexp.MustCompile(`^[一二三四五六]、|^2023年全市政务公开工作要点$|^信息公开选项：主动公开$`)
	for p := range strings.SplitSeq(strings.TrimSpace(im.Markdown), "\n\n") {
		if last, _ := utf8.DecodeLastRuneInString(p); !strings.ContainsRune("。：", last) && !heading.MatchString(p) {
			t.Errorf("a sentence is broken: %s", p)
		}
	}
}

// What is an ordinary word of a text, a label of a meeting, another document's
// number or an annex's signature is no tool, fact or signature of the page's.
func TestTextIsNotTakenForItsPage(t *testing.T) {
	read := func(lines ...string) *importer.Imported {
		return importer.Read(markup.NewParser(), "a.txt", []byte(strings.Join(lines, "\n")), importer.Options{})
	}
	end := []string{"示范市人民政府", "2023年11月10日"}

	im := read(append([]string{"示范市人民政府关于关闭煤矿的通知", "各单位：", "一、关闭矿井范围", "年产能＞9万吨的矿井保留，其余关闭", "二、会议安排",
		"时间：2022年3月9日上午9:00", "地点：市会议中心", "来源：各单位自行确定", "请参照执行下列文件：", "国发〔2011〕5号"}, end...)...)
	want := "各单位：\n\n一、关闭矿井范围\n\n年产能＞9万吨的矿井保留，其余关闭\n\n二、会议安排\n\n时间：2022年3月9日上午9:00\n\n地点：市会议中心\n\n" +
		"来源：各单位自行确定\n\n请参照执行下列文件：\n\n国发〔2011〕5号\n\n示范市人民政府\n\n2023年11月10日\n"
	if d := im.Derived.Document; d.Title != "示范市人民政府关于关闭煤矿的通知" || d.Number != "" || !d.Published.Date.IsZero() || im.Markdown != want {
		t.Errorf("title %q, number %q, published %v, text\n%s", d.Title, d.Number, d.Published, im.Markdown)
	}

	im = read(append([]string{"示范市人民政府关于停车的决定", "（2023年11月1日第50次常务会议审议通过）", "现就停车决定如下。"}, end...)...)
	if d := im.Derived.Document; d.Signed.String() != "2023-11-10" {
		t.Errorf("signed %s: the meeting counts more than the signature", d.Signed)
	}

	im = read("示范市财政局文件", "示财〔2010〕8号　　签发人：赵某", "示范市财政局关于下达资金的通知", "各市、县财政局，教育局：", "现予下达。", "附件", "示范市教育局", "2013年7月9日")
	d := im.Derived.Document
	if d.Number != "示财〔2010〕8号" || d.Signer != "赵某" || !d.Signed.IsZero() || !slices.Equal(d.Issuers, []string{"示范市财政局"}) {
		t.Errorf("number %q, signer %q, signed %s, issuers %q", d.Number, d.Signer, d.Signed, d.Issuers)
	}
}

// Those that issue together stand one over the other, each a line or a paragraph.
func TestJointTitles(t *testing.T) {
	lines := []string{"示范市发展和改革委员会", "示范市财政局 示范市住房和城乡建设局", "关于充电价格的通知", "各单位：", "请执行。"}
	for name, raw := range map[string][]byte{"a.txt": []byte(strings.Join(lines, "\n")), "a.docx": word(t, paragraphs(lines...))} {
		d := importer.Read(markup.NewParser(), name, raw, importer.Options{}).Derived.Document
		if d.Title != "示范市发展和改革委员会 示范市财政局 示范市住房和城乡建设局关于充电价格的通知" || len(d.Issuers) != 3 {
			t.Errorf("%s: %q of %q", name, d.Title, d.Issuers)
		}
	}
}

// Running heads and folios go, and the sentence goes on over the end of the page.
func TestRunningHeadsOfScans(t *testing.T) {
	var lines []string
	for _, page := range []string{"示范市人民政府关于停车的意见\n各单位：\n为了加强公共停车场的规划建设和管理改善道路通行秩序方便群众", "停车，现提出以下意见。\n一、加强规划。公共停车场的专项规划由市城市管理局会同市规划主管", "部门编制。"} {
		lines = append(lines, "示范市政务　　停车专刊", page, "— 1 —")
	}
	lines = append(lines, "示范市人民政府公报    2021年第3期", "示范市人民政府", "2021年3月4日")
	im := importer.Read(markup.NewParser(), "a.txt", []byte(strings.Join(lines, "\n")), importer.Options{})
	want := "各单位：\n\n为了加强公共停车场的规划建设和管理改善道路通行秩序方便群众停车，现提出以下意见。\n\n" +
		"一、加强规划。公共停车场的专项规划由市城市管理局会同市规划主管部门编制。\n\n示范市人民政府\n\n2021年3月4日\n"
	if im.Markdown != want || im.Derived.Document.Title != "示范市人民政府关于停车的意见" {
		t.Errorf("title %q, text\n%s", im.Derived.Document.Title, im.Markdown)
	}
	im = importer.Read(markup.NewParser(), "a.txt", []byte(strings.Join(lines, "\n")), importer.Options{Off: []string{"furniture"}})
	if !strings.Contains(im.Markdown, "第3期") {
		t.Error("the cleaner cannot be switched off")
	}
}

// A second document in the file is reported, whatever the file is; what is
// attached is not one.
func TestSeveralTexts(t *testing.T) {
	first := []string{"示范市财政局文件", "示财发〔2023〕5号", "示范市财政局关于印发示范市补贴办法的通知", "各县财政局："}
	first = append(first, strings.Repeat("为了规范补贴资金的管理，现将办法印发给你们，请遵照执行。", 6), "示范市财政局", "2023年5月6日")
	second := []string{"示范市民政局关于开展救助工作的通知", "示民发〔2023〕9号", "各县民政局："}
	second = append(second, strings.Repeat("现将有关事项通知如下，请认真贯彻落实。", 6), "示范市民政局", "2023年6月7日")
	both := slices.Concat(first, second)
	for _, c := range []struct {
		name string
		raw  []byte
		want bool
	}{
		{"two.txt", []byte(strings.Join(both, "\n")), true},
		{"two.docx", word(t, paragraphs(both...)), true},
		{"unnumbered.txt", []byte(strings.Join(slices.Concat(first, second[:1], second[2:]), "\n")), true},
		{"unnumbered-annex.txt", []byte(strings.Join(slices.Concat(first, []string{"附件2"}, second[:1], second[2:]), "\n")), false},
		{"one.txt", []byte(strings.Join(first, "\n")), false},
		{"annex.txt", []byte(strings.Join(slices.Concat(first, []string{"附件"}, second), "\n")), false},
	} {
		im := importer.Read(markup.NewParser(), c.name, c.raw, importer.Options{})
		got := slices.ContainsFunc(im.Findings, func(f diag.Finding) bool { return f.Rule == "import-several-texts" })
		if got != c.want {
			t.Errorf("%s: several texts %v, want %v: %v", c.name, got, c.want, im.Findings)
		}
	}
	im := importer.Read(markup.NewParser(), "two.txt", []byte(strings.Join(both, "\n")), importer.Options{})
	if !strings.Contains(im.Markdown, "\n\n示民发〔2023〕9号\n\n各县民政局：\n\n") {
		t.Errorf("the lines of the second head are joined:\n%s", im.Markdown)
	}
}

// The same number is refused, nearly the same words are reported, texts of one
// work from several years are neither.
func TestDuplicates(t *testing.T) {
	body := func(note, last string) string {
		lines := []string{"示范市停车管理办法", note, ""}
		for i := range 30 {
			lines = append(lines, "第"+zh.Numeral(i+1)+"条 停车场的第"+zh.Numeral(i+1)+"项管理事务由主管部门负责。", "")
		}
		return strings.Join(append(lines, last), "\n")
	}
	notice := func(number, text string) string {
		return "示范市财政局关于补贴的通知\n" + number + "\n各县财政局：\n" + text + "。\n示范市财政局\n2023年5月6日"
	}
	sketch := importer.SketchOf(body("", ""))
	for _, c := range []struct {
		name  string
		texts []string
		site  importer.Texts
		want  []string // rule of each text, "" for none
	}{
		{"one word more", []string{body("", ""), body("", "这里多了一句话，其余全都一样。")}, nil, []string{"", "import-near-text"}},
		{"the same", []string{body("", ""), body("", "")}, nil, []string{"", "import-same-text"}},
		{"of the site", []string{body("", "这里多了一句话，其余全都一样。")}, importer.Texts{"documents/a.md": {Title: "乙", Sketch: sketch}}, []string{"import-near-text"}},
		{"the same on the site", []string{body("", "")}, importer.Texts{"documents/a.md": {Words: importer.WordsOf("示范市停车管理办法", "", strings.TrimPrefix(body("", ""), "示范市停车管理办法"))}}, []string{"import-same-text"}},
		{"of two years", []string{body("（2019年5月6日通过）", ""), body("（2019年5月6日通过　2023年7月8日修正）", "这里多了一句话，其余全都一样。")}, nil, []string{"", ""}},
		{"number", []string{notice("示财发〔2023〕5号", "请遵照执行"), notice("示财发〔2023〕5号", "另一段文字")}, nil, []string{"", "import-number-known"}},
		{"other number", []string{notice("示财发〔2023〕5号", "请遵照执行"), notice("示财发〔2023〕6号", "请遵照执行")}, nil, []string{"", ""}},
		{"number of the site", []string{notice("示财发〔2023〕5号", "请遵照执行")}, importer.Texts{"documents/a.md": {Number: "示财发[2023]5号"}}, []string{"import-number-known"}},
	} {
		var texts []*importer.Imported
		for i, s := range c.texts {
			texts = append(texts, importer.Read(markup.NewParser(), zh.Numeral(i+1)+".txt", []byte(s), importer.Options{}))
		}
		importer.Duplicates(texts, c.site)
		for i, im := range texts {
			got := ""
			for _, f := range im.Findings {
				got += f.Rule
			}
			if got != c.want[i] {
				t.Errorf("%s: text %d has %q, want %q", c.name, i, got, c.want[i])
			}
		}
	}
}

// What a site has is read as the site itself reads it, however it is written.
func TestKnownOf(t *testing.T) {
	raw := "+++\r\ntitle = '示范市停车管理办法'\r\nnumber = '示府发〔2023〕1号'\r\n[source]\r\nfile = 'a.docx'\r\nsha256 = 'ab'\r\n+++\r\n第一条 停车。\r\n"
	got := importer.KnownOf(source.Read("documents/2023/a.md", []byte(raw)))
	if got.Title != "示范市停车管理办法" || got.Number != "示府发〔2023〕1号" || got.Source != "ab" || got.Words != importer.WordsOf(got.Title, got.Number, "第一条 停车。") {
		t.Errorf("%+v", got)
	}
	got = importer.KnownOf(source.Read("interpretations/a.md", []byte("+++\ntitle = \"解读\"\nsource = { file = \"a\", sha256 = \"cd\" }\n+++\n文。\n")))
	if got.Title != "解读" || got.Source != "cd" {
		t.Errorf("%+v", got)
	}
}

func FuzzReadOffice(f *testing.F) {
	f.Add([]byte(strings.Join(letter, "\n")))
	f.Add([]byte("<html><body><h1>甲办法</h1><p>第一条 文。</p></body></html>"))
	f.Add(word(f, paragraphs(letter...)))
	f.Add([]byte("索 引 号：1 文 号：示府发〔2023〕1号\n名 称：\n【标 题】 甲\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		importer.Read(markup.NewParser(), "a.txt", raw, importer.Options{})
	})
}

// TestMergedCells holds that the merged cells of a Word file are those of the
// document; a cell that only looks like a sign is text.
func TestMergedCells(t *testing.T) {
	cell := docx.TextCell
	wide, tall, under := cell("支出"), cell("部门"), docx.Cell{Above: true}
	wide.Span, tall.Rows = 2, 2
	block := cell("不详")
	block.Span, block.Rows = 2, 2
	below := docx.Cell{Above: true, Span: 2}
	blocks := []docx.Block{
		{Runs: docx.Text("示范市财政局关于公布数字的公告")}, {Runs: docx.Text("现将数字公布如下。")},
		{Table: &docx.Table{Rows: [][]docx.Cell{{tall, wide}, {under, cell("基本"), cell("项目")}, {cell("甲"), block}, {cell("^^"), below}, {cell("<<"), cell("1"), cell("a|b")}}}},
		{Runs: docx.Text("示范市财政局")}, {Runs: docx.Text("2023年5月6日")},
	}
	raw, err := docx.Write(docx.Document{Blocks: blocks})
	if err != nil {
		t.Fatal(err)
	}
	im := importer.Read(markup.NewParser(), "a.docx", raw, importer.Options{})
	want := "| 部门 | 支出 | << |\n|---|---|---|\n| ^^ | 基本 | 项目 |\n| 甲 | 不详 | << |\n| \\^^ | ^^ | << |\n| \\<< | 1 | a\\|b |"
	if !strings.Contains(im.Markdown, want) {
		t.Fatalf("got %s", im.Markdown)
	}
	tree := markup.NewParser().Parse([]byte(im.Markdown), markup.Options{})
	for _, b := range tree.Blocks {
		if b.Kind != markup.Table {
			continue
		}
		if c := b.Rows[2][1]; c.Cols != 2 || c.Rows != 2 || b.Rows[0][0].Rows != 2 || b.HeadRows() != 2 || len(tree.Findings) > 0 {
			t.Errorf("%+v %v", b.Rows, tree.Findings)
		}
		if s := b.PlainText(); !strings.Contains(s, "\n^^\t") || !strings.Contains(s, "\n<<\t1\ta|b") {
			t.Errorf("%q", s)
		}
		return
	}
	t.Error("no table")
}
