package cleanup_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/cleanup"
	"gongbao/internal/gazette"
)

// day is the day of the cleanup in the fixtures.
var day = gazette.NewDate(2026, 11, 24)

// A line of the section "documents" of legal.txtar.
type line struct {
	id, title, disposition string
	fields                 []string
	reasons, near          []string
}

// table reads legal.txtar: the files that it holds as they are, and its lines.
func table(t *testing.T) (files []txtar.File, lines []line) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/legal.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if f.Name != "documents" {
			files = append(files, f)
			continue
		}
		for row := range strings.Lines(string(f.Data)) {
			if row = strings.TrimSpace(row); row == "" || row[0] == '#' {
				continue
			}
			cells := strings.Split(row, " | ")
			if len(cells) != 4 {
				t.Fatalf("line %q has %d cells, want 4", row, len(cells))
			}
			x := line{id: cells[0], title: cells[1], fields: strings.Split(cells[2], "; ")}
			for i, w := range strings.Fields(cells[3]) {
				near, isNear := strings.CutPrefix(w, "!")
				switch {
				case i == 0:
					x.disposition = strings.TrimPrefix(w, "-")
				case isNear:
					x.near = append(x.near, near)
				default:
					x.reasons = append(x.reasons, w)
				}
			}
			lines = append(lines, x)
		}
	}
	return files, lines
}

var classes = map[string]string{"g": "规章", "f": "法规", "o": "其他文件", "z": "转载"}

// content writes a line as a content file. serial is its number in its year.
func (x line) content(t *testing.T, serial int) string {
	t.Helper()
	class, issuers, body, articles := "行政规范性文件", []string{"示范市人民政府"}, "", 1
	var keys, relations strings.Builder
	for _, f := range x.fields {
		k, v, _ := strings.Cut(f, "=")
		switch k {
		case "s":
			fmt.Fprintf(&keys, "signed = %s\nnumber = \"示规〔%s〕%d号\"\n", v, v[:4], serial)
		case "e":
			fmt.Fprintf(&keys, "effective = %s\n", v)
		case "x":
			fmt.Fprintf(&keys, "expires = %s\n", v)
		case "v":
			fmt.Fprintf(&keys, "valid_for = %q\n", v)
		case "k":
			fmt.Fprintf(&keys, "kind = %q\n", v)
		case "d":
			fmt.Fprintf(&keys, "drafter = %q\n", v)
		case "w":
			fmt.Fprintf(&keys, "withdrawn = { date = %s, reason = \"重复\" }\n", v)
		case "vo":
			fmt.Fprintf(&keys, "version_of = \"documents/%s.md\"\n", v)
		case "c":
			class = classes[v]
		case "i":
			issuers = strings.Split(v, "+")
		case "b":
			body += "根据" + v + "，结合本市实际，制定本办法。\n\n"
		case "t":
			body += strings.ReplaceAll(v, `\n`, "\n\n") + "\n\n"
		case "a":
			fmt.Sscan(v, &articles)
		case "r":
			x.relation(&relations, v)
		default:
			t.Fatalf("%s: no field %q", x.id, k)
		}
	}
	for i := range articles {
		body += fmt.Sprintf("第%s条 %s的第%d项事务按照职责办理。\n\n", []string{"一", "二", "三", "四", "五", "六", "七", "八"}[i], x.id, i+1)
	}
	return fmt.Sprintf("+++\ntitle = %q\nclass = %q\nissuers = [\"%s\"]\ndisclosure = \"主动公开\"\n%s%s+++\n%s正文。\n",
		x.title, class, strings.Join(issuers, `", "`), keys.String(), relations.String(), body)
}

func (x line) relation(b *strings.Builder, v string) {
	kind, rest, _ := strings.Cut(v, ">")
	target, args, _ := strings.Cut(rest, ",")
	fmt.Fprintf(b, "\n[[relations]]\nkind = %q\ntarget = \"documents/%s.md\"\n", kind, target)
	for _, arg := range strings.Split(args, ",") {
		switch k, v, _ := strings.Cut(arg, "="); k {
		case "from", "until":
			fmt.Fprintf(b, "%s = %s\n", k, v)
		case "articles":
			fmt.Fprintf(b, "articles = [\"%s\"]\n", strings.ReplaceAll(v, " ", `", "`))
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// site writes the fixture as a site.
func site(t *testing.T) (root string, lines []line) {
	t.Helper()
	root = t.TempDir()
	files, lines := table(t)
	for _, f := range files {
		write(t, filepath.Join(root, f.Name), string(f.Data))
	}
	write(t, filepath.Join(root, "content/data/series.toml"), "[[series]]\nname = \"示规\"\ncode = \"sg\"\n")
	for i, x := range lines {
		write(t, filepath.Join(root, "content/documents", x.id+".md"), x.content(t, i+1))
	}
	return root, lines
}

func load(t *testing.T, root string) *build.Site {
	t.Helper()
	s, err := build.Load(t.Context(), build.Options{Details: true, Root: root, AsOf: day, NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// score counts what was found rightly, wrongly, and not at all.
type score struct{ hit, wrong, missed int }

func (s score) rates() (precision, recall float64) {
	return float64(s.hit) / float64(max(s.hit+s.wrong, 1)), float64(s.hit) / float64(max(s.hit+s.missed, 1))
}

// least is the precision and the recall that every reason and disposition must
// reach.
const least = 0.95

// TestLegalFindsReasonsAndDispositions measures Legal on the fixture, which
// was written before the rules.
func TestLegalFindsReasonsAndDispositions(t *testing.T) {
	root, lines := site(t)
	got := map[string]cleanup.Candidate{}
	for _, c := range cleanup.Legal(load(t, root).Catalog, cleanup.Options{}) {
		got[strings.TrimSuffix(filepath.Base(c.Entry.Path), ".md")] = c
	}
	scores := map[string]*score{}
	count := func(name string) *score {
		if scores[name] == nil {
			scores[name] = &score{}
		}
		return scores[name]
	}
	for _, x := range lines {
		c := got[x.id]
		var found []string
		for _, r := range c.Reasons {
			if !slices.Contains(found, r.Rule) {
				found = append(found, r.Rule)
			}
		}
		compare(count, found, x.reasons)
		if want := x.disposition; want != "" || c.Disposition != "" {
			compare(count, nonEmpty("disposition "+string(c.Disposition)), nonEmpty("disposition "+want))
		}
		slices.Sort(found)
		if slices.Sort(x.reasons); !slices.Equal(found, x.reasons) || string(c.Disposition) != x.disposition {
			t.Logf("%s %s: %s %v, want %s %v", x.id, x.title, c.Disposition, found, x.disposition, x.reasons)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(scores)) {
		p, r := scores[name].rates()
		t.Logf("%-20s %3d right %2d wrong %2d missed   precision %.3f   recall %.3f", name, scores[name].hit, scores[name].wrong, scores[name].missed, p, r)
		if p < least || r < least {
			t.Errorf("%s: precision %.3f, recall %.3f, want %.2f", name, p, r, least)
		}
	}
}

func nonEmpty(s string) []string {
	if strings.HasSuffix(s, " ") {
		return nil
	}
	return []string{s}
}

func compare(count func(string) *score, got, want []string) {
	for _, g := range got {
		if slices.Contains(want, g) {
			count(g).hit++
		} else {
			count(g).wrong++
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			count(w).missed++
		}
	}
}

// TestFixtureIsLargeEnough counts the cases and near misses of each reason.
func TestFixtureIsLargeEnough(t *testing.T) {
	_, lines := table(t)
	cases, near := map[string]int{}, map[string]int{}
	for _, x := range lines {
		for _, r := range x.reasons {
			cases[r]++
		}
		for _, r := range x.near {
			near[r]++
			if slices.Contains(x.reasons, r) {
				t.Errorf("%s is a case of %s and a near miss", x.id, r)
			}
		}
	}
	for _, r := range cleanup.Rules() {
		if cases[r] < 15 || near[r] < 15 {
			t.Errorf("%s: %d cases and %d near misses, want 15 of each", r, cases[r], near[r])
		}
	}
	if len(lines) < 150 {
		t.Errorf("%d documents, want 150", len(lines))
	}
}
