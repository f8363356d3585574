package gazette

import (
	"cmp"
	"slices"
)

// doubt puts the days after a proposed end in question: until a person decides,
// neither in force nor ended can be defended. A cleanup that says 继续有效 decides.
func doubt(effects []Effect, ivs []Interval) []Interval {
	var proposed []int
	for i := range effects {
		if e := &effects[i]; e.Proposed && (e.ends() || e.suspends()) {
			proposed = append(proposed, i)
		}
	}
	slices.SortStableFunc(proposed, func(a, b int) int {
		return cmp.Or(effects[a].From.Compare(effects[b].From), cmp.Compare(a, b))
	})
	for _, i := range proposed {
		from := effects[i].From
		if ivs == nil {
			ivs = []Interval{{To: from.AddDays(-1), Force: NoForce, Cause: -1}, {From: from, Force: Unknown, Cause: i}}
			continue
		}
		ivs = question(effects, ivs, from, i)
	}
	return doubtExpiry(effects, ivs)
}

// doubtExpiry puts the days after an expiry in question that a proposed
// extension would have moved: 期满失效 cannot be defended either.
func doubtExpiry(effects []Effect, ivs []Interval) []Interval {
	last := len(ivs) - 1
	if last < 0 || ivs[last].Force != Expired {
		return ivs
	}
	for i, e := range effects {
		kind := RelationKind(e.Kind)
		if e.Proposed && (kind == Extends || kind == Continues) && !e.Part && len(e.Articles) == 0 && !e.From.IsZero() && e.From.Before(ivs[last].From) &&
			(e.Until.IsZero() || !e.Until.Before(ivs[last].From)) {
			ivs[last].Force, ivs[last].Cause = Unknown, i
			return ivs
		}
	}
	return ivs
}

// verify puts the days after a period in question that a rule of the
// jurisdiction gives, but does not let end the document.
func verify(effects []Effect, ivs []Interval) []Interval {
	cause := strongest(effects, Expires)
	if cause < 0 || !effects[cause].Verify || effects[cause].Until.IsZero() {
		return ivs
	}
	last := effects[cause].Until
	for _, i := range extensions(effects) {
		if !effects[i].From.After(last) && effects[i].Until.After(last) {
			return ivs // an end that a document states took its place
		}
	}
	return question(effects, ivs, last.AddDays(1), cause)
}

// question turns the days from a day on into days to be verified, as far as
// the document has not ended, up to the day on which 继续有效 answers.
func question(effects []Effect, ivs []Interval, from Date, cause int) []Interval {
	answer := confirmed(effects, from)
	to := Date{}
	if answer >= 0 {
		to = effects[answer].From.AddDays(-1)
		if to.Before(from) {
			return ivs
		}
	}
	var out []Interval
	for _, iv := range ivs {
		if iv.Force.Ended() || !iv.To.IsZero() && iv.To.Before(from) || !to.IsZero() && iv.From.After(to) {
			out = append(out, iv)
			continue
		}
		if iv.From.Before(from) {
			head := iv
			head.To = from.AddDays(-1)
			out = append(out, head)
			iv.From = from
		}
		tail := Interval{}
		if !to.IsZero() && (iv.To.IsZero() || iv.To.After(to)) {
			tail = iv
			tail.From, tail.Cause, iv.To = to.AddDays(1), answer, to
		}
		if iv.Force != Unknown {
			iv.Force, iv.Cause = Unknown, cause
		}
		if n := len(out); n > 0 && out[n-1].Force == Unknown && out[n-1].Cause == iv.Cause {
			out[n-1].To = iv.To
		} else {
			out = append(out, iv)
		}
		if tail.Force != NoForce {
			out = append(out, tail)
		}
	}
	return out
}

// confirmed returns the first certain 继续有效 of the whole document on or after a
// day; -1 for none.
func confirmed(effects []Effect, from Date) int {
	best := -1
	for i, e := range effects {
		if RelationKind(e.Kind) != Continues || e.Proposed || e.Part || len(e.Articles) > 0 || e.From.Before(from) {
			continue
		}
		if best < 0 || e.From.Before(effects[best].From) {
			best = i
		}
	}
	return best
}
