package markup_test

import (
	"strings"
	"testing"

	"gongbao/internal/markup"
)

func paragraph(md string) string {
	f := markup.NewParser().Parse([]byte(md+"\n"), markup.Options{}).HTML(2)
	return strings.TrimSuffix(strings.TrimPrefix(string(f.HTML), "<p>"), "</p>\n")
}

// TestEmphasisBesideChinese checks what CommonMark's flanking rule leaves
// undone in texts without spaces.
func TestEmphasisBesideChinese(t *testing.T) {
	for _, c := range []struct{ md, html string }{
		{"**《甲》**第四条", "<strong>《甲》</strong>第四条"},
		{"**“甲”**的", "<strong>“甲”</strong>的"},
		{"按照**“甲”**的", "按照<strong>“甲”</strong>的"},
		{"按照*“甲”*的", "按照<em>“甲”</em>的"},
		{"ABC**“甲”**DEF", "ABC<strong>“甲”</strong>DEF"},
		{"按**“Plan”**执行", "按<strong>“Plan”</strong>执行"},
		{"**注：**甲", "<strong>注：</strong>甲"},
		{"**甲。**乙**丙。**丁", "<strong>甲。</strong>乙<strong>丙。</strong>丁"},
		{"第五条**（一）**乙", "第五条<strong>（一）</strong>乙"},
		{"第五条**(一)**乙", "第五条<strong>(一)</strong>乙"},
		{"约**10%**的", "约<strong>10%</strong>的"},
		{"甲**——乙——**丙", "甲<strong>——乙——</strong>丙"},
		{"甲***《乙》***丙", "甲<em><strong>《乙》</strong></em>丙"},
		{"**甲*《乙》*丙**", "<strong>甲<em>《乙》</em>丙</strong>"},
		{"甲** 乙**", "甲** 乙**"},
		{"甲**　乙**", "甲**　乙**"},
		{"甲**乙", "甲**乙"},
		{"𠀀**《甲》**𠀀", "𠀀<strong>《甲》</strong>𠀀"},
		{"甲_《乙》_丙", "甲_《乙》_丙"},
	} {
		if got := paragraph(c.md); got != c.html {
			t.Errorf("%q = %q, want %q", c.md, got, c.html)
		}
	}
}

// TestEmphasisOfCommonMark checks that nothing changed where no Chinese stands.
func TestEmphasisOfCommonMark(t *testing.T) {
	for _, c := range []struct{ md, html string }{
		{"*foo bar*", "<em>foo bar</em>"},
		{"a * foo bar*", "a * foo bar*"},
		{"a*&#34;foo&#34;*", "a*&#34;foo&#34;*"},
		{"a*“foo”*", "a*“foo”*"},
		{"“**foo**”", "“<strong>foo</strong>”"},
		{"2*3*4", "2<em>3</em>4"},
		{"2**3", "2**3"},
		{"a_b_c", "a_b_c"},
		{"foo*bar*", "foo<em>bar</em>"},
		{"_foo bar_", "<em>foo bar</em>"},
		{"_ foo bar_", "_ foo bar_"},
		{"foo_bar_baz", "foo_bar_baz"},
		{"foo-_(bar)_", "foo-<em>(bar)</em>"},
		{"*(*foo*)*", "<em>(<em>foo</em>)</em>"},
		{"*(*foo)", "*(*foo)"},
		{"*foo bar *", "*foo bar *"},
		{"a**“foo”**b", "a**“foo”**b"},
		{"foo*(bar)*", "foo*(bar)*"},
		{"**foo*bar*baz**", "<strong>foo<em>bar</em>baz</strong>"},
		{"foo***bar***baz", "foo<em><strong>bar</strong></em>baz"},
		{"*foo**", "<em>foo</em>*"},
		{"**foo*", "*<em>foo</em>"},
		{"*foo**bar*", "<em>foo**bar</em>"},
		{"__foo__bar__baz__", "<strong>foo__bar__baz</strong>"},
		{"**(**foo)", "**(**foo)"},
	} {
		if got := paragraph(c.md); got != c.html {
			t.Errorf("%q = %q, want %q", c.md, got, c.html)
		}
	}
}
