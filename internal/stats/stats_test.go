package stats_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/stats"
)

const site = "[site]\ntitle = \"示范市公报\"\nissuers = [\"示范市人民政府\"]\n[validity]\neffective_default = \"unknown\"\n"

// count resolves the documents of testdata, on a day.
func count(t *testing.T, on gazette.Date, rows func(*catalog.Catalog) []stats.Row) []stats.Row {
	t.Helper()
	a, err := txtar.ParseFile("testdata/documents.txtar")
	if err != nil {
		t.Fatal(err)
	}
	in := catalog.Input{Data: &source.Data{}, Ledger: &ledger.Ledger{}, AsOf: on, HasFile: func(string) bool { return true }}
	in.Config, _ = config.Parse([]byte(site))
	p := markup.NewParser()
	for _, f := range a.Files {
		d, _ := digest.New(p, "documents/"+f.Name+".md", []byte(strings.Replace(string(f.Data), "+++\n", "+++\ntitle = \"示范市"+f.Name+"办法\"\n", 1)))
		in.Digests = append(in.Digests, d)
	}
	return rows(catalog.Resolve(in))
}

func names(es []*catalog.Entry) string {
	var out []string
	for _, e := range es {
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(e.Path, "documents/"), ".md"))
	}
	return strings.Join(out, " ")
}

// TestEveryYearCounts checks the normative documents of testdata year by year:
// made, ended, in force, gap, and who is the reason.
func TestEveryYearCounts(t *testing.T) {
	want := map[int]string{
		2018: "made[versions-new] ended[] inforce[versions-new] gap 0 reasons[]", // a work goes by its newest text
		2019: "made[plain ending] ended[] inforce[plain ending versions-new] gap 0 reasons[]",
		2020: "made[suspended brief late] ended[ending brief] inforce[plain suspended versions-new] gap -1 reasons[late:pending:-1]",
		2021: "made[never] ended[] inforce[plain late versions-new] gap -1 reasons[suspended:suspended:-1 late:pending:1 never:pending:-1]",
		2022: "made[doubtful repealer] ended[plain never] inforce[late repealer versions-new] gap 0 reasons[never:never:1 doubtful:unknown:-1]",
	}
	for year, w := range want {
		rows := count(t, gazette.NewDate(2026, 11, 24), func(c *catalog.Catalog) []stats.Row { return stats.Year(c, year) })
		r := rows[1]
		var reasons []string
		for _, x := range r.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s:%s:%d", names([]*catalog.Entry{x.Entry}), x.Why, x.Delta))
		}
		got := fmt.Sprintf("made[%s] ended[%s] inforce[%s] gap %d reasons[%s]", names(r.Made), names(r.Ended), names(r.InForce), r.Gap(), strings.Join(reasons, " "))
		if r.Year != year || r.Class != gazette.Normative || got != w {
			t.Errorf("%d %s:\n got  %s\n want %s", r.Year, r.Class, got, w)
		}
		if len(rows[0].Made)+len(rows[0].InForce) > 0 {
			t.Errorf("%d: %s counts %s", year, rows[0].Class, names(rows[0].Made))
		}
	}
}

// TestReasonsMakeUpTheGap: what the identity lacks is named, in every year.
func TestReasonsMakeUpTheGap(t *testing.T) {
	rows := count(t, gazette.NewDate(2026, 11, 24), stats.Years)
	if len(rows) != 2*(2026-2018+1) {
		t.Errorf("%d rows", len(rows))
	}
	before := map[gazette.Class]int{}
	for _, r := range rows {
		sum := 0
		for _, x := range r.Reasons {
			sum += x.Delta
		}
		if sum != r.Gap() || r.Previous != before[r.Class] {
			t.Errorf("%d %s: gap %d, reasons %d; previous %d, want %d", r.Year, r.Class, r.Gap(), sum, r.Previous, before[r.Class])
		}
		before[r.Class] = len(r.InForce)
	}
}

func TestRunningYearEndsOnTheDay(t *testing.T) {
	rows := count(t, gazette.NewDate(2020, 6, 30), stats.Years)
	r := rows[len(rows)-1]
	if r.On != gazette.NewDate(2020, 6, 30) || names(r.Ended) != "brief" || names(r.Made) != "suspended brief" {
		t.Errorf("on %s: made %s, ended %s", r.On, names(r.Made), names(r.Ended))
	}
}
