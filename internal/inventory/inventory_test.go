package inventory_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

func list(t testing.TB, files map[string]string) inventory.List {
	t.Helper()
	var out []inventory.File
	for p, text := range files {
		out = append(out, inventory.File{Path: p, Size: int64(len(text)), Sum: render.SumOf([]byte(text))})
	}
	l, err := inventory.New(out)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func text(l inventory.List) string {
	var b bytes.Buffer
	_, _ = l.WriteTo(&b)
	return b.String()
}

func TestListsAreReadAsOtherProgramsWriteThem(t *testing.T) {
	l := list(t, map[string]string{"index.html": "首页", "documents/示府办发/附件 1.pdf": "", "a/b.css": "x"})
	want := text(l)
	for name, form := range map[string]string{
		"as written": want, "CRLF": strings.ReplaceAll(want, "\n", "\r\n"), "binary": strings.ReplaceAll(want, "  ", " *"), "no last line end": strings.TrimSuffix(want, "\n"),
	} {
		got, err := inventory.Read(strings.NewReader(form))
		if err != nil || text(got) != want || got.Sum() != l.Sum() {
			t.Errorf("%s: Read = %v, %v", name, got, err)
		}
	}
	if _, err := inventory.Read(strings.NewReader(strings.ToUpper(want[:64]) + want[64:])); err != nil {
		t.Errorf("capital digits: %v", err)
	}
}

func TestReadSaysWhichLineIsWrong(t *testing.T) {
	sum := strings.Repeat("ab", 32)
	for form, want := range map[string]string{
		sum + "  a\nx\n":                           "line 2 is no sum",
		sum + " a\n":                               "line 1 is no sum",
		sum[2:] + "  a\n":                          "line 1 is no sum",
		strings.Repeat("zz", 32) + "  a\n":         "line 1: encoding/hex",
		sum + "  ../a\n":                           "cannot be of a site",
		sum + "  /a\n":                             "cannot be of a site",
		sum + "  a\\b\n":                           "cannot be of a site",
		sum + "  _Bundle/x\n":                      "cannot be of a site",
		sum + "  .gongbao-deployed\n":              "cannot be of a site",
		sum + "  b\n" + sum + "  a\n":              "line 2: paths are not in order",
		sum + "  a\n" + sum + "  a\n":              "line 2: paths are not in order",
		sum + "  " + strings.Repeat("a/", 3000):    "too long",
		"\\" + sum + "  a\\nb\n":                   "no sum",
		sum + "  a\x00\n":                          "cannot be of a site",
		sum + "  \xff\n":                           "cannot be of a site",
		sum + "  .gongbao-x/index.html\n" + "rest": "cannot be of a site",
	} {
		if _, err := inventory.Read(strings.NewReader(form)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%q) = %v, want %q", form, err, want)
		}
	}
}

// TestStateIsWhatSha256sumSays makes the name of a state as a person would.
func TestStateIsWhatSha256sumSays(t *testing.T) {
	l := list(t, map[string]string{"index.html": "首页", "关于.html": "x"})
	c := exec.Command("sha256sum")
	c.Stdin = strings.NewReader(text(l))
	out, err := c.Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("no sha256sum on this machine")
	}
	if err != nil || !strings.HasPrefix(string(out), l.Sum().String()) {
		t.Errorf("sha256sum = %s, %v, want %s", out, err, l.Sum())
	}
}

func TestNewRefusesWhatCannotBeDelivered(t *testing.T) {
	for _, p := range []string{"", ".", "../a", "a//b", "a\nb", "_bundle/manifest.json", ".gongbao-progress", "a\\b"} {
		if _, err := inventory.New([]inventory.File{{Path: p}}); err == nil {
			t.Errorf("New(%q) = nil", p)
		}
	}
	if _, err := inventory.New([]inventory.File{{Path: "a"}, {Path: "a"}}); err == nil {
		t.Error("a path that is there twice is taken")
	}
}

func TestPhases(t *testing.T) {
	old := map[string]string{"index.html": "1", "documents/a/index.html": "1", "documents/gone/index.html": "1", "documents/gone/files/x.pdf": "1", "assets/site.css": "1", "feed.xml": "1", "sw.js": "1", "folder": "1", "file/index.html": "1", "same.html": "1", "files/Plan.PDF": "1"}
	now := map[string]string{"index.html": "2", "documents/a/index.html": "2", "documents/b/index.html": "2", "documents/b/files/y.pdf": "2", "documents/b/index.json": "2", "assets/site.css": "2", "feed.xml": "2", "sw.js": "2", "folder/index.html": "2", "file": "2", "same.html": "1", "changes/head.json": "2", "changes/2026/11.ndjson": "2", "data/index.json": "2", "sitemap-1.xml": "2", "files/plan.pdf": "1"}
	var got []string
	for _, s := range inventory.Plan(list(t, old), list(t, now), nil) {
		sign := "+"
		if s.Deletes() {
			sign = "-"
		}
		got = append(got, fmt.Sprintf("%d %s%s", s.Phase, sign, s.Path))
	}
	want := []string{
		"0 -file/index.html", "0 -files/Plan.PDF", "0 -folder",
		"1 +assets/site.css", "1 +changes/2026/11.ndjson", "1 +documents/b/files/y.pdf", "1 +file", "1 +files/plan.pdf",
		"2 +documents/b/index.json",
		"3 +documents/b/index.html", "3 +folder/index.html",
		"4 +documents/a/index.html",
		"5 +index.html",
		"6 +changes/head.json", "6 +data/index.json", "6 +feed.xml", "6 +sitemap-1.xml",
		"7 +sw.js",
		"8 -documents/gone/index.html",
		"9 -documents/gone/files/x.pdf",
	}
	if !slices.Equal(got, want) {
		t.Errorf("Plan:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestPlanLeadsFromOneStateToTheOther takes random states; every beginning of a plan
// is a state from which the rest leads on.
func TestPlanLeadsFromOneStateToTheOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 10))
	random := func() map[string]string {
		out := map[string]string{}
		for range r.IntN(40) {
			p := path.Join([]string{"a", "b", "a/b", "c"}[r.IntN(4)], fmt.Sprint(r.IntN(12)), []string{"index.html", "x.pdf", "index.json", "sw.js"}[r.IntN(4)])
			out[p] = fmt.Sprint(r.IntN(3))
		}
		return out
	}
	for round := range 300 {
		old, now := list(t, random()), list(t, random())
		steps := inventory.Plan(old, now, nil)
		if got := inventory.Done(old, steps); got.Sum() != now.Sum() {
			t.Fatalf("round %d: the plan leads elsewhere", round)
		}
		cut := r.IntN(len(steps) + 1)
		middle := inventory.Done(old, steps[:cut])
		if got := inventory.Done(middle, inventory.Plan(middle, now, nil)); got.Sum() != now.Sum() {
			t.Fatalf("round %d: after %d steps the plan leads elsewhere", round, cut)
		}
		if rest := inventory.Plan(middle, now, nil); len(rest) != len(steps)-cut {
			t.Fatalf("round %d: after %d of %d steps %d are left", round, cut, len(steps), len(rest))
		}
		size := 1 + r.IntN(9)
		var all []inventory.Step
		for _, b := range inventory.Batches(steps, size) {
			if len(b) == 0 || len(b) > size || b[0].Phase != b[len(b)-1].Phase {
				t.Fatalf("round %d: a batch of %d, over a phase", round, len(b))
			}
			all = append(all, b...)
		}
		if !slices.Equal(all, steps) {
			t.Fatalf("round %d: batches are not the plan", round)
		}
	}
}

func TestProofEndsWithAnErrorForOtherBytes(t *testing.T) {
	sum := render.SumOf([]byte("公报"))
	if b, err := io.ReadAll(inventory.Proof(strings.NewReader("公报"), sum)); err != nil || string(b) != "公报" {
		t.Errorf("ReadAll = %q, %v", b, err)
	}
	for _, other := range []string{"", "公", "公报 "} {
		if _, err := io.ReadAll(inventory.Proof(strings.NewReader(other), sum)); !errors.Is(err, inventory.ErrChanged) {
			t.Errorf("ReadAll of %q = %v", other, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(text(inventory.List{{Path: "a/index.html"}, {Path: "b.pdf", Sum: render.SumOf(nil)}}))
	f.Add(strings.Repeat("ab", 32) + " *x\r\n")
	f.Fuzz(func(t *testing.T, in string) {
		l, err := inventory.Read(strings.NewReader(in))
		if err != nil {
			return
		}
		again, err := inventory.Read(strings.NewReader(text(l)))
		if err != nil || !slices.Equal(again, l) {
			t.Errorf("read %v, written and read again %v, %v", l, again, err)
		}
		if _, err := inventory.New(slices.Clone(l)); err != nil {
			t.Errorf("what was read is no list: %v", err)
		}
	})
}
