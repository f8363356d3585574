package pdf_test

import (
	"strings"
	"testing"
	"unicode"

	"gongbao/internal/extract"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/typeset"
)

// TestOwnPDFComeBackWhole reads what this program prints: rare characters,
// squeezed marks, close and wide setting, all inks.
func TestOwnPDFComeBackWhole(t *testing.T) {
	set := fontSet(t)
	texts := []string{
		"第一条 为了规范，制定本办法。", "𠮷野家𬭊字", "㙍龦〇⑳", "(括号) \\反斜线\\ <尖>", "“引号”——破折号……省略",
		"100%％ A-Z a.b,c", "一一一一一一一一", "（一）《办法》、《规定》（“三公”）。",
	}
	for _, purpose := range []press.Purpose{press.Screen, press.Print, press.Archive, press.Proof} {
		b := &press.Book{Purpose: purpose, Info: press.Info{
			Title: "示范市人民政府公报", Author: "示范市人民政府办公室", Keywords: "公报", Language: "zh-CN", Date: gazette.NewDate(2023, 6, 30),
		}}
		want := ""
		for p := range 3 {
			page := typeset.Page{Width: typeset.MM(210), Height: typeset.MM(297)}
			y := typeset.MM(40)
			for i, text := range texts {
				size := typeset.Length(10+2*p) * typeset.Point
				x := typeset.MM(28)
				for k, r := range text { // squeezed marks are runs of their own
					half := strings.ContainsRune("（《、。”）》", r) && (i+k)%2 == 0
					run := typeset.Run{X: x, Y: y, Font: song, Size: size, Half: half, Ink: typeset.Ink(i % 3), Text: string(r)}
					page.Runs = append(page.Runs, run)
					advance := set.Advance(font.Song, r)
					if half {
						advance = 500
					}
					x += typeset.Length(int64(advance)*int64(size)/1000) + typeset.Length(100*(i-1))
				}
				want += text
				y += 2 * size
			}
			b.Pages = append(b.Pages, page)
		}
		data, err := pdf.Write(b, set)
		if err != nil {
			t.Fatal(err)
		}
		d, err := extract.Read("a.pdf", data, extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, b := range d.Blocks {
			got += extract.PlainText(b.Runs)
		}
		if len(d.Blocks) != 3*len(texts) || inked(got) != inked(want) {
			t.Errorf("%v: %d lines\n%s\n%s", purpose, len(d.Blocks), inked(got), inked(want))
		}
		if len(d.Fields) == 0 || d.Fields[0].Value != "示范市人民政府公报" {
			t.Errorf("%v: %v", purpose, d.Fields)
		}
	}
}

func inked(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
