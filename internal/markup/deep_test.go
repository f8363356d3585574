package markup_test

import (
	"strings"
	"testing"

	"gongbao/internal/markup"
)

// TestDeepNestingIsNotParsed checks that files made to stop a build are read as
// text with a finding. The Markdown library takes more than twenty seconds for
// each of them.
func TestDeepNestingIsNotParsed(t *testing.T) {
	for name, body := range map[string]string{
		"quotes":   strings.Repeat(">", 200000) + "甲",
		"lists":    strings.Repeat("- ", 20000) + "甲",
		"emphasis": strings.Repeat("*a ", 200000),
		"brackets": strings.Repeat("[", 200000),
	} {
		tree := markup.NewParser().Parse([]byte(body), markup.Options{File: "a.md", Official: true})
		if len(tree.Findings) != 1 || tree.Findings[0].Rule != "nesting-deep" {
			t.Errorf("%s: findings %v, want nesting-deep", name, tree.Findings)
		}
		if got := tree.PlainText(); !strings.Contains(got, strings.TrimSpace(body)) {
			t.Errorf("%s: the text is lost", name)
		}
	}
}
