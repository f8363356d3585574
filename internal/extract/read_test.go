package extract

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func zipOf(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// oleOf is the head of an old office file with one stream.
func oleOf(stream string) string {
	s := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for _, r := range stream + "\x00" {
		s += string(rune(r)) + "\x00"
	}
	return s
}

// TestFormatsAreToldByContent reads files whose names say nothing or lie.
func TestFormatsAreToldByContent(t *testing.T) {
	const page = "<html><body><p>第一条　为了加强停车管理，根据有关法律法规，结合本市实际，制定本办法。</p><p>第二条　本办法自公布之日起施行。</p></body></html>"
	mht := "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(page+`<p>第二条　见图。</p><img src="http://a/b.png">`)) + "\r\n--x\r\nContent-Type: image/png\r\nContent-Location: http://a/b.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--x--\r\n"
	for _, c := range []struct{ name, file, want string }{
		{"a.html", page, "html"},
		{"a.doc", page, "html mislabelled"},
		{"a.txt", "<div><p>一</p><p>二</p><p>三</p></div>", "html mislabelled not-document"},
		{"a.mht", mht, "html"},
		{"a.doc", mht, "html mislabelled"},
		{"a.txt", "一\n\n　　二\f三", "txt"},
		{"a.htm", "没有标签的文字", "txt mislabelled"},
		{"a", "文字", "txt"},
		{"a.md", "# 标题\n<br>文字<br>一<br>二<br>三<br>四<br>", "md"},
		{"a.csv", "序号,名称\n1,甲\n", "csv"},
		{"a.xlsx", "PK\x03\x04 gone", "broken"},
		{"a.docx", zipOf(t, "ppt/presentation.xml"), "unsupported: pptx"},
		{"a.ofd", zipOf(t, "OFD.xml"), "unsupported: ofd"},
		{"a.zip", zipOf(t, "附件.txt"), "unsupported: zip"},
		{"a.doc", oleOf("WordDocument"), "unsupported: doc"},
		{"a.wps", oleOf("WordDocument"), "unsupported: wps"},
		{"a.docx", oleOf("EncryptedPackage"), "encrypted"},
		{"a.xls", oleOf("Workbook"), "unsupported: xls"},
		{"a.doc", "{\\rtf1\\ansi}", "unsupported: rtf"},
		{"a.jpg", "\xFF\xD8\xFF\xE0", "scanned"},
		{"a.txt", " \n\t\n", "broken"},
		{"a.txt", strings.Repeat("\x00\x01", 100), "encoding"},
		{"a.txt", strings.Repeat("字", maxText), "large"},
	} {
		d, err := Read(c.name, []byte(c.file), Options{})
		got := ""
		if p, ok := errors.AsType[*Problem](err); ok {
			got = string(p.Kind)
			if p.Kind == Unsupported {
				got = p.Error()
			}
		} else if err != nil {
			t.Errorf("%s: an error that is no problem: %v", c.name, err)
			continue
		} else {
			got = string(d.Format)
			for _, p := range d.Problems {
				got += " " + string(p.Kind)
			}
		}
		if got != c.want {
			t.Errorf("Read(%q, %.20q) = %q, want %q", c.name, c.file, got, c.want)
		}
		if c.file == mht && (len(d.Pictures) != 1 || string(d.Pictures[0].Data) != "\x89PNG") {
			t.Errorf("pictures of the archive: %v", d.Pictures)
		}
	}
}

// TestTextStaysAsItIs reads lines, breaks and headings.
func TestTextStaysAsItIs(t *testing.T) {
	d, err := Read("a.md", []byte("\ufeff## 第一章 总则 ##\r\n\r\n　　第一条　甲\r\n```\r\n# 不是标题\r\n```\r\n#标签\f# 下页\r\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Block{
		{Kind: Heading, Level: 2, Runs: []Run{{Text: "第一章 总则"}}, Line: 1},
		{Runs: []Run{{Text: "　　第一条　甲"}}, Line: 3},
		{Runs: []Run{{Text: "```"}}, Line: 4},
		{Runs: []Run{{Text: "# 不是标题"}}, Line: 5},
		{Runs: []Run{{Text: "```"}}, Line: 6},
		{Runs: []Run{{Text: "#标签"}}, Line: 7},
		{Kind: Heading, Level: 1, Runs: []Run{{Text: "下页"}}, Line: 7, Break: true},
	}
	if len(d.Blocks) != len(want) {
		t.Fatalf("blocks %+v", d.Blocks)
	}
	for i, b := range d.Blocks {
		if b.Kind != want[i].Kind || b.Level != want[i].Level || PlainText(b.Runs) != PlainText(want[i].Runs) || b.Line != want[i].Line || b.Break != want[i].Break {
			t.Errorf("block %d = %+v, want %+v", i, b, want[i])
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.html", []byte("<html><p>第一条"))
	f.Add("a.docx", []byte(zipOf(f, "word/document.xml")))
	f.Add("a.md", []byte("# 一\n```\n\f"))
	f.Add("a.doc", []byte(oleOf("WordDocument")))
	f.Add("a.csv", []byte("a,\"b\n"))
	f.Add("a.mht", []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>a\n--x--"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		d, err := Read(name, b, Options{})
		if _, ok := errors.AsType[*Problem](err); err != nil && !ok {
			t.Errorf("an error that is no problem: %v", err)
		}
		if (d == nil) == (err == nil) {
			t.Error("want a document or an error")
		}
	})
}
