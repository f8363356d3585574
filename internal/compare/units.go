package compare

import (
	"strings"

	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A unit is what is compared with one of the other text: an article with its
// clauses, a numbered paragraph, a heading, or a paragraph.
type unit struct {
	num     string // as written: 第五条, 一、
	key     string // the number for comparing; "" for none
	heading bool
	text    string // without the number
	sum     string // folded text
	grams   []uint64
}

// units takes a text apart. The title is left out: it is compared apart.
func units(t *markup.Tree, title string) []unit {
	c := &cutter{title: zh.Fold(title)}
	c.blocks(t.Blocks, false)
	for _, n := range t.Footnotes {
		c.blocks(n.Blocks, false)
	}
	return c.out
}

type cutter struct {
	title string
	out   []unit
}

// blocks cuts a list of blocks. within says that they follow the own text of a
// numbered paragraph, to which those without numbers belong.
func (c *cutter) blocks(bs []*markup.Block, within bool) {
	for _, b := range bs {
		switch {
		case b.Unit == markup.Article:
			c.article(b)
		case b.Unit >= markup.Level1 && b.Unit <= markup.Level5:
			c.add(b, false)
			c.blocks(b.Blocks, true)
		case b.Kind == markup.Heading:
			if b.Role != markup.TitleLine && (c.title == "" || zh.Fold(b.PlainText()) != c.title) {
				c.add(b, true)
			}
			c.blocks(b.Blocks, false)
		case b.Role == markup.TitleLine:
		case within && b.Role == markup.Body:
			var s strings.Builder
			gather(&s, b)
			c.out[len(c.out)-1].extend(s.String())
		default:
			c.add(b, false)
			c.blocks(b.Blocks, false)
		}
	}
}

// article makes one unit of an article with all that is in it.
func (c *cutter) article(b *markup.Block) {
	var s strings.Builder
	gather(&s, b)
	c.push(b.Num, s.String(), false)
}

// gather joins the texts of a block and of what is in it, a paragraph a line.
func gather(s *strings.Builder, b *markup.Block) {
	if text := b.PlainText(); text != "" {
		if s.Len() > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(text)
	}
	for _, x := range b.Blocks {
		gather(s, x)
	}
}

func (c *cutter) add(b *markup.Block, heading bool) {
	if text := b.PlainText(); text != "" {
		c.push(b.Num, text, heading)
	}
}

func (c *cutter) push(num, text string, heading bool) {
	text = strings.TrimFunc(strings.TrimPrefix(text, num), zh.IsSpace)
	c.out = append(c.out, unit{num: num, key: numberOf(num), heading: heading, text: text})
}

func (u *unit) extend(text string) {
	if text = strings.TrimFunc(text, zh.IsSpace); text != "" {
		u.text = strings.TrimPrefix(u.text+"\n"+text, "\n")
	}
}

// numberOf is the number of a unit for comparing: 第十二条 and 第12条 are one.
func numberOf(num string) string { return keyString(fold(num).keys) + kindOf(num) }

// kindOf keeps what folding drops: （一） is not 一、.
func kindOf(num string) string {
	switch {
	case num == "" || strings.HasPrefix(num, "第"):
		return ""
	case strings.ContainsAny(num, "（(〔"):
		return "()"
	}
	return "."
}

// measure prepares a unit for comparing.
func (u *unit) measure() {
	f := fold(u.text)
	u.sum = keyString(f.keys)
	u.grams = grams(f.keys)
}

// keyString is a string of keys that keeps those above Unicode apart.
func keyString(keys []rune) string {
	b := make([]byte, 0, 3*len(keys))
	for _, k := range keys {
		b = append(b, byte(k>>16), byte(k>>8), byte(k))
	}
	return string(b)
}
