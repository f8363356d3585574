package bundle_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/bundle"
)

func TestSince(t *testing.T) {
	k := bundle.Kept{Dir: filepath.Join(t.TempDir(), "states")}
	_, _, err := k.Since("2026-11-20")
	problem(t, err, "bundle-since-none")
	commit := strings.Repeat("c0ffee", 6) + "beef"
	var sums []string
	for i, at := range []string{"2026-11-01T09:00:00+08:00", "2026-11-20T09:00:00+08:00", "2026-11-20T17:00:00+08:00", "2026-11-27T09:00:00+08:00"} {
		l := site{"index.html": fmt.Sprint(i)}.list(t)
		sums = append(sums, l.Sum().String())
		r := bundle.Record{At: at, How: []string{"bundle", "deploy"}[i%2], To: "to"}
		if i == 1 {
			r.Commit = commit
		}
		if err := k.Add(r, l); err != nil {
			t.Fatal(err)
		}
	}
	file := site{"index.html": "2"}.write(t, nil, 0)[0]
	list := filepath.Join(t.TempDir(), "SITE.SHA256SUMS")
	if err := os.WriteFile(list, []byte(sums[0]+"  index.html\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for since, want := range map[string]string{
		"2026-11-01": sums[0], "2026-11-19": sums[0], "2026-11-20": sums[2], "2027-01-01": sums[2], // the last bundle, not the deployment after it

		sums[1][:8]: sums[1], strings.ToUpper(sums[3]): sums[3], "c0ffeec0": sums[1],
		file: site{"index.html": "2"}.list(t).Sum().String(),
	} {
		r, l, err := k.Since(since)
		if err != nil || r.Sum != want || l.Sum().String() != want {
			t.Errorf("Since(%q) = %v, %v, want %s", since, r, err, want)
		}
	}
	if _, l, err := k.Since(list); err != nil || len(l) != 1 {
		t.Errorf("Since of a list = %v, %v", l, err)
	}
	for since, key := range map[string]string{
		"2026-10-31": "bundle-since-unknown", "abcdef0": "bundle-since-unknown", sums[1][:5]: "bundle-since-unknown", "last week": "bundle-since", "2026-02-30": "bundle-since",
	} {
		_, _, err := k.Since(since)
		problem(t, err, key)
	}
	for _, file := range []string{"none.zip", "../none", `D:\none`} {
		if _, _, err := k.Since(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Since(%q) = %v", file, err)
		}
	}
	if err := os.WriteFile(filepath.Join(k.Dir, sums[3]+".gz"), []byte("torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, err = k.Since(sums[3])
	problem(t, err, "bundle-since-damaged")
}

// TestOldStatesGo keeps thirty of each kind, and the lists of those only.
func TestOldStatesGo(t *testing.T) {
	k := bundle.Kept{Dir: t.TempDir()}
	if err := k.Add(bundle.Record{At: "2026-01-01T00:00:00+08:00", How: "bundle", To: "first.zip"}, site{"a": "first"}.list(t)); err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		for range 2 { // the same state again is the same record
			r := bundle.Record{At: fmt.Sprintf("2026-02-01T%02d:00:00+08:00", i), How: "deploy", To: "/srv/web"}
			if err := k.Add(r, site{"a": fmt.Sprint(i)}.list(t)); err != nil {
				t.Fatal(err)
			}
		}
	}
	records, err := k.Records()
	if err != nil || len(records) != 31 || records[0].To != "first.zip" || !strings.Contains(records[30].At, "T39") {
		t.Errorf("Records = %d, %v", len(records), err)
	}
	// A state to which a site came back is on record twice.
	for i, text := range []string{"b", "a", "b"} {
		if err := k.Add(bundle.Record{At: fmt.Sprintf("2026-03-0%dT00:00:00+08:00", i+1), How: "bundle", To: "x.zip"}, site{"a": text}.list(t)); err != nil {
			t.Fatal(err)
		}
	}
	for day, text := range map[string]string{"2026-03-01": "b", "2026-03-02": "a", "2026-03-03": "b"} {
		if r, _, err := k.Since(day); err != nil || r.Sum != (site{"a": text}).list(t).Sum().String() {
			t.Errorf("Since(%s) = %v, %v", day, r, err)
		}
	}
	names, err := filepath.Glob(filepath.Join(k.Dir, "*.gz"))
	if err != nil || len(names) != 33 {
		t.Errorf("%d lists, %v", len(names), err)
	}
	if err := os.WriteFile(filepath.Join(k.Dir, "states.ndjson"), []byte("torn\n{\"sum\":\"../../etc\"}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if records, err := k.Records(); err != nil || len(records) > 0 {
		t.Errorf("damaged: %v, %v", records, err)
	}
}

func TestCommit(t *testing.T) {
	a, b := strings.Repeat("a1", 20), strings.Repeat("b2", 20)
	for name, files := range map[string]site{
		"a branch":        {".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": a + "\n"},
		"packed":          {".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": "# pack-refs\n" + b + " refs/heads/main2\n" + a + " refs/heads/main\n"},
		"detached":        {".git/HEAD": a + "\n"},
		"a worktree":      {".git": "gitdir: elsewhere/worktrees/w\n", "elsewhere/worktrees/w/HEAD": "ref: refs/heads/w\n", "elsewhere/worktrees/w/commondir": "../..\n", "elsewhere/refs/heads/w": a + "\n"},
		"of SHA-256":      {".git/HEAD": strings.Repeat("c3", 32)},
		"nothing yet":     {".git/HEAD": "ref: refs/heads/main\n"},
		"leads elsewhere": {".git/HEAD": "ref: ../../secret\n", "secret": a},
	} {
		dir := t.TempDir()
		fill(t, dir, files)
		want := a
		switch name {
		case "nothing yet", "leads elsewhere":
			want = ""
		case "of SHA-256":
			want = strings.Repeat("c3", 32)
		}
		sub := filepath.Join(dir, "site")
		if err := os.Mkdir(sub, 0o755); err != nil {
			t.Fatal(err)
		}
		if got := bundle.Commit(sub); got != want {
			t.Errorf("%s: Commit = %q, want %q", name, got, want)
		}
	}
}
