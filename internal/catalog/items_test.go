package catalog_test

import (
	"fmt"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

// directory makes documents and a directory of items that ask for them in every
// way: a third of the items ask for the same.
func directory(documents, items int) catalog.Input {
	p := markup.NewParser()
	in := catalog.Input{Data: &source.Data{}, Config: config.Config{}, AsOf: gazette.NewDate(2026, 11, 23), HasFile: func(string) bool { return true }}
	in.Data.Columns = []source.Column{{Name: "文件", Code: "wj", Types: []string{"document"}}}
	for i := range documents {
		text := fmt.Sprintf("+++\ntitle = \"示范市人民政府关于第%d号事项的通知\"\nnumber = \"示府发〔%d〕%d号\"\nclass = \"其他文件\"\nkind = \"通知\"\nissuers = [\"第%d局\"]\nsigned = 2020-01-01\ntopics = [\"甲/第%d类\"]\n+++\n\n文。\n", i, 1990+i%30, i, i%40, i%300)
		d, _ := digest.New(p, fmt.Sprintf("documents/d%05d.md", i), []byte(text))
		in.Digests = append(in.Digests, d)
	}
	for i := range items {
		x := source.Item{Name: fmt.Sprintf("事项%d", i), Code: fmt.Sprintf("i%d", i), Basis: []source.Named{{Text: "《示范市人民政府关于第1号事项的通知》第二条"}}}
		switch i % 3 {
		case 0:
			x.Column.Text = "wj"
		case 1:
			x.Filter.Topics, x.Filter.Issuers = []string{fmt.Sprintf("甲/第%d类", i%300)}, []string{fmt.Sprintf("第%d局", i%40)}
		case 2:
			x.Documents = []source.Named{{Text: fmt.Sprintf("示府发〔%d〕%d号", 1990+i%30, i)}}
		}
		in.Data.Items = append(in.Data.Items, x)
	}
	return in
}

func TestItemsFindWhatTheirFiltersAskFor(t *testing.T) {
	c := catalog.Resolve(directory(1200, 30))
	for i, x := range c.Items {
		want := 0
		for _, e := range c.Documents {
			doc := e.Document
			switch i % 3 {
			case 0:
				want++
			case 1:
				if doc.Topics[0] == x.Filter.Topics[0] && doc.Issuers[0] == x.Filter.Issuers[0] {
					want++
				}
			case 2:
				if doc.Number == x.Documents[0].Text {
					want++
				}
			}
		}
		if len(x.Entries) != want || want == 0 {
			t.Errorf("item %d has %d entries, want %d", i, len(x.Entries), want)
		}
		if (x.List != nil) != (i%3 == 0) {
			t.Errorf("item %d: list of a column: %v", i, x.List != nil)
		}
		if len(x.Bases) != 1 || x.Bases[0].Entry == nil {
			t.Errorf("item %d: its basis is not known", i)
		}
	}
	items, n := c.Documents[0].Items(3)
	if len(items) != 3 || n < 10 {
		t.Errorf("a document has %d items of %d", len(items), n)
	}
	if _, n := c.Documents[0].Items(0); n < 10 {
		t.Errorf("counting only: %d", n)
	}
}

func TestAnUnknownColumnShowsNothing(t *testing.T) {
	in := directory(10, 0)
	in.Data.Items = []source.Item{{Name: "甲", Code: "jia", Column: source.Named{Text: "mei-you"}, Filter: source.Column{Topics: []string{"甲"}}}}
	if c := catalog.Resolve(in); len(c.Items[0].Entries) != 0 {
		t.Errorf("%d entries", len(c.Items[0].Entries))
	}
}

// BenchmarkItems resolves 35,000 documents with and without a directory.
func BenchmarkItems(b *testing.B) {
	for _, items := range []int{0, 300, 3000, 30000} {
		in := directory(35_000, items)
		b.Run(fmt.Sprint(items), func(b *testing.B) {
			for b.Loop() {
				catalog.Resolve(in)
			}
		})
	}
}
