package main

import (
	"fmt"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

type listCmd struct {
	What string `arg:"" enum:"drafts,future,expiring,unprinted" help:"help.list-what"`
	AsOf string `name:"as-of" placeholder:"DATE" help:"help.as-of"`
}

// expiringMonths is how far `list expiring` looks ahead: the six months before
// the end in which an evaluation is due (standards §5.1).
const expiringMonths = 6

func (c *listCmd) Run(a *app) error {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	switch c.What {
	case "drafts", "future":
		for _, d := range s.Catalog.Skipped {
			if d.Draft() == (c.What == "drafts") {
				fmt.Fprintf(a.stdout, "%s\t%s\t%s\n", d.Published(), source.Name(d.Path), d.Title())
			}
		}
	case "expiring":
		limit := s.Catalog.AsOf.AddMonths(expiringMonths)
		for _, e := range s.Catalog.Documents {
			if end := e.State.Interval.To; e.State.Force == gazette.InForce && !end.IsZero() && !end.After(limit) {
				a.listEntry(end.String(), e)
			}
		}
	case "unprinted":
		for _, e := range s.Catalog.Documents {
			if e.Issue == nil && e.Shelf == gazette.Online && s.Catalog.Own(e) {
				a.listEntry(e.Date.String(), e)
			}
		}
	}
	return nil
}

func (a *app) listEntry(date string, e *catalog.Entry) {
	fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", date, e.Document.Number, source.Name(e.Path), e.Title())
}
