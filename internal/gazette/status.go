package gazette

import "slices"

// A Force (效力) is the first axis of a status.
type Force string

// The states of force. NoForce is shown without a badge.
const (
	NoForce   Force = ""
	Pending   Force = "pending"   // 尚未施行
	InForce   Force = "in-force"  // 现行有效
	Suspended Force = "suspended" // 暂停执行
	Expired   Force = "expired"   // 期满失效
	Lapsed    Force = "lapsed"    // 宣布失效
	Repealed  Force = "repealed"  // 已废止
	Replaced  Force = "replaced"  // 已被替代
	Unknown   Force = "unknown"   // 待核实
)

// Forces returns the states that have a badge, in the order of lists.
func Forces() []Force {
	return []Force{InForce, Pending, Suspended, Expired, Lapsed, Repealed, Replaced, Unknown}
}

// Ended reports whether a document in this state is no longer law.
func (f Force) Ended() bool {
	switch f {
	case Expired, Lapsed, Repealed, Replaced:
		return true
	}
	return false
}

// A TextState is the second axis: what happened to the wording.
type TextState string

// The states of the text.
const (
	Original TextState = "original"
	Amended  TextState = "amended" // 已修改
	Partial  TextState = "partial" // 部分条款失效
)

// A Shelf is the third axis: where the page stands.
type Shelf string

// The shelves.
const (
	Online    Shelf = "online"
	Archived  Shelf = "archived"  // 已归档
	Withdrawn Shelf = "withdrawn" // 已撤下
)

// A Strength ranks statements of the same fact: declared in front matter, own
// clause, read in another document, rule of the jurisdiction (design §4).
type Strength uint8

// The strengths, strongest first.
const (
	Declared Strength = iota
	Own
	Read
	ByRule
)

// String returns the code of the strength.
func (s Strength) String() string { return [...]string{"declared", "own", "read", "rule"}[s] }

// An EffectKind is what an Effect does. Besides the changing relations there
// are the two facts a document states of itself.
type EffectKind string

// The facts that are not relations.
const (
	TakesEffect EffectKind = "effective" // From is the first day in force
	Expires     EffectKind = "expires"   // Until is the last day in force
	NoDate      EffectKind = "no-date"   // in force is claimed, but no day is known
)

// An Effect (效力事件) is one change to one document, or to articles of it, from
// one date, with its reason.
type Effect struct {
	Kind     EffectKind
	From     Date // first day of the change; zero: not known
	Until    Date // suspends: last day; expires, extends: last day in force
	Articles []string
	Part     bool // articles or a subject only, also where none is named
	Strength Strength
	By       string // path of the document that states it; "" for the document itself
	Quote    string // the sentence, where it was read out of a text
	Line     int    // of the sentence, in the file of the document that states it
	Anchor   string // of the article that states it
	Computed bool   // the day is not written: it follows by counting (推算)
	Basis    string // the rule of the jurisdiction that it follows from
	Proposed bool   // read, but not certain: it puts the status in doubt and ends nothing
	Verify   bool   // expires: after the last day the status is to be verified, not ended
}

// ends reports whether the effect ends the whole document.
func (e Effect) ends() bool {
	switch RelationKind(e.Kind) {
	case Repeals, Lapses, Replaces:
		return len(e.Articles) == 0 && !e.Part && !e.From.IsZero()
	}
	return false
}

// An Interval is a stretch of days with one force. From zero means from the
// beginning, To zero means that no end is known. To is the last day. Cause is
// the index of the effect that begins it, -1 for none.
type Interval struct {
	From, To Date
	Force    Force
	Cause    int
}

// A State is the status of a document on one day.
type State struct {
	Force    Force
	Text     TextState
	Interval Interval
}

// Status returns the force and text of a document on a day. It is a pure
// function of the effects (design §4): withdrawn and archived are matters of
// the shelf and not of it.
func Status(effects []Effect, on Date) State {
	s := State{Text: Original, Interval: Interval{Cause: -1}}
	for _, iv := range Intervals(effects) {
		if (iv.From.IsZero() || !on.Before(iv.From)) && (iv.To.IsZero() || !on.After(iv.To)) {
			s.Force, s.Interval = iv.Force, iv
		}
	}
	s.Text = textState(effects, on)
	return s
}

func textState(effects []Effect, on Date) TextState {
	state := Original
	for _, e := range effects {
		if e.From.IsZero() || on.Before(e.From) || e.Proposed {
			continue
		}
		switch RelationKind(e.Kind) {
		case Amends:
			if state == Original {
				state = Amended
			}
		case Repeals, Lapses, Replaces:
			if len(e.Articles) > 0 || e.Part {
				state = Partial
			}
		}
	}
	return state
}

// Intervals returns the force of a document over all days, oldest first,
// without gaps from the first interval on. It returns nil where nothing is
// known: then the document carries no badge.
func Intervals(effects []Effect) []Interval {
	return doubt(effects, verify(effects, certain(effects)))
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
	var ivs []Interval
	// Continued by a cleanup: known to be in force from then on.
	if i := strongest(effects, EffectKind(Continues)); i >= 0 && !effects[i].From.IsZero() && (end.cause < 0 || effects[i].From.Before(end.from)) {
		from, last := effects[i].From, Date{}
		if end.cause >= 0 {
			last = end.from.AddDays(-1)
		}
		ivs = append(ivs, Interval{To: from.AddDays(-1), Force: before, Cause: -1})
		ivs = append(ivs, suspensions(effects, Interval{From: from, To: last, Force: InForce, Cause: i})...)
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
	if i, last := expiry(effects); i >= 0 && !effects[i].Verify {
		ends = append(ends, endPoint{last.AddDays(1), Expired, i})
	}
	if len(ends) == 0 {
		return endPoint{cause: -1}
	}
	// The first of equals: ends stand in the order that decides one day.
	return slices.MinFunc(ends, func(a, b endPoint) int { return a.from.Compare(b.from) })
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
