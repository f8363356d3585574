// Package requests adds up the figures of 依申请公开 for tables 3 and 4 of the annual
// report on openness (政府信息公开条例第五十条, standards §8) and checks their cross-sums.
// The figures are numbers of requests; nothing is known of who asked.
package requests

import (
	"cmp"
	"slices"
	"strconv"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/source"
)

// Columns is how many kinds of applicants are counted: 自然人, 商业企业, 科研机构,
// 社会公益组织, 法律服务机构, 其他. Their sum is the seventh column of the table.
const Columns = 6

// Courts are the keys of table 4: 行政复议, 未经复议直接起诉, 复议后起诉. Each has four
// figures: 结果维持, 结果纠正, 其他结果, 尚未审结.
func Courts() []string { return []string{"review", "suit", "suit_after"} }

// Figures are those of a period, added up.
type Figures struct {
	Rows    map[string][]int  // by key; six columns, or four of Courts
	Numbers map[string]string // of table 2: permits, penalties, coercions, fees
	Periods int               // of which they are the sum
}

// Of returns the figures of a quarter, or of a year where quarter is 0: those of
// the year as written, row by row, else the sum of its quarters, of which the
// first has what was carried in and the last what is carried out.
func Of(r *source.Requests, year, quarter int) Figures {
	out := Figures{Rows: map[string][]int{}, Numbers: map[string]string{}}
	var parts []source.Figures
	year0 := map[string][]int{} // rows of the year as written
	for _, x := range r.Periods {
		if x.Year != year {
			continue
		}
		switch {
		case x.Quarter == 0:
			if quarter == 0 {
				for k, v := range x.Numbers {
					out.Numbers[k] = v
				}
				for k, v := range x.Rows {
					year0[k] = v
				}
			}
		case quarter == 0 || x.Quarter == quarter:
			parts = append(parts, x)
		}
	}
	slices.SortStableFunc(parts, func(a, b source.Figures) int { return cmp.Compare(a.Quarter, b.Quarter) })
	for i, x := range parts {
		for k, row := range x.Rows {
			if k == "carried_in" && i > 0 || k == "carried_out" && i < len(parts)-1 {
				continue
			}
			sum := out.Rows[k]
			if sum == nil {
				sum = make([]int, len(row))
			}
			for c := range min(len(sum), len(row)) {
				sum[c] += row[c]
			}
			out.Rows[k] = sum
		}
	}
	for k, v := range year0 {
		out.Rows[k] = v
	}
	if out.Periods = len(parts); out.Periods == 0 && len(year0) > 0 {
		out.Periods = 1
	}
	return out
}

// Table3 returns the rows of table 3: the label, six columns and their sum. Of a
// heading all figures are absent.
func Table3(form []config.ReportRow, f Figures) [][]string {
	total := totals(form, f)
	var out [][]string
	for _, r := range form {
		line := make([]string, Columns+2)
		line[0] = r.Label
		row := f.Rows[r.Key]
		if r.Kind == "total" {
			row = total
		}
		if r.Kind != "head" {
			sum := 0
			for c := range Columns {
				n := 0
				if c < len(row) {
					n = row[c]
				}
				sum += n
				line[c+1] = strconv.Itoa(n)
			}
			line[Columns+1] = strconv.Itoa(sum)
		}
		out = append(out, line)
	}
	return out
}

// Table4 returns the fifteen figures of table 4: four results and their sum, three
// times.
func Table4(f Figures) []string {
	var out []string
	for _, k := range Courts() {
		row := f.Rows[k]
		sum := 0
		for c := range 4 {
			n := 0
			if c < len(row) {
				n = row[c]
			}
			sum += n
			out = append(out, strconv.Itoa(n))
		}
		out = append(out, strconv.Itoa(sum))
	}
	return out
}

// totals adds up the results by column.
func totals(form []config.ReportRow, f Figures) []int {
	out := make([]int, Columns)
	for _, r := range form {
		if row := f.Rows[r.Key]; r.Kind == "result" && len(row) == Columns {
			for c, n := range row {
				out[c] += n
			}
		}
	}
	return out
}

// Check reports rows that the form does not have (requests-row), columns in which
// what came in is not what was dealt with and what is left (requests-sum), and
// quarters that begin with another number than the one before left
// (requests-carried), or do not add up to the year (requests-year), and periods
// that stand there twice (requests-twice).
func Check(form []config.ReportRow, r *source.Requests) []diag.Finding {
	var out []diag.Finding
	first := map[[2]int]source.Figures{}
	for _, x := range r.Periods {
		k := [2]int{x.Year, x.Quarter}
		if o, ok := first[k]; ok {
			f := diag.New("requests-twice", x.Pos, strconv.Itoa(x.Year), strconv.Itoa(x.Quarter))
			f.Related = []diag.Related{{Pos: o.Pos}}
			out = append(out, f)
		} else {
			first[k] = x
		}
		out = append(out, rows(form, x)...)
		if x.Rows[key(form, "received")] != nil {
			out = append(out, sums(form, x)...)
		}
	}
	out = append(out, carried(form, r)...)
	return append(out, years(r)...)
}

func rows(form []config.ReportRow, x source.Figures) []diag.Finding {
	var out []diag.Finding
	for _, k := range sortedKeys(x.Rows) {
		width := 0
		if slices.Contains(Courts(), k) {
			width = 4
		} else if slices.ContainsFunc(form, func(r config.ReportRow) bool { return r.Key == k }) {
			width = Columns
		}
		if width != len(x.Rows[k]) {
			out = append(out, diag.New("requests-row", x.RowPos[k], k, strconv.Itoa(len(x.Rows[k])), strconv.Itoa(width)))
		}
	}
	return out
}

// key is the key of the one row of a kind.
func key(form []config.ReportRow, kind string) string {
	i := slices.IndexFunc(form, func(r config.ReportRow) bool { return r.Kind == kind })
	if i < 0 {
		return ""
	}
	return form[i].Key
}

func sums(form []config.ReportRow, x source.Figures) []diag.Finding {
	total := totals(form, Figures{Rows: x.Rows})
	for c := range Columns {
		at := func(kind string) int {
			if row := x.Rows[key(form, kind)]; c < len(row) {
				return row[c]
			}
			return 0
		}
		in, done := at("received")+at("carried_in"), total[c]+at("carried_out")
		if in != done {
			return []diag.Finding{diag.New("requests-sum", x.Pos, strconv.Itoa(c+1), strconv.Itoa(in), strconv.Itoa(done))}
		}
	}
	return nil
}

func carried(form []config.ReportRow, r *source.Requests) []diag.Finding {
	var out []diag.Finding
	qs := slices.DeleteFunc(slices.Clone(r.Periods), func(x source.Figures) bool { return x.Quarter == 0 })
	slices.SortStableFunc(qs, func(a, b source.Figures) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Quarter, b.Quarter))
	})
	for i, x := range qs {
		if i == 0 {
			continue
		}
		was := qs[i-1]
		if was.Year*4+was.Quarter+1 != x.Year*4+x.Quarter {
			continue
		}
		left, come := was.Rows[key(form, "carried_out")], x.Rows[key(form, "carried_in")]
		if a, b := sum(left), sum(come); a != b || a > 0 && !slices.Equal(left, come) {
			f := diag.New("requests-carried", x.Pos, strconv.Itoa(b), strconv.Itoa(a))
			f.Related = []diag.Related{{Pos: was.Pos}}
			out = append(out, f)
		}
	}
	return out
}

func years(r *source.Requests) []diag.Finding {
	var out []diag.Finding
	for _, x := range r.Periods {
		if x.Quarter != 0 || len(x.Rows) == 0 {
			continue
		}
		quarters := source.Requests{Periods: slices.DeleteFunc(slices.Clone(r.Periods), func(y source.Figures) bool { return y.Quarter == 0 })}
		q := Of(&quarters, x.Year, 0)
		if q.Periods != 4 {
			continue
		}
		for _, k := range sortedKeys(x.Rows) {
			if q.Rows[k] != nil && !slices.Equal(x.Rows[k], q.Rows[k]) {
				out = append(out, diag.New("requests-year", x.RowPos[k], k, strconv.Itoa(sum(x.Rows[k])), strconv.Itoa(sum(q.Rows[k]))))
			}
		}
	}
	return out
}

func sum(row []int) int {
	n := 0
	for _, x := range row {
		n += x
	}
	return n
}

func sortedKeys(m map[string][]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
