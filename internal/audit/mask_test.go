package audit

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMask(t *testing.T) {
	m := &masker{} // the lines are one text
	for _, c := range []struct{ in, want string }{
		{"正文。", "正文。"},
		{"见`代码`和``a`b``处", "见和处"},
		{"见`没有结束", "见`没有结束"},
		{"[说明](../a(1).md \"题\")，", "[说明，"},
		{"![图](a.png)！", "[图！"},
		{"注[^1]。", "注。"},
		{"[^1]: 注文", " 注文"},
		{"[a]: https://a.example/ \"题\"", ""},
		{"<https://a.example/?x,y>，<p>，a<b", "，<p>，a<b"},
		{"甲<!-- 乙 -->丙<!-- 丁", "甲丙"},
		{"戊-->己", "己"},
		{`\[2020\]1号`, `[2020]1号`},
		{"```", ""},
		{"代码，", ""},
		{"~~~", ""},
		{"```", ""},
		{"文", "文"},
		{"~~~~text", ""},
		{"~~~", ""},
		{"~~~~~", ""},
	} {
		got, _, seen := m.visible([]byte(c.in))
		if s := strings.ReplaceAll(string(got), "\x00", ""); s != c.want {
			t.Errorf("%q is seen as %q, want %q", c.in, s, c.want)
		}
		if seen && len(got) != len(c.in) {
			t.Errorf("%q: places move", c.in)
		}
	}
	if _, table, _ := (&masker{}).visible([]byte("  | 甲 | 乙 |")); !table {
		t.Error("a row of a table is none")
	}
}

// FuzzText: whatever a text is, reading it ends, and every place is one of its own.
func FuzzText(f *testing.F) {
	for _, s := range []string{"各县(市)[2020]1号,<!--\n-->`", "+++\ntitle = \"測(试)\"\n+++\n諮", "\\[2020\\]\\1号", "](](", "〔20XX〕XX号"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := []byte(strings.ToValidUTF8(s, ""))
		got := inspect(t, "", string(text), nil)
		lines := bytes.Split(text, []byte("\n"))
		for line := range strings.Lines(got) {
			place, _, _ := strings.Cut(line, " ")
			var n, col int
			rest, ok := strings.CutPrefix(place, "content/documents/2026/a.md:")
			if _, err := fmt.Sscanf(rest, "%d:%d", &n, &col); !ok || err != nil {
				continue
			}
			if n > len(lines) || col > utf8.RuneCount(lines[n-1])+1 {
				t.Errorf("%q: %s is no place of it", s, place)
			}
		}
	})
}
