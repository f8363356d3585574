package build_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/ledger"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
)

// A follower keeps documents by id, and knows nothing but the change log.
type follower struct {
	seq       int
	sum       string
	documents map[string]string
}

// follow takes what came behind its seq, each document from its own file.
func (f *follower) follow(t *testing.T, public string) {
	t.Helper()
	var head dataset.Head
	read(t, filepath.Join(public, "changes", "head.json"), &head)
	for _, m := range head.Months {
		if m.Last <= f.seq {
			continue
		}
		b, err := os.ReadFile(filepath.Join(public, m.Path))
		if err != nil {
			t.Fatal(err)
		}
		if render.SumOf(b).String() != m.SHA256 || len(b) != m.Size {
			t.Fatalf("%s is not the file that head.json announces", m.Path)
		}
		last := map[string]dataset.Change{}
		for line := range bytes.Lines(b) {
			var c dataset.Change
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			if c.Seq == f.seq && c.Sum != f.sum {
				t.Fatalf("line %d is another than it was", c.Seq)
			}
			if c.Seq > f.seq {
				last[c.ID] = c
			}
		}
		for id, c := range last {
			if c.Event == ledger.Withdrawn {
				delete(f.documents, id)
				continue
			}
			b, err := os.ReadFile(filepath.Join(public, c.Address, "index.json"))
			if err != nil {
				t.Fatal(err)
			}
			f.documents[id] = string(b)
			if c.Files["index.json"] == "" {
				t.Fatalf("line %d has no hash of its index.json", c.Seq)
			}
			for name, sum := range c.Files {
				b, err := os.ReadFile(filepath.Join(public, c.Address, filepath.FromSlash(name)))
				if err != nil || render.SumOf(b).String() != sum {
					t.Fatalf("%s%s is not the file that line %d announces: %v", c.Address, name, c.Seq, err)
				}
			}
		}
	}
	f.seq, f.sum = head.Seq, head.Sum
}

func read(t *testing.T, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// bulk are the documents of the files of the years, by id.
func bulk(t *testing.T, public string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(public, "data", "documents", "*.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			var d dataset.Document
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatal(err)
			}
			out[d.ID] = string(line)
		}
	}
	return out
}

// TestChangeLogIsTheBulk edits a site at random, 200 times, and lets days pass.
// Whoever follows the log has, whenever the site was recorded, the documents of the
// bulk files to the byte.
func TestChangeLogIsTheBulk(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 0))
	root := t.TempDir()
	public := filepath.Join(root, "public")
	s := newSite(30)
	f := &follower{documents: map[string]string{}}
	unsafe := []string{"embargo", "alias", "config", "layout"} // errors after a record, or nothing of documents
	kinds := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool { return slices.Contains(unsafe, e.name) })
	events := map[string]int{}
	if build.UnderRace() {
		t.Skip("skipped under the race detector: see make measure")
	}
	most := 200
	if testing.Short() {
		most = 40
	}
	for edited, round := 0, 0; edited < most; round++ {
		var done []string
		for range 8 {
			e, d := kinds[r.IntN(len(kinds))], s.docs[r.IntN(len(s.docs))]
			e.do(s, d, r)
			done = append(done, e.name+" "+d.path)
			edited++
		}
		for _, d := range s.docs {
			d.corrected = true // as record leaves them: texts that are on record may change
		}
		s.record(t, root)
		s.write(t, root)
		mustPublish(t, build.Options{Root: root, AsOf: s.asOf, NoPDF: true})
		f.follow(t, public)
		want := bulk(t, public)
		if !maps.Equal(f.documents, want) {
			for _, id := range slices.Sorted(maps.Keys(want)) {
				if f.documents[id] != want[id] {
					t.Errorf("%s:\n%s\nwant\n%s", id, f.documents[id], want[id])
				}
			}
			t.Fatalf("round %d, after %q: %d documents, want %d", round, done, len(f.documents), len(want))
		}
		if round%5 == 0 { // nothing is left to record
			if lines := recordLines(t, root, s.asOf); len(lines) > 0 {
				t.Fatalf("round %d: recorded again: %s", round, fmt.Sprint(lines))
			}
		}
	}
	for line := range bytes.Lines([]byte(s.ledger)) {
		var l ledger.Line
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		events[l.Event]++
	}
	for _, e := range []string{ledger.Published, ledger.Republished, ledger.Restated, ledger.Updated, ledger.Withdrawn} {
		if events[e] == 0 && most == 200 {
			t.Errorf("no %s among the events: %v", e, events)
		}
	}
	t.Log(f.seq, "lines:", events)
}
