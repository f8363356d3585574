package gazette_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/gazette"
)

// cases reads a table of testdata: lines of fields between bars.
func cases(t testing.TB, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	marks := strings.NewReplacer("␣", " ", "␤", "\n", "⇥", "\u3000")
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var row []string
		for field := range strings.SplitSeq(line, " | ") {
			row = append(row, marks.Replace(strings.TrimSpace(field)))
		}
		rows = append(rows, row)
	}
	return rows
}

func TestParseNumberReadsEveryForm(t *testing.T) {
	rows := cases(t, "number.txt")
	if len(rows) < 120 {
		t.Errorf("testdata/number.txt has %d cases, want 120 or more", len(rows))
	}
	for _, row := range rows {
		n, ok := gazette.ParseNumber(row[0])
		if row[1] == "-" {
			if ok {
				t.Errorf("ParseNumber(%q) = %+v, want none", row[0], n)
			}
			continue
		}
		if !ok {
			t.Errorf("ParseNumber(%q) found none, want %q", row[0], row[1])
			continue
		}
		if n.Raw != row[0] {
			t.Errorf("ParseNumber(%q).Raw = %q, want the original", row[0], n.Raw)
		}
		if n.String() != row[1] || n.Key() != row[2] {
			t.Errorf("ParseNumber(%q) = %q with key %q, want %q with key %q", row[0], n, n.Key(), row[1], row[2])
		}
		checkRoundTrip(t, n)
	}
}

// checkRoundTrip verifies that the canonical spelling is read back.
func checkRoundTrip(t *testing.T, n gazette.Number) {
	t.Helper()
	again, ok := gazette.ParseNumber(n.String())
	if !ok {
		t.Errorf("ParseNumber(%q) found none, want the number printed from %+v", n, n)
		return
	}
	if again.Key() != n.Key() || again.String() != n.String() {
		t.Errorf("ParseNumber(%q) = %q with key %q, want key %q", n, again, again.Key(), n.Key())
	}
}

func TestParseNumberFillsFields(t *testing.T) {
	for _, c := range []struct {
		in   string
		want gazette.Number
	}{
		{"内府办函〔2023〕36号", gazette.Number{Series: "内府办函", Year: 2023, Serial: 36}},
		{"国务院令第711号", gazette.Number{Series: "国务院令", Serial: 711, Order: true}},
		{"第327号", gazette.Number{Serial: 327, Order: true}},
		{"政府令〔2010〕第15号", gazette.Number{Series: "政府令", Year: 2010, Serial: 15, Order: true}},
		{"财政部公告2019年第39号", gazette.Number{Series: "财政部公告", Year: 2019, Serial: 39, Annual: true}},
		{"2020年第3号", gazette.Number{Year: 2020, Serial: 3, Annual: true}},
	} {
		c.want.Raw = c.in
		if got, ok := gazette.ParseNumber(c.in); !ok || got != c.want {
			t.Errorf("ParseNumber(%q) = %+v, %v, want %+v", c.in, got, ok, c.want)
		}
	}
}

func TestZeroNumberPrintsNothing(t *testing.T) {
	var n gazette.Number
	if !n.IsZero() || n.String() != "" || n.Key() != "" {
		t.Errorf("zero Number prints %q with key %q, want nothing", n, n.Key())
	}
}

func TestFindNumbersLeavesProseOut(t *testing.T) {
	for _, row := range cases(t, "number_find.txt") {
		var want, keys []string
		if row[1] != "-" {
			for w := range strings.SplitSeq(row[1], " ; ") {
				spelling, key, _ := strings.Cut(w, " [")
				if key != "" && !strings.HasSuffix(key, "]") {
					spelling, key = w, ""
				}
				want, keys = append(want, spelling), append(keys, strings.TrimSuffix(key, "]"))
			}
		}
		got := gazette.FindNumbers(row[0])
		checkSpans(t, row[0], got)
		var spellings []string
		for _, m := range got {
			spellings = append(spellings, m.Number.Raw)
		}
		if strings.Join(spellings, ";") != strings.Join(want, ";") {
			t.Errorf("FindNumbers(%q) = %q, want %q", row[0], spellings, want)
			continue
		}
		for i, key := range keys {
			if key != "" && got[i].Number.Key() != key {
				t.Errorf("FindNumbers(%q)[%d].Number.Key() = %q, want %q", row[0], i, got[i].Number.Key(), key)
			}
		}
	}
}

// checkSpans verifies that matches are in order, apart, and say what they span.
func checkSpans(t *testing.T, s string, found []gazette.NumberMatch) {
	t.Helper()
	low := 0
	for _, m := range found {
		if m.Start < low || m.End <= m.Start || m.End > len(s) {
			t.Fatalf("FindNumbers(%q): span %d:%d after %d", s, m.Start, m.End, low)
		}
		if s[m.Start:m.End] != m.Number.Raw {
			t.Fatalf("FindNumbers(%q): Raw = %q, want %q", s, m.Number.Raw, s[m.Start:m.End])
		}
		if m.Number.IsZero() {
			t.Fatalf("FindNumbers(%q): zero number at %d", s, m.Start)
		}
		low = m.End
	}
}

// TestFoundNumbersParseAlone ties the two entrances together.
func TestFoundNumbersParseAlone(t *testing.T) {
	for _, row := range cases(t, "number.txt") {
		if row[1] == "-" || strings.HasPrefix(row[2], "令") || strings.HasPrefix(row[2], "20") {
			continue
		}
		for _, m := range gazette.FindNumbers("《办法》（" + row[0] + "）同时废止") {
			if m.Number.Key() != row[2] && !strings.ContainsAny(row[0], " \n\u3000") {
				t.Errorf("FindNumbers in brackets: %q has key %q, want %q", m.Number.Raw, m.Number.Key(), row[2])
			}
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, name := range []string{"number.txt", "number_find.txt"} {
		for _, row := range cases(f, name) {
			f.Add(row[0])
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := gazette.ParseNumber(s); ok {
			if n.Raw != s {
				t.Errorf("ParseNumber(%q).Raw = %q", s, n.Raw)
			}
			checkRoundTrip(t, n)
		}
		found := gazette.FindNumbers(s)
		checkSpans(t, s, found)
		for _, m := range found {
			if utf8.ValidString(s) && !utf8.ValidString(m.Number.String()) {
				t.Errorf("FindNumbers(%q) cuts a character: %q", s, m.Number)
			}
			checkRoundTrip(t, m.Number)
		}
	})
}

// corpus returns the texts under shared/corpus, which lies beside the repository.
func corpus(t testing.TB, dir string) []string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus", dir)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("no corpus: %v", err)
	}
	var texts []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		texts = append(texts, string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestNumbersOfTheCorpusParseAlone(t *testing.T) {
	count := 0
	for _, text := range append(corpus(t, "laws"), corpus(t, "realdocs/text")...) {
		found := gazette.FindNumbers(text)
		checkSpans(t, text, found)
		for _, m := range found {
			count++
			checkRoundTrip(t, m.Number)
			alone, ok := gazette.ParseNumber(m.Number.Raw)
			if m.Number.Series != "" && (!ok || alone.Key() != m.Number.Key()) {
				t.Errorf("ParseNumber(%q) = %q, %v, want %q as in the text", m.Number.Raw, alone.Key(), ok, m.Number.Key())
			}
		}
	}
	t.Logf("%d numbers", count)
}

func BenchmarkFindNumbers(b *testing.B) {
	text := strings.Join(corpus(b, "laws"), "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		gazette.FindNumbers(text)
	}
}

func BenchmarkParseNumber(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		gazette.ParseNumber("内府办函〔2023〕36号")
	}
}
