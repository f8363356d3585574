package check

import (
	"slices"
	"strconv"

	"gongbao/internal/diag"
	"gongbao/internal/source"
)

// dropCleared drops the findings that data/cleared.toml clears: those of its rule in
// its file, if they are as many as were looked at. Of more or fewer none is
// cleared (cleared-count), as nobody knows which were seen; an entry without any
// is reported (cleared-unused). An entry without a reason clears nothing: it has
// been reported where it was read.
func (c *checker) dropCleared() {
	for _, x := range c.cat.Data.Cleared {
		if x.Rule == "" || x.Reason == "" || x.By == "" || x.On.IsZero() {
			continue
		}
		of := func(f diag.Finding) bool { return f.Rule == x.Rule && f.Pos.File == source.Name(x.File) }
		n := 0
		for _, f := range c.findings {
			if of(f) {
				n++
			}
		}
		switch n {
		case x.Count:
			c.findings = slices.DeleteFunc(c.findings, of)
		case 0:
			c.report(diag.New("cleared-unused", x.Pos, x.File, x.Rule))
		default:
			c.report(diag.New("cleared-count", x.Pos, x.File, x.Rule, strconv.Itoa(n), strconv.Itoa(x.Count)))
		}
	}
}
