package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
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

// TestHelpIsTranslated finds help texts that a language lacks: kong shows the
// name of a variable it does not know as an error.
func TestHelpIsTranslated(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		var out bytes.Buffer
		if code := run([]string{"--lang", lang, "--help"}, &out, &out); code != exitDone {
			t.Errorf("--lang %s --help = %d: %s", lang, code, out.String())
		}
	}
}
