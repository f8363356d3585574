package source_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

var update = flag.Bool("update", false, "write the goldens")

// fields writes what is not empty of a struct, a field a line.
func fields(b *strings.Builder, prefix string, v reflect.Value) {
	for i := range v.NumField() {
		f, name := v.Field(i), prefix+v.Type().Field(i).Name
		switch {
		case f.IsZero():
		case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct:
			for j := range f.Len() {
				fields(b, fmt.Sprintf("%s.%d.", name, j), f.Index(j))
			}
		case f.Kind() == reflect.Struct && !f.Type().Implements(reflect.TypeFor[fmt.Stringer]()):
			fields(b, name+".", f)
		default:
			fmt.Fprintf(b, "%s = %v\n", name, f.Interface())
		}
	}
}

// golden compares the files of an archive behind its first ones with what was
// got, in order, or rewrites them.
func golden(t *testing.T, name string, inputs int, outputs func(a *txtar.Archive) []string) {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := false
	for i, got := range outputs(a) {
		if inputs+i >= len(a.Files) {
			t.Fatalf("%s has %d files, want more", name, len(a.Files))
		}
		want := &a.Files[inputs+i]
		if got != string(want.Data) {
			changed = true
			if !*update {
				t.Errorf("%s:\n%s\nwant:\n%s", want.Name, got, want.Data)
			}
			want.Data = []byte(got)
		}
	}
	if changed && *update {
		if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func cases(t *testing.T, dir string, f func(t *testing.T, name string)) {
	t.Helper()
	names, _ := filepath.Glob("testdata/" + dir + "/*.txtar")
	if len(names) == 0 {
		t.Fatalf("no cases in testdata/%s", dir)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { f(t, name) })
	}
}

func list(fs []diag.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "%s %s %q\n", f.Pos, f.Rule, f.Args)
	}
	return b.String()
}

// TestRead reads the first file of each case, whose name is its path in
// content/: fields, places, body and findings.
func TestRead(t *testing.T) {
	cases(t, "read", func(t *testing.T, name string) {
		golden(t, name, 1, func(a *txtar.Archive) []string {
			f := source.Read(a.Files[0].Name, a.Files[0].Data)
			var b strings.Builder
			fmt.Fprintf(&b, "%s front %v bundle %v\n", cmp.Or(string(f.Type), "no content"), f.Front, f.Bundle)
			fields(&b, "", reflect.ValueOf(f.Document))
			fields(&b, "", reflect.ValueOf(f.Article))
			fields(&b, "", reflect.ValueOf(f.Issue))
			var places strings.Builder
			for _, k := range slices.Sorted(maps.Keys(f.Positions)) {
				p := f.Positions[k]
				fmt.Fprintf(&places, "%s %d:%d-%d\n", k, p.Line, p.Col, p.End)
			}
			fmt.Fprintf(&places, "body %d: %q\n", f.BodyLine, f.Body)
			return []string{b.String(), places.String(), list(f.Findings)}
		})
	})
}

// TestDerive reads a text without front matter: what it says of itself, with
// the line that says it.
func TestDerive(t *testing.T) {
	cases(t, "derive", func(t *testing.T, name string) {
		golden(t, name, 1, func(a *txtar.Archive) []string {
			tree := markup.NewParser().Parse(a.Files[0].Data, markup.Options{File: "a.md", Official: true})
			d := source.Derive(tree)
			var b strings.Builder
			fields(&b, "", reflect.ValueOf(d.Document))
			if date := source.TextDate(tree); !date.IsZero() {
				fmt.Fprintf(&b, "text of %s\n", date)
			}
			for _, k := range slices.Sorted(maps.Keys(d.Evidence)) {
				e := d.Evidence[k]
				fmt.Fprintf(&b, "%s: line %d %.1f %q\n", k, e.Line, e.Confidence, e.Text)
			}
			return []string{b.String()}
		})
	})
}

func TestTypeFollowsFromTheFolder(t *testing.T) {
	for path, want := range map[string]gazette.Type{
		"documents/2023/a.md": gazette.TypeDocument, "documents/a/index.md": gazette.TypeDocument, "issues/2023-06.md": gazette.TypeIssue,
		"pages/about.md": gazette.TypePage, "interpretations/a.md": gazette.TypeInterpretation, "questions/a.md": gazette.TypeQuestion,
		"consultations/a.md": gazette.TypeConsultation, "responses/a.md": gazette.TypeResponse,
		"documents/a.txt": "", "a.md": "", "other/a.md": "", "document/a.md": "", "documents.md": "", "": "",
	} {
		if got := source.TypeOf(path); got != want {
			t.Errorf("TypeOf(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestSafePathStaysInItsFolder(t *testing.T) {
	for path, want := range map[string]bool{
		"表.xlsx": true, "附件/表.xlsx": true, "a..b/c": true, "..a": true, "a b.pdf": true,
		"": false, "/a": false, "..": false, "../a": false, "a/../b": false, "a/./b": false, "a//b": false, "a/": false, ".": false,
		`a\b`: false, "c:a": false, "a\x00": false, "a\nb": false, "a\x7f": false, "a?b": false, "a*": false, "<a>": false,
	} {
		if got := source.SafePath(path); got != want {
			t.Errorf("SafePath(%q) = %v, want %v", path, got, want)
		}
	}
}

func TestKindAndForm(t *testing.T) {
	for _, c := range [][3]string{
		{"示范市人民政府办公室关于印发示范市公共停车场管理办法的通知", "通知", "办法"},
		{"示范市人民政府关于印发《示范市城市更新实施方案（2023—2025年）》的通知", "通知", "方案"},
		{"示范市人民政府关于加强防汛工作的意见", "意见", ""},
		{"示范市人民政府关于废止部分规范性文件的决定", "决定", ""},
		{"示范市停车场管理办法", "", "办法"},
		{"示范市停车场管理条例（试行）", "", "条例"},
		{"示范市人民政府通告", "通告", ""},
		{"示范市人民政府令", "命令", ""},
		{"示范市人民政府办公室关于转发市教育局示范市托育工作指南的通知", "通知", "指南"},
		{"示范市人民政府关于同意设立示范区的批复", "批复", ""},
		{"关于示范路施工的通告", "通告", ""},
		{"示范市概况", "", ""},
		{"", "", ""},
	} {
		if kind, form := source.KindAndForm(c[0]); kind != c[1] || form != c[2] {
			t.Errorf("KindAndForm(%q) = %q, %q, want %q, %q", c[0], kind, form, c[1], c[2])
		}
	}
}

func TestNamesOfBodies(t *testing.T) {
	for name, want := range map[string]bool{
		"示范市人民政府": true, "示范市人民政府办公室": true, "示范市城市管理局": true, "示范省人民代表大会常务委员会": true,
		"": false, "局": false, "示范市停车场": false, "各有关单位：": false, "2023年办公室": false,
	} {
		if got := source.IsBody(name); got != want {
			t.Errorf("IsBody(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestOtherEncodingsAreRead(t *testing.T) {
	const gb = "\xca\xbe\xb7\xb6\xca\xd0\xb9\xab\xb1\xa8\xa1\xa3\n" // 示范市公报。
	f := source.Read("documents/a.md", []byte(gb))
	if string(f.Body) != "示范市公报。\n" || list(f.Findings) != "content/documents/a.md encoding [\"GB18030\"]\n" {
		t.Errorf("body %q, findings %s", f.Body, list(f.Findings))
	}
	f = source.Read("documents/a.md", []byte("\xef\xbb\xbf+++\r\ntitle = \"甲\"\r\n+++\r\n正文。\r\n"))
	if f.Encoding != zh.UTF8BOM || f.Document.Title != "甲" || string(f.Body) != "正文。\n" || len(f.Findings) > 0 {
		t.Errorf("%v %q %q %v", f.Encoding, f.Document.Title, f.Body, f.Findings)
	}
}

func TestRegistersAreRead(t *testing.T) {
	var d source.Data
	read := func(name, text, want string) {
		t.Helper()
		if got := list(source.ReadData(&d, name, []byte(text))); got != want {
			t.Errorf("%s: findings\n%s\nwant\n%s", name, got, want)
		}
	}
	read("issuers.toml", "[[issuer]]\nname = \"示范市人民政府\"\ncode = \"sfs\"\nshort = \"市政府\"\nlevel = \"市\"\nparent = \"\"\nsucceeds = [\"旧市政府\"]\nuntil = 2030-01-01\nbody = \"政府\"\n", "")
	read("issuers.toml", "[[issuer]]\nname = \"甲\"\ncode = \"S F\"\nlevel = \"村\"\n",
		"content/data/issuers.toml:3:8 key-value [\"code\" \"S F\" \"a-z 0-9 -\"]\ncontent/data/issuers.toml:4:9 key-value [\"level\" \"村\" \"国家 省 市 县 部门 乡镇\"]\n")
	read("series.toml", "[[series]]\nname = \"示府办发\"\ncode = \"sfbf\"\nissuer = \"示范市人民政府办公室\"\n", "")
	read("topics.toml", "[[topic]]\nname = \"综合政务/政务公开\"\ncode = \"zhengwu-gongkai\"\n", "")
	read("columns.toml", "[[column]]\nname = \"停车\"\ncode = \"tingche\"\nowner = \"示范市城市管理局\"\nupdate_days = 30\ntopics = [\"城乡建设\"]\nkinds = [\"通知\"]\n", "")
	read("external.toml", "[[document]]\nid = \"x\"\ntitle = \"示范省停车条例\"\nforce = \"in-force\"\nchecked_on = 2023-13-01\n", "content/data/external.toml:5:14 date-impossible [\"2023-13-01\"]\n")
	read("external.toml", "[[document]]\nid = \"y\"\ntitle = \"示范省停车办法\"\nforce = \"有效\"\nchecked_on = \"2023-01-01\"\n",
		"content/data/external.toml:4:9 key-value [\"force\" \"有效\" \"in-force pending suspended expired lapsed repealed replaced unknown none\"]\n"+
			"content/data/external.toml:5:14 key-type [\"checked_on\" \"type.date\"]\n")
	read("issuers.toml", "[[issuer]]\nname = \"乙\"\ncode = \"yi\"\nbody = \"公司\"\nuntil = 2030-02-30\n",
		"content/data/issuers.toml:5:9 date-impossible [\"2030-02-30\"]\ncontent/data/issuers.toml:4:8 key-value [\"body\" \"公司\" \"政府 部门 企事业单位\"]\n")
	read("columns.toml", "[[column]]\nname = \"乙\"\ncode = \"yi\"\nupdate_days = -1\ntypes = [\"document\", \"notice\"]\nclasses = [\"文件\"]\nkinds = [\"令\", \"文\"]\nlevels = [\"村\"]\nforms = [\"新办法\"]\n",
		"content/data/columns.toml:4:15 key-value [\"update_days\" \"-1\" \"1–3660\"]\n"+
			"content/data/columns.toml:5:22 key-value [\"types\" \"notice\" \"document interpretation question consultation response page issue\"]\n"+
			"content/data/columns.toml:6:12 key-value [\"classes\" \"文件\" \"法规 规章 行政规范性文件 其他文件 转载\"]\n"+
			"content/data/columns.toml:7:15 key-value [\"kinds\" \"文\" \"决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 令 命令（令）\"]\n"+
			"content/data/columns.toml:8:11 key-value [\"levels\" \"村\" \"国家 省 市 县 部门 乡镇\"]\n")
	read("calendar.toml", "[[anything]]\nx = 1\n", "content/data/calendar.toml:1:3 key-unknown [\"anything\" \"\"]\n")
	read("calendar.toml", "[[holiday]]\ndate = 2026-10-01\nuntil = 2026-10-07\nname = \"国庆节\"\n[[workday]]\ndate = 2026-10-10\n", "")
	read("calendar.toml", "[[holiday]]\ndate = 2026-10-07\nuntil = 2026-10-01\n", "content/data/calendar.toml:3:9 key-value [\"until\" \"2026-10-01\" \"2026-10-07–2026-11-07\"]\n")
	read("requests.toml", "[[quarter]]\nyear = 2026\nquarter = 1\nreceived = [1, 2, 3, 4, 5, 6]\nreview = [0, 1, 0, 0]\n[[year]]\nyear = 2026\nfees = 2.5\n[[asked]]\ndocument = \"示府函〔2026〕1号\"\nyear = 2026\ncount = 3\n", "")
	read("requests.toml", "[[quarter]]\nyear = 2026\nquarter = 5\nreceived = [1, 2]\ngranted = 4\npartial = [1, 2, 3, 4, 5, -6]\n[[year]]\nyear = 2026\npermits = \"很多\"\n",
		"content/data/requests.toml:3:11 key-value [\"quarter\" \"5\" \"1–4\"]\n"+
			"content/data/requests.toml:4:1 key-value [\"received\" \"2\" \"[0, 0, 0, 0, 0, 0]\"]\n"+
			"content/data/requests.toml:5:11 key-type [\"granted\" \"type.integers\"]\n"+
			"content/data/requests.toml:6:1 key-value [\"partial\" \"6\" \"[0, 0, 0, 0, 0, 0]\"]\n"+
			"content/data/requests.toml:9:11 key-value [\"permits\" \"很多\" \"0 12 3.5\"]\n")
	if n := d.Calendar.Add(gazette.NewDate(2026, 9, 30), 3); n != gazette.NewDate(2026, 10, 10) {
		t.Errorf("the third working day after 30 September is %s", n)
	}
	if r := d.Requests; len(r.Periods) != 3 || r.Periods[0].Rows["received"][5] != 6 || r.Periods[1].Numbers["fees"] != "2.5" || len(r.Asked) != 1 {
		t.Errorf("Requests = %+v", r)
	}
	read("series.toml", "[[serie]]\n", "content/data/series.toml:1:3 key-unknown [\"serie\" \" (series)\"]\n")
	read("topics.toml", "[[topic]]\n", "content/data/topics.toml:1:3 key-missing [\"name\"]\ncontent/data/topics.toml:1:3 key-missing [\"code\"]\n")
	if len(d.Issuers) != 3 || d.Issuers[0].Succeeds[0] != "旧市政府" || d.Issuers[0].Until != gazette.NewDate(2030, 1, 1) || d.Issuers[1].Code != "" {
		t.Errorf("Issuers = %+v", d.Issuers)
	}
	if len(d.Series) != 1 || d.Series[0].Code != "sfbf" || len(d.Topics) != 2 || len(d.Columns) != 2 || d.Columns[0].UpdateDays != 30 || len(d.External) != 2 {
		t.Errorf("Data = %+v", d)
	}
	if c := d.Columns[1]; !slices.Equal(c.Types, []string{"document"}) || !slices.Equal(c.Kinds, []string{"命令"}) || !slices.Equal(c.Forms, []string{"新办法"}) {
		t.Errorf("Columns[1] = %+v, want the values that exist", c)
	}
}

func TestCodesOfDataFilesAreStable(t *testing.T) {
	files := source.DataFiles()
	files[0] = "changed"
	if source.DataFiles()[0] != "issuers" {
		t.Error("the caller can change DataFiles")
	}
}

// FuzzRead: no panic, places inside the file, valid text, paths that stay.
func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := range gazette.Types() {
			f.Add(uint8(i), a.Files[0].Data)
		}
	}
	f.Add(uint8(0), []byte("+++"))
	f.Add(uint8(0), []byte("  \n +++\n+++"))
	f.Add(uint8(6), []byte("+++\nyear = -1\nno = 9223372036854775807\nsections = [{documents = [{}, 1]}]\n+++\n"))
	f.Add(uint8(0), []byte("\xff\xfe+\x00+\x00+\x00"))
	f.Add(uint8(0), []byte("+++\nattachments = [1, {file = \"../x\"}]\naliases = [\"/\", \"//\"]\n+++\n"))
	f.Fuzz(func(t *testing.T, typ uint8, raw []byte) {
		types := gazette.Types()
		path := types[int(typ)%len(types)].Folder() + "/a.md"
		file := source.Read(path, raw)
		if !utf8.Valid(file.Body) || bytes.Contains(file.Body, []byte("\r\n")) {
			t.Fatalf("body %q is not UTF-8 with LF", file.Body)
		}
		text, _, _ := zh.Decode(raw)
		lines := bytes.Split(text, []byte("\n"))
		for _, x := range file.Findings {
			if x.Pos.File != "content/"+path || x.Pos.Line > len(lines) {
				t.Fatalf("%s at %v, outside of %d lines", x.Rule, x.Pos, len(lines))
			}
		}
		for k, p := range file.Positions {
			if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > utf8.RuneCount(lines[p.Line-1])+1 {
				t.Fatalf("%s at %v, outside of the file", k, p)
			}
		}
		if file.BodyLine < 1 || file.BodyLine > len(lines)+1 {
			t.Fatalf("body from line %d of %d", file.BodyLine, len(lines))
		}
		for _, a := range slices.Concat(file.Document.Attachments, file.Article.Attachments) {
			if !source.SafePath(a.File) {
				t.Fatalf("attachment %q", a.File)
			}
		}
		source.Derive(markup.NewParser().Parse(file.Body, markup.Options{File: path, Official: true}))
	})
}
