package check

import (
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// effects reports extensions that came too late and documents of which every
// article is repealed.
func (c *checker) effects() {
	for _, e := range c.cat.Documents {
		if e != e.Newest() {
			continue
		}
		c.lateExtensions(e)
		c.hollow(e)
	}
}

func (c *checker) lateExtensions(e *catalog.Entry) {
	late := gazette.LateExtensions(e.Effects)
	if len(late) == 0 {
		return
	}
	last, _ := gazette.LastDay(e.Effects)
	for _, i := range late {
		x := e.Effects[i]
		pos := e.Start()
		if by := c.cat.Entry(x.By); by != nil {
			if pos = by.Start(); x.Line > 0 {
				pos = by.Quoted(x.Line)
			}
		}
		f := diag.New("effect-late-extension", pos, x.From.String(), last.String())
		f.Related = []diag.Related{{Pos: e.Start()}}
		c.report(f)
	}
}

// hollow counts the articles that certain effects ended by the day of the
// build.
func (c *checker) hollow(e *catalog.Entry) {
	if e.Articles == 0 || e.State.Force.Ended() {
		return
	}
	gone := map[string]bool{}
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			if !x.Proposed && !x.From.IsZero() && !x.From.After(c.cat.AsOf) {
				for _, a := range x.Articles {
					gone[a] = true
				}
			}
		}
	}
	if len(gone) >= e.Articles {
		c.report(diag.New("effect-hollow", e.Start()))
	}
}
