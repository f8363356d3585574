package gazette_test

import (
	"testing"

	"gongbao/internal/gazette"
)

func TestParsePeriodReadsShortAndChineseForms(t *testing.T) {
	for _, row := range cases(t, "period.txt") {
		p, err := gazette.ParsePeriod(row[0])
		if row[1] == "-" {
			if err == nil {
				t.Errorf("ParsePeriod(%q) = %v, want an error", row[0], p)
			}
			continue
		}
		if err != nil || p.String() != row[1] || p.Zh() != row[2] {
			t.Errorf("ParsePeriod(%q) = %q, %q, %v, want %q, %q", row[0], p, p.Zh(), err, row[1], row[2])
		}
	}
}

func TestLastDayIsTheDayBeforeTheCorrespondingDay(t *testing.T) {
	for _, c := range []struct{ from, period, want string }{
		{"2022-03-01", "5y", "2027-02-28"},
		{"2023-03-01", "5y", "2028-02-29"},
		{"2024-09-07", "五年", "2029-09-06"},
		{"2024-02-29", "1y", "2025-02-27"},
		{"2024-08-31", "6m", "2025-02-27"},
		{"2023-05-18", "30d", "2023-06-16"},
		{"2023-12-31", "1d", "2023-12-31"},
	} {
		p, err := gazette.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.LastDay(date(t, c.from)); got != date(t, c.want) {
			t.Errorf("Period(%s).LastDay(%s) = %s, want %s", c.period, c.from, got, c.want)
		}
	}
	if got := (gazette.Period{}).LastDay(date(t, "2023-05-18")); !got.IsZero() {
		t.Errorf("Period{}.LastDay(2023-05-18) = %s, want none", got)
	}
}

func TestPeriodTextRoundTrip(t *testing.T) {
	var p gazette.Period
	for _, s := range []string{"5y", "1y6m", "90d", ""} {
		if err := p.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if b, err := p.MarshalText(); err != nil || string(b) != s {
			t.Errorf("MarshalText() = %q, %v, want %q", b, err, s)
		}
	}
	if err := p.UnmarshalText([]byte("long")); err == nil {
		t.Error("UnmarshalText(long) = nil, want an error")
	}
}

func FuzzPeriod(f *testing.F) {
	for _, row := range cases(f, "period.txt") {
		f.Add(row[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := gazette.ParsePeriod(s)
		if err != nil {
			return
		}
		for _, form := range []string{p.String(), p.Zh()} {
			if again, err := gazette.ParsePeriod(form); err != nil || again != p {
				t.Errorf("ParsePeriod(%q) = %v, %v, want %v", form, again, err, p)
			}
		}
		p.LastDay(gazette.NewDate(2024, 2, 29))
	})
}
