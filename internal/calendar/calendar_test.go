package calendar_test

import (
	"testing"

	"gongbao/internal/calendar"
	"gongbao/internal/gazette"
)

// spring2026 is the arrangement around the Spring Festival and the National Day of 2026.
func spring2026() *calendar.Calendar {
	var c calendar.Calendar
	for d := day(2026, 2, 15); !d.After(day(2026, 2, 23)); d = d.AddDays(1) {
		c.Free(d)
	}
	c.Work(day(2026, 2, 14), day(2026, 2, 28))
	for d := day(2026, 10, 1); !d.After(day(2026, 10, 7)); d = d.AddDays(1) {
		c.Free(d)
	}
	c.Work(day(2026, 9, 20), day(2026, 10, 10))
	return &c
}

func day(y, m, d int) gazette.Date { return gazette.NewDate(y, m, d) }

func TestAdd(t *testing.T) {
	c := spring2026()
	for _, x := range []struct {
		from gazette.Date
		n    int
		want gazette.Date
	}{
		{day(2026, 11, 27), 3, day(2026, 12, 2)}, // Friday, over a weekend
		{day(2026, 2, 12), 3, day(2026, 2, 24)},  // Thursday: 13th, 14th (worked), 24th
		{day(2026, 2, 27), 1, day(2026, 2, 28)},  // a worked Saturday
		{day(2026, 9, 30), 1, day(2026, 10, 8)},  // over the National Day
		{day(2026, 10, 9), 1, day(2026, 10, 10)}, // a worked Saturday
		{day(2026, 11, 28), 1, day(2026, 11, 30)},
		{day(2026, 11, 27), 0, day(2026, 11, 27)},
		{gazette.Date{}, 3, gazette.Date{}},
		{day(9999, 12, 30), 5, gazette.Date{}},
	} {
		if got := c.Add(x.from, x.n); got != x.want {
			t.Errorf("Add(%s, %d) = %s, want %s", x.from, x.n, got, x.want)
		}
	}
}

func TestAddCountsWorkingDays(t *testing.T) {
	c := spring2026()
	for d := day(2026, 1, 1); d.Before(day(2026, 12, 1)); d = d.AddDays(1) {
		for n := 1; n <= 25; n++ {
			to, got := c.Add(d, n), 0
			for x := d.AddDays(1); !x.After(to); x = x.AddDays(1) {
				if c.Working(x) {
					got++
				}
			}
			if got != n {
				t.Fatalf("%d working days after %s until %s, want %d", got, d, to, n)
			}
			if !c.Working(to) {
				t.Fatalf("Add(%s, %d) = %s, which is free", d, n, to)
			}
		}
	}
}

func TestKnown(t *testing.T) {
	c := spring2026()
	if !c.Known(2026) || c.Known(2027) {
		t.Errorf("Known(2026) = %v, Known(2027) = %v", c.Known(2026), c.Known(2027))
	}
	if y := c.Unknown(day(2026, 12, 20), day(2027, 1, 15)); y != 2027 {
		t.Errorf("Unknown over the turn of the year = %d", y)
	}
	if y := c.Unknown(day(2026, 3, 1), day(2026, 4, 1)); y != 0 {
		t.Errorf("Unknown within 2026 = %d", y)
	}
}
