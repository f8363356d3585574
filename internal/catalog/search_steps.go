package catalog

import "gongbao/internal/gazette"

// A ForceStep is a coming change of what is shown of an entry's force: from the
// day after Until it is Code.
type ForceStep struct {
	Until gazette.Date
	Code  string
}

// ForceSteps are the changes that are known on the day of the catalog, in
// order, so that a list read years after its build says nothing untrue.
func (c *Catalog) ForceSteps(e *Entry) []ForceStep {
	var steps []ForceStep
	until := c.SupersededFrom(e)
	for to := e.State.Interval.To; !to.IsZero() && (until.IsZero() || to.AddDays(1).Before(until)); {
		next := gazette.Status(e.Effects, to.AddDays(1))
		steps = append(steps, ForceStep{to, string(next.Force)})
		if next.Interval.To.IsZero() || !next.Interval.To.After(to) {
			break
		}
		to = next.Interval.To
	}
	if !until.IsZero() {
		steps = append(steps, ForceStep{until.AddDays(-1), Superseded})
	}
	return steps
}
