package gazette

import (
	"cmp"
	"slices"
)

// LastDay returns the last day in force after extensions, and the index of
// the effect that sets it; -1 where none is known.
func LastDay(effects []Effect) (last Date, cause int) {
	cause, last = expiry(effects)
	return last, cause
}

// expiry returns the last day in force after extensions. An extension to a day
// of a document whose end is not known sets it. An extension counts
// only if it came before the end it moves. 继续有效 with a last day is one, too; it
// answers for one whose
// period is over by a rule only (Verify).
func expiry(effects []Effect) (cause int, last Date) {
	cause = strongest(effects, Expires)
	if cause >= 0 {
		if last = effects[cause].Until; last.IsZero() {
			return -1, Date{}
		}
	}
	for _, i := range extensions(effects) {
		e := effects[i]
		confirms := RelationKind(e.Kind) == Continues
		switch {
		case cause >= 0 && !e.Until.After(last):
		case cause >= 0 && e.From.After(last) && !(confirms && effects[cause].Verify):
		default:
			cause, last = i, e.Until
		}
	}
	return cause, last
}

// extensions are the certain extensions in order of their day.
func extensions(effects []Effect) []int {
	var order []int
	for i := range effects {
		e := &effects[i]
		kind := RelationKind(e.Kind)
		if (kind == Extends || kind == Continues) && len(e.Articles) == 0 && !e.Part && !e.Proposed && !e.From.IsZero() && !e.Until.IsZero() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(effects[a].From.Compare(effects[b].From), cmp.Compare(a, b))
	})
	return order
}

// LateExtensions returns the indexes of what was to keep a document in force
// and came after its end: an extension, and a 继续有效 unless the period was one by a
// rule only, which it answers. They do not count.
func LateExtensions(effects []Effect) []int {
	var late []int
	if cause := strongest(effects, Expires); cause >= 0 {
		last := effects[cause].Until
		for _, i := range extensions(effects) {
			if effects[i].From.After(last) && RelationKind(effects[i].Kind) == Extends {
				late = append(late, i)
			} else if effects[i].Until.After(last) {
				last = effects[i].Until
			}
		}
	}
	end := ending(effects)
	if end.cause < 0 {
		return late
	}
	for i, e := range effects {
		kind := RelationKind(e.Kind)
		if kind != Continues && kind != Extends || e.Proposed || e.Part || len(e.Articles) > 0 || e.From.Before(end.from) || slices.Contains(late, i) {
			continue
		}
		late = append(late, i)
	}
	return late
}

// LastInForce returns the last day in force, zero where no end is known.
func LastInForce(effects []Effect) Date {
	if end := ending(effects); end.cause >= 0 {
		return end.from.AddDays(-1)
	}
	return Date{}
}
