package compare_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"gongbao/internal/compare"
	"gongbao/internal/markup"
)

var update = flag.Bool("update", false, "rewrite the tables of the cases")

func textOf(body string) compare.Text {
	title := ""
	if first, rest, ok := strings.Cut(body, "\n"); ok && strings.HasPrefix(first, "# ") {
		title, body = strings.TrimPrefix(first, "# "), rest
	}
	return compare.Text{Title: title, Tree: markup.NewParser().Parse([]byte(body), markup.Options{Official: true, Title: title})}
}

// show writes a table as the case files hold it: deletions and insertions in
// marks that no text has.
func show(t compare.Table) string {
	var s strings.Builder
	rows := t.Rows
	if t.Title.Kind != compare.Same {
		rows = append([]compare.Row{t.Title}, rows...)
	}
	for _, r := range rows {
		fmt.Fprintf(&s, "%s %s > %s\n", r.Kind, or(r.Old.Num), or(r.New.Num))
		if r.Kind == compare.Same || r.Kind == compare.Renumbered {
			continue
		}
		fmt.Fprintf(&s, "    - %s\n    + %s\n", marked(r.Old.Pieces), marked(r.New.Pieces))
	}
	return s.String()
}

func or(s string) string {
	if s == "" {
		return "_"
	}
	return s
}

func marked(ps []compare.Piece) string {
	var s strings.Builder
	for _, p := range ps {
		if p.Changed {
			s.WriteString("[" + p.Text + "]")
		} else {
			s.WriteString(p.Text)
		}
	}
	return strings.ReplaceAll(s.String(), "\n", "⏎")
}

func plain(ps []compare.Piece) string {
	var s strings.Builder
	for _, p := range ps {
		s.WriteString(p.Text)
	}
	return s.String()
}

func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]*txtar.File{}
			for i := range a.Files {
				part[a.Files[i].Name] = &a.Files[i]
			}
			old, fresh := textOf(string(part["old"].Data)), textOf(string(part["new"].Data))
			table := compare.Texts(old, fresh)
			got := show(table)
			if *update {
				part["table"].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(part["table"].Data); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			same := strings.Contains(string(a.Comment), "No change.")
			if table.Same() != same {
				t.Errorf("Same() = %v, want %v", table.Same(), same)
			}
		})
	}
}

// TestEverySideIsWholeAndOnce checks on all cases that nothing of either text
// is lost or doubled, both ways round.
func TestEverySideIsWholeAndOnce(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		x, y := string(a.Files[0].Data), string(a.Files[1].Data)
		checkWhole(t, x, y)
		checkWhole(t, y, x)
		if table := compare.Texts(textOf(x), textOf(x)); !table.Same() {
			t.Errorf("%s: a text differs from itself:\n%s", name, show(table))
		}
	}
}

// checkWhole compares the characters of both sides with those of the texts,
// numbers and order left out: rows that moved stand elsewhere.
func checkWhole(t *testing.T, old, fresh string) {
	t.Helper()
	table := compare.Texts(textOf(old), textOf(fresh))
	alone := func(body string) int {
		n := 0
		for _, r := range compare.Texts(textOf(body), textOf("")).Rows {
			n += len([]rune(strings.TrimSpace(plain(r.Old.Pieces))))
		}
		return n
	}
	o, n := 0, 0
	for _, r := range table.Rows {
		if r.Old.Units > 1 || r.New.Units > 1 {
			return // the numbers of joined units stand in their text
		}
		o += len([]rune(strings.TrimSpace(plain(r.Old.Pieces))))
		n += len([]rune(strings.TrimSpace(plain(r.New.Pieces))))
	}
	if o != alone(old) || n != alone(fresh) {
		t.Errorf("the table has %d and %d characters, the texts %d and %d\n%s", o, n, alone(old), alone(fresh), show(table))
	}
}

// TestLongTextsTakeBoundedTime compares a paragraph of a megabyte with one that
// shares little with it, and with one that differs in a few places.
func TestLongTextsTakeBoundedTime(t *testing.T) {
	if testing.Short() {
		t.Skip("a megabyte")
	}
	var a, b strings.Builder
	x := uint32(1)
	for i := range 350_000 {
		x = x*1664525 + 1013904223
		r := '一' + rune(x>>16)%400
		a.WriteRune(r)
		if i%40 == 39 {
			a.WriteRune('。')
		}
		x = x*1664525 + 1013904223
		b.WriteRune('一' + rune(x>>16)%400)
	}
	near := strings.Replace(a.String(), "。", "，添字。", 3)
	start := time.Now()
	if table := compare.Texts(textOf(a.String()), textOf(near)); len(table.Rows) != 1 || len(table.Rows[0].New.Pieces) > 20 {
		t.Errorf("%d rows", len(table.Rows))
	}
	compare.Texts(textOf(a.String()), textOf(b.String()))
	// Alike in pairs of characters, different in order.
	rs := []rune(a.String())
	for i := 0; i+4 < len(rs); i += 8 {
		rs[i], rs[i+1], rs[i+2], rs[i+3] = rs[i+2], rs[i+3], rs[i], rs[i+1]
	}
	compare.Texts(textOf(a.String()), textOf(string(rs)))
	if d := time.Since(start); d > 30*time.Second {
		t.Errorf("took %v", d)
	}
}

// TestLongTextsLoseNoChange: above a size sentences are compared first.
func TestLongTextsLoseNoChange(t *testing.T) {
	var s strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&s, "依照第%d条的规定处理相关事项。", i+1)
	}
	fresh := strings.Replace(strings.Replace(s.String(), "第500条", "第1500条", 1), "第700条的规定", "第700条的若干规定", 1)
	table := compare.Texts(textOf(s.String()), textOf(fresh))
	if len(table.Rows) != 1 {
		t.Fatalf("%d rows", len(table.Rows))
	}
	var changed []string
	for _, p := range append(table.Rows[0].Old.Pieces, table.Rows[0].New.Pieces...) {
		if p.Changed {
			changed = append(changed, p.Text)
		}
	}
	if got := strings.Join(changed, " "); got != "500 1500 若干" {
		t.Errorf("changed: %q", got)
	}
}

// The two sentences have one hash (FNV-1a of 32 bits): what decides whether a
// long text changed must not be a hash.
func TestLongTextsKeepSentencesApart(t *testing.T) {
	body := func(sentence string) compare.Text {
		var s strings.Builder
		s.WriteString("第一条　")
		for i := range 400 {
			fmt.Fprintf(&s, "本市各单位应当遵守第%d项规定的要求。", i+1)
		}
		return textOf(s.String() + sentence + "。末尾不变。\n")
	}
	table := compare.Texts(body("乡县林镇机"), body("乡山屋水区"))
	if len(table.Rows) != 1 || table.Rows[0].Kind != compare.Changed {
		t.Fatalf("rows: %s", show(table))
	}
	for _, side := range []compare.Side{table.Rows[0].Old, table.Rows[0].New} {
		changed := 0
		for _, p := range side.Pieces {
			if p.Changed {
				changed++
			}
		}
		if changed == 0 {
			t.Errorf("no piece is marked as changed: %s", marked(side.Pieces))
		}
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("# 甲\n\n第一条 为了。\n\n第二条 一、\n", "第1条　为了，\n\n第二条 二\n\n第三条 三\n")
	f.Add("一、甲\n\n（一）乙\n", "一、甲\n\n（二）乙\n\n1.丙")
	f.Add("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", "㎡²ⅷ第十二条第零条")
	f.Add("第", "第1")
	f.Fuzz(func(t *testing.T, old, fresh string) {
		x, y := textOf(old), textOf(fresh)
		compare.Texts(x, y)
		if table := compare.Texts(x, x); !table.Same() {
			t.Errorf("a text differs from itself:\n%s", show(table))
		}
		checkWhole(t, old, fresh)
	})
}
