// Package complete looks whether the gazette is whole: serials of each series and
// year without holes, issues without holes, every public document of the own
// issuers printed in one issue or waiting for one.
//
//	for _, s := range complete.Serials(cat) { fmt.Println(s.Name, s.Year, s.Holes()) }
package complete

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// A Series is what is known of the serials of one series (机关代字) in one year, or of
// all orders of an issuer, which are counted without years (Year 0).
type Series struct {
	Name, Issuer string
	Year         int
	First, Last  int // serials counted: from 1, of orders from the first known
	Public       int
	Withheld     int   // 依申请公开, 不予公开: on record by number
	Explained    int   // void or unused, says data/series.toml
	Waiting      int   // in content/, and not public yet
	Lost         int   // nobody says why
	Missing      []int // the first of them
	Pos          diag.Pos
}

// Serials returns the series of the own issuers by name and year, newest first.
func Serials(c *catalog.Catalog) []Series { return serials(c, false) }

// PublicSerials is Serials for readers: it ends with the last public document of
// each series, since a later number would tell of what is not public.
func PublicSerials(c *catalog.Catalog) []Series { return serials(c, true) }

// What is known of a serial.
type known int

const (
	public known = iota + 1
	withheld
	explained
	waiting
)

func serials(c *catalog.Catalog, forReaders bool) []Series {
	var out []Series
	for k, by := range group(c) {
		for _, g := range gaps(c, k.name, k.year) {
			for n := g[0]; n <= g[1]; n++ {
				if by[n] == 0 {
					by[n] = explained
				}
			}
		}
		s := Series{Name: k.name, Year: k.year, First: 1}
		if r := c.Series(k.name); r != nil {
			s.Issuer, s.Pos = r.Issuer, r.Pos
		}
		ends := slices.Sorted(maps.Keys(by))
		if forReaders {
			ends = slices.DeleteFunc(ends, func(n int) bool { return by[n] != public })
		}
		if len(ends) == 0 {
			continue
		}
		if s.Last = ends[len(ends)-1]; k.year == 0 {
			s.First = ends[0]
		}
		s.count(by)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Series) int { return cmp.Or(cmp.Compare(b.Year, a.Year), strings.Compare(a.Name, b.Name)) })
	return out
}

// A seriesKey is a series in a year.
type seriesKey struct {
	name string
	year int
}

// group sorts the serials of the own issuers by series and year. Of a serial that
// occurs more than once, being public counts first.
func group(c *catalog.Catalog) map[seriesKey]map[int]known {
	own := map[string]bool{}
	for _, s := range c.Data.Series {
		own[s.Name] = slices.Contains(c.Config.Site.Issuers, s.Issuer)
	}
	out := map[seriesKey]map[int]known{}
	enter := func(n gazette.Number, what known) {
		if n.Series == "" || n.Serial < 1 || n.Year == 0 && !n.Order || !own[n.Series] {
			return
		}
		k := seriesKey{n.Series, n.Year}
		if out[k] == nil {
			out[k] = map[int]known{}
		}
		if out[k][n.Serial] == 0 {
			out[k][n.Serial] = what
		}
	}
	for _, e := range c.Documents {
		if e.Number.Order && c.Own(e) {
			own[e.Number.Series] = true
		}
		enter(e.Number, public)
	}
	if c.Ledger != nil {
		for _, w := range c.Ledger.Withheld() {
			if n, ok := gazette.ParseNumber(w.Number); ok {
				enter(n, withheld)
			}
		}
	}
	for _, d := range c.Skipped {
		if n, ok := gazette.ParseNumber(d.Document.Number); ok {
			enter(n, waiting)
		}
	}
	return out
}

// count counts the serials from First to Last.
func (s *Series) count(by map[int]known) {
	for n, what := range by {
		if n < s.First || n > s.Last {
			continue
		}
		switch what {
		case public:
			s.Public++
		case withheld:
			s.Withheld++
		case explained:
			s.Explained++
		case waiting:
			s.Waiting++
		}
	}
	s.Lost = s.Last - s.First + 1 - s.Public - s.Withheld - s.Explained - s.Waiting
	for n := s.First; n <= s.Last && len(s.Missing) < min(s.Lost, maxMissing); n++ {
		if by[n] == 0 {
			s.Missing = append(s.Missing, n)
		}
	}
}

// maxMissing bounds the holes that are named: a number with a slip of the pen may
// have seven digits.
const maxMissing = 2000

// gaps are the serials of a year that data/series.toml explains.
func gaps(c *catalog.Catalog, name string, year int) [][2]int {
	var out [][2]int
	if s := c.Series(name); s != nil {
		for _, g := range s.Gaps {
			if g.Year == year {
				out = append(out, [2]int{g.From, g.To})
			}
		}
	}
	return out
}

// Holes names what is missing; where not all is named, it ends with ……
func (s Series) Holes() string {
	if len(s.Missing) < s.Lost {
		return Spans(s.Missing) + "……"
	}
	return Spans(s.Missing)
}

// Spans writes numbers with their stretches together: 3、5–7.
func Spans(ns []int) string {
	var out []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		out = append(out, gazette.Span(ns[i], ns[j]))
		i = j + 1
	}
	return strings.Join(out, "、")
}

// A Year is what was printed in one.
type Year struct {
	Year        int
	Issues      int
	First, Last int // running numbers (总号), 0 where unknown
	Documents   int
	Holes       int   // issues that are missing between others
	Missing     []int // the first of them
}

// Years returns the years of the gazette, newest first.
func Years(c *catalog.Catalog) []Year {
	by := map[int]*Year{}
	numbers := map[int][]int{}
	for _, s := range c.Issues {
		is := s.Digest.Issue
		y := by[is.Year]
		if y == nil {
			y = &Year{Year: is.Year}
			by[is.Year] = y
		}
		y.Issues++
		y.Documents += len(s.Printed())
		if is.Running > 0 {
			y.Last = max(y.Last, is.Running)
			if y.First == 0 || is.Running < y.First {
				y.First = is.Running
			}
		}
		if is.No > 0 {
			numbers[is.Year] = append(numbers[is.Year], is.No)
		}
	}
	var out []Year
	for i, year := range slices.Sorted(maps.Keys(by)) {
		y := by[year]
		first := 1
		if i == 0 && len(numbers[year]) > 0 {
			first = slices.Min(numbers[year]) // what came before the first issue here is not known
		}
		if ns := numbers[year]; len(ns) > 0 {
			slices.Sort(ns)
			ns = slices.Compact(ns)
			y.Holes = max(0, ns[len(ns)-1]-first+1-len(ns))
			for n := first; n <= ns[len(ns)-1] && len(y.Missing) < min(y.Holes, maxMissing); n++ {
				if _, ok := slices.BinarySearch(ns, n); !ok {
					y.Missing = append(y.Missing, n)
				}
			}
		}
		out = append(out, *y)
	}
	slices.Reverse(out)
	return out
}

// Pending (待刊) returns the public documents of the own issuers that no issue has
// printed, oldest first.
func Pending(c *catalog.Catalog) []*catalog.Entry {
	var out []*catalog.Entry
	for _, e := range slices.Backward(c.Documents) {
		if e.Issue == nil && e == e.Newest() && e.Shelf == gazette.Online && c.Own(e) && !e.Document.TextNone {
			out = append(out, e)
		}
	}
	return out
}

// A Department is what a body made, and what of it was printed (报送刊登情况).
type Department struct {
	Name    string
	Made    []*catalog.Entry
	Printed []*catalog.Entry
	Pending []*catalog.Entry
	Days    int // from making to the issue, the middle one; 0 where nothing was printed
}

// Departments counts the documents that were made between two days, both of which
// count, by who drafted them, else by their first issuer; most first.
func Departments(c *catalog.Catalog, from, to gazette.Date) []Department {
	by := map[string]*Department{}
	days := map[string][]int{}
	for _, e := range slices.Backward(c.Documents) {
		if e.Shelf == gazette.Withdrawn || e.Document.Class == gazette.Reprint || e.Date.Before(from) || e.Date.After(to) {
			continue
		}
		name := e.Document.Drafter
		if name == "" && len(e.Document.Issuers) > 0 {
			name = e.Document.Issuers[0]
		}
		if name == "" {
			continue
		}
		for _, i := range c.Data.Issuers { // 市教育局 and 示范市教育局 are one
			if i.Short == name && i.Name != name {
				name = i.Name
				break
			}
		}
		d := by[name]
		if d == nil {
			d = &Department{Name: name}
			by[name] = d
		}
		d.Made = append(d.Made, e)
		if e.Issue == nil {
			d.Pending = append(d.Pending, e)
			continue
		}
		d.Printed = append(d.Printed, e)
		if on := e.Issue.Digest.Issue.Date; !on.IsZero() {
			days[name] = append(days[name], on.DaysSince(e.Date))
		}
	}
	out := []Department{}
	for name, d := range by {
		if ds := days[name]; len(ds) > 0 {
			slices.Sort(ds)
			d.Days = ds[len(ds)/2]
		}
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b Department) int {
		return cmp.Or(cmp.Compare(len(b.Made), len(a.Made)), strings.Compare(a.Name, b.Name))
	})
	return out
}

// A Count is how many documents are withheld. Their numbers and the reasons, which
// tell of single documents where they are few, are internal.
type Count struct {
	Year      int
	Attribute string
	N         int
}

// Withheld counts what is not public by year and attribute.
func Withheld(c *catalog.Catalog) []Count {
	if c.Ledger == nil {
		return nil
	}
	n := map[Count]int{}
	for _, w := range c.Ledger.Withheld() {
		year := 0
		if x, ok := gazette.ParseNumber(w.Number); ok {
			year = x.Year
		}
		n[Count{Year: year, Attribute: w.Attribute}]++
	}
	var out []Count
	for k, v := range n {
		k.N = v
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), strings.Compare(a.Attribute, b.Attribute))
	})
	return out
}
