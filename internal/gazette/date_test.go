package gazette_test

import (
	"testing"
	"time"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

func date(t testing.TB, s string) gazette.Date {
	t.Helper()
	d, err := gazette.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDateReadsOneFormOnly(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1949-10-01", "2024-02-29", "9999-12-31"} {
		if d := date(t, s); d.String() != s || !d.Valid() || d.IsZero() {
			t.Errorf("ParseDate(%q) = %s, valid %v", s, d, d.Valid())
		}
	}
	for _, s := range []string{"", "2023", "2023-2-3", "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "0000-01-01",
		"2023/01/01", "2023-01-01 ", "２０２３-01-01", "20230101", "2023-01-1a", "+023-01-01"} {
		if d, err := gazette.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", s, d)
		}
	}
}

func TestDateZeroIsAbsent(t *testing.T) {
	var zero gazette.Date
	if !zero.IsZero() || zero.Valid() || zero.String() != "" || zero.Zh() != "" {
		t.Errorf("zero Date prints %q and %q", zero, zero.Zh())
	}
	d := date(t, "2023-05-18")
	if !zero.Before(d) || zero.After(d) || zero.Compare(zero) != 0 {
		t.Error("the zero Date must come before every other")
	}
	if got := zero.AddDays(1); !got.IsZero() {
		t.Errorf("zero.AddDays(1) = %s, want none", got)
	}
	if got := zero.AddMonths(1); !got.IsZero() {
		t.Errorf("zero.AddMonths(1) = %s, want none", got)
	}
}

func TestDateArithmeticEndsAtTheEndOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		from         string
		years, month int
		days         int
		want         string
	}{
		{"2023-01-31", 0, 1, 0, "2023-02-28"},
		{"2024-01-31", 0, 1, 0, "2024-02-29"},
		{"2024-02-29", 1, 0, 0, "2025-02-28"},
		{"2024-02-29", 4, 0, 0, "2028-02-29"},
		{"2024-02-29", -4, 0, 0, "2020-02-29"},
		{"2023-03-31", 0, -1, 0, "2023-02-28"},
		{"2023-12-15", 0, 1, 0, "2024-01-15"},
		{"2023-01-15", 0, -1, 0, "2022-12-15"},
		{"2023-12-31", 0, 0, 1, "2024-01-01"},
		{"2024-03-01", 0, 0, -1, "2024-02-29"},
		{"2021-02-22", 0, 0, 30, "2021-03-24"},
		{"2023-01-31", 1, 1, 1, "2024-03-01"},
		{"9999-12-31", 0, 0, 1, ""},
		{"0001-01-01", 0, -1, 0, ""},
		{"2023-01-01", 9999, 0, 0, ""},
		{"2023-01-01", 1 << 60, 0, 0, ""},
		{"2023-01-01", 0, 0, -1 << 62, ""},
	} {
		d := date(t, c.from)
		got := d.Add(gazette.Period{Years: c.years, Months: c.month, Days: c.days})
		if got.String() != c.want {
			t.Errorf("%s + %dy%dm%dd = %q, want %q", d, c.years, c.month, c.days, got, c.want)
		}
	}
	d := date(t, "2024-02-29")
	if got := d.AddYears(1); got != d.AddMonths(12) || got.String() != "2025-02-28" {
		t.Errorf("2024-02-29 AddYears(1) = %s, want 2025-02-28", got)
	}
	if got := date(t, "2024-03-01").DaysSince(d); got != 1 {
		t.Errorf("2024-03-01 DaysSince(2024-02-29) = %d, want 1", got)
	}
	if got := d.Weekday(); got != time.Thursday {
		t.Errorf("2024-02-29 Weekday() = %v, want Thursday", got)
	}
}

func TestFromZhTakesWholeDaysOnly(t *testing.T) {
	for in, want := range map[string]string{
		"二○○四年十月一日": "2004-10-01", "2023年5月18日": "2023-05-18", "2023-05-18": "2023-05-18",
		"2023年5月": "", "2023年": "", "2023年2月30日": "",
	} {
		m, _ := zh.ScanDate(in)
		if got := gazette.FromZh(m); got.String() != want {
			t.Errorf("FromZh(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDateTimeIsBeijingTime(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2023-05-22", "2023-05-22"},
		{"2023-05-22T10:30:00+08:00", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22T10:30:00", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22T10:30", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22 10:30:00", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22 10:30", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22T02:30:00Z", "2023-05-22T10:30:00+08:00"},
		{"2023-05-22t02:30:00z", "2023-05-22T10:30:00+08:00"},
		{"2023-05-21T20:00:00-05:00", "2023-05-22T09:00:00+08:00"},
		{"2023-05-22T23:30:00.999+08:00", "2023-05-22T23:30:00+08:00"},
		{"2023-12-31T23:30:00Z", "2024-01-01T07:30:00+08:00"},
	} {
		got, err := gazette.ParseDateTime(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseDateTime(%q) = %q, %v, want %q", c.in, got, err, c.want)
		}
	}
	for _, s := range []string{"", "10:30", "2023-02-30T10:00:00Z", "2023-05-22T25:00:00", "2023-05-22Tx", "9999-12-31T23:00:00Z", "0001-01-01T00:00:00+09:00"} {
		if got, err := gazette.ParseDateTime(s); err == nil {
			t.Errorf("ParseDateTime(%q) = %q, want an error", s, got)
		}
	}
}

func TestDateTimeOrdersTheDayBeforeItsHours(t *testing.T) {
	var list []gazette.DateTime
	for _, s := range []string{"", "2023-05-21T23:59:59", "2023-05-22", "2023-05-22T00:00:00", "2023-05-22T10:30:00"} {
		var d gazette.DateTime
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	for i := range list {
		for j := range list {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := list[i].Compare(list[j]); got != want {
				t.Errorf("%q.Compare(%q) = %d, want %d", list[i], list[j], got, want)
			}
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2023-05-18", "2024-02-29", "0001-01-01", "9999-12-31", "2023-02-30", "", "2023-05-22T10:30:00+08:00", "2023-05-22T02:30:00.5Z"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		if d, err := gazette.ParseDate(s); err == nil {
			if !d.Valid() || d.String() != s {
				t.Errorf("ParseDate(%q) = %q", s, d)
			}
			for _, e := range []gazette.Date{d.AddDays(n), d.AddMonths(n), d.AddYears(n)} {
				if !e.IsZero() && (!e.Valid() || n > 0 && !e.After(d) || n < 0 && !e.Before(d)) {
					t.Errorf("%s moved by %d = %s", d, n, e)
				}
			}
			if e := d.AddDays(n); !e.IsZero() && e.DaysSince(d) != n {
				t.Errorf("%s.AddDays(%d) = %s, %d days later", d, n, e, e.DaysSince(d))
			}
		}
		if dt, err := gazette.ParseDateTime(s); err == nil {
			if again, err := gazette.ParseDateTime(dt.String()); err != nil || again != dt {
				t.Errorf("ParseDateTime(%q) = %v, %v, want %v", dt, again, err, dt)
			}
		}
	})
}

// Few days are counted by the month, many by the clock: both are the same.
func TestAddDaysGoesOverEndsOfMonthsAndYears(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1900-02-28", "2000-02-29", "2023-01-01", "2023-12-31", "2024-02-29", "9999-12-31"} {
		d := date(t, s)
		for n := -1000; n <= 1000; n++ {
			if e := d.AddDays(n); e.IsZero() != (s == "0001-01-01" && n < 0 || s == "9999-12-31" && n > 0) || !e.IsZero() && e.DaysSince(d) != n {
				t.Fatalf("%s.AddDays(%d) = %q", d, n, e)
			}
		}
	}
}
