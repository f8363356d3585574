package check

import (
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// effects reports extensions and 继续有效 that came too late and documents of which every
// article is repealed.
func (c *checker) effects() {
	for _, e := range c.cat.Documents {
		if e != e.Newest() {
			continue
		}
		c.lateExtensions(e)
		if e.Hollow(c.cat.AsOf) && !e.State.Force.Ended() {
			c.report(diag.New("effect-hollow", e.Start()))
		}
	}
}

func (c *checker) lateExtensions(e *catalog.Entry) {
	late := gazette.LateExtensions(e.Effects)
	if len(late) == 0 {
		return
	}
	last := gazette.LastInForce(e.Effects)
	for _, i := range late {
		x := e.Effects[i]
		pos := e.Start()
		if by := c.cat.Entry(x.By); by != nil {
			if pos = by.Start(); x.Line > 0 {
				pos = by.Quoted(x.Line, x.Col)
			}
		}
		f := diag.New("effect-late-extension", pos, x.From.String(), last.String())
		f.Related = []diag.Related{{Pos: e.Start()}}
		c.report(f)
	}
}
