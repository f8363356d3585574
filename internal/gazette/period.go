package gazette

import (
	"fmt"
	"strconv"
	"strings"

	"gongbao/internal/zh"
)

// A Period is a length of calendar time (期限), such as a validity of five
// years (有效期5年). Its parts are not exchanged: 12 months stay 12 months. The
// zero Period means that there is none.
type Period struct{ Years, Months, Days int }

// maxPeriod bounds each part of a period; longer ones are typing errors.
const maxPeriod = 100_000

// ParsePeriod reads 5y, 18m, 90d, 1y6m, or Chinese: 五年, 5年, 两年, 6个月, 30日, 90天,
// 一年零六个月, 一年半, 半年. White space does not count. Parts must come in the order
// years, months, days, and each at most once. Working days (工作日) are not a
// period: their length depends on the year's calendar.
func ParsePeriod(s string) (Period, error) {
	var p Period
	text := strings.Map(func(r rune) rune {
		if zh.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	rest, stage := text, 0
	for rest != "" {
		n, size := zh.ParseNumeral(rest)
		half := strings.HasPrefix(rest, "半") && p.Months == 0 && p.Days == 0 && stage <= 1
		switch {
		case half && rest == "半年":
			p.Months, rest, stage = 6, "", 2
			continue
		case half && stage == 1 && rest == "半":
			p.Months, rest, stage = 6, "", 2
			continue
		case size == 0 || n > maxPeriod:
			return Period{}, periodError(s)
		}
		rank, width := periodUnit(rest[size:])
		if rank <= stage {
			return Period{}, periodError(s)
		}
		switch rank {
		case 1:
			p.Years = n
		case 2:
			p.Months = n
		case 3:
			p.Days = n
		}
		stage = rank
		rest = strings.TrimPrefix(rest[size+width:], "又")
		if len(rest) > len("零") {
			rest = strings.TrimPrefix(rest, "零")
		}
	}
	if p.IsZero() {
		return Period{}, periodError(s)
	}
	return p, nil
}

func periodError(s string) error {
	return fmt.Errorf("period %q: want the form 5y, 18m, 90d or 五年, 6个月, 30日", s)
}

// periodUnit returns the unit at the start of s: 1 years, 2 months, 3 days, or
// 0, and its width.
func periodUnit(s string) (rank, width int) {
	for _, u := range []struct {
		name string
		rank int
	}{{"y", 1}, {"Y", 1}, {"年", 1}, {"m", 2}, {"M", 2}, {"个月", 2}, {"月", 2}, {"d", 3}, {"D", 3}, {"日", 3}, {"天", 3}} {
		if strings.HasPrefix(s, u.name) {
			return u.rank, len(u.name)
		}
	}
	return 0, 0
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// String returns the short form, 5y, 1y6m, 90d, or "" for the zero Period.
func (p Period) String() string {
	var b strings.Builder
	for _, part := range []struct {
		n    int
		unit byte
	}{{p.Years, 'y'}, {p.Months, 'm'}, {p.Days, 'd'}} {
		if part.n != 0 {
			b.WriteString(strconv.Itoa(part.n))
			b.WriteByte(part.unit)
		}
	}
	return b.String()
}

// Zh returns the Chinese form, 5年, 1年6个月, 90日, or "" for the zero Period.
func (p Period) Zh() string {
	var b strings.Builder
	for _, part := range []struct {
		n    int
		unit string
	}{{p.Years, "年"}, {p.Months, "个月"}, {p.Days, "日"}} {
		if part.n != 0 {
			b.WriteString(strconv.Itoa(part.n))
			b.WriteString(part.unit)
		}
	}
	return b.String()
}

// LastDay returns the last day in force of what takes effect on from and is
// valid for p: the day before the corresponding day, so that 5y from
// 2022-03-01 ends on 2027-02-28 (reference/standards.md, §5.3 no. 17). It is
// zero if from or p is.
func (p Period) LastDay(from Date) Date {
	if p.IsZero() {
		return Date{}
	}
	return from.Add(p).AddDays(-1)
}

// MarshalText returns the form of [Period.String].
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the forms of [ParsePeriod]; empty text is the zero Period.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	v, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}
