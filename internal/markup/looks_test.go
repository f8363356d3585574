package markup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/zh"
)

// checkLooks reports a text on which a cheap way differs from the plain one.
func checkLooks(t *testing.T, s string) {
	t.Helper()
	for name, got := range map[string][2]any{
		"trimSpaces": {trimSpaces(s), strings.TrimLeft(s, " 　")},
		"trimIndent": {trimIndent(s), strings.TrimLeft(s, " \t　")},
		"mayMention": {mayMention(s), strings.Contains(s, "《") || strings.Contains(s, "号")},
		"isImprint":  {isImprint(s), len(s) < 150 && strings.HasSuffix(printRun.ReplaceAllString(s, ""), "印发")},
		"mayFold":    {mayFold(s, zh.Fold(s)), true},
	} {
		if got[0] != got[1] {
			t.Errorf("%s(%q) = %v, want %v", name, s, got[0], got[1])
		}
	}
}

var looked = []string{
	"", " \t　甲", "　\t 　乙", "\u00a0甲", "某市人民政府办公室　2024年3月1日印发", "某市人民政府办公室2024年3月1日印发　（共印50份）", "印发 共印 5 份", "印发共印5份)", "共印5份", "印发份",
	"（甲）办法", "零售办法", "二零零三年办法", "《甲》", "〇甲", "示府发1号", "關於", "ＡＢ", "-", " 甲",
}

// TestCheapWaysAreThePlainOnes tries lines of the real texts too.
func TestCheapWaysAreThePlainOnes(t *testing.T) {
	for _, s := range looked {
		checkLooks(t, s)
	}
	files, _ := filepath.Glob("../../../shared/corpus/laws/*/*.md")
	for i, name := range files {
		if i%8 != 0 {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			checkLooks(t, strings.TrimSuffix(line, "\n"))
		}
	}
}

func FuzzLooks(f *testing.F) {
	for _, s := range looked {
		f.Add(s)
	}
	f.Fuzz(checkLooks)
}
