package stats

import (
	"fmt"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/sheet"
)

// What a self-check decides of a document that is not public
// (政府信息公开条例第十八条: 定期评估审查).
const (
	Stays     = "维持"
	OpenedUp  = "转为主动公开"
	OnRequest = "转为依申请公开"
)

// Verdicts returns them.
func Verdicts() []string { return []string{Stays, OpenedUp, OnRequest} }

// The columns of the sheet of the self-check.
const (
	colNumber    = "文号"
	colAttribute = "公开属性"
	colReason    = "理由"
	colRecorded  = "登记日期"
	colReview    = "复核日期"
	colDue       = "是否到期"
	colVerdict   = "复核意见"
	colNext      = "新复核日期"
)

var withheldHead = []string{colNumber, colAttribute, colReason, colRecorded, colReview, colDue, colVerdict, colNext}

// Withheld is the sheet of the self-check: a row for each document on record that
// is not public, those due first, with columns for what is decided.
func Withheld(ws []ledger.Withheld, on gazette.Date) sheet.Table {
	ws = slices.Clone(ws)
	slices.SortStableFunc(ws, func(a, b ledger.Withheld) int { return strings.Compare(a.Review, b.Review) })
	t := sheet.Table{Name: "不公开文件复核", Rows: [][]string{withheldHead}, Widths: []float64{26, 12, 30, 13, 13, 10, 18, 14}, Choices: map[int][]string{6: Verdicts()}}
	for _, w := range ws {
		due := "否"
		if Due(w, on) {
			due = "是"
		}
		recorded, _, _ := strings.Cut(w.At, "T")
		t.Rows = append(t.Rows, []string{w.Number, w.Attribute, w.Reason, recorded, w.Review, due, "", ""})
	}
	return t
}

// Due reports whether a document is to be looked at again on a day: its day has
// come, or it has none.
func Due(w ledger.Withheld, on gazette.Date) bool {
	day, err := gazette.ParseDate(w.Review)
	return err != nil || !day.After(on)
}

// A RowError is a row of a sheet that cannot be taken, with the key of the text
// that says why.
type RowError struct {
	Row  int // from 1
	Key  string
	Args []string
}

// Reviewed reads a filled-in sheet: the lines to put on record. Rows without a
// verdict are passed over. Nothing may be put on record where rows are wrong.
func Reviewed(rows [][]string, ws []ledger.Withheld, on gazette.Date) (lines []ledger.Withheld, wrong []RowError) {
	at, head := map[string]int{}, -1
	for i, row := range rows[:min(len(rows), 10)] {
		for k, cell := range row {
			if c := strings.TrimSpace(cell); slices.Contains(withheldHead, c) {
				at[c] = k
			}
		}
		if _, ok := at[colNumber]; ok {
			head = i
			break
		}
	}
	_, verdicts := at[colVerdict]
	_, next := at[colNext]
	if head < 0 || !verdicts || !next {
		return nil, []RowError{{1, "withheld.columns", []string{strings.Join([]string{colNumber, colVerdict, colNext}, "、")}}}
	}
	cell := func(row []string, col string) string {
		if k := at[col]; k < len(row) {
			return strings.TrimSpace(row[k])
		}
		return ""
	}
	seen := map[string]int{}
	for i, row := range rows[head+1:] {
		n, number, verdict, day := head+2+i, cell(row, colNumber), cell(row, colVerdict), cell(row, colNext)
		if verdict == "" {
			continue
		}
		k := slices.IndexFunc(ws, func(w ledger.Withheld) bool { return w.Number == number })
		switch {
		case k < 0:
			wrong = append(wrong, RowError{n, "withheld.unknown", []string{number}})
			continue
		case seen[number] > 0:
			wrong = append(wrong, RowError{n, "withheld.twice", []string{number, fmt.Sprint(seen[number])}})
			continue
		case !slices.Contains(Verdicts(), verdict):
			wrong = append(wrong, RowError{n, "withheld.verdict", []string{verdict, strings.Join(Verdicts(), "、")}})
			continue
		}
		seen[number] = n
		w := ledger.Withheld{Number: number, Attribute: ws[k].Attribute, Reason: ws[k].Reason, Verdict: verdict}
		switch verdict {
		case OpenedUp:
			w.Attribute, w.Reason = string(gazette.Public), ""
			lines = append(lines, w)
			continue
		case OnRequest:
			w.Attribute, w.Reason = string(gazette.OnRequest), ""
		}
		d, err := gazette.ParseDate(day)
		if err != nil || !d.After(on) {
			wrong = append(wrong, RowError{n, "withheld.next", []string{day, on.String()}})
			continue
		}
		w.Review = d.String()
		lines = append(lines, w)
	}
	return lines, wrong
}
