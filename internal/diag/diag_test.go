package diag_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
)

var update = flag.Bool("update", false, "write the goldens")

func load(t *testing.T, lang string) diag.Strings {
	t.Helper()
	s, err := diag.LoadStrings(lang)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// silent are the rules that need no hint.
var silent = []string{"withdrawn-missing"}

func TestEveryRuleSpeaksBothLanguages(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		s := load(t, lang)
		for _, r := range diag.Rules() {
			if !s.Has("rule." + r.ID) {
				t.Errorf("%s: rule %s has no message", lang, r.ID)
			}
			if s.Has("hint."+r.ID) == slices.Contains(silent, r.ID) {
				t.Errorf("%s: rule %s has a hint: %v, want %v", lang, r.ID, s.Has("hint."+r.ID), slices.Contains(silent, r.ID))
			}
		}
		for key := range s {
			family, id, _ := strings.Cut(key, ".")
			if _, ok := diag.Lookup(id); (family == "rule" || family == "hint") && !ok {
				t.Errorf("%s: %s belongs to no rule", lang, key)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{\d\}`)

func TestLanguagesHaveTheSameTexts(t *testing.T) {
	zh, en := load(t, "zh-CN"), load(t, "en")
	if a, b := slices.Sorted(maps.Keys(zh)), slices.Sorted(maps.Keys(en)); !slices.Equal(a, b) {
		t.Errorf("keys differ:\nzh-CN %v\nen    %v", a, b)
	}
	arguments := func(s string) []string {
		return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))))
	}
	for key, text := range zh {
		if a, b := arguments(text), arguments(en[key]); !slices.Equal(a, b) {
			t.Errorf("%s: arguments %v in zh-CN, %v in en", key, a, b)
		}
	}
	if _, err := diag.LoadStrings("fr"); err == nil {
		t.Error("LoadStrings(\"fr\") = nil error, want one")
	}
}

func TestRulesAreOrderedAndHaveSources(t *testing.T) {
	ids := make([]string, 0, len(diag.Rules()))
	for _, r := range diag.Rules() {
		ids = append(ids, r.ID)
		if r.Source == "" {
			t.Errorf("rule %s has no source", r.ID)
		}
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(r.ID) {
			t.Errorf("rule %q is not in kebab-case", r.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("rules are not ordered by ID, each once: %v", ids)
	}
}

func at(file string, line, col int) diag.Pos { return diag.Pos{File: file, Line: line, Col: col} }

func TestSortOrdersByPlaceAndDropsRepetitions(t *testing.T) {
	fs := []diag.Finding{
		diag.New("number-form", at("b.md", 1, 1), "x"),
		diag.New("number-form", at("a.md", 10, 1), "x"),
		diag.New("number-form", at("a.md", 9, 2), "x"),
		diag.New("issuer-unknown", at("a.md", 9, 2), "y"),
		diag.New("number-form", at("a.md", 9, 2), "x"),
		diag.New("number-form", at("a.md", 9, 2), "z"),
	}
	var got []string
	for _, f := range diag.Sort(fs) {
		got = append(got, fmt.Sprint(f.Pos, " ", f.Rule, " ", f.Args))
	}
	want := []string{"a.md:9:2 issuer-unknown [y]", "a.md:9:2 number-form [x]", "a.md:9:2 number-form [z]", "a.md:10:1 number-form [x]", "b.md:1:1 number-form [x]"}
	if !slices.Equal(got, want) {
		t.Errorf("Sort = %q, want %q", got, want)
	}
}

func TestStrictRaisesWarningsOnly(t *testing.T) {
	fs := []diag.Finding{diag.New("draft-skipped", diag.Pos{}), diag.New("number-form", diag.Pos{}), diag.New("key-type", diag.Pos{})}
	if e, w := diag.Count(fs); e != 1 || w != 1 {
		t.Errorf("Count = %d errors, %d warnings, want 1 and 1", e, w)
	}
	strict := diag.Strict(fs)
	if e, w := diag.Count(strict); e != 2 || w != 0 || strict[0].Severity != diag.Info {
		t.Errorf("after Strict: %d errors, %d warnings, first %v; want 2, 0, info", e, w, strict[0].Severity)
	}
	if _, w := diag.Count(fs); w != 1 {
		t.Error("Strict changed its argument")
	}
}

func TestNewRefusesUnknownRules(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("New did not panic")
		}
	}()
	diag.New("no-such-rule", diag.Pos{})
}

func TestPosLeavesOutWhatItDoesNotKnow(t *testing.T) {
	for want, p := range map[string]diag.Pos{"a.md": {File: "a.md"}, "a.md:3": {File: "a.md", Line: 3}, "a.md:3:10": at("a.md", 3, 10)} {
		if p.String() != want {
			t.Errorf("Pos.String() = %q, want %q", p, want)
		}
	}
}

func TestFillPutsArgumentsInPlace(t *testing.T) {
	for _, c := range []struct {
		text string
		args []string
		want string
	}{
		{"文号“{0}”重复", []string{"示府发〔2023〕1号"}, "文号“示府发〔2023〕1号”重复"},
		{"{1} {0} {1}", []string{"a", "b"}, "b a b"},
		{"{0}{2}", []string{"{1}", "b"}, "{1}"},
		{"{ name } {", nil, "{ name } {"},
		{"无", []string{"a"}, "无"},
	} {
		if got := diag.Fill(c.text, c.args...); got != c.want {
			t.Errorf("Fill(%q, %q) = %q, want %q", c.text, c.args, got, c.want)
		}
	}
}

// printed are the findings of testdata/print.txtar.
func printed() ([]diag.Finding, string) {
	const file = "content/documents/2023/a.md"
	lines := []string{
		"+++",
		"title = \"示范市人民政府办公室关于印发示范市公共停车场管理办法的通知\"",
		"number = \"示府办发〔2023〕12号\"",
		"\tkind = \"通知\"",
		"身份证号：\x1b[31m000000000000000000",
		"phone = \"000-0000\"",
		"summary = \"" + strings.Repeat("很长的摘要，", 30) + "\"",
	}
	duplicate := diag.New("number-duplicate", diag.Pos{File: file, Line: 3, Col: 10, End: 24}, "示府办发〔2023〕12号")
	duplicate.Related = []diag.Related{{Pos: at("content/documents/2023/b.md", 3, 10)}}
	masked := diag.New("number-form", at(file, 6, 1), "电话")
	masked.Masked = true
	return []diag.Finding{
		duplicate,
		diag.New("key-type", diag.Pos{File: file, Line: 4, Col: 9, End: 13}, "kind", "type.string"),
		diag.New("html-escaped", diag.Pos{File: file, Line: 5}),
		masked,
		diag.New("number-form", diag.Pos{File: file, Line: 7, Col: 60, End: 63}, "要，很"),
		diag.New("file-empty", diag.Pos{File: file}),
		diag.New("key-missing", diag.Pos{File: file, Line: 99, Col: 1}, "title"),
		diag.New("key-missing", diag.Pos{File: file, Line: 1, Col: 99}, "title"),
		diag.New("draft-skipped", at(file, 1, 1)),
		diag.New("link-broken", diag.Pos{File: "content/documents/\x1b]0;a\a.md"}, "\x1b[2J\nb.md"),
	}, strings.Join(lines, "\n")
}

// TestFindingsAreShownWithPlaceAndRemedy compares the printers with
// testdata/print.txtar: zh-CN, en, short, colour, JSON.
func TestFindingsAreShownWithPlaceAndRemedy(t *testing.T) {
	fs, text := printed()
	lines := strings.Split(text, "\n")
	line := func(_ string, n int) string {
		if n > len(lines) {
			return ""
		}
		return lines[n-1]
	}
	var got []txtar.File
	print := func(name string, p diag.Text) {
		var b bytes.Buffer
		for _, f := range fs {
			p.Print(&b, f)
		}
		got = append(got, txtar.File{Name: name, Data: bytes.ReplaceAll(b.Bytes(), []byte("\x1b"), []byte("␛"))})
	}
	zh, en := load(t, "zh-CN"), load(t, "en")
	print("zh-CN", diag.Text{Strings: zh, Line: line})
	print("en", diag.Text{Strings: en, Line: line})
	print("short", diag.Text{Strings: zh, Line: line, Short: true})
	print("color", diag.Text{Strings: zh, Color: true, Short: true})
	var b bytes.Buffer
	if err := diag.JSON(&b, fs, zh); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Error("JSON wrote text that is not JSON")
	}
	got = append(got, txtar.File{Name: "json", Data: b.Bytes()})
	for _, form := range []struct {
		name  string
		write func(io.Writer, []diag.Finding, diag.Strings) error
	}{{"sarif", diag.SARIF}, {"junit", diag.JUnit}} {
		name, write := form.name, form.write
		var b bytes.Buffer
		if err := write(&b, fs, zh); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "\x1b") {
			t.Errorf("%s lets control characters through", name)
		}
		var any any
		if err := json.Unmarshal(b.Bytes(), &any); name == "sarif" && err != nil {
			t.Error(err)
		}
		var suites struct {
			Tests int `xml:"tests,attr"`
		}
		if err := xml.Unmarshal(b.Bytes(), &suites); name == "junit" && (err != nil || suites.Tests != len(fs)) {
			t.Error(err, suites)
		}
		got = append(got, txtar.File{Name: name, Data: b.Bytes()})
	}

	const name = "testdata/print.txtar"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, txtar.Format(&txtar.Archive{Files: got}), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(got) {
		t.Fatalf("%s has %d files, want %d", name, len(want.Files), len(got))
	}
	for i, f := range want.Files {
		if f.Name != got[i].Name || !bytes.Equal(f.Data, got[i].Data) {
			t.Errorf("%s:\n%s\nwant:\n%s", got[i].Name, got[i].Data, f.Data)
		}
	}
}

func TestNoFindingsAreAnEmptyJSONArray(t *testing.T) {
	var b bytes.Buffer
	if err := diag.JSON(&b, nil, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("JSON(nil) = %q, %v, want []", b.String(), err)
	}
}

// TestRulesPage compares the page about the rules with their table.
func TestRulesPage(t *testing.T) {
	const name = "../RULES.md"
	var b bytes.Buffer
	if err := diag.Document(&b, load(t, "zh-CN")); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("%s is not what the table says (go test ./internal/diag -update): %v", name, err)
	}
	for _, r := range diag.Rules() {
		if !bytes.Contains(b.Bytes(), []byte("| `"+r.ID+"` | ")) {
			t.Errorf("no %s", r.ID)
		}
	}
}
