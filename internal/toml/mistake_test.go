package toml_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/diag"
	"gongbao/internal/toml"
)

// TestMistakesAreExplained shows what an editor is told of each mistake of the
// case files, in Chinese, with the line.
func TestMistakesAreExplained(t *testing.T) {
	names, _ := filepath.Glob("testdata/mistakes/*.txtar")
	if len(names) == 0 {
		t.Fatal("no cases")
	}
	texts, err := diag.LoadStrings("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, f := range a.Files[:len(a.Files)-1] {
				lines := strings.Split(string(f.Data), "\n")
				text := diag.Text{Strings: texts, Line: func(_ string, n int) string { return lines[n-1] }}
				_, found := toml.Parse("a", f.Data, 1)
				fmt.Fprintf(&got, "# %s\n", f.Name)
				for _, x := range found {
					text.Print(&got, x)
				}
			}
			want := &a.Files[len(a.Files)-1]
			if got.String() == string(want.Data) {
				return
			}
			if !*update {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), want.Data)
				return
			}
			want.Data = []byte(got.String())
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestEveryMistakeHasAText checks that no key of the strings file is shown
// instead of its text, and that the library's English stands only where we know
// nothing better.
func TestEveryMistakeHasAText(t *testing.T) {
	names, _ := filepath.Glob("testdata/mistakes/*.txtar")
	for _, lang := range []string{"zh-CN", "en"} {
		texts, err := diag.LoadStrings(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range a.Files[:len(a.Files)-1] {
				_, found := toml.Parse("a", f.Data, 1)
				for _, x := range found {
					s := texts.Finding("rule."+x.Rule, x) + texts.Finding("hint."+x.Rule, x)
					if strings.Contains(s, "toml.") || strings.Contains(s, "expected ") {
						t.Errorf("%s: %s: %s", name, f.Name, s)
					}
				}
			}
		}
	}
}

func TestParseFileReadsEveryEncoding(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"\xef\xbb\xbftitle = \"甲\"\r\n", "[]"},
		{"title = \"\xca\xbe\xb7\xb6\xca\xd0\"\n", "[{encoding a}]"},
		{"title = \"示范市\xff\"\n", "[{encoding-broken a:1:13}]"},
	} {
		root, found := toml.ParseFile("a", []byte(c.raw))
		got := "["
		for _, x := range found {
			got += fmt.Sprintf("{%s %s}", x.Rule, x.Pos)
		}
		if got += "]"; got != c.want || root.Entry("title") == nil {
			t.Errorf("ParseFile(%q): %s, want %s", c.raw, got, c.want)
		}
	}
}

// TestUnknownMistakesSaySoInTheReadersLanguage checks the last resort: the
// library's words never stand alone.
func TestUnknownMistakesSaySoInTheReadersLanguage(t *testing.T) {
	texts, err := diag.LoadStrings("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	_, found := toml.Parse("a", []byte("x = "+strings.Repeat("[", 20000)), 1)
	if len(found) != 1 || !strings.Contains(texts.Finding("rule.toml-syntax", found[0]), "无法解析") || found[0].Pos.Col == 0 {
		t.Errorf("%v, want one finding with 无法解析 and a column", found)
	}
}
