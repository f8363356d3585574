package audit

import (
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// What 国办秘函〔2019〕19号 lets pass no site: so many columns that were not
// updated in time, and so many without anything in them (standards §3.1).
const (
	staleNews  = 5
	staleAll   = 10
	emptyAll   = 5
	newsDays   = 14
	halfYear   = 6  // months
	fullYear   = 12 // months
	halfDays   = 183
	issueGrace = 1 // day after the period of a gazette
)

// before returns the day before which the newest entry of a column of a class is
// too old, and whether the class is one of the two that count together.
func before(class string, asOf gazette.Date) (gazette.Date, bool) {
	switch {
	case strings.Contains(class, "动态"), strings.Contains(class, "要闻"):
		return asOf.AddDays(-newsDays), true
	case strings.Contains(class, "通知"), strings.Contains(class, "公告"), strings.Contains(class, "政策"):
		return asOf.AddMonths(-halfYear), true
	}
	return asOf.AddMonths(-fullYear), false
}

// columns reports columns that are empty or were not updated in time, by the
// period that the site set itself or else by their class. A portal fails by the
// periods of the classes alone, whatever it set itself.
func (a *auditor) columns() {
	lists := map[string]*catalog.List{}
	for _, l := range a.cat.Lists {
		lists[l.Address] = l
	}
	var empty, news, stale int
	for i := range a.cat.Data.Columns {
		col := &a.cat.Data.Columns[i]
		if col.Code == "" {
			continue // reported when it was read
		}
		l := lists["columns/"+col.Code+"/"]
		if l == nil {
			empty++
			a.add("audit-column-empty", col.Pos, nil, col.Name)
			continue
		}
		last := newest(l.Entries)
		limit, counts := before(col.Class, a.cat.AsOf)
		if last.Before(limit) {
			stale++
			if counts {
				news++
			}
		}
		if col.UpdateDays > 0 {
			limit = a.cat.AsOf.AddDays(-col.UpdateDays)
		}
		if last.Before(limit) {
			day := last.String()
			if last.IsZero() {
				day = "—" // no entry says when it came out
			}
			a.add("audit-column-stale", col.Pos, nil, col.Name, day, strconv.Itoa(a.cat.AsOf.DaysSince(limit)))
		}
	}
	if a.cat.Config.Site.Kind != "portal" {
		return
	}
	register := diag.Pos{File: "content/data/columns.toml"}
	for _, v := range []struct {
		what     string
		n, fails int
	}{{"veto.news", news, staleNews}, {"veto.stale", stale, staleAll}, {"veto.empty", empty, emptyAll}} {
		if v.n >= v.fails {
			a.add("audit-veto", register, nil, v.what, strconv.Itoa(v.n), strconv.Itoa(v.fails))
		}
	}
}

// newest is the day on which the last of some entries came out.
func newest(es []*catalog.Entry) (last gazette.Date) {
	for _, e := range es {
		if d := e.Since(); d.After(last) {
			last = d
		}
	}
	return last
}

// home reports a home page whose newest entry is old. For a portal that fails
// the inspection; a gazette has the period in which its issues come out, a library
// half a year.
func (a *auditor) home(p *page) {
	days := halfDays
	switch c := a.cat.Config; c.Site.Kind {
	case "portal":
		days = newsDays
	case "gazette":
		days = period(c.Gazette.Frequency) + issueGrace
	}
	if len(a.cat.Entries) == 0 || !p.newest.Before(a.cat.AsOf.AddDays(-days)) {
		return
	}
	args := []string{p.newest.String(), strconv.Itoa(a.cat.AsOf.DaysSince(p.newest)), strconv.Itoa(days)}
	rule := "audit-home-stale"
	if p.newest.IsZero() {
		rule, args = "audit-home-empty", nil
	}
	f := diag.New(rule, a.file(p.path), args...)
	if a.cat.Config.Site.Kind == "portal" {
		f.Severity = diag.Error
	}
	a.put(f, nil)
}

// period is in how many days a gazette comes out again; half a year where it does
// not say.
func period(frequency string) int {
	for _, f := range []struct {
		name string
		days int
	}{{"半月刊", 16}, {"双月刊", 62}, {"半年刊", halfDays}, {"周刊", 7}, {"旬刊", 11}, {"月刊", 31}, {"季刊", 92}, {"年刊", 366}} {
		if strings.Contains(frequency, f.name) {
			return f.days
		}
	}
	return halfDays
}

// founded is the day before which no document of this state was made.
var founded = gazette.NewDate(1949, 10, 1)

// dates reports what lists show without the day on which it was put online, which
// counts as not updated, and days on which it cannot have been made.
func (a *auditor) dates() {
	for _, e := range a.cat.Entries {
		if !shown(e) || e.Type == gazette.TypeIssue || e.Type == gazette.TypePage {
			continue
		}
		if e.Published().IsZero() {
			a.add("audit-undated", e.Start(), e)
		}
		d := e.Document
		for _, x := range []struct {
			key  string
			date gazette.Date
		}{{"signed", d.Signed}, {"printed", d.Printed}, {"promulgated", d.Promulgated}, {"published", e.Published().Date}} {
			if !x.date.IsZero() && (x.date.Before(founded) || x.date.After(a.cat.AsOf)) {
				a.add("audit-date", e.Pos(x.key), e, x.key, x.date.String())
			}
		}
	}
}
