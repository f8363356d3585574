package html

import (
	"cmp"
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/chart"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// dataAddress is where the page stands that shows documents by year and force.
const dataAddress = "data/"

const (
	openYears   = 10  // that are not folded
	leastYears  = 6   // of which an overview tells something
	widestYears = 150 // of an overview: a year that was written wrong would leave it empty
)

// Data is the page of documents by year and force. Words and table say what the
// bars show.
type Data struct {
	Files    []File // for programs
	Title    string
	Intro    []string
	CSS      string // href of the style sheet of charts
	Legend   []Series
	Overview *Overview
	Groups   []BarGroup
	Caption  string
	Head     []string
	Rows     [][]Link
}

// A Series is a group of forces: its class, which says how it looks, and name.
type Series struct {
	Class, Name string
	Fill        string // the pattern by which it can be told without its colour, or ""
}

// An Overview is all years as columns.
type Overview struct {
	Name    string
	Columns []OverviewColumn
	Ticks   []OverviewTick
}

// An OverviewColumn is a year: those in force stand on the ground, the others on
// them. Lengths are of SVG.
type OverviewColumn struct {
	X, W  string
	Rects []Rect
}

// A Rect is a part of a bar or a column.
type Rect struct {
	Class, Fill string
	At, Size    string // from the left, or from above
}

// An OverviewTick is a year below the columns.
type OverviewTick struct {
	Year, X, Anchor string
}

// A BarGroup is a decade, folded, or the newest years.
type BarGroup struct {
	Name string // "" for those that are not folded
	Bars []Bar
}

// A Bar is a year.
type Bar struct {
	Year  Link
	Count string
	Rects []Rect
	Words string
}

// seriesOf are the groups of forces that bars show.
var seriesOf = []struct {
	class, fill string
	forces      []gazette.Force
}{
	{"in-force", "", []gazette.Force{gazette.InForce}},
	{"coming", "url(#fill-coming)", []gazette.Force{gazette.Pending, gazette.Suspended}},
	{"unknown", "url(#fill-unknown)", []gazette.Force{gazette.Unknown}},
	{"ended", "url(#fill-ended)", []gazette.Force{gazette.Expired, gazette.Lapsed, gazette.Repealed, gazette.Replaced}},
	{"none", "", []gazette.Force{gazette.NoForce}},
}

// A yearOf is what came of a year.
type yearOf struct {
	list   *catalog.List // nil for what has no year
	year   int
	series []int
	forces map[gazette.Force]int
}

func (y yearOf) sum() (n int) {
	for _, v := range y.series {
		n += v
	}
	return n
}

// years are the lists of years, newest first.
func (s *Site) years() []*catalog.List {
	var out []*catalog.List
	for _, l := range s.cat.Lists {
		if l.Taxonomy == "years" {
			out = append(out, l)
		}
	}
	return out
}

func count(es []*catalog.Entry, y yearOf) yearOf {
	y.series, y.forces = make([]int, len(seriesOf)), map[gazette.Force]int{}
	for _, e := range es {
		y.forces[e.State.Force]++
	}
	for i, x := range seriesOf {
		for _, f := range x.forces {
			y.series[i] += y.forces[f]
		}
	}
	return y
}

// byYear counts the documents of the years, newest first, and at last those of
// which no year is known.
func (s *Site) byYear() []yearOf {
	var out []yearOf
	for _, l := range s.years() {
		year, err := strconv.Atoi(l.Name)
		if err == nil {
			out = append(out, count(l.Entries, yearOf{list: l, year: year}))
		}
	}
	slices.SortStableFunc(out, func(a, b yearOf) int { return cmp.Compare(b.year, a.year) })
	var undated []*catalog.Entry
	for _, e := range s.cat.Documents {
		if e.Date.IsZero() && e.Shelf != gazette.Withdrawn && e == e.Newest() {
			undated = append(undated, e)
		}
	}
	if undated != nil {
		out = append(out, count(undated, yearOf{}))
	}
	return out
}

func (s *Site) dataUnits() []render.Unit {
	if len(s.years()) == 0 {
		return nil
	}
	const file = dataAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page { return s.dataPage(file) })}
}

func (s *Site) dataPage(file string) *Page {
	t := s.strings.T
	p := s.page("data", file, t("chart.title"))
	s.columnMetas(p, t("chart.title"))
	p.Crumbs = s.crumbs(file, Link{}, t("chart.title"))
	v := &Data{Title: t("chart.title"), CSS: root(file) + s.asset("chart.css"), Caption: t("chart.table")}
	years := s.byYear()
	total, unknown := 0, 0
	for _, y := range years {
		total += y.sum()
		unknown += y.forces[gazette.Unknown]
	}
	v.Intro = []string{t("chart.intro", total)}
	if unknown > 0 {
		v.Intro = append(v.Intro, t("chart.unknown", unknown))
	}
	for i, x := range seriesOf {
		if slices.ContainsFunc(years, func(y yearOf) bool { return y.series[i] > 0 }) {
			v.Legend = append(v.Legend, Series{x.class, t("chart.series." + x.class), x.fill})
		}
	}
	v.Overview = s.overview(years)
	v.Groups = s.barGroups(file, years)
	s.table(file, v, years)
	v.Files = s.dataFiles(file)
	p.Figures = v
	return p
}

// overview is nil where there are too few years to see anything in.
func (s *Site) overview(years []yearOf) *Overview {
	dated := slices.Clone(years)
	if n := len(dated); n > 0 && dated[n-1].list == nil {
		dated = dated[:n-1]
	}
	slices.Reverse(dated)
	if len(dated) < leastYears || dated[len(dated)-1].year-dated[0].year > widestYears {
		return nil
	}
	first, last := dated[0].year, dated[len(dated)-1].year
	rows := make([][]int, last-first+1)
	most := dated[0]
	for _, y := range dated {
		rows[y.year-first] = []int{y.series[0], y.sum() - y.series[0]}
		if y.sum() >= most.sum() {
			most = y
		}
	}
	v := &Overview{Name: s.strings.T("chart.overview", first, last, most.year, most.sum())}
	for _, c := range chart.Columns(rows) {
		if c.Parts == nil {
			continue
		}
		col := OverviewColumn{X: c.At.String(), W: c.Wide.String()}
		for _, p := range c.Parts {
			class := []string{"in-force", "rest"}[p.Series]
			col.Rects = append(col.Rects, Rect{Class: class, At: (chart.All - p.At - p.Size).String(), Size: p.Size.String()})
		}
		v.Columns = append(v.Columns, col)
	}
	ticks := chart.Ticks(first, last)
	for i, x := range ticks {
		tick := OverviewTick{strconv.Itoa(x.Year), x.At.String(), "middle"}
		switch i {
		case 0:
			tick.X, tick.Anchor = "0%", "start"
		case len(ticks) - 1:
			tick.X, tick.Anchor = "100%", "end"
		}
		v.Ticks = append(v.Ticks, tick)
	}
	return v
}

func (s *Site) barGroups(file string, years []yearOf) []BarGroup {
	rows := make([][]int, len(years))
	for i, y := range years {
		rows[i] = y.series
	}
	stacks := chart.Stack(rows)
	var out []BarGroup
	folds := folds{}
	for i, y := range years {
		if y.list == nil || folds.begins(i, y.year, y.sum()) { // what has no year stands for itself
			out = append(out, BarGroup{})
		}
		g := &out[len(out)-1]
		if y.list != nil {
			g.Name = folds.name(s, "chart.count")
		}
		g.Bars = append(g.Bars, s.bar(file, y, stacks[i]))
	}
	return out
}

// folds puts years, newest first, into decades; the newest stand open.
type folds struct {
	folded      bool
	first, last int // year of the fold
	sum         int
}

// begins takes the i-th year and reports whether a group begins with it.
func (f *folds) begins(i, year, n int) bool {
	switch {
	case i < openYears:
		return i == 0
	case !f.folded || year/10 != f.first/10:
		*f = folds{true, year, year, n}
		return true
	}
	f.first = year
	f.sum += n
	return false
}

// name is that of the fold so far; "" for years that stand open.
func (f *folds) name(s *Site, unit string) string {
	what := s.strings.T(unit, f.sum)
	switch {
	case !f.folded:
		return ""
	case f.first == f.last:
		return s.strings.T("chart.fold-year", f.last, what)
	}
	return s.strings.T("chart.fold", f.first, f.last, what)
}

func (s *Site) bar(file string, y yearOf, parts []chart.Part) Bar {
	b := Bar{Year: Link{Text: s.strings.T("list.undated")}, Count: s.strings.T("chart.count", y.sum())}
	if y.list != nil {
		b.Year = Link{s.listName(y.list), rel(file, y.list.Address+"index.html")}
	}
	var words []string
	for _, p := range parts {
		x := seriesOf[p.Series]
		b.Rects = append(b.Rects, Rect{Class: x.class, Fill: x.fill, At: p.At.String(), Size: p.Size.String()})
		words = append(words, s.strings.T("chart.part", s.strings.T("chart.series."+x.class), y.series[p.Series]))
	}
	b.Words = join(words, s.strings.T("status.separator"))
	return b
}

// table has every force that occurs.
func (s *Site) table(file string, v *Data, years []yearOf) {
	var forces []gazette.Force
	for _, f := range append(gazette.Forces(), gazette.NoForce) {
		if slices.ContainsFunc(years, func(y yearOf) bool { return y.forces[f] > 0 }) {
			forces = append(forces, f)
		}
	}
	v.Head = []string{s.strings.T("chart.year"), s.strings.T("chart.sum")}
	for _, f := range forces {
		key := "force." + string(f)
		if f == gazette.NoForce {
			key = "chart.series.none"
		}
		v.Head = append(v.Head, s.strings.T(key))
	}
	for _, y := range years {
		row := []Link{{Text: s.strings.T("list.undated")}, {Text: itoa(y.sum())}}
		if y.list != nil {
			row[0] = Link{s.listName(y.list), rel(file, y.list.Address+"index.html")}
		}
		for _, f := range forces {
			row = append(row, Link{Text: itoa(y.forces[f])})
		}
		v.Rows = append(v.Rows, row)
	}
}
