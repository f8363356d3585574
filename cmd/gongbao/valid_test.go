package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var finding = regexp.MustCompile(`^(.*?:\d+:\d+): (.*)`)

// TestEveryPageIsValidHTML lets html-validate read all pages of the sample, so
// every page type; .ci/htmlvalidate.cjs has its rules.
func TestEveryPageIsValidHTML(t *testing.T) {
	if underRace {
		t.Skip("skipped: nothing here runs at once")
	}
	if _, err := os.Stat("../../bin/tools/node_modules/html-validate"); err != nil {
		t.Skip("skipped: html-validate is not there (.ci/need html)")
	}
	public, _ := typedPages(t)
	var names strings.Builder
	n := 0
	err := filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			names.WriteString(name + "\n")
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	cmd := exec.Command("node", "../../.ci/htmlvalidate.cjs")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(names.String()), &out, &said
	if err := cmd.Run(); err != nil {
		t.Errorf("%v %s", err, said.String())
	}
	pages := map[string][]string{} // finding → where
	for line := range strings.Lines(out.String()) {
		if m := finding.FindStringSubmatch(line); m != nil {
			pages[m[2]] = append(pages[m[2]], strings.TrimPrefix(m[1], public+"/"))
		}
	}
	for what, where := range pages {
		t.Errorf("%s and %d more: %s", where[0], len(where)-1, what)
	}
	t.Logf("%d pages", n)
}
