package markup_test

import (
	"strings"
	"testing"

	"gongbao/internal/markup"
)

func blocksOf(f *markup.Fragment) string {
	var b strings.Builder
	f.Blocks(func(anchor string, text []byte) {
		b.WriteString(anchor + "|" + string(text) + "\n")
	})
	return b.String()
}

func TestBlocksAreWhatAReaderSeesAsOne(t *testing.T) {
	body := `第一条 甲**乙**丙<丁>&戊“己”。

说明[^1]后文。

第二条 有下列情形：

（一）表：

| 甲 | 乙 |
|----|----|
| 丙 | 丁 |

- 一项
- 二项[链接](https://example.cn/)中

[^1]: 注文。
`
	f := markup.NewParser().Parse([]byte(body), markup.Options{Official: true}).HTML(2)
	want := `art_1__para_1|第一条 甲乙丙<丁>&戊“己”。
art_1__para_2|说明后文。
art_2__para_1|第二条 有下列情形：
art_2__para_1__list_1__point_1|（一）表：
art_2|甲
art_2|乙
art_2|丙
art_2|丁
art_2|一项
art_2|二项链接中
fn_1|注文。 ↩
`
	if got := blocksOf(&f); got != want {
		t.Errorf("blocks:\n%s\nwant\n%s\nof %s", got, want, f.HTML)
	}
}

// TestBlocksOfTheCorpusHoldItsText compares them with the tree's own text.
func TestBlocksOfTheCorpusHoldItsText(t *testing.T) {
	p := markup.NewParser()
	for name, body := range laws(t) {
		tree := p.Parse(body, markup.Options{File: name, Official: true})
		f := tree.HTML(2)
		var got, want strings.Builder
		f.Blocks(func(_ string, text []byte) { got.WriteString(squeeze(string(text))) })
		tree.Walk(func(b *markup.Block) {
			if b.Role != markup.TitleLine || b.Kind != markup.Heading {
				want.WriteString(squeeze(b.PlainText()))
			}
		})
		if got.String() != want.String() {
			t.Errorf("%s: the text of the blocks is not that of the tree", name)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	f.Add("一 **二** <b>三</b>[^1]\n\n[^1]: 四")
	p := markup.NewParser()
	f.Fuzz(func(t *testing.T, body string) {
		fragment := p.Parse([]byte(body), markup.Options{}).HTML(2)
		want := squeeze(textOf(string(fragment.HTML)))
		fragment.Blocks(func(_ string, text []byte) {
			if !strings.Contains(want, squeeze(string(text))) && !strings.Contains(string(fragment.HTML), `class="fn"`) {
				t.Errorf("%q is no text of %q", text, fragment.HTML)
			}
		})
	})
}
