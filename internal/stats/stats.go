// Package stats counts documents for the reports of government openness: of
// each year how many 规章 and 行政规范性文件 of the site's own issuers were made, how
// many ended, and how many were in force at its end (制发, 废止, 现行有效: table 2 of
// the annual report, standards §8).
//
//	for _, row := range stats.Years(cat) { fmt.Println(row.Year, row.Class, len(row.InForce)) }
//
// Every figure is the length of a list of documents. 现行有效(t) = 现行有效(t−1) +
// 制发 − 废止 is checked, and the documents by which it fails are named: made in
// one year and in force from the next, suspended, of unknown force.
package stats

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// Classes are the classes that are counted, in the order of the report.
func Classes() []gazette.Class { return []gazette.Class{gazette.Rule, gazette.Normative} }

// A Row is one class in one year. Documents are in order of their day.
type Row struct {
	Year     int
	Class    gazette.Class
	On       gazette.Date     // 31 December; the day of the catalog in its own year
	Made     []*catalog.Entry // 制发
	Ended    []*catalog.Entry // 废止: repealed, lapsed, replaced, expired
	InForce  []*catalog.Entry // 现行有效 on that day
	Previous int              // 现行有效 at the end of the year before
	Reasons  []Reason         // why the identity may fail
}

// A Reason is a document that enters or leaves the documents in force otherwise
// than by being made or ended. Delta is by how much.
type Reason struct {
	Entry *catalog.Entry
	Why   Why
	Delta int
}

// Why says in what way a document is out of step.
type Why string

// The ways.
const (
	Pending     Why = "pending"     // made in another year than the one in which it took effect
	Suspended   Why = "suspended"   // not in force, and not ended
	Unknown     Why = "unknown"     // its force is to be verified
	Undated     Why = "undated"     // nobody knows when it was made
	NeverForce  Why = "never"       // ended before it took effect
	Retroactive Why = "retroactive" // in force before it was made
	OutOfStep   Why = "out-of-step" // its days contradict each other
)

// Gap is by how much the documents in force are more than the identity says;
// 0 where it holds.
func (r Row) Gap() int { return len(r.InForce) - (r.Previous + len(r.Made) - len(r.Ended)) }

// Years counts all years from that of the first document to that of the
// catalog's day, each with every class of Classes.
func Years(c *catalog.Catalog) []Row {
	last := int(c.AsOf.Year)
	first := last
	for _, d := range documents(c) {
		for _, day := range []gazette.Date{d.made, d.began} {
			if !day.IsZero() {
				first = min(first, int(day.Year))
			}
		}
	}
	var out []Row
	for y := first; y <= last; y++ {
		out = append(out, Year(c, y)...)
	}
	return out
}

// Year counts one year, which must not be after that of the catalog's day.
func Year(c *catalog.Catalog, year int) []Row {
	ds := documents(c)
	var out []Row
	for _, class := range Classes() {
		row := Row{Year: year, Class: class, On: lastDay(c, year)}
		for _, d := range ds {
			if d.entry.Document.Class == class {
				row.count(d, lastDay(c, year-1))
			}
		}
		out = append(out, row)
	}
	return out
}

func lastDay(c *catalog.Catalog, year int) gazette.Date {
	day := gazette.NewDate(year, 12, 31)
	if day.After(c.AsOf) {
		return c.AsOf
	}
	return day
}

// A document is what counts of an entry.
type document struct {
	entry              *catalog.Entry
	made, began, ended gazette.Date // zero: not known, or never
}

// documents are the works that are counted, oldest first. What was withdrawn is
// left out: it should not have been public.
func documents(c *catalog.Catalog) []document {
	var out []document
	for _, e := range slices.Backward(c.Documents) {
		if e != e.Newest() || e.Shelf == gazette.Withdrawn || !slices.Contains(Classes(), e.Document.Class) || !c.Own(e) {
			continue
		}
		d := document{entry: e, made: made(e)}
		for _, iv := range e.Intervals {
			if iv.Force.Ended() && d.ended.IsZero() {
				d.ended = iv.From
			}
		}
		for _, t := range texts(e) {
			d.began = began(t, d.began)
		}
		out = append(out, d)
	}
	return out
}

// texts are all texts of a work.
func texts(e *catalog.Entry) []*catalog.Entry {
	if len(e.Versions) > 0 {
		return e.Versions
	}
	return []*catalog.Entry{e}
}

// began is the earlier of a day and the first day on which a text was in force.
func began(t *catalog.Entry, day gazette.Date) gazette.Date {
	for _, iv := range gazette.Intervals(t.Effects) {
		if iv.Force == gazette.InForce && !iv.From.IsZero() && (day.IsZero() || iv.From.Before(day)) {
			day = iv.From
		}
	}
	return day
}

// made is the day on which a work was made: that of its oldest text.
func made(e *catalog.Entry) gazette.Date {
	var day gazette.Date
	for _, t := range texts(e) {
		for _, d := range []gazette.Date{t.Document.Signed, t.Document.Promulgated, t.Document.Printed} {
			if d.IsZero() {
				continue
			}
			if day.IsZero() || d.Before(day) {
				day = d
			}
			break
		}
	}
	return day
}

// count enters a document into the row. before is the last day of the year
// before.
func (r *Row) count(d document, before gazette.Date) {
	now, then := forceOn(d.entry, r.On), forceOn(d.entry, before)
	delta := 0
	if now == gazette.InForce {
		r.InForce = append(r.InForce, d.entry)
		delta++
	}
	if then == gazette.InForce {
		r.Previous++
		delta--
	}
	madeNow, endedNow := within(d.made, before, r.On), within(d.ended, before, r.On)
	if madeNow {
		r.Made = append(r.Made, d.entry)
		delta--
	}
	if endedNow {
		r.Ended = append(r.Ended, d.entry)
		delta++
	}
	if delta != 0 {
		r.Reasons = append(r.Reasons, Reason{d.entry, why(d, now, then, endedNow), delta})
	}
}

// within reports whether a day is after one and not after another.
func within(d, after, until gazette.Date) bool {
	return !d.IsZero() && d.After(after) && !d.After(until)
}

func why(d document, now, then gazette.Force, endedNow bool) Why {
	switch {
	case d.made.IsZero():
		return Undated
	case now == gazette.Suspended || then == gazette.Suspended:
		return Suspended
	case now == gazette.Unknown || then == gazette.Unknown:
		return Unknown
	case endedNow && d.began.IsZero():
		return NeverForce
	case !d.began.IsZero() && d.began.Year < d.made.Year:
		return Retroactive
	case now == gazette.Pending || then == gazette.Pending:
		return Pending
	}
	return OutOfStep
}

// forceOn is the force of the work on a day: that of the text that was its
// newest then.
func forceOn(e *catalog.Entry, on gazette.Date) gazette.Force {
	return gazette.Status(e.TextOn(on).Effects, on).Force
}
