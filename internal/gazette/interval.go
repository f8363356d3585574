package gazette

import "slices"

// certain are the intervals without what is only proposed.
func certain(effects []Effect) []Interval {
	start := strongest(effects, TakesEffect)
	if start < 0 {
		return withoutStart(effects)
	}
	from := effects[start].From
	end := ending(effects)
	room := 2 // as most documents need
	if end.cause >= 0 {
		room++
	}
	ivs := make([]Interval, 0, room)
	if !from.IsZero() {
		ivs = append(ivs, Interval{To: from.AddDays(-1), Force: Pending, Cause: start})
	}
	last := Date{}
	if end.cause >= 0 {
		last = end.from.AddDays(-1)
	}
	if end.cause >= 0 && !from.IsZero() && !end.from.After(from) {
		// It ended before it began: it never was in force.
		ivs[0].To = end.from.AddDays(-1)
		return append(ivs, Interval{From: end.from, Force: end.force, Cause: end.cause})
	}
	ivs = appendSuspensions(ivs, effects, Interval{From: from, To: last, Force: InForce, Cause: start})
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
	var ivs []Interval
	// Continued by a cleanup: known to be in force from then on.
	if i := strongest(effects, EffectKind(Continues)); i >= 0 && !effects[i].From.IsZero() && (end.cause < 0 || effects[i].From.Before(end.from)) {
		from, last := effects[i].From, Date{}
		if end.cause >= 0 {
			last = end.from.AddDays(-1)
		}
		ivs = append(ivs, Interval{To: from.AddDays(-1), Force: before, Cause: -1})
		ivs = appendSuspensions(ivs, effects, Interval{From: from, To: last, Force: InForce, Cause: i})
	}
	switch {
	case end.cause < 0 && ivs == nil && before == NoForce:
		return nil
	case end.cause < 0 && ivs == nil:
		return []Interval{{Force: before, Cause: -1}}
	case end.cause < 0:
		return ivs
	case ivs == nil:
		ivs = []Interval{{To: end.from.AddDays(-1), Force: before, Cause: -1}}
	}
	return append(ivs, Interval{From: end.from, Force: end.force, Cause: end.cause})
}

// strongest returns the index of the strongest effect of a kind, the later
// date where two are equally strong; -1 for none.
func strongest(effects []Effect, kind EffectKind) int {
	best := -1
	for i := range effects {
		e := &effects[i]
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
	first := endPoint{cause: -1}
	take := func(p endPoint) {
		if first.cause < 0 || p.from.Before(first.from) { // the first of equals: the order decides one day
			first = p
		}
	}
	for _, k := range []struct {
		kind  RelationKind
		force Force
	}{{Repeals, Repealed}, {Lapses, Lapsed}, {Replaces, Replaced}} {
		for i := range effects {
			if e := &effects[i]; RelationKind(e.Kind) == k.kind && e.ends() && !e.Proposed {
				take(endPoint{e.From, k.force, i})
			}
		}
	}
	if i, last := expiry(effects); i >= 0 && !effects[i].Verify {
		take(endPoint{last.AddDays(1), Expired, i})
	}
	return first
}

// appendSuspensions appends an in-force interval, cut at the suspensions of the
// whole document. A suspension ends with its last day, or the day before 恢复, or
// never.
func appendSuspensions(out []Interval, effects []Effect, iv Interval) []Interval {
	type cut struct {
		from, to Date
		cause    int
	}
	var cuts []cut
	for i := range effects {
		e := &effects[i]
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
