package check

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// reviews reports the steps of the review before publication that a document does
// not show (review-missing), and those that came after it (review-late):
// 政府信息公开条例第十七条. [gate] names the steps, and the day from which documents
// must show them; before it, or without a day, nothing is asked.
func (c *checker) reviews() {
	gate := c.cat.Config.Gate
	if gate.Since.IsZero() {
		return
	}
	for _, e := range c.cat.Documents {
		doc := e.Document
		if e.Date.Before(gate.Since) || doc.Class == gazette.Reprint || doc.TextNone || e.Shelf == gazette.Withdrawn || unread(e) {
			continue
		}
		for _, step := range gate.Review {
			c.review(e, step)
		}
	}
}

func (c *checker) review(e *catalog.Entry, step string) {
	i := slices.IndexFunc(e.Document.Reviews, func(r gazette.Review) bool { return r.Step == step })
	if i < 0 {
		c.report(diag.New("review-missing", e.Start(), step))
		return
	}
	switch r, on := e.Document.Reviews[i], e.Document.Published.Date; {
	case r.By == "" || r.On.IsZero():
		c.report(diag.New("review-missing", e.Start(), step))
	case !on.IsZero() && r.On.After(on):
		c.report(diag.New("review-late", e.Start(), step, r.On.String(), on.String()))
	}
}
