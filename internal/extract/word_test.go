package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gongbao/internal/docx"
)

const wordTestStyles = `<w:docDefaults/>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="章"/><w:basedOn w:val="1"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="n"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="b"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="h"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>`

func wordStyled(body string) wordFile {
	return wordFile{body: body, parts: map[string]string{"styles styles.xml": wordElement("styles", wordTestStyles)}}
}

func TestWordText(t *testing.T) {
	field := func(instruction, result string) string {
		s := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r>`
		if result != "" {
			s += `<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result
		}
		return s + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	box := func(s string) string { return `<w:txbxContent>` + wordPara("", wordText1(s)) + `</w:txbxContent>` }
	for _, c := range []struct{ name, body, want string }{
		{"runs", wordPara("", wordText1("甲")+wordText1("乙")+`<w:r><w:rPr><w:b/></w:rPr><w:t>丙</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>丁</w:t></w:r>`), "甲乙*丙*丁"},
		{"space", `<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space="preserve"> b </w:t></w:r></w:p>`, "a b "},
		{"signs", wordPara("", `<w:r><w:t>a</w:t><w:tab/><w:br/><w:softHyphen/><w:noBreakHyphen/><w:t>b`+"\u00A0"+`c</w:t><w:cr/><w:t>d</w:t></w:r>`), "a⇥⏎\u00AD-b\u00A0c⏎d"},
		{"alignment", wordPara(`<w:jc w:val="center"/>`, wordText1("甲")) + wordPara(`<w:jc w:val="end"/>`, wordText1("乙")), "><甲 | >>乙"},
		{"headings", wordPara(`<w:pStyle w:val="1"/>`, wordText1("甲")) + wordPara(`<w:pStyle w:val="mine"/>`, wordText1("乙")) + wordPara(`<w:outlineLvl w:val="2"/>`, wordText1("丙")) +
			wordPara(`<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>`, wordText1("丁")) + wordPara(`<w:pStyle w:val="t"/>`, wordText1("戊")), "#1 *甲* | #1 ><*乙* | #3 丙 | *丁* | #1 戊"},
		{"toggles", wordPara(`<w:pStyle w:val="1"/>`, `<w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>甲</w:t></w:r>`) + wordPara(``, `<w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>乙</w:t></w:r>`), "#1 甲 | *乙*"},
		{"styles in a circle", wordPara(`<w:pStyle w:val="x"/>`, wordText1("甲")), "甲"},
		{"page breaks", wordPara("", wordText1("甲")+`<w:r><w:br w:type="page"/></w:r>`+wordText1("乙")) + wordPara(`<w:pageBreakBefore/>`, wordText1("丙")) + wordPara("", `<w:r><w:br w:type="page"/></w:r>`) + wordPara("", wordText1("丁")), "甲 | ↡乙 | ↡丙 | ↡丁"},
		{"sections", wordPara(`<w:sectPr/>`, wordText1("甲")) + wordPara(`<w:sectPr><w:type w:val="continuous"/></w:sectPr>`, wordText1("乙")) + wordPara("", wordText1("丙")) + "<w:sectPr/>", "甲 | 乙 | ↡丙"},
		{"hyperlink", wordPara("", `<w:hyperlink r:id="L">`+wordText1("甲")+`</w:hyperlink><w:hyperlink r:id="J">`+wordText1("乙")+`</w:hyperlink>`), "甲<https://example.cn/a>乙"},
		{"hyperlink field", wordPara("", field(`HYPERLINK "http://example.cn/" \o "x"`, wordText1("甲"))+wordText1("乙")), "甲<http://example.cn/>乙"},
		{"page field", wordPara("", wordText1("第")+field("PAGE", wordText1("3"))+wordText1("页")), "第3页"},
		{"field in a field", wordPara("", field(`IF `+"</w:instrText></w:r>"+field("PAGE", wordText1("9"))+"<w:r><w:instrText>=9", wordText1("甲"))+wordText1("乙")), "甲乙"},
		{"simple field", wordPara("", `<w:fldSimple w:instr=" REF a ">`+wordText1("甲")+`</w:fldSimple>`), "甲"},
		{"number in a circle", wordPara("", field(`eq \o\ac(○,21)`, "")+field(`EQ \f(1,2)`, "")), "㉑1/2"},
		{"symbols", wordPara("", `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="F0A3"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>ü甲</w:t></w:r>`), "☑□≥✓甲"},
		{"unknown symbol", wordPara("", `<w:r><w:sym w:font="Secret" w:char="F0FE"/></w:r>`), "\uFFFD"},
		{"controls", `<w:sdt><w:sdtContent>` + wordPara("", `<w:sdt><w:sdtContent>`+wordText1("甲")+`</w:sdtContent></w:sdt><w:smartTag>`+wordText1("乙")+`</w:smartTag>`) + `</w:sdtContent></w:sdt>`, "甲乙"},
		{"ruby", wordPara("", `<w:r><w:ruby><w:rt>`+wordText1("pin")+`</w:rt><w:rubyBase>`+wordText1("拼")+`</w:rubyBase></w:ruby></w:r>`), "拼"},
		{"raised", wordPara("", wordText1("10 km")+`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>`+wordText1("办法")+`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>`), "10 km²办法1"},
		{"formula", wordPara("", `<m:oMath><m:r><m:t>y=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad><m:sSup><m:e><m:r><m:t>z</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>`), "y=(a+b)/2√xz²"},
		{"text box once", wordPara("", wordText1("甲")+`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>`+box("盒")+`</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>`+box("盒")+`</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`+wordText1("乙")), "甲乙 | 盒"},
		{"lettering", wordPara("", `<w:r><w:pict><v:shape><v:textpath string="示范市人民政府文件"/></v:shape></w:pict></w:r>`), "示范市人民政府文件"},
		{"comments", wordPara("", `<w:commentRangeStart w:id="0"/>`+wordText1("甲")+`<w:r><w:commentReference w:id="0"/></w:r>`), "甲"},
		{"joined by a hidden mark", wordPara(`<w:rPr><w:vanish/></w:rPr>`, wordText1("甲")) + wordPara("", wordText1("乙")), "甲乙"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := wordStyled(c.body)
			w.links = map[string]string{"L": "https://example.cn/a", "J": "javascript:alert(1)"}
			if got := wordShown(wordRead(t, w, Options{})); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestWordContentsAreFurniture(t *testing.T) {
	begin := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	body := wordPara("", wordText1("目　录")) + wordPara(`<w:pStyle w:val="toc1"/>`, begin+wordText1("一、甲")+`<w:r><w:tab/></w:r>`+wordText1("1")) +
		wordPara("", wordText1("二、乙")) + wordPara("", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`+wordText1("正文")) + wordPara("", wordText1("完"))
	d := wordRead(t, wordStyled(body), Options{})
	if got := wordShown(d); got != "正文 | 完" || len(d.Removed) != 1 || d.Removed[0].Text != "目　录\n一、甲\t1\n二、乙" || d.Removed[0].Cleaner != Furniture {
		t.Errorf("blocks %s, removed %+v", got, d.Removed)
	}
	if got := wordShown(wordRead(t, wordStyled(body), Options{Off: []string{Furniture}})); got != "目　录 | 一、甲⇥1 | 二、乙 | 正文 | 完" {
		t.Errorf("with the cleaner off: %s", got)
	}
	sdt := `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + wordPara("", wordText1("目录")) + wordPara("", wordText1("甲 1")) + `</w:sdtContent></w:sdt>`
	if got := wordShown(wordRead(t, wordStyled(sdt+wordPara("", wordText1("正文"))), Options{})); got != "正文" {
		t.Errorf("content control: %s", got)
	}
}

func TestWordTrackedChanges(t *testing.T) {
	body := wordPara("", wordText1("甲")+`<w:ins w:id="1">`+wordText1("乙")+`</w:ins><w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del>`) +
		wordPara(`<w:rPr><w:del/></w:rPr>`, wordText1("丁")) + wordPara("", wordText1("戊")) +
		wordPara(`<w:rPr><w:moveFrom/></w:rPr>`, `<w:moveFrom>`+wordText1("己")+`</w:moveFrom>`) + wordPara("", `<w:moveTo>`+wordText1("己")+`</w:moveTo>`) +
		`<w:tbl><w:tr><w:tc>` + wordPara("", wordText1("一")) + `</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + wordPara("", wordText1("二")) + `</w:tc></w:tr></w:tbl>`
	for _, accept := range []bool{false, true} {
		d := wordRead(t, wordStyled(body), Options{Accept: accept})
		if got := wordShown(d); got != "甲乙 | 丁戊 | 己 | 一" {
			t.Errorf("accept %v: %s", accept, got)
		}
		want := "[{tracked 乙 1}]"
		if accept {
			want = "[]"
		}
		if d.Changes != 7 || fmt.Sprint(d.Problems) != want {
			t.Errorf("accept %v: %d changes, problems %v", accept, d.Changes, d.Problems)
		}
	}
}

func TestWordHiddenText(t *testing.T) {
	body := wordPara("", wordText1("甲")+`<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>件</w:t></w:r>`)
	d := wordRead(t, wordStyled(body), Options{})
	if got := wordShown(d); got != "甲" || fmt.Sprint(d.Removed) != "[{hidden 密件 1}]" || fmt.Sprint(d.Problems) != "[{hidden 密件 1}]" {
		t.Errorf("%s, removed %v, problems %v", got, d.Removed, d.Problems)
	}
	if got := wordShown(wordRead(t, wordStyled(body), Options{Off: []string{Hidden}})); got != "甲密件" {
		t.Errorf("with the cleaner off: %s", got)
	}
}

func TestWordTables(t *testing.T) {
	cell := func(props, s string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + wordPara("", wordText1(s)) + `</w:tc>`
	}
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	nested := `<w:tc><w:p/><w:tbl>` + row(cell("", "子"), cell("", "丑")) + `</w:tbl>` + wordPara("", wordText1("后")) + `</w:tc>`
	body := `<w:tbl>` + row(cell(`<w:gridSpan w:val="2"/>`, "头"), cell(`<w:vMerge w:val="restart"/>`, "右")) +
		row(cell(`<w:vMerge w:val="restart"/>`, "左"), cell("", "中"), cell(`<w:vMerge/>`, "密")) +
		row(cell(`<w:vMerge w:val="continue"/>`, ""), nested, cell("", "尾")) + `</w:tbl>` +
		`<w:tbl>` + row(cell("", "")) + `</w:tbl>`
	d := wordRead(t, wordStyled(body), Options{})
	if got, want := wordShown(d), "头(2×1),右(1×2) / 左(1×2),中 / 子⇥丑⏎后,尾"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if fmt.Sprint(d.Removed) != "[{hidden 密 5}]" {
		t.Errorf("removed %v", d.Removed)
	}
	layout := `<w:tbl>` + row(cell("", ""), cell("", "甲")) + row(`<w:tc>`+wordPara(`<w:jc w:val="center"/>`, wordText1("乙"))+wordPara("", wordText1("丙"))+`</w:tc>`) + `</w:tbl>`
	if got := wordShown(wordRead(t, wordStyled(layout), Options{})); got != "甲 | ><乙 | 丙" {
		t.Errorf("table for layout: %s", got)
	}
}

func TestWordNotesHeadersAndComments(t *testing.T) {
	w := wordStyled(wordPara("", wordText1("甲")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+wordText1("乙")+`<w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="7"/></w:r>`) +
		`<w:sectPr><w:headerReference r:id="header1.xml"/><w:footerReference r:id="footer1.xml"/></w:sectPr>`)
	w.parts["footnotes footnotes.xml"] = wordElement("footnotes", `<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>`+wordText1(" 注一")+`</w:p></w:footnote>`)
	w.parts["endnotes endnotes.xml"] = wordElement("endnotes", `<w:endnote w:id="2">`+wordPara("", wordText1("注二"))+`</w:endnote>`)
	w.parts["header header1.xml"] = wordElement("hdr", wordPara("", wordText1("页眉")))
	w.parts["footer footer1.xml"] = wordElement("ftr", wordPara("", wordText1("— 1 —")))
	w.parts["comments comments.xml"] = wordElement("comments", `<w:comment>`+wordPara("", wordText1("批"))+`</w:comment><w:comment/>`)
	d := wordRead(t, w, Options{})
	if got := wordShown(d); got != "甲[1]乙[2][1]" || len(d.Notes) != 2 || wordShownRuns(d.Notes[0].Runs) != "注一" || wordShownRuns(d.Notes[1].Runs) != "注二" {
		t.Errorf("%s, notes %v", got, d.Notes)
	}
	if fmt.Sprint(d.Removed) != "[{furniture 页眉 0} {furniture — 1 — 0}]" || d.Comments != 2 || fmt.Sprint(d.Problems) != "[{broken footnote 7 1}]" {
		t.Errorf("removed %v, %d comments, problems %v", d.Removed, d.Comments, d.Problems)
	}
}

func TestWordPictures(t *testing.T) {
	w := wordStyled(wordPara(`<w:jc w:val="center"/>`, `<w:r><w:drawing><a:blip r:embed="media_.._图 A.PNG"/></w:drawing><w:pict><v:shape><v:imagedata r:id="lost"/></v:shape></w:pict><w:drawing><a:blip r:link="image9"/></w:drawing></w:r>`) +
		wordPara("", wordText1("甲")+`<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>`))
	w.parts["image media/../图 A.PNG"] = "picture"
	w.other = map[string]string{"word/图 A.PNG": "picture", "word/vbaProject.bin": "x", "../../etc/passwd": "x"}
	w.links = map[string]string{"image9": "http://example.cn/b.jpg?x=1"}
	d := wordRead(t, w, Options{})
	if got := wordShown(d); got != "picture a.png>< | picture b.jpg>< | 甲" {
		t.Errorf("%s", got)
	}
	if len(d.Pictures) != 2 || string(d.Pictures[0].Data) != "picture" || d.Pictures[1].Data != nil {
		t.Errorf("pictures %+v", d.Pictures)
	}
	if got := fmt.Sprint(d.Problems); got != "[{picture-lost  1} {external http://example.cn/b.jpg?x=1 1} {embedded Excel.Sheet.12 2} {macros  0}]" {
		t.Errorf("problems %s", got)
	}
}

func TestWordStrictNamespacesAndUTF16(t *testing.T) {
	w := wordFile{other: map[string]string{"word/document.xml": `<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body><d:p><d:pPr><d:jc d:val="end"/></d:pPr><d:r><d:t>甲</d:t></d:r></d:p></d:body></d:document>`}}
	if got := wordShown(wordRead(t, w, Options{})); got != ">>甲" {
		t.Errorf("strict: %s", got)
	}
	var wide bytes.Buffer
	wide.WriteString("\xFF\xFE")
	for _, r := range `<?xml version="1.0" encoding="UTF-16"?><document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>甲</t></r></p></body></document>` {
		wide.Write([]byte{byte(r), byte(r >> 8)})
	}
	w.other["word/document.xml"] = wide.String()
	if got := wordShown(wordRead(t, w, Options{})); got != "甲" {
		t.Errorf("UTF-16: %s", got)
	}
}

func TestWordProperties(t *testing.T) {
	w := wordStyled(wordPara("", wordText1("甲")))
	w.other = map[string]string{
		"docProps/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>题</dc:title><cp:keywords> 词 </cp:keywords><dcterms:created>2016-08-16T13:11:49Z</dcterms:created><dc:creator/></cp:coreProperties>`,
		"docProps/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>局</Company><Pages>1</Pages></Properties>`,
		"docProps/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="文 号"><vt:lpwstr>1号</vt:lpwstr></property><property name="KSOProductBuildVer"><vt:lpwstr>2052</vt:lpwstr></property></Properties>`,
	}
	if got := fmt.Sprint(wordRead(t, w, Options{}).Fields); got != "[{title 题 0} {keywords 词 0} {created 2016-08-16T13:11:49Z 0} {company 局 0} {文号 1号 0}]" {
		t.Errorf("fields %s", got)
	}
}

// TestWordReadsWhatDocxWrites goes there and back.
func TestWordReadsWhatDocxWrites(t *testing.T) {
	b, err := docx.Write(docx.Document{Title: "目录甲", Blocks: []docx.Block{
		{Level: 2, Runs: docx.Text("（一）规章")},
		{Runs: []docx.Run{{Text: "正文\t一\n二"}, {Text: "粗", Bold: true}}},
		{Align: docx.Right, Runs: docx.Text("落款")},
		{Table: &docx.Table{Rows: [][]docx.Cell{{{Span: 2, Paragraphs: docx.TextCell("合").Paragraphs}}, {docx.TextCell("1"), docx.TextCell("乙")}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	d, err := readWord(b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.ReplaceAll(wordShown(d), "*", "")
	if want := "#1 ><目录甲 | #2 （一）规章 | 正文⇥一⏎二粗 | >>落款 | 合(2×1) / 1,乙"; plain != want {
		t.Errorf("got  %s\nwant %s", plain, want)
	}
}

func TestWordFilesThatCannotBeRead(t *testing.T) {
	good := wordStyled(wordPara("", wordText1("甲"))).bytes(t)
	ole := func(stream string) []byte {
		var b bytes.Buffer
		b.WriteString("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504))
		for _, r := range stream {
			b.Write([]byte{byte(r), 0})
		}
		return b.Bytes()
	}
	with := func(part, s string) []byte { return wordFile{other: map[string]string{part: s}}.bytes(t) }
	for _, c := range []struct {
		name string
		b    []byte
		want ProblemKind
	}{
		{"nothing", nil, Broken},
		{"a page", []byte("<html>"), Mislabelled},
		{"rtf", []byte(`{\rtf1`), Unsupported},
		{"password", ole("EncryptedPackage"), Encrypted},
		{"old Word", ole("WordDocument"), Unsupported},
		{"truncated", good[:len(good)/2], Broken},
		{"truncated text", with("word/document.xml", "<w:document><w:body><w:p>"), Broken},
		{"crossed elements", with("word/document.xml", "<w:document><w:body></w:document></w:body>"), Broken},
		{"bomb", with("word/document.xml", "<w:document><w:body>"+strings.Repeat(" ", 70<<20)), Large},
		{"depth", with("word/document.xml", "<w:document><w:body>"+strings.Repeat("<w:sdt>", 1000)), Large},
		{"tables in tables", with("word/document.xml", "<w:document><w:body>"+strings.Repeat("<w:tbl><w:tr><w:tc>", 40)+strings.Repeat("</w:tc></w:tr></w:tbl>", 40)+"</w:body></w:document>"), Large},
		{"entities", with("word/document.xml", `<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), Broken},
		{"another root", with("word/document.xml", "<html/>"), Mislabelled},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readWord(c.b, Options{})
			if p, ok := errors.AsType[*Problem](err); !ok || p.Kind != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}
