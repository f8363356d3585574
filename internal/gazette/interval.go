package gazette

import (
	"cmp"
	"slices"
)

// doubt puts the days after a proposed end in question: until a person decides,
// neither in force nor ended can be defended.
func doubt(effects []Effect, ivs []Interval) []Interval {
	cause := -1
	for i, e := range effects {
		if e.Proposed && e.ends() && (cause < 0 || e.From.Before(effects[cause].From)) {
			cause = i
		}
	}
	if cause < 0 {
		return ivs
	}
	from := effects[cause].From
	if ivs == nil {
		return []Interval{{To: from.AddDays(-1), Force: NoForce, Cause: -1}, {From: from, Force: Unknown, Cause: cause}}
	}
	var out []Interval
	for _, iv := range ivs {
		switch {
		case iv.Force.Ended() || !iv.To.IsZero() && iv.To.Before(from):
			out = append(out, iv)
			continue
		case iv.From.Before(from):
			head := iv
			head.To = from.AddDays(-1)
			out = append(out, head)
			iv.From = from
		}
		iv.Force, iv.Cause = Unknown, cause
		if n := len(out); n > 0 && out[n-1].Force == Unknown && out[n-1].Cause == cause {
			out[n-1].To = iv.To
			continue
		}
		out = append(out, iv)
	}
	return out
}

// certain are the intervals without what is only proposed.
func certain(effects []Effect) []Interval {
	start := strongest(effects, TakesEffect)
	if start < 0 {
		return withoutStart(effects)
	}
	from := effects[start].From
	var ivs []Interval
	if !from.IsZero() {
		ivs = append(ivs, Interval{To: from.AddDays(-1), Force: Pending, Cause: start})
	}
	end := ending(effects)
	last := Date{}
	if end.cause >= 0 {
		last = end.from.AddDays(-1)
	}
	if end.cause >= 0 && !from.IsZero() && !end.from.After(from) {
		// It ended before it began: it never was in force.
		ivs[0].To = end.from.AddDays(-1)
		return append(ivs, Interval{From: end.from, Force: end.force, Cause: end.cause})
	}
	ivs = append(ivs, suspensions(effects, Interval{From: from, To: last, Force: InForce, Cause: start})...)
	if end.cause >= 0 {
		ivs = append(ivs, Interval{From: end.from, Force: end.force, Cause: end.cause})
	}
	return ivs
}

// withoutStart is the case of a document whose first day is not known: it can
// be known to have ended; otherwise it is to be verified, if it claims force.
func withoutStart(effects []Effect) []Interval {
	before := NoForce
	if i := strongest(effects, NoDate); i >= 0 {
		before = Unknown
	}
	end := ending(effects)
	if end.cause < 0 {
		// Continued by a cleanup: known to be in force from then on.
		if i := strongest(effects, EffectKind(Continues)); i >= 0 && !effects[i].From.IsZero() {
			from := effects[i].From
			ivs := suspensions(effects, Interval{From: from, Force: InForce, Cause: i})
			return append([]Interval{{To: from.AddDays(-1), Force: before, Cause: -1}}, ivs...)
		}
		if before == NoForce {
			return nil
		}
		return []Interval{{Force: before, Cause: -1}}
	}
	return []Interval{
		{To: end.from.AddDays(-1), Force: before, Cause: -1},
		{From: end.from, Force: end.force, Cause: end.cause},
	}
}

// strongest returns the index of the strongest effect of a kind, the later
// date where two are equally strong; -1 for none.
func strongest(effects []Effect, kind EffectKind) int {
	best := -1
	for i, e := range effects {
		if e.Kind != kind || e.Proposed {
			continue
		}
		if best < 0 || e.Strength < effects[best].Strength ||
			e.Strength == effects[best].Strength && e.From.After(effects[best].From) {
			best = i
		}
	}
	return best
}

type endPoint struct {
	from  Date // first day no longer in force
	force Force
	cause int
}

// ending returns the earliest end. Where several fall on one day the order is
// repealed, lapsed, replaced, expired.
func ending(effects []Effect) endPoint {
	var ends []endPoint
	for _, k := range []struct {
		kind  RelationKind
		force Force
	}{{Repeals, Repealed}, {Lapses, Lapsed}, {Replaces, Replaced}} {
		for i, e := range effects {
			if RelationKind(e.Kind) == k.kind && e.ends() && !e.Proposed {
				ends = append(ends, endPoint{e.From, k.force, i})
			}
		}
	}
	if i, last := expiry(effects); i >= 0 {
		force := Expired
		if effects[i].Verify {
			force = Unknown
		}
		ends = append(ends, endPoint{last.AddDays(1), force, i})
	}
	if len(ends) == 0 {
		return endPoint{cause: -1}
	}
	// The first of equals: ends stand in the order that decides one day.
	return slices.MinFunc(ends, func(a, b endPoint) int { return a.from.Compare(b.from) })
}

// LastDay returns the last day in force after extensions, and the index of
// the effect that sets it; -1 where none is known.
func LastDay(effects []Effect) (last Date, cause int) {
	cause, last = expiry(effects)
	return last, cause
}

// expiry returns the last day in force after extensions. An extension counts
// only if it came before the end it moves.
func expiry(effects []Effect) (cause int, last Date) {
	cause = strongest(effects, Expires)
	if cause < 0 || effects[cause].Until.IsZero() {
		return -1, Date{}
	}
	last = effects[cause].Until
	for _, i := range extensions(effects) {
		if e := effects[i]; !e.From.After(last) && e.Until.After(last) {
			cause, last = i, e.Until
		}
	}
	return cause, last
}

// extensions are the certain extensions in order of their day.
func extensions(effects []Effect) []int {
	var order []int
	for i, e := range effects {
		if RelationKind(e.Kind) == Extends && len(e.Articles) == 0 && !e.Proposed && !e.From.IsZero() && !e.Until.IsZero() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(effects[a].From.Compare(effects[b].From), cmp.Compare(a, b))
	})
	return order
}

// LateExtensions returns the indexes of extensions that came after the end
// they were to move: they do not count.
func LateExtensions(effects []Effect) []int {
	cause := strongest(effects, Expires)
	if cause < 0 {
		return nil
	}
	last := effects[cause].Until
	var late []int
	for _, i := range extensions(effects) {
		if effects[i].From.After(last) {
			late = append(late, i)
		} else if effects[i].Until.After(last) {
			last = effects[i].Until
		}
	}
	return late
}

// suspensions cuts an in-force interval at the suspensions of the whole
// document. A suspension ends with its last day, or the day before 恢复, or
// never.
func suspensions(effects []Effect, iv Interval) []Interval {
	type cut struct {
		from, to Date
		cause    int
	}
	var cuts []cut
	for i, e := range effects {
		if RelationKind(e.Kind) == Suspends && len(e.Articles) == 0 && !e.Part && !e.Proposed && !e.From.IsZero() && (e.Until.IsZero() || !e.Until.Before(e.From)) {
			cuts = append(cuts, cut{e.From, e.Until, i})
		}
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.from.Compare(b.from) })
	for i := range cuts {
		for _, e := range effects {
			if RelationKind(e.Kind) == Resumes && len(e.Articles) == 0 && !e.Proposed && e.From.After(cuts[i].from) &&
				(cuts[i].to.IsZero() || e.From.Compare(cuts[i].to) <= 0) {
				cuts[i].to = e.From.AddDays(-1)
			}
		}
	}
	var out []Interval
	from := iv.From
	for _, c := range cuts {
		if !iv.To.IsZero() && c.from.After(iv.To) || !c.to.IsZero() && !from.IsZero() && c.to.Before(from) {
			continue
		}
		if from.IsZero() || c.from.After(from) {
			out = append(out, Interval{from, c.from.AddDays(-1), InForce, iv.Cause})
		} else {
			c.from = from
		}
		to := c.to
		if to.IsZero() || !iv.To.IsZero() && to.After(iv.To) {
			to = iv.To
		}
		out = append(out, Interval{c.from, to, Suspended, c.cause})
		if to.IsZero() || to == iv.To {
			return out
		}
		from = to.AddDays(1)
	}
	return append(out, Interval{from, iv.To, InForce, iv.Cause})
}
