package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/zh"
)

// A label is one line of the shared corpus's labels/effects.jsonl: what a
// person read in one regulation.
type label struct {
	File      string          `json:"file"`
	Effective *string         `json:"effective"`
	Expires   json.RawMessage `json:"expires"`
	Repeals   []struct {
		Title *string `json:"title"`
		Scope string  `json:"scope"`
	} `json:"repeals"`
}

func labels(t *testing.T) []label {
	t.Helper()
	f, err := os.Open(corpusDir + "/labels/effects.jsonl")
	if err != nil {
		t.Skip("skipped: the shared corpus is not beside the repository")
	}
	defer f.Close()
	var out []label
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	if err := lines.Err(); err != nil || len(out) < 100 {
		t.Fatalf("%d labels, %v", len(out), err)
	}
	return out
}

// repeals are "scope title" of a label or an object, titles folded.
func (l label) repeals() []string {
	var out []string
	for _, r := range l.Repeals {
		if r.Title != nil {
			out = append(out, r.Scope+" "+zh.Fold(*r.Title))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestInspectAgreesWithTheLabels reads the labelled regulations and demands the
// figures of the issue: repealed titles F1 0.97 (whole), 0.95 (all), effective
// dates 0.97, no expiry that is not there.
func TestInspectAgreesWithTheLabels(t *testing.T) {
	gold := labels(t)
	args := []string{"inspect", "--format", "json"}
	for _, l := range gold {
		args = append(args, filepath.Join(corpusDir, "laws", l.File))
	}
	var out, errs bytes.Buffer
	if code := run(args, &out, &errs); code != exitDone {
		t.Fatalf("inspect = %d: %s", code, errs.String())
	}
	dec := json.NewDecoder(&out)
	var whole, all score
	effective, expires := 0, 0
	for _, want := range gold {
		var got label
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		w, g := want.repeals(), got.repeals()
		all.add(w, g)
		only := func(ss []string) []string {
			return slices.DeleteFunc(slices.Clone(ss), func(s string) bool { return !strings.HasPrefix(s, "whole ") })
		}
		whole.add(only(w), only(g))
		if deref(got.Effective) == deref(want.Effective) {
			effective++
		} else {
			t.Logf("%s: effective %q, want %q", want.File, deref(got.Effective), deref(want.Effective))
		}
		if string(got.Expires) == string(want.Expires) {
			expires++
		} else {
			t.Errorf("%s: expires %s, want %s", want.File, got.Expires, want.Expires)
		}
		if !slices.Equal(w, g) {
			t.Logf("%s: repeals %q, want %q", want.File, g, w)
		}
	}
	t.Logf("whole %v, all %v, effective %d, expires %d of %d", whole, all, effective, expires, len(gold))
	if whole.f1() < 0.97 || all.f1() < 0.95 || float64(effective) < 0.97*float64(len(gold)) {
		t.Error("below the figures of the issue")
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// A score counts hits, false ones and missed ones.
type score struct{ tp, fp, fn int }

func (s *score) add(want, got []string) {
	for _, g := range got {
		if slices.Contains(want, g) {
			s.tp++
		} else {
			s.fp++
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			s.fn++
		}
	}
}

func (s score) f1() float64 { return 2 * float64(s.tp) / float64(2*s.tp+s.fp+s.fn) }

func (s score) String() string {
	return fmt.Sprintf("F1 %.4f (tp %d fp %d fn %d)", s.f1(), s.tp, s.fp, s.fn)
}

// TestCertainEffectsOfTheCorpusAreRight imports the corpus: no certain effect
// of a labelled regulation may be one that the labels do not have, and nine of
// ten of those whose target is in the catalog must be certain. Over all of the
// corpus, each certain target must be older than its author and carry the title
// that the quote names.
func TestCertainEffectsOfTheCorpusAreRight(t *testing.T) {
	root := importCorpus(t)
	gold := map[string]label{} // by title and text date, as file names have them
	for _, l := range labels(t) {
		gold[filepath.Base(l.File)] = l
	}
	var out, errs bytes.Buffer
	if code := run([]string{"-C", root, "effects", "--format", "json", "--as-of", "2026-11-23"}, &out, &errs); code != exitDone {
		t.Fatalf("effects = %d: %s", code, errs.String())
	}
	sources := map[string]string{} // content file → corpus file
	files, _ := filepath.Glob(filepath.Join(root, "content/documents/*/*.md"))
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, rest, ok := strings.Cut(string(b), "source = { file = \""); ok {
			name, _, _ := strings.Cut(rest, "\"")
			rel, _ := filepath.Rel(root, f)
			sources[filepath.ToSlash(rel)] = name
		}
	}
	certain, open, wrong := 0, 0, 0
	dec := json.NewDecoder(&out)
	for dec.More() {
		var e effectObject
		if err := dec.Decode(&e); err != nil {
			t.Fatal(err)
		}
		if e.Scope != "whole" || e.Kind != "repeals" && e.Kind != "lapses" {
			continue
		}
		switch e.Verdict {
		case "certain":
			certain++
		case "proposed", "ambiguous":
			open++
			t.Logf("%s: %s is only %s (%s)", e.By, e.Title, e.Verdict, e.Reason)
		}
		if e.Verdict != "certain" {
			continue
		}
		if !strings.Contains(e.Quote, e.Title) || !strings.Contains(e.Quote, "废止") && !strings.Contains(e.Quote, "停止") && !strings.Contains(e.Quote, "失效") {
			wrong++
			t.Errorf("%s: the quote %q does not say it of %s", e.By, e.Quote, e.Title)
		}
		if l, ok := gold[sources[e.By]]; ok && !slices.Contains(l.repeals(), "whole "+zh.Fold(e.Title)) {
			wrong++
			t.Errorf("%s: certain repeal of %s, which the labels do not have", e.By, e.Title)
		}
	}
	t.Logf("certain %d, open %d, wrong %d", certain, open, wrong)
	if certain < 30 || float64(certain) < 0.9*float64(certain+open) {
		t.Errorf("%d of %d whole repeals with a target in the catalog are certain, want nine of ten", certain, certain+open)
	}
}
