package check

import (
	"path"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// withdrawn looks at a document that was taken off the site, or will be: its page
// tells why (withdrawn-reason), and content/ no longer has what must not be shown
// (withdrawn-holds), because a folder is copied and mailed as well as built.
func (c *checker) withdrawn(e *catalog.Entry) {
	pos := e.Pos("withdrawn")
	c.report(diag.New("withdrawn-missing", pos))
	if strings.TrimSpace(e.Document.Withdrawn.Reason) == "" {
		c.report(diag.New("withdrawn-reason", pos))
	}
	if e.Shelf != gazette.Withdrawn {
		return
	}
	beside := ""
	if e.Bundle {
		beside = c.cat.Beside(path.Dir(e.Path))
	}
	if e.Holds || beside != "" {
		f := diag.New("withdrawn-holds", pos, e.Title())
		if beside != "" {
			f.Related = []diag.Related{{Pos: diag.Pos{File: "content/" + beside}}}
		}
		c.report(f)
	}
}
