package markup

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// bodies are ways to write of which some are parts, some are not, and some would be
// read otherwise if they were cut.
var bodies = []string{
	"", "\n\n", "甲\n", "甲\n乙\n\n丙", "# 标题\n正文\n## 二\n\n正文", "#标题\n", "# \n", "#  二空格\n", "## 尾 ##\n", "####### 七\n", "# x", "#", "# **粗**\n文",
	"一、总体要求\n二、任务\n（一）《甲办法》（示府发〔2020〕1号）。\n1. 乙\n", "甲  \n乙\n", "甲 \n乙\\\n丙\n", "　　第一条　文\n", "甲\t乙\n",
	"**粗**文\n\n*斜*\n\n- 项\n\n  续\n\n甲", "甲\n\n- 项\n\n甲", "甲\n- 项\n", "+ 项", "-5度\n\n+1\n", "---\n\n甲\n***\n", "_甲_ 乙", "> 引\n甲\n\n乙",
	"    缩进\n\n甲\n    续", "\t甲\n", " \n甲\n \n乙", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n丙\n\n| 丁 |\n|---|\n", "甲 | 乙\n--- | ---\n1 | 2", "甲\n:-\n乙\n", "甲\n|-\n",
	"[甲](a.md)\n\n乙", "[甲]\n\n[甲]: a.md\n", "[甲]\n乙\n\n![图](a.png)\n", "注[^1]\n\n[^1]: 注文\n", "注[^2]\n\n甲", "!甲]\n", "甲\n===\n乙\n",
	"```\n甲\n\n乙\n```\n", "`甲`\n", "~~~\n甲\n", "~甲~\n", "<!-- 注 -->\n\n甲\n\n<!-- 注 -->", "甲\n<!-- 注 -->\n乙\n", "<!-- 注 --> 甲\n", "<!-- 注\n\n注 -->\n甲", "<!-->\n", "<!-->-->\n",
	"<p>甲</p>\n\n乙 <b>丙</b>\n", "<script>\n\n甲", "&lt;甲&gt;\n\\*\n", "甲\r\n乙", "甲\x00乙", "甲\n\n\n\n乙\n\n", "\\\n甲", "甲\\\n", "**甲\n\n乙**\n", "**甲**\n\n<!-- 注 -->\n\n**乙**\n\n| 甲 |\n|---|\n",
	"第一条　甲\n\n（一）乙\n\n（二）丙\n\n第一条　丁\n\n附件\n\n# 戊\n\n第一条　己\n",
}

// same reports where a body is read otherwise by parts.
func same(t *testing.T, p *Parser, body []byte, o Options) {
	t.Helper()
	want, got := p.parse(body, o, false), p.parse(body, o, true)
	if !reflect.DeepEqual(got, want) {
		g, _ := json.MarshalIndent(got, "", " ")
		w, _ := json.MarshalIndent(want, "", " ")
		t.Fatalf("%q\nby parts: %s\nas a whole: %s", body, g, w)
	}
}

func both(t *testing.T, p *Parser, body []byte) {
	t.Helper()
	for _, o := range []Options{{}, {Official: true, FirstLine: 7, Title: "关于印发《甲办法》的通知"}} {
		same(t, p, body, o)
	}
}

// TestPartsAreTheWhole reads what people write by parts and as a whole.
func TestPartsAreTheWhole(t *testing.T) {
	p := NewParser()
	for _, a := range bodies {
		both(t, p, []byte(a))
		for _, b := range bodies {
			both(t, p, []byte(a+"\n"+b))
			both(t, p, []byte(a+"\n\n"+b))
		}
	}
	files, _ := filepath.Glob("../../content/*/*/*.md")
	laws, _ := filepath.Glob("../../../shared/corpus/laws/*/*.md")
	for i, f := range append(files, laws...) {
		if i >= len(files) && i%4 != 0 {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		both(t, p, b)
	}
}

// tokens are what random bodies are made of.
var tokens = strings.Split("\n,\n,\n\n,\n\n, ,  ,    ,\t,　,甲,乙。,第一条　,（一）,一、,1. ,# ,## ,###,-,- ,* ,+ ,*,**,_,__,`,```,~~~,>,> ,|,|---|,---,===,:-,[,],](a.md),[^1],[^1]:,]:,!,![,<,<!--,-->,<b>,</b>,<p>,<script>,&amp;,&,\\,《甲办法》,〔2020〕1号,附件,2024年1月1日,x,<http://a.b>,\u00a0,é,𠀀,：,；,\x01", ",")

// TestRandomBodies reads bodies of random tokens by parts and as a whole.
func TestRandomBodies(t *testing.T) {
	p, r := NewParser(), rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(24) {
			b.WriteString(tokens[r.IntN(len(tokens))])
		}
		same(t, p, []byte(b.String()), Options{Official: r.IntN(2) == 0, FirstLine: r.IntN(9), Title: "关于印发《甲办法》的通知"})
	}
}

// TestMostBodiesAreParts guards that the way without the library is taken.
func TestMostBodiesAreParts(t *testing.T) {
	s := newSpace()
	body := "各县（区）人民政府：\n\n# 甲办法\n\n## 第一章　总则\n\n第一条　为了……，制定本办法。\n第二条　本办法适用于下列活动！\n\n<!-- 注 -->\n\n　　附件：1. 名单\n\n2024年1月1日\n"
	if list, marked, known := s.cut([]byte(body), 1); !known || marked || len(list) != 6 {
		t.Errorf("cut(%q) = %v, %v, %v", body, list, marked, known)
	}
	body = "甲\n\n**乙**文\n\n*丙*\n\n| 丁 |\n|---|\n\n戊\n"
	if list, marked, known := s.cut([]byte(body), 1); !known || !marked || len(list) != 3 {
		t.Errorf("cut(%q) = %v, %v, %v", body, list, marked, known)
	}
}

func FuzzParts(f *testing.F) {
	for _, b := range bodies {
		f.Add([]byte(b))
	}
	f.Add([]byte(strings.Join(bodies, "\n\n")))
	p := NewParser()
	f.Fuzz(func(t *testing.T, body []byte) { both(t, p, body) })
}
