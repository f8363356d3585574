package leaks_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/csv"
	"fmt"
	"html"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongbao/internal/sheet"
)

// A container is a form of file, and the form which the sample has in it.
type container struct {
	name, ext string
	table     bool
	write     func(*gen, []block) []byte
}

var containers = []container{
	{"Markdown", ".md", false, markdown}, {"Markdown table", ".md", true, markdown},
	{"docx", ".docx", false, docx}, {"docx table", ".docx", true, docx},
	{"xlsx", ".xlsx", false, xlsx}, {"xlsx table", ".xlsx", true, xlsx},
	{"csv", ".csv", false, commas}, {"csv table", ".csv", true, commas},
	{"html", ".html", false, web}, {"html table", ".html", true, web},
	{"txt", ".txt", false, plain}, {"txt table", ".txt", true, plain},
	{"pdf", ".pdf", false, pdf}, {"pdf table", ".pdf", true, pdf},
}

// oneBoxEach are the containers for a number with one digit in each cell.
var oneBoxEach = []container{
	{"docx boxes", ".docx", true, docx}, {"xlsx boxes", ".xlsx", true, xlsx},
	{"html boxes", ".html", true, web}, {"Markdown boxes", ".md", true, markdown},
}

func markdown(g *gen, d []block) []byte {
	var b strings.Builder
	if g.IntN(2) == 0 {
		b.WriteString("+++\ntitle = \"示范市人民政府办公室关于有关事项的通知\"\nnumber = \"示府办发〔2024〕12号\"\nclass = \"其他文件\"\nkind = \"通知\"\nissuers = [\"示范市人民政府办公室\"]\nsigned = 2024-03-05\npublished = 2024-03-06\ndisclosure = \"主动公开\"\ntopics = [\"综合政务/文秘工作\"]\n+++\n\n")
	}
	for _, k := range d {
		switch {
		case k.rows != nil:
			for i, row := range k.rows {
				b.WriteString("| " + strings.Join(row, " | ") + " |\n")
				if i == 0 {
					b.WriteString("|" + strings.Repeat(" --- |", len(row)) + "\n")
				}
			}
			b.WriteString("\n")
		case strings.Contains(k.text, "、") && len([]rune(k.text)) < 8:
			b.WriteString("## " + k.text + "\n\n")
		case len([]rune(k.text)) < 16 && !strings.ContainsAny(k.text, "*_") && strings.TrimSpace(k.text) == k.text && g.IntN(3) == 0:
			b.WriteString("**" + k.text + "**\n\n")
		default:
			b.WriteString(k.text + "\n\n")
		}
	}
	return []byte(b.String())
}

func zipped(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const (
	wordNS  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relsNS  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	typesNS = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
)

// runs splits a paragraph of a word processor into runs of 1 to 5 characters,
// as the program does while people edit.
func runs(g *gen, s string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), g.between(1, 5))
		fmt.Fprintf(&b, `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, html.EscapeString(string(r[:n])))
		if r = r[n:]; g.IntN(6) == 0 {
			b.WriteString(`<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="_b"/><w:bookmarkEnd w:id="1"/>`)
		}
	}
	return b.String() + "</w:p>"
}

func docx(g *gen, d []block) []byte { return docxWith(g, d, "示范市人民政府办公室") }

func docxWith(g *gen, d []block, head string) []byte {
	var b strings.Builder
	for _, k := range d {
		if k.rows == nil {
			b.WriteString(runs(g, k.text))
			continue
		}
		b.WriteString("<w:tbl>")
		for _, row := range k.rows {
			b.WriteString("<w:tr>")
			for _, cell := range row {
				b.WriteString("<w:tc>" + runs(g, cell) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		}
		b.WriteString("</w:tbl>")
	}
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	return zipped(
		"[Content_Types].xml", typesNS+`<Override PartName="/word/document.xml" ContentType="`+word+`document.main+xml"/><Override PartName="/word/header1.xml" ContentType="`+word+`header+xml"/></Types>`,
		"_rels/.rels", relsNS+`<Relationship Id="rId1" Type="`+office+`officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels", relsNS+`<Relationship Id="rId1" Type="`+office+`header" Target="header1.xml"/></Relationships>`,
		"word/header1.xml", "<w:hdr"+wordNS+">"+runs(g, head)+"</w:hdr>",
		"word/document.xml", "<w:document"+wordNS+"><w:body>"+b.String()+`<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:body></w:document>`)
}

// lines are the rows of a sheet: a paragraph is a row of one cell.
func lines(d []block) [][]string {
	var out [][]string
	for _, k := range d {
		if k.rows == nil {
			out = append(out, []string{k.text})
		}
		out = append(out, k.rows...)
	}
	return out
}

// xlsx writes one sheet, or an innocent one before it.
func xlsx(g *gen, d []block) []byte {
	tables := []sheet.Table{{Name: "附表", Rows: lines(d)}}
	if g.IntN(3) == 0 {
		tables = append([]sheet.Table{{Name: "说明", Rows: [][]string{{"填报单位", "示范市民政局"}}}}, tables...)
	}
	b, err := sheet.XLSX(tables...)
	if err != nil {
		panic(err)
	}
	return b
}

// numbered is a workbook whose cells of 11 digits are numbers, as when people
// type a telephone number.
func numbered(_ *gen, d []block) []byte {
	var b strings.Builder
	for i, row := range lines(d) {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, cell := range row {
			at := fmt.Sprintf("%c%d", 'A'+j, i+1)
			if len(cell) == 11 && strings.Trim(cell, "0123456789") == "" {
				fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, at, cell)
			} else {
				fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, html.EscapeString(cell))
			}
		}
		b.WriteString("</row>")
	}
	const (
		ns    = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		excel = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	return zipped(
		"[Content_Types].xml", typesNS+`<Override PartName="/xl/workbook.xml" ContentType="`+excel+`sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="`+excel+`worksheet+xml"/></Types>`,
		"_rels/.rels", relsNS+`<Relationship Id="rId1" Type="`+office+`officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels", relsNS+`<Relationship Id="rId1" Type="`+office+`worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook`+ns+` xmlns:r="`+strings.TrimSuffix(office, "/")+`"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet`+ns+`><sheetData>`+b.String()+`</sheetData></worksheet>`)
}

// encoded is UTF-8 with or without a byte order mark, or GB18030, with the
// line ends of either world.
func encoded(g *gen, s string) []byte {
	if g.IntN(2) == 0 {
		s = strings.ReplaceAll(s, "\n", "\r\n")
	}
	switch g.IntN(3) {
	case 0:
		return []byte(s)
	case 1:
		return []byte("\uFEFF" + s)
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func commas(g *gen, d []block) []byte {
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(lines(d)); err != nil {
		panic(err)
	}
	return encoded(g, b.String())
}

func plain(g *gen, d []block) []byte {
	indent, sep := g.of("", "　　", "    "), g.of("\t", "  ", "　")
	var b strings.Builder
	for _, row := range lines(d) {
		if len(row) == 1 {
			b.WriteString(indent)
		}
		b.WriteString(strings.Join(row, sep) + "\n")
	}
	return encoded(g, b.String())
}

// web is a page of a government site, with the spans of a word processor and
// some characters as references.
func web(g *gen, d []block) []byte {
	inline := func(s string) string {
		var b strings.Builder
		split := g.IntN(2) == 0
		for r := []rune(s); len(r) > 0; {
			n := len(r)
			if split {
				n = min(n, g.between(1, 6))
			}
			t := strings.NewReplacer("★", "&#9733;", "\u00a0", "&nbsp;", "　", "&emsp;").Replace(html.EscapeString(string(r[:n])))
			if r = r[n:]; split {
				t = `<span style="font-family:仿宋">` + t + "</span>"
			}
			b.WriteString(t)
		}
		return b.String()
	}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>示范市人民政府</title><style>p{text-indent:2em}</style></head>\n<body><div class=\"nav\"><a href=\"/\">首页</a> <a href=\"/zwgk\">政务公开</a></div>\n<div class=\"content\" id=\"zoom\">\n")
	for _, k := range d {
		if k.rows == nil {
			b.WriteString("<p>" + inline(k.text) + "</p>\n")
			continue
		}
		b.WriteString("<table border=\"1\"><tbody>\n")
		for _, row := range k.rows {
			b.WriteString("<tr>")
			for _, cell := range row {
				b.WriteString("<td><p>" + inline(cell) + "</p></td>")
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</tbody></table>\n")
	}
	b.WriteString("</div><div class=\"footer\">主办：示范市人民政府办公室</div></body></html>\n")
	return []byte(b.String())
}

// pdf sets lines of 40 characters, 34 to a page, and the cells of tables in
// columns.
func pdf(g *gen, d []block) []byte {
	const size = 10
	var pages []string
	y, page := 800, ""
	line := func() {
		if y -= 20; y < 100 {
			pages, page, y = append(pages, page), "", 780
		}
	}
	for _, k := range d {
		if k.rows == nil {
			for i, s := range wrap("　　"+k.text, 40) {
				line()
				if t := strings.TrimPrefix(s, "　　"); i == 0 {
					page += show(g, 80+2*size, y, t)
				} else {
					page += show(g, 80, y, s)
				}
			}
			continue
		}
		var columns []int
		for _, row := range k.rows {
			for j, cell := range row {
				if j == len(columns) {
					columns = append(columns, 0)
				}
				columns[j] = max(columns[j], size*len([]rune(cell))+20)
			}
		}
		for _, row := range k.rows {
			line()
			x := 80
			for j, cell := range row {
				page += show(g, x, y, cell)
				x += columns[j]
			}
		}
	}
	pages = append(pages, page)

	var b bytes.Buffer
	kids := ""
	b.WriteString("%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n3 0 obj<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>endobj\n")
	for i, p := range pages {
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, _ = z.Write([]byte(p)) // a bytes.Buffer takes all
		_ = z.Close()
		n := 10 + 2*i
		kids += fmt.Sprintf("%d 0 R ", n)
		fmt.Fprintf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/Contents %d 0 R>>endobj\n%d 0 obj<</Filter/FlateDecode/Length %d>>stream\n", n, n+1, n+1, packed.Len())
		b.Write(packed.Bytes())
		b.WriteString("\nendstream endobj\n")
	}
	fmt.Fprintf(&b, "2 0 obj<</Type/Pages/Count %d/MediaBox[0 0 1200 842]/Resources<</Font<</F1 3 0 R>>>>/Kids[%s]>>endobj\ntrailer<</Root 1 0 R>>\n", len(pages), kids)
	return b.Bytes()
}

// show sets a text in UCS-2: at once, or each character for itself.
func show(g *gen, x, y int, s string) string {
	var h strings.Builder
	each := g.IntN(2) == 0
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&h, "%04X", u)
		if each {
			h.WriteString("> -5 <")
		}
	}
	return fmt.Sprintf("BT /F1 10 Tf %d %d Td [<%s>] TJ ET\n", x, y, h.String())
}

// wrap breaks lines, but not within Latin letters and digits.
func wrap(s string, width int) []string {
	var out []string
	r := []rune(s)
	latin := func(c rune) bool { return c > ' ' && c < 0x7F }
	for len(r) > width {
		n := width
		for n > 1 && latin(r[n]) && latin(r[n-1]) {
			n--
		}
		if n == 1 {
			n = width
		}
		out, r = append(out, string(r[:n])), r[n:]
	}
	return append(out, string(r))
}
