package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var commandLine = regexp.MustCompile(`(?m)^gongbao (?:-C \S+ )?([a-z]+)\b.* {2,}\S`)

// TestReadmesNameRealCommands checks that the two READMEs show the same
// commands and that each of them exists.
func TestReadmesNameRealCommands(t *testing.T) {
	var lists [][]string
	for _, name := range []string{"../../README.md", "../../README.zh-CN.md"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var verbs []string
		for _, m := range commandLine.FindAllStringSubmatch(string(b), -1) {
			verbs = append(verbs, m[1])
			var out bytes.Buffer
			if code := run([]string{m[1], "--help"}, &out, &out); code != exitDone || out.Len() == 0 {
				t.Errorf("%s: gongbao %s --help = %d", name, m[1], code)
			}
		}
		lists = append(lists, verbs)
	}
	if len(lists[0]) == 0 || !slices.Equal(lists[0], lists[1]) {
		t.Errorf("README.md shows %q, README.zh-CN.md %q", lists[0], lists[1])
	}
}

// TestHelpIsTranslated finds help texts that a language lacks, which appear as
// their keys, and words of the parser that are not ours.
func TestHelpIsTranslated(t *testing.T) {
	foreign := map[string]*regexp.Regexp{
		"zh-CN": regexp.MustCompile(`(help|usage)\.|\$\{|Usage|Flags|Arguments|Commands|Show|Run `),
		"en":    regexp.MustCompile(`(help|usage)\.[a-z]|\$\{|\p{Han}`),
	}
	for lang, words := range foreign {
		for _, command := range []string{"", "build", "check", "audit", "list", "record", "new", "serve", "effects", "status", "search", "stats", "diff", "inspect", "import", "version", "pdf", "fonts", "issue", "export", "bundle", "apply", "verify", "deploy", "share", "withdraw"} {
			args := []string{"--lang", lang, "--help"}
			if command != "" {
				args = append(args, command)
			}
			var out bytes.Buffer
			if code := run(args, &out, &out); code != exitDone {
				t.Errorf("%q = %d: %s", args, code, out.String())
			}
			if w := words.FindString(out.String()); w != "" {
				t.Errorf("%q says %q:\n%s", args, w, out.String())
			}
		}
	}
}

// TestUsageErrorsAreTranslated makes every mistake that the parser knows: its
// own words reach nobody, and the word that is wrong is quoted.
func TestUsageErrorsAreTranslated(t *testing.T) {
	english := regexp.MustCompile(`unknown|unexpected|expected|missing|must|did you|value|Run|usage\.`)
	for _, c := range []struct{ args, word string }{
		{"build --nonsense", "--nonsense"}, {"build --stric", `--strict`}, {"build extra", "extra"}, {"biuld", "biuld"}, {"", "build"},
		{"import", "<files>"}, {"list", "<what>"}, {"list soon", "soon"}, {"check --format xml", "xml"}, {"serve --port x", "x"},
		{"serve --port", "--port"}, {"build --output --strict", "--output"}, {"build --drafts=maybe", "maybe"}, {"build -x", "-x"},
		{"--lang fr build", "fr"}, {"build --as-of 2023-02-30", "2023-02-30"}, {"new thing x", "thing"}, {"new document", "document"},
		{"build - -", "-"}, {"version=3", "version=3"},
	} {
		var out bytes.Buffer
		if code := run(strings.Fields(c.args), &out, &out); code != exitUsage {
			t.Errorf("gongbao %s = %d, want %d", c.args, code, exitUsage)
		}
		text, _, _ := strings.Cut(out.String(), "\n")
		if w := english.FindString(text); w != "" || !strings.Contains(text, c.word) {
			t.Errorf("gongbao %s says %q, want Chinese with %q", c.args, text, c.word)
		}
	}
}
