package gazette_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongbao/internal/gazette"
)

var strengths = map[string]gazette.Strength{"declared": gazette.Declared, "own": gazette.Own, "read": gazette.Read, "rule": gazette.ByRule}

func mustDate(t testing.TB, s string) gazette.Date {
	t.Helper()
	if s == "" {
		return gazette.Date{}
	}
	d, err := gazette.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// parts cuts a list of the case file at its semicolons; "-" is the empty one.
func parts(s string) []string {
	if s == "" || s == "-" {
		return nil
	}
	return strings.Split(s, "; ")
}

func parseEffect(t *testing.T, s string) gazette.Effect {
	t.Helper()
	words := strings.Fields(s)
	e := gazette.Effect{Kind: gazette.EffectKind(words[0])}
	for _, w := range words[1:] {
		from, until, _ := strings.Cut(w, "..")
		strength, isStrength := strengths[w]
		switch {
		case isStrength:
			e.Strength = strength
		case w == "proposed":
			e.Proposed = true
		case w == "verify":
			e.Verify = true
		case w == "part":
			e.Part = true
		case strings.HasPrefix(w, "第"):
			e.Articles = append(e.Articles, w)
		default:
			e.From, e.Until = mustDate(t, from), mustDate(t, until)
		}
	}
	return e
}

func format(ivs []gazette.Interval) string {
	if ivs == nil {
		return "-"
	}
	var out []string
	for _, iv := range ivs {
		force := string(iv.Force)
		if iv.Force == gazette.NoForce {
			force = "none"
		}
		out = append(out, iv.From.String()+".."+iv.To.String()+" "+force)
	}
	return strings.Join(out, "; ")
}

func TestStatusFollowsFromEffects(t *testing.T) {
	for _, row := range cases(t, "status.txt") {
		row = append(row, "")
		t.Run(row[0], func(t *testing.T) {
			var effects []gazette.Effect
			for _, s := range parts(row[1]) {
				effects = append(effects, parseEffect(t, s))
			}
			ivs := gazette.Intervals(effects)
			if got := format(ivs); got != row[2] {
				t.Errorf("Intervals =\n%s, want\n%s", got, row[2])
			}
			checkIntervals(t, effects, ivs)
			late := ""
			for _, s := range parts(row[3]) {
				day, want, _ := strings.Cut(s, " ")
				if day == "late" {
					late = want
				} else if got := gazette.Status(effects, mustDate(t, day)).Text; string(got) != want {
					t.Errorf("text on %s = %s, want %s", day, got, want)
				}
			}
			var got []string
			for _, i := range gazette.LateExtensions(effects) {
				got = append(got, strconv.Itoa(i))
			}
			if strings.Join(got, " ") != late {
				t.Errorf("LateExtensions = %v, want %q", got, late)
			}
			// Two of one strength: the later date, so order never matters.
			slices.Reverse(effects)
			if got := format(gazette.Intervals(effects)); got != row[2] {
				t.Errorf("Intervals of the effects in reverse =\n%s, want\n%s", got, row[2])
			}
		})
	}
}

// checkIntervals holds for any effects: oldest first, no gap, no overlap, from
// the beginning of time to its end, each with the effect that begins it, and
// Status answers with the interval that contains the day.
func checkIntervals(t *testing.T, effects []gazette.Effect, ivs []gazette.Interval) {
	t.Helper()
	for i, iv := range ivs {
		if iv.Cause < -1 || iv.Cause >= len(effects) {
			t.Fatalf("%s: cause %d of %d effects", format(ivs), iv.Cause, len(effects))
		}
		if !iv.From.IsZero() && !iv.To.IsZero() && iv.To.Before(iv.From) {
			t.Fatalf("%s: interval %d ends before it begins", format(ivs), i)
		}
		if first := iv.From.IsZero(); first != (i == 0) {
			t.Fatalf("%s: interval %d has no first day, want it of the first only", format(ivs), i)
		}
		if last := iv.To.IsZero(); last != (i == len(ivs)-1) {
			t.Fatalf("%s: interval %d has no last day, want it of the last only", format(ivs), i)
		}
		if i > 0 && ivs[i-1].To.AddDays(1) != iv.From {
			t.Fatalf("%s: a gap or an overlap before interval %d", format(ivs), i)
		}
		for _, day := range []gazette.Date{iv.From, iv.To} {
			if s := gazette.Status(effects, day); !day.IsZero() && (s.Interval != iv || s.Force != iv.Force) {
				t.Fatalf("Status(%s) = %s from %s, want %s", day, s.Force, s.Interval.From, iv.Force)
			}
		}
	}
}

func TestEndedForces(t *testing.T) {
	for _, f := range gazette.Forces() {
		want := strings.Contains("expired lapsed repealed replaced", string(f))
		if f.Ended() != want {
			t.Errorf("%s.Ended() = %v, want %v", f, f.Ended(), want)
		}
	}
}

var fuzzKinds = []gazette.EffectKind{
	gazette.TakesEffect, gazette.Expires, gazette.NoDate,
	gazette.EffectKind(gazette.Repeals), gazette.EffectKind(gazette.Replaces), gazette.EffectKind(gazette.Lapses),
	gazette.EffectKind(gazette.Amends), gazette.EffectKind(gazette.Extends), gazette.EffectKind(gazette.Continues),
	gazette.EffectKind(gazette.Suspends), gazette.EffectKind(gazette.Resumes), gazette.EffectKind(gazette.Cites),
}

// FuzzStatus reads four bytes as an effect: kind, from and until as days of a
// short span so that they meet, and strength with articles.
func FuzzStatus(f *testing.F) {
	f.Add([]byte{0, 10, 0, 0, 1, 0, 90, 0, 9, 20, 30, 0})
	f.Add([]byte{2, 0, 0, 0, 9, 50, 40, 0, 8, 30, 0, 0})
	f.Add([]byte{0, 100, 0, 1, 3, 50, 0, 0, 10, 50, 0, 0, 9, 1, 0, 0})
	f.Add([]byte{1, 0, 50, 0, 7, 50, 80, 0, 7, 80, 120, 0, 5, 121, 0, 4})
	base := gazette.NewDate(2020, 2, 1)
	day := func(b byte) gazette.Date {
		if b == 0 {
			return gazette.Date{}
		}
		return base.AddDays(int(b))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var effects []gazette.Effect
		for ; len(b) >= 4 && len(effects) < 40; b = b[4:] {
			e := gazette.Effect{Kind: fuzzKinds[int(b[0])%len(fuzzKinds)], From: day(b[1]), Until: day(b[2]), Strength: gazette.Strength(b[3] % 4)}
			if b[3]&4 != 0 {
				e.Articles = []string{"第三条"}
			}
			effects = append(effects, e)
		}
		ivs := gazette.Intervals(effects)
		checkIntervals(t, effects, ivs)
		if ivs == nil && gazette.Status(effects, base).Force != gazette.NoForce {
			t.Error("a status without intervals")
		}
	})
}
