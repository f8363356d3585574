package stats

import (
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/complete"
)

// PrintedOf makes 报送刊登情况通报 of a year, or of one of its quarters: what each
// department made, what of it was printed, and what waits.
func PrintedOf(c *catalog.Catalog, year, quarter int, w Words) Report {
	r := period(c, year, quarter)
	b := reporter{cat: c, r: &r, w: w}
	var rows [][]string
	for _, d := range complete.Departments(c, r.From, r.To) {
		days := ""
		if len(d.Printed) > 0 {
			days = strconv.Itoa(d.Days)
		}
		rows = append(rows, []string{
			d.Name, strconv.Itoa(len(d.Made)), b.counted(d.Name+" "+w("report.column.printed"), d.Printed),
			b.counted(d.Name+" "+w("report.column.pending"), d.Pending), days,
		})
	}
	b.table("printed-table", w("report.printed-note", r.From.String(), r.To.String()), rows, "department", "made-all", "printed", "pending", "days")
	return r
}
