package build

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gongbao/internal/corpus"
	"gongbao/internal/diag"
)

// changes are what editors do to a file, by its text.
var changes = []struct {
	name string
	do   func(text string, r *rand.Rand) string
}{
	{"body", func(s string, r *rand.Rand) string { return s + fmt.Sprintf("\n补充第%d点。\n", r.IntN(100)) }},
	{"title", func(s string, r *rand.Rand) string {
		return regexp.MustCompile(`(?m)^title = "`).ReplaceAllString(s, fmt.Sprintf(`title = "（修%d）`, r.IntN(100)))
	}},
	{"published", func(s string, r *rand.Rand) string {
		return regexp.MustCompile(`(?m)^(published|signed) = .*`).ReplaceAllString(s, fmt.Sprintf("$1 = %d-0%d-1%d", 2004+r.IntN(23), 1+r.IntN(9), r.IntN(10)))
	}},
	{"topic", func(s string, r *rand.Rand) string {
		return regexp.MustCompile(`(?m)^topics = .*`).ReplaceAllString(s, []string{`topics = ["综合政务"]`, `topics = ["财政金融", "民政事务"]`, "topics = []"}[r.IntN(3)])
	}},
	{"validity", func(s string, r *rand.Rand) string {
		return strings.Replace(s, "\n+++\n\n", fmt.Sprintf("\nvalid_for = \"%dy\"\n+++\n\n", 1+r.IntN(20)), 1)
	}},
	{"withdrawn", func(s string, r *rand.Rand) string {
		return strings.Replace(s, "\n+++\n\n", "\nwithdrawn = { date = 2026-01-01, reason = \"有误\" }\n+++\n\n", 1)
	}},
	{"correction", func(s string, r *rand.Rand) string {
		return strings.Replace(s, "\n+++\n\n", fmt.Sprintf("\n[[corrections]]\ndate = 2026-11-%d\nwhat = \"文字\"\n+++\n\n", 10+r.IntN(20)), 1)
	}},
	{"contact", func(s string, r *rand.Rand) string {
		return strings.Replace(s, "\n+++\n\n", fmt.Sprintf("\ncontact = \"0000-12345%d\"\n+++\n\n", 10+r.IntN(80)), 1)
	}},
}

// underRace is set where the race detector runs, which takes ten times as long.
var underRace bool

// UnderRace is underRace for the tests outside the package.
func UnderRace() bool { return underRace }

// TestInputsTellViews changes a site at random and makes every view of every
// build, whatever the inputs tell: none may be another while its inputs stay.
func TestInputsTellViews(t *testing.T) {
	root := t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 5, Documents: 260})
	if err != nil {
		t.Fatal(err)
	}
	steps := 24
	if testing.Short() || underRace {
		steps = 8
	}
	r := rand.New(rand.NewPCG(8, 8))
	o := Options{Root: root, AsOf: benchDay, NoPDF: true, Doubt: true}
	published := 0
	build := func(what string) bool {
		t.Helper()
		res, err := Build(t.Context(), o)
		if err != nil {
			t.Fatalf("after %s: %v", what, err)
		}
		if res.Published {
			published++
		} else {
			for _, f := range res.Findings {
				if f.Severity == diag.Error {
					t.Logf("after %s: %s %s %q", what, f.Pos, f.Rule, f.Args)
				}
			}
		}
		return res.Published
	}
	build("nothing")
	all := append(made.Documents, made.Interpretations...)
	kept := map[string]string{}
	relations := []string{"repeals", "amends", "replaces", "extends", "suspends", "implements", "interprets"}
	for range steps {
		name := all[r.IntN(len(all))]
		file := filepath.Join(root, "content", filepath.FromSlash(name))
		b, err := os.ReadFile(file)
		if err != nil && kept[name] == "" {
			t.Fatal(err)
		}
		text, what := string(b), ""
		switch n := r.IntN(len(changes) + 4); {
		case err != nil:
			text, what = kept[name], "back"
		case n < len(changes):
			what = changes[n].name
			text = changes[n].do(text, r)
		case n == len(changes):
			what = "day"
			o.AsOf = o.AsOf.AddDays(r.IntN(900) - 400)
		case n == len(changes)+1:
			what = "delete"
			kept[name] = text
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			text = ""
		default:
			what = "relation"
			target := made.Documents[r.IntN(len(made.Documents))]
			if strings.HasPrefix(name, "documents/") && target != name {
				text = strings.Replace(text, "\n+++\n\n", fmt.Sprintf("\n[[relations]]\nkind = %q\ntarget = %q\n+++\n\n", relations[r.IntN(len(relations))], target), 1)
			}
		}
		if text != "" {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if !build(what + " " + name) { // take it back
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if published < steps*3/4 {
		t.Errorf("%d of %d steps were published", published, steps)
	}
}
