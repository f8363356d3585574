package main

import (
	"fmt"
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/complete"
	"gongbao/internal/duty"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

type listCmd struct {
	What string `arg:"" enum:"drafts,future,expiring,unprinted,serials,due" help:"help.list-what"`
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
		for _, e := range slices.Backward(complete.Pending(s.Catalog)) {
			a.listEntry(e.Date.String(), e)
		}
	case "serials":
		for _, x := range complete.Serials(s.Catalog) {
			year := ""
			if x.Year > 0 {
				year = strconv.Itoa(x.Year)
			}
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", year, x.Name, gazette.Span(x.First, x.Last), a.strings.T("list.serials",
				strconv.Itoa(x.Public), strconv.Itoa(x.Withheld), strconv.Itoa(x.Explained), strconv.Itoa(x.Waiting), strconv.Itoa(x.Lost), x.Holes()))
		}
	case "due":
		a.listDue(s.Catalog)
	}
	return nil
}

// listDue writes what is owed and not done: what is late, and what is due soon.
func (a *app) listDue(c *catalog.Catalog) {
	for _, d := range duty.Pending(c) {
		where := ""
		if d.Entry != nil {
			where = source.Name(d.Entry.Path)
		}
		fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Due, a.strings.T("duty.state."+string(d.State(c.AsOf))), a.strings.T("duty."+string(d.Kind)), d.By, where, d.Name)
	}
}

func (a *app) listEntry(date string, e *catalog.Entry) {
	fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", date, e.Document.Number, source.Name(e.Path), e.Title())
}
