package html_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gongbao/internal/render/html"
	"gongbao/layouts"
)

var languages = []string{"zh-CN", "en"}

func TestEveryWordOfTheTemplatesIsInEveryLanguage(t *testing.T) {
	used := map[string]bool{}
	word := regexp.MustCompile(`\bt "([^"]+)"`)
	err := fs.WalkDir(layouts.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".html") {
			return err
		}
		data, err := fs.ReadFile(layouts.FS, name)
		for _, m := range word.FindAllSubmatch(data, -1) {
			used[string(m[1])] = true
		}
		if han := regexp.MustCompile(`\p{Han}+`).Find(regexp.MustCompile(`(?s)\{\{-? /\*.*?\*/ -?\}\}`).ReplaceAll(data, nil)); han != nil {
			t.Errorf("%s holds the word %q, which belongs into strings/", name, han)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used) < 40 {
		t.Fatalf("found %d words in the templates", len(used))
	}
	for _, lang := range languages {
		s := load(t, lang)
		for key := range used {
			if s[key] == "" {
				t.Errorf("%s lacks %q", lang, key)
			}
		}
	}
}

func TestLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	zh, en := load(t, "zh-CN"), load(t, "en")
	holes := regexp.MustCompile(`\{\d\}`)
	for key, text := range zh {
		other, ok := en[key]
		if !ok {
			t.Errorf("en lacks %q", key)
			continue
		}
		a, b := holes.FindAllString(text, -1), holes.FindAllString(other, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%q has placeholders %v in zh-CN and %v in en", key, a, b)
		}
	}
	for key := range en {
		if _, ok := zh[key]; !ok {
			t.Errorf("zh-CN lacks %q", key)
		}
	}
}

func load(t *testing.T, lang string) html.Strings {
	t.Helper()
	s, err := html.LoadStrings(layouts.FS, lang)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestT(t *testing.T) {
	s := html.Strings{"a": "自{0}起，至{1}", "b": "共{0}件", "c": "{x} {0", "d": "{1}{0}{1}"}
	for _, c := range []struct {
		got, want string
	}{
		{s.T("a", "甲", "乙"), "自甲起，至乙"},
		{s.T("a", "甲"), "自甲起，至{1}"},
		{s.T("a"), "自{0}起，至{1}"},
		{s.T("b", 12), "共12件"},
		{s.T("b", "{0}"), "共{0}件"},
		{s.T("c", "甲"), "{x} {0"},
		{s.T("d", "甲", "乙"), "乙甲乙"},
		{s.T("nosuch", 1), "「nosuch」"},
		{html.Strings(nil).T("x"), "「x」"},
	} {
		if c.got != c.want {
			t.Errorf("T = %q, want %q", c.got, c.want)
		}
	}
}

func TestLoadStrings(t *testing.T) {
	good := "\ufeff# comment\r\n\r\n\"a\" = \"x \\\"y\\\" \\\\ \\n\" # more\r\n \"b.c\"=\"# no comment\"\n"
	s, err := html.LoadStrings(fstest.MapFS{"strings/zz.toml": {Data: []byte(good)}}, "zz")
	if err != nil || len(s) != 2 || s["a"] != "x \"y\" \\ \n" || s["b.c"] != "# no comment" {
		t.Errorf("LoadStrings = %q, %v", s, err)
	}
	for _, c := range []struct{ line, want string }{
		{`a = "x"`, "zz.toml:2: key: no opening quote"},
		{`"a" "x"`, `zz.toml:2: no = after key "a"`},
		{`"a" = 'x'`, `zz.toml:2: value of "a": no opening quote`},
		{`"a" = "x`, `zz.toml:2: value of "a": no closing quote`},
		{`"a" = "x\`, `zz.toml:2: value of "a": no closing quote`},
		{`"a" = "\t"`, `zz.toml:2: value of "a": escape \t`},
		{`"a" = "x" y`, `zz.toml:2: "y" after the value of "a"`},
		{`"" = "x"`, "zz.toml:2: key is empty"},
		{`"k" = "x"`, `zz.toml:2: key "k" stands twice`},
	} {
		_, err := html.LoadStrings(fstest.MapFS{"strings/zz.toml": {Data: []byte("\"k\" = \"v\"\n" + c.line)}}, "zz")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("LoadStrings(%s) = %v, want %q", c.line, err, c.want)
		}
	}
	for _, lang := range []string{"xx", "../en", ""} {
		if _, err := html.LoadStrings(layouts.FS, lang); err == nil {
			t.Errorf("LoadStrings for %q succeeds", lang)
		}
	}
}

func FuzzLoadStrings(f *testing.F) {
	f.Add("\"a\" = \"b\"\n# c\n")
	f.Add(`"a" = "\`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := html.LoadStrings(fstest.MapFS{"strings/zz.toml": {Data: []byte(text)}}, "zz")
		if err == nil {
			for key := range s {
				s.T(key, "x", 1)
			}
		}
	})
}
