package gazette

import (
	"fmt"
	"strings"
	"time"

	"gongbao/internal/zh"
)

// A Date is a civil date (日期): a day of the calendar, without time of day and
// without zone. The zero Date means that there is none. Dates are comparable
// with == and usable as map keys; years run from 1 to 9999.
type Date struct {
	Year       int16
	Month, Day uint8
}

// NewDate returns the day, or the zero Date if the calendar has no such day.
func NewDate(year, month, day int) Date {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}
	}
	return Date{Year: int16(year), Month: uint8(month), Day: uint8(day)}
}

// ParseDate reads a date in the form 2006-01-02 of RFC 3339, nothing else. For
// dates in running text see [FromZh].
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("date %q: want the form 2006-01-02", s)
	}
	var n [3]int
	for i, part := range [3]string{s[:4], s[5:7], s[8:]} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return Date{}, fmt.Errorf("date %q: want the form 2006-01-02", s)
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	d := NewDate(n[0], n[1], n[2])
	if d.IsZero() {
		return Date{}, fmt.Errorf("date %q: the calendar has no such day", s)
	}
	return d, nil
}

// FromZh returns the date of a match of zh, or the zero Date if the match is
// not a whole day of the calendar: 2018年, 2018年5月, 2月30日.
func FromZh(m zh.DateMatch) Date { return NewDate(m.Year, m.Month, m.Day) }

// String returns the form 2006-01-02, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Zh returns the form of official documents, 2023年5月18日, without leading zeros
// (GB/T 9704-2012, 7.3.5.4), or "" for the zero Date.
func (d Date) Zh() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has the day; the zero Date is not valid.
func (d Date) Valid() bool {
	return !d.IsZero() && d == NewDate(int(d.Year), int(d.Month), int(d.Day))
}

// Compare returns -1, 0 or +1 as d is before, on or after e. The zero Date is
// before every other.
func (d Date) Compare(e Date) int {
	a, b := d.ordinal(), e.ordinal()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// ordinal orders dates; it does not count days.
func (d Date) ordinal() int { return int(d.Year)<<16 | int(d.Month)<<8 | int(d.Day) }

// Before reports whether d is earlier than e; see [Date.Compare] for zero.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e; see [Date.Compare] for zero.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// SerialDate is the day that workbooks hold as a number: counted from the last
// but one of December 1899, as they all do.
func SerialDate(n int) Date { return NewDate(1899, 12, 30).AddDays(n) }

// AddDays returns the day n days after d, before it if n is negative. Here and
// in AddMonths, AddYears and Add the result is zero if d is zero or if it
// falls outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	const reach = 4_000_000 // more than there are days; keeps time.Date from wrapping
	if !d.Valid() || n > reach || n < -reach {
		return Date{}
	}
	if n < -400 || n > 400 {
		return fromTime(d.time().AddDate(0, 0, n))
	}
	year, month, day := int(d.Year), int(d.Month), int(d.Day)+n
	for ; day > daysIn(year, month); month++ {
		day -= daysIn(year, month)
		if month == 12 {
			year, month = year+1, 0
		}
	}
	for day < 1 {
		if month--; month == 0 {
			year, month = year-1, 12
		}
		day += daysIn(year, month)
	}
	return NewDate(year, month, day)
}

// AddMonths returns the same day n months later, or the last day of that
// month if it has no such day: 01-31 plus one month is 02-28 or 02-29
// (Civil Code, article 202: 没有对应日的，月末日为期间的最后一日).
func (d Date) AddMonths(n int) Date {
	const reach = 12 * 10_000
	if !d.Valid() || n > reach || n < -reach {
		return Date{}
	}
	months := int(d.Year)*12 + int(d.Month) - 1 + n
	if months < 12 {
		return Date{}
	}
	year, month := months/12, months%12+1
	return NewDate(year, month, min(int(d.Day), daysIn(year, month)))
}

// AddYears returns the same day n years later; 02-29 becomes 02-28 in a common
// year, by the rule of [Date.AddMonths].
func (d Date) AddYears(n int) Date {
	if n > 10_000 || n < -10_000 {
		return Date{}
	}
	return d.AddMonths(12 * n)
}

// Add returns the corresponding day (对应日) after the period: years and months
// together first, then days.
func (d Date) Add(p Period) Date {
	const reach = 10_000
	if p.Years > reach || p.Years < -reach || p.Months > 12*reach || p.Months < -12*reach {
		return Date{}
	}
	return d.AddMonths(12*p.Years + p.Months).AddDays(p.Days)
}

// Weekday returns the day of the week; of the zero Date it is meaningless.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// DaysSince returns the number of days from e to d; both must be valid.
func (d Date) DaysSince(e Date) int {
	return int((d.time().Unix() - e.time().Unix()) / (24 * 60 * 60))
}

// MarshalText returns the form of [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of [ParseDate]; empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// time returns the midnight that begins d in UTC, for arithmetic only.
func (d Date) time() time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
}

func fromTime(t time.Time) Date {
	year, month, day := t.Date()
	return NewDate(year, int(month), day)
}

// daysIn returns the length of a month; month must be 1 to 12.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// A DateTime is a civil date that may carry a time of day of China (北京时间,
// +08:00, without summer time): when something was put online (上网发布时间).
// Clock is "15:04:05", or "" if only the day is known. DateTimes are
// comparable with ==.
type DateTime struct {
	Date  Date
	Clock string
}

// beijing is the zone of every time of day in content.
var beijing = time.FixedZone("", 8*60*60)

// ParseDateTime reads a date (2006-01-02), a date and time without offset, which
// is taken as +08:00 (2006-01-02T15:04, 2006-01-02 15:04:05), or an RFC 3339
// time with any offset, which is converted to +08:00. Fractions of a second
// are cut off.
func ParseDateTime(s string) (DateTime, error) {
	if len(s) <= 10 {
		d, err := ParseDate(s)
		return DateTime{Date: d}, err
	}
	text := s
	if text[10] == ' ' || text[10] == 't' {
		text = text[:10] + "T" + text[11:]
	}
	if strings.HasSuffix(text, "z") {
		text = text[:len(text)-1] + "Z"
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00"} {
		t, err := time.ParseInLocation(layout, text, beijing)
		if err != nil {
			continue
		}
		t = t.In(beijing)
		d := fromTime(t)
		if d.IsZero() {
			break
		}
		return DateTime{Date: d, Clock: t.Format("15:04:05")}, nil
	}
	return DateTime{}, fmt.Errorf("time %q: want the form 2006-01-02T15:04:05+08:00 or 2006-01-02", s)
}

// String returns the RFC 3339 form with +08:00, the date alone if there is no
// time of day, or "" for the zero DateTime.
func (t DateTime) String() string {
	if t.Clock == "" || t.Date.IsZero() {
		return t.Date.String()
	}
	return t.Date.String() + "T" + t.Clock + "+08:00"
}

// IsZero reports whether there is no date.
func (t DateTime) IsZero() bool { return t.Date.IsZero() }

// Compare returns -1, 0 or +1 as t is before, at or after u. On one day, a
// DateTime without time of day comes first.
func (t DateTime) Compare(u DateTime) int {
	if c := t.Date.Compare(u.Date); c != 0 {
		return c
	}
	return strings.Compare(t.Clock, u.Clock)
}

// MarshalText returns the form of [DateTime.String].
func (t DateTime) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the forms of [ParseDateTime]; empty text is the zero DateTime.
func (t *DateTime) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = DateTime{}
		return nil
	}
	v, err := ParseDateTime(string(text))
	if err != nil {
		return err
	}
	*t = v
	return nil
}
