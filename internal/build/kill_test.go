package build

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongbao/internal/corpus"
)

// victim is the environment variable that makes this program a build that is to
// be killed.
const victim = "GONGBAO_TEST_BUILD"

// TestVictim builds the site that the variable names; alone it does nothing.
func TestVictim(t *testing.T) {
	root := os.Getenv(victim)
	if root == "" {
		t.Skip("skipped: only for TestKilledBuilds")
	}
	r, err := Build(t.Context(), Options{Root: root, AsOf: benchDay, NoPDF: true})
	if err != nil || !r.Published {
		t.Fatalf("Build = %v, %v", r.Findings, err)
	}
}

// TestKilledBuilds kills builds at random moments (kill -9). What each left is
// the old site or the new one, but for what the next run finishes, and the next
// run makes what a clean build makes.
func TestKilledBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: starts many builds")
	}
	root := t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 11, Documents: 60})
	if err != nil {
		t.Fatal(err)
	}
	start := func() *exec.Cmd {
		t.Helper()
		c := exec.Command(os.Args[0], "-test.run", "^TestVictim$")
		c.Env = append(os.Environ(), victim+"="+root)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	whole := time.Now()
	if err := start().Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(whole)
	r := rand.New(rand.NewPCG(2, 3))
	rounds, killed := 24, 0
	if underRace {
		rounds = 6
	}
	for round := range rounds {
		for range 1 + r.IntN(4) {
			name := filepath.Join(root, "content", filepath.FromSlash(made.Documents[r.IntN(len(made.Documents))]))
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, fmt.Appendf(b, "\n第%d轮。\n", round), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		c := start()
		time.Sleep(time.Duration(r.Int64N(int64(took))))
		if c.Process.Kill() == nil && c.Wait() != nil {
			killed++
		}
		if round%4 != 3 {
			continue // one that was killed after one that was killed
		}
		o := Options{Root: root, AsOf: benchDay, NoPDF: true}
		if res, err := Build(t.Context(), o); err != nil || !res.Published {
			t.Fatalf("round %d: the run after a killed one: %v", round, err)
		}
		o.Output, o.NoCache = t.TempDir(), true
		if res, err := Build(t.Context(), o); err != nil || !res.Published {
			t.Fatal(err)
		}
		if d := differ(t, filepath.Join(root, "public"), o.Output); d != "" {
			t.Fatalf("round %d: after a killed run %s", round, d)
		}
	}
	if killed < rounds/4 {
		t.Errorf("%d of %d builds were killed", killed, rounds)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".staging") {
			t.Errorf("%s is left", e.Name())
		}
	}
}

// differ says where two folders differ, "" for nowhere.
func differ(t *testing.T, got, want string) string {
	t.Helper()
	a, b := filesOf(t, got), filesOf(t, want)
	for name := range b {
		if a[name] != b[name] {
			return fmt.Sprintf("%s is missing or another", name)
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			return fmt.Sprintf("%s is left", name)
		}
	}
	return ""
}

func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
