package html

import (
	"strconv"

	"gongbao/internal/gazette"
)

// figures makes the table of a month of answers; nil without channels.
func figures(cs []gazette.Channel) *Figures {
	if len(cs) == 0 {
		return nil
	}
	f := &Figures{}
	sum := gazette.Channel{}
	for _, c := range cs {
		f.Rows = append(f.Rows, FigureRow{c.Name, c.Received, c.Closed, rate(c.OnTime, c.Closed), rate(c.Satisfied, c.Closed)})
		f.Rates[0] = f.Rates[0] || c.OnTime >= 0
		f.Rates[1] = f.Rates[1] || c.Satisfied >= 0
		sum.Received, sum.Closed = sum.Received+c.Received, sum.Closed+c.Closed
		sum.OnTime, sum.Satisfied = add(sum.OnTime, c.OnTime), add(sum.Satisfied, c.Satisfied)
	}
	if len(cs) > 1 {
		f.Rows = append(f.Rows, FigureRow{"", sum.Received, sum.Closed, rate(sum.OnTime, sum.Closed), rate(sum.Satisfied, sum.Closed)})
	}
	return f
}

// add adds what is known; -1 is not.
func add(a, b int) int {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}

// rate is a share in per cent with one decimal, rounded; "—" where it is not known.
func rate(part, of int) string {
	if part < 0 || of <= 0 {
		return "—"
	}
	n := (part*2000 + of) / (2 * of)
	return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10) + "%"
}
