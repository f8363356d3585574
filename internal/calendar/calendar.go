// Package calendar counts working days (工作日). Which days are free is data: the
// arrangement that the State Council publishes for each year moves weekends to
// working days and the reverse, and no rule foretells it.
//
//	due := cal.Add(formed, 20) // 信息形成之日起20个工作日内
package calendar

import "gongbao/internal/gazette"

// A Calendar knows the days that differ from the rule of the week. The zero
// Calendar has none: Monday to Friday are working days.
type Calendar struct {
	days map[gazette.Date]bool // true: worked though a weekend; false: free
}

// Free enters days without work: weekends among them change nothing.
func (c *Calendar) Free(days ...gazette.Date) { c.set(false, days) }

// Work enters weekend days on which work is done (调休上班).
func (c *Calendar) Work(days ...gazette.Date) { c.set(true, days) }

func (c *Calendar) set(works bool, days []gazette.Date) {
	if c.days == nil {
		c.days = map[gazette.Date]bool{}
	}
	for _, d := range days {
		c.days[d] = works
	}
}

// Working reports whether a day is a working day.
func (c *Calendar) Working(d gazette.Date) bool {
	if works, ok := c.days[d]; ok {
		return works
	}
	return d.Weekday()%6 != 0 // neither Sunday, 0, nor Saturday, 6
}

// Add returns the n-th working day after a day, which does not count itself
// (民法典第二百零一条: 开始的当日不计入). The zero Date stays zero.
func (c *Calendar) Add(d gazette.Date, n int) gazette.Date {
	for n > 0 && !d.IsZero() {
		if d = d.AddDays(1); c.Working(d) {
			n--
		}
	}
	return d
}

// Known reports whether the arrangement of a year is entered: every year has
// free days at the National Day, the last of its feasts.
func (c *Calendar) Known(year int) bool {
	works, ok := c.days[gazette.NewDate(year, 10, 1)]
	return ok && !works
}

// Unknown returns the first year from that of one day to that of another whose
// arrangement is not entered; 0 where all are.
func (c *Calendar) Unknown(from, to gazette.Date) int {
	for y := int(from.Year); y <= int(to.Year); y++ {
		if !c.Known(y) {
			return y
		}
	}
	return 0
}
