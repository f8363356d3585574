package extract

import (
	"fmt"
	"strings"
	"testing"
)

func TestWordNumerals(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"chineseCounting", 21, "二十一"}, {"chineseCounting", 105, "一〇五"}, {"chineseCountingThousand", 105, "一百零五"},
		{"ideographTraditional", 3, "丙"}, {"ideographTraditional", 11, "11"}, {"ideographDigital", 10, "一〇"}, {"japaneseCounting", 10, "十"},
		{"japaneseCounting", 101, "百一"}, {"taiwaneseCounting", 20, "二十"}, {"decimalEnclosedCircle", 3, "③"}, {"decimalEnclosedCircleChinese", 21, "21"},
		{"decimalFullWidth", 10, "１０"}, {"lowerLetter", 28, "bb"}, {"upperLetter", 1, "A"}, {"lowerRoman", 14, "xiv"}, {"upperRoman", 4, "IV"},
		{"none", 1, ""}, {"decimalZero", 7, "07"}, {"ideographZodiacTraditional", 61, "61"}, {"ideographZodiacTraditional", 13, "丙子"},
		{"chineseLegalSimplified", 12, "拾贰"}, {"ordinal", 22, "22nd"}, {"unheardOf", 5, "5"}, {"lowerLetter", 1 << 30, "1073741824"},
	} {
		if got := wordNumeral(c.format, c.n); got != c.want {
			t.Errorf("wordNumeral(%q, %d) = %q, want %q", c.format, c.n, got, c.want)
		}
	}
}

func wordLevelXML(i int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, i, format, more, text)
}

func TestWordNumbersAsPrinted(t *testing.T) {
	w := wordStyled("")
	w.parts["numbering numbering.xml"] = wordElement("numbering",
		`<w:abstractNum w:abstractNumId="1">`+wordLevelXML(0, "chineseCountingThousand", "第%1条", `<w:pStyle w:val="n"/>`)+wordLevelXML(1, "chineseCounting", "（%2）", "")+wordLevelXML(2, "decimal", "%1.%2.%3", `<w:isLgl/>`)+`</w:abstractNum>`+
			`<w:abstractNum w:abstractNumId="2">`+wordLevelXML(0, "chineseCounting", "%1、", `<w:suff w:val="nothing"/>`)+wordLevelXML(1, "decimal", "%2.", "")+wordLevelXML(2, "decimalEnclosedCircleChinese", "%3", `<w:lvlRestart w:val="0"/>`)+wordLevelXML(3, "bullet", "\uF06C", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`)+`</w:abstractNum>`+
			`<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="n"/></w:abstractNum>`+
			`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`+
			`<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`+
			`<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>`)
	num := func(id, lvl int, s string) string {
		return wordPara(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, lvl, id), wordText1(s))
	}
	for _, c := range []struct{ name, body, want string }{
		{"levels", num(2, 0, "甲") + num(2, 1, "乙") + num(2, 1, "2016年") + num(2, 2, "丙") + num(2, 0, "丁") + num(2, 1, "戊") + num(2, 2, "己") + num(2, 3, "庚"),
			"一、甲 | 1.乙 | 2. 2016年 | ①丙 | 二、丁 | 1.戊 | ②己 | ● 庚"},
		{"through a style", wordPara(`<w:pStyle w:val="n"/>`, wordText1("甲")) + wordPara(`<w:pStyle w:val="n"/>`, `<w:r><w:rPr><w:b/></w:rPr><w:t>乙</w:t></w:r>`) + num(1, 1, "丙") + num(1, 2, "丁") + wordPara(`<w:pStyle w:val="n"/><w:numPr><w:numId w:val="0"/></w:numPr>`, wordText1("戊")),
			"第一条 甲 | *第二条 乙* | （一）丙 | 2.1.1 丁 | 戊"},
		{"start anew", num(2, 0, "甲") + num(3, 0, "乙") + num(3, 0, "丙") + num(2, 0, "丁"), "一、甲 | 五、乙 | 六、丙 | 七、丁"},
		{"link of lists", num(4, 0, "甲") + num(1, 0, "乙"), "第一条 甲 | 第二条 乙"},
		{"level above did not begin", num(1, 2, "甲") + num(1, 0, "乙"), "1.1.1 甲 | 第二条 乙"},
		{"deleted paragraphs do not count", num(2, 0, "甲") + wordPara(`<w:rPr><w:del/></w:rPr><w:numPr><w:numId w:val="2"/></w:numPr>`, `<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>`) + num(2, 0, "丙"), "一、甲 | 二、丙"},
		{"unknown list", num(9, 0, "甲"), "甲"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.body = c.body
			if got := wordShown(wordRead(t, w, Options{Accept: true})); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// FuzzWordBody reads any text of a document: never a panic, and twice the same.
func FuzzWordBody(f *testing.F) {
	for _, s := range []string{
		wordPara("", wordText1("甲")), `<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="-9"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="begin"/><w:instrText>EQ \o(\f(,)</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/><w:vanish/></w:rPr></w:pPr><w:r><w:br w:type="page"/><w:t>x</w:t></w:r></w:p><w:sectPr/>`,
		`<m:oMath><m:d/><m:f/></m:oMath><mc:AlternateContent><mc:Choice/></mc:AlternateContent>`, `<w:p xmlns:w="x"><w:r/></w:p>`,
		`<w:tbl><w:tc/><w:tr><w:trPr><w:gridBefore w:val="3"/></w:trPr><w:tc><w:tcPr><w:hMerge/></w:tcPr></w:tc></w:tr></w:tbl>`,
	} {
		f.Add(s)
	}
	numbering := wordElement("numbering", `<w:abstractNum w:abstractNumId="1">`+wordLevelXML(0, "decimal", "%1.%9%", "")+wordLevelXML(8, "bullet", "\uF0B7", "")+`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`)
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 1<<16 {
			return
		}
		w := wordStyled(body)
		w.parts["numbering numbering.xml"] = numbering
		b := w.bytes(t)
		first, err := readWord(b, Options{})
		second, err2 := readWord(b, Options{})
		if fmt.Sprint(first, err) != fmt.Sprint(second, err2) {
			t.Fatalf("read differently: %q", body)
		}
		if err == nil && strings.Contains(wordAllText(first), "instrText") {
			t.Log("markup as text")
		}
	})
}

// FuzzWordFile reads any bytes.
func FuzzWordFile(f *testing.F) {
	good := wordStyled(wordPara("", wordText1("甲"))).bytes(f)
	f.Add(good)
	f.Add(good[:len(good)-30])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := readWord(b, Options{}); err == nil && d.Format != Word {
			t.Fatal("no document and no error")
		}
	})
}

// FuzzWordNumbering reads any definitions of lists.
func FuzzWordNumbering(f *testing.F) {
	f.Add(`<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="n"/>` + wordLevelXML(0, "lowerLetter", "%1%2%3%4%5%6%7%8%9", "") + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`)
	f.Fuzz(func(t *testing.T, s string) {
		w := wordStyled(strings.Repeat(wordPara(`<w:pStyle w:val="n"/>`, wordText1("甲")), 3))
		w.parts["numbering numbering.xml"] = wordElement("numbering", s)
		if _, err := readWord(w.bytes(t), Options{}); err != nil {
			t.Skip(err)
		}
	})
}
