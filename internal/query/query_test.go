package query_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"gongbao/internal/query"
)

// describe writes a query as a line of testdata/queries.txt has it.
func describe(q query.Query) string {
	out := []string{strings.Join(q.Terms, "+")}
	if n := q.Number; n != nil {
		out = append(out, fmt.Sprintf("number %s/%d/%d", n.Series, n.Year, n.Serial))
	}
	if i := q.Issue; i != nil {
		out = append(out, fmt.Sprintf("issue %d/%d/%d", i.Year, i.No, i.Page))
	}
	if q.Article != "" {
		out = append(out, "article "+q.Title+"/"+q.Article)
	}
	return strings.Join(out, "; ")
}

// cases reads testdata/queries.txt: what is typed | what is read.
func cases(t testing.TB) [][2]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		typed, want, ok := strings.Cut(line, " | ")
		if !ok {
			t.Fatalf("line %q", line)
		}
		out = append(out, [2]string{typed, want})
	}
	return out
}

func TestParse(t *testing.T) {
	for _, c := range cases(t) {
		if got := describe(query.Parse(c[0])); got != c[1] {
			t.Errorf("Parse(%q) = %s, want %s", c[0], got, c[1])
		}
	}
}

func TestExactNumberIsFirst(t *testing.T) {
	ended := query.Match{Number: 2, Terms: 1, Heads: 1, Ended: true, Year: 1950}.Score()
	best := query.Match{Title: true, Terms: 1, Heads: 1, Year: 2300}.Score()
	if ended <= best {
		t.Errorf("an exact number that has ended = %d, a title in force = %d", ended, best)
	}
	if a, b := (query.Match{Terms: 1, Heads: 1, Ended: true, Year: 2300}.Score()), (query.Match{Terms: 1, Heads: 1, Year: 1949}.Score()); a >= b {
		t.Errorf("ended = %d, in force = %d", a, b)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := query.Parse(s)
		for _, term := range q.Terms {
			if term == "" {
				t.Errorf("%q: an empty term", s)
			}
		}
		if q.Number != nil && q.Number.Serial < 1 {
			t.Errorf("%q: serial %d", s, q.Number.Serial)
		}
	})
}
