package html

import (
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/complete"
	"gongbao/internal/gazette"
)

// A Calendar shows the issues of all years, and what is missing between them.
type Calendar struct {
	CSS    string // href of the style sheet of charts
	Groups []CalendarGroup
}

// A CalendarGroup is a decade, folded, or the newest years.
type CalendarGroup struct {
	Name  string // "" for those that are not folded
	Years []CalendarYear
}

// A CalendarYear is a row of cells.
type CalendarYear struct {
	Name  string
	Count string
	Cells []Cell
}

// A Cell is an issue. One without Href is a hole: issues that the site has not.
type Cell struct {
	Year, Name string // 2023年, 第6期; together they name the issue
	Date       string // 06-30; "" where it is not known
	Day        string // 2023-06-30
	Href       string
	Wide       bool // several issues
}

// longestHole is how many missing issues have cells of their own; more have one.
const longestHole = 3

func (s *Site) issueCalendar(file string) *Calendar {
	byYear := map[int][]*catalog.Entry{}
	for _, e := range slices.Backward(s.cat.Issues) { // in order of numbers
		byYear[e.Digest.Issue.Year] = append(byYear[e.Digest.Issue.Year], e)
	}
	v := &Calendar{CSS: root(file) + s.asset("chart.css")}
	folds := folds{}
	for i, y := range complete.Years(s.cat) {
		if folds.begins(i, y.Year, y.Issues) {
			v.Groups = append(v.Groups, CalendarGroup{})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Name = folds.name(s, "chart.issues")
		g.Years = append(g.Years, s.calendarYear(file, y, byYear[y.Year]))
	}
	return v
}

func (s *Site) calendarYear(file string, y complete.Year, issues []*catalog.Entry) CalendarYear {
	name := s.strings.T("list.year", y.Year)
	out := CalendarYear{Name: name, Count: s.strings.T("chart.issues", y.Issues)}
	if y.Holes > 0 {
		out.Count = s.strings.T("chart.issues-holes", y.Issues, y.Holes)
	}
	holes := spans(y.Missing)
	fill := func(before int) { // the holes before a number
		for len(holes) > 0 && holes[0][0] < before {
			out.Cells = append(out.Cells, Cell{Year: name, Name: s.strings.T("chart.no", gazette.Span(holes[0][0], holes[0][1])), Wide: holes[0][0] < holes[0][1]})
			holes = holes[1:]
		}
	}
	for _, e := range issues {
		is := e.Digest.Issue
		c := Cell{Year: name, Name: s.strings.T("chart.no", strconv.Itoa(is.No)), Href: rel(file, e.Address+"index.html"), Day: is.Date.String()}
		if is.No > 0 {
			fill(is.No)
		} else {
			c.Name = s.issueTitle(e)
		}
		switch {
		case is.Date.IsZero():
		case int(is.Date.Year) == is.Year:
			c.Date = c.Day[5:]
		default:
			c.Date = c.Day
		}
		out.Cells = append(out.Cells, c)
	}
	return out
}

// spans puts missing numbers that follow each other together, where they are many.
func spans(ns []int) (out [][2]int) {
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if j-i >= longestHole {
			out = append(out, [2]int{ns[i], ns[j]})
		} else {
			for k := i; k <= j; k++ {
				out = append(out, [2]int{ns[k], ns[k]})
			}
		}
		i = j + 1
	}
	return out
}
