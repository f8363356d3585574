package leaks_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
)

// A kind is one way in which a thing gets into a document: a leak when rules
// are given, a decoy when not. Texts and tables are patterns; {token} stands
// for an invented value. A table is its head and the pattern of its rows; one
// of a single row has no head.
type kind struct {
	name    string
	rules   []string // a hit of one of these finds it
	value   string   // the token which no report may repeat
	place   string   // top, first, edge, last; "" is anywhere
	texts   []string
	tables  [][]string
	noSheet bool // means nothing in a spreadsheet
}

// A sample is one leak or decoy before it is put into a document.
type sample struct {
	kind   kind
	block  block
	values []string
}

// A block is a paragraph or a table.
type block struct {
	text string
	rows [][]string
}

func (b block) String() string {
	if b.rows == nil {
		return b.text
	}
	var lines []string
	for _, row := range b.rows {
		lines = append(lines, strings.Join(row, " | "))
	}
	return strings.Join(lines, " // ")
}

// A gen invents values. The seed is fixed: the same run every day.
type gen struct {
	*rand.Rand
	want   string   // the token to remember
	values []string // its values
}

func newGen(seed uint64) *gen { return &gen{Rand: rand.New(rand.NewPCG(seed, 20120629))} }

func (g *gen) of(s ...string) string { return s[g.IntN(len(s))] }

func (g *gen) between(low, high int) int { return low + g.IntN(high-low+1) }

func (g *gen) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + g.IntN(10))
	}
	return string(b)
}

var tokenForm = regexp.MustCompile(`\{(\w+)\}`)

func (g *gen) fill(pattern string) string {
	return tokenForm.ReplaceAllStringFunc(pattern, func(t string) string {
		name := t[1 : len(t)-1]
		v := g.token(name)
		if name == g.want {
			g.values = append(g.values, v)
		}
		return v
	})
}

// sample makes one of kind k, as a paragraph or as a table. A paragraph whose
// kind has no table of its own stands in a cell of one.
func (g *gen) sample(k kind, table bool) sample {
	g.want, g.values = k.value, nil
	var b block
	switch {
	case !table:
		b.text = g.fill(g.of(k.texts...))
	case k.tables == nil:
		b.rows = [][]string{{"序号", "内容"}, {"1", g.fill(g.of(k.texts...))}}
	default:
		t := k.tables[g.IntN(len(k.tables))]
		n := 1
		if len(t) > 1 {
			b.rows = append(b.rows, strings.Split(g.fill(t[0]), "|"))
			n = g.between(1, 4)
		}
		for range n {
			b.rows = append(b.rows, strings.Split(g.fill(t[len(t)-1]), "|"))
		}
	}
	return sample{k, b, g.values}
}

// boxes is a form with one box for each character of a number.
func (g *gen) boxes(k kind) sample {
	v, label := g.token(k.value), "公民身份号码"
	if k.rules == nil {
		label = "统一社会信用代码"
	}
	row := append([]string{label}, strings.Split(strings.NewReplacer(" ", "", "-", "").Replace(v), "")...)
	head := make([]string, len(row))
	head[0], head[1] = "姓名", g.token("name")
	return sample{k, block{rows: [][]string{head, row}}, []string{v}}
}

// document is an innocent document of 5 to 40 paragraphs.
func (g *gen) document() []block {
	g.want = ""
	texts := []string{g.fill(g.of(titles...))}
	if g.IntN(3) > 0 {
		texts = append(texts, g.fill("{doc}"))
	}
	texts = append(texts, "各区人民政府，市政府各部门、各直属单位：")
	for n, i := g.between(5, 40), 0; len(texts) < n; i++ {
		if i%4 == 0 {
			texts = append(texts, numerals[i/4%len(numerals)]+"、"+g.of(headings...))
		} else {
			texts = append(texts, g.fill(g.of(innocents...)))
		}
	}
	texts = append(texts, "示范市人民政府办公室", g.fill("{date}"), "（此件公开发布）")
	var out []block
	for _, t := range texts {
		out = append(out, block{text: t})
	}
	return out
}

// put puts s where its kind stands.
func (g *gen) put(d []block, s sample) []block {
	at := 0
	switch s.kind.place {
	case "top":
	case "first":
		at = g.IntN(3)
	case "edge":
		if g.IntN(3) == 0 {
			at = len(d)
		}
	case "last":
		at = len(d)
	default:
		at = g.between(1, len(d))
	}
	return append(append(append([]block{}, d[:at]...), s.block), d[at:]...)
}

// of puts the name of a token for {v} in patterns; allOf does in tables.
func of(patterns []string, token string) []string {
	var out []string
	for _, p := range patterns {
		out = append(out, strings.ReplaceAll(p, "{v}", "{"+token+"}"))
	}
	return out
}

func allOf(tables [][]string, token string) [][]string {
	var out [][]string
	for _, t := range tables {
		out = append(out, of(t, token))
	}
	return out
}
