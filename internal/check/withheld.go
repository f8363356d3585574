package check

import (
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// withheld looks at the record of what is not public: each has a lawful reason
// (withheld-reason; 依申请公开 needs none), is looked at again in time
// (withheld-due; 政府信息公开条例第十八条), and its text is not published
// (withheld-published).
func (c *checker) withheld() {
	if c.cat.Ledger == nil {
		return
	}
	texts := map[string][]*catalog.Entry{}
	ws := c.cat.Ledger.Withheld()
	if len(ws) > 0 {
		for _, e := range c.cat.Documents {
			if !e.Number.IsZero() && e.Shelf != gazette.Withdrawn {
				texts[e.NumberKey()] = append(texts[e.NumberKey()], e)
			}
		}
	}
	for _, w := range ws {
		switch gazette.Disclosure(w.Attribute) {
		case gazette.NotPublic:
			if !slices.Contains(gazette.Reasons(), w.Reason) {
				c.report(diag.New("withheld-reason", w.Pos, w.Number, w.Reason, strings.Join(gazette.Reasons(), "；")))
			}
		case gazette.OnRequest:
		default:
			c.report(diag.New("ledger-line", w.Pos, "attribute: "+w.Attribute))
			continue
		}
		if day, err := gazette.ParseDate(w.Review); w.Review == "" || err != nil {
			c.report(diag.New("withheld-review", w.Pos, w.Number, w.Review))
		} else if !day.After(c.cat.AsOf) {
			c.report(diag.New("withheld-due", w.Pos, w.Number, w.Review))
		}
		n, ok := gazette.ParseNumber(w.Number)
		if !ok {
			continue
		}
		for _, e := range texts[n.Key()] {
			f := diag.New("withheld-published", e.Start(), w.Number, w.Attribute)
			f.Related = []diag.Related{{Pos: w.Pos}}
			c.report(f)
		}
	}
}
