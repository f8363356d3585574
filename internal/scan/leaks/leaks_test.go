// Package leaks_test measures the scanner with invented documents. Values and
// documents are made up from the standards alone, not from the patterns of the
// scanner: what it misses here it would miss in life.
package leaks_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"gongbao/internal/scan"
)

const (
	rounds     = 2 // of each kind in each container
	falseAlarm = 1 // per hundred documents
	corpus     = "../../../../shared/corpus"
)

// A trial is a file with a leak or a decoy in it.
type trial struct {
	sample
	container string
	name      string
	raw       []byte
}

func try(g *gen, c container, s sample) trial {
	return trial{s, c.name, "附件" + c.ext, c.write(g, g.put(g.document(), s))}
}

// all makes files of each kind in each container.
func all(seed uint64, kinds []kind) []trial {
	g := newGen(seed)
	var out []trial
	for range rounds {
		for _, k := range kinds {
			for _, c := range containers {
				if k.noSheet && (c.ext == ".xlsx" || c.ext == ".csv") {
					continue
				}
				out = append(out, try(g, c, g.sample(k, c.table)))
			}
			switch k.value {
			case "id", "idX", "idWide", "credit", "creditDigits":
				for _, c := range oneBoxEach {
					out = append(out, try(g, c, g.boxes(k)))
				}
			case "mobile", "d11":
				out = append(out, try(g, container{"xlsx of numbers", ".xlsx", true, numbered}, g.sample(k, true)))
			case "":
				// A mark may stand in the running head.
				if k.place == "top" && k.rules != nil && !k.noSheet {
					s := g.sample(k, false)
					out = append(out, trial{s, "docx head", "附件.docx", docxWith(g, g.document(), s.block.text)})
				}
			}
		}
	}
	return out
}

var (
	allLeaks  = sync.OnceValue(func() []trial { return all(1, kinds) })
	allDecoys = sync.OnceValue(func() []trial { return all(2, decoys) })
)

func rulesOf(r scan.Report) string {
	var out []string
	for _, h := range r.Hits {
		if !slices.Contains(out, h.Rule) {
			out = append(out, h.Rule)
		}
	}
	return strings.Join(out, " ")
}

// A tally counts leaks and those missed, by kind and by container.
type tally map[string]*struct{ all, missed int }

func (c tally) add(name string, missed bool) {
	if c[name] == nil {
		c[name] = new(struct{ all, missed int })
	}
	c[name].all++
	if missed {
		c[name].missed++
	}
}

func (c tally) print(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(c)) {
		t.Logf("%4d, %3d missed: %s", c[name].all, c[name].missed, name)
	}
}

func TestEveryLeakIsFound(t *testing.T) {
	leaks, misses := allLeaks(), 0
	ofKind, ofContainer := tally{}, tally{}
	for _, l := range leaks {
		r := scan.File(l.name, l.raw)
		found := slices.ContainsFunc(r.Hits, func(h scan.Hit) bool {
			return slices.ContainsFunc(l.kind.rules, func(rule string) bool { return strings.HasPrefix(h.Rule, rule) })
		})
		ofKind.add(l.kind.name, !found)
		ofContainer.add(l.container, !found)
		if !found {
			misses++
			t.Logf("missed: %s in %s: %q (want %s; found %q; skipped %q)", l.kind.name, l.container, l.block, strings.Join(l.kind.rules, " or "), rulesOf(r), r.Skipped)
		}
	}
	ofKind.print(t)
	ofContainer.print(t)
	if len(leaks) < 300 || len(ofKind) < 15 {
		t.Errorf("%d leaks of %d kinds are too few", len(leaks), len(ofKind))
	}
	if misses > 0 {
		t.Errorf("%d of %d leaks are missed", misses, len(leaks))
	}
}

// bare is a text without separators, with half-width letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFF00 && r < 0xFF5F {
			r -= 0xFEE0
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

func TestNoValueIsRepeated(t *testing.T) {
	repeated := 0
	for _, l := range allLeaks() {
		for _, h := range scan.File(l.name, l.raw).Hits {
			for _, v := range l.values {
				if strings.Contains(bare(h.Masked), bare(v)) {
					repeated++
					t.Logf("%s in %s: %s says %q of %q", l.kind.name, l.container, h.Rule, h.Masked, v)
				}
			}
		}
	}
	if repeated > 0 {
		t.Errorf("%d reports repeat the value", repeated)
	}
}

func TestDecoys(t *testing.T) {
	files, flagged := allDecoys(), 0
	for _, d := range files {
		r := scan.File(d.name, d.raw)
		if len(r.Skipped) > 0 {
			t.Errorf("%s in %s: skipped: %q", d.kind.name, d.container, r.Skipped)
		}
		if len(r.Hits) == 0 {
			continue
		}
		flagged++
		for _, h := range r.Hits {
			t.Logf("false alarm: %s in %s: %s in line %d: %q of %q", d.kind.name, d.container, h.Rule, h.Line, h.Masked, d.block)
		}
	}
	t.Logf("%d decoys of %d kinds, %d flagged", len(files), len(decoys), flagged)
	if len(files) < 300 {
		t.Errorf("%d decoys are too few", len(files))
	}
	if flagged*100 > len(files)*falseAlarm {
		t.Errorf("%d of %d decoys are flagged, more than %d%%", flagged, len(files), falseAlarm)
	}
}

// TestCorpus scans published documents. A hit may be a true one: published
// documents do hold telephone numbers. So all are printed, to be looked at.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpus); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there: the published documents are not scanned", corpus)
	}
	files, flagged := 0, 0
	for _, dir := range []string{"laws", "realdocs/text", "realdocs/original", "seed"} {
		err := filepath.WalkDir(filepath.Join(corpus, dir), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || dir == "laws" && filepath.Ext(path) != ".md" {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			name := filepath.Base(path)
			if filepath.Ext(name) == ".htm" {
				name += "l"
			}
			r := scan.File(name, raw)
			if len(r.Skipped) > 0 {
				t.Logf("%s: skipped: %q", path, r.Skipped)
			}
			if len(r.Hits) > 0 {
				flagged++
			}
			for _, h := range r.Hits {
				t.Logf("%s:%d: %s: %q", path, h.Line, h.Rule, h.Masked)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d documents, %d flagged", files, flagged)
	if flagged*100 > files*falseAlarm {
		t.Errorf("%d of %d documents are flagged, more than %d%%", flagged, files, falseAlarm)
	}
}

// TestValues proves the generator with numbers that are printed in the
// standards GB 11643 and GB 32100, and a card of all textbooks.
func TestValues(t *testing.T) {
	if c := citizenCheck("11010519491231002"); c != "X" {
		t.Errorf("identity number: check character %s", c)
	}
	if c := creditCheck("91350100M000100Y4"); c != "3" {
		t.Errorf("credit code: check character %s", c)
	}
	if !luhn("4111111111111111") || luhn("4111111111111112") {
		t.Error("card number: wrong sum")
	}
}
