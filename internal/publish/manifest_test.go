package publish_test

import (
	"fmt"
	"maps"
	"testing"

	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// TestManifestIsExtended changes few files again and again: the manifest says
// what is, whether it was extended or written anew, and stays small.
func TestManifestIsExtended(t *testing.T) {
	old := map[string]publish.File{}
	for i := range 3000 {
		old[fmt.Sprintf("documents/s%02d/%04d/index.html", i%20, i)] = publish.File{Key: render.Hash(i)}
	}
	b := publish.ManifestOf(old)
	first, anew := len(b), 0
	for round := range 400 {
		units := maps.Clone(old)
		for i := range 3 {
			name := fmt.Sprintf("documents/s%02d/%04d/index.html", (round*7+i)%20, (round*7+i)%3000)
			if _, ok := units[name]; !ok {
				t.Fatalf("no %s", name)
			}
			units[name] = publish.File{Key: render.Hash([2]int{round, i}), Facts: render.Facts{Size: round}}
		}
		next := publish.ExtendManifest(b, old, units)
		if next == nil {
			next = publish.ManifestOf(units)
			anew++
		}
		if got := publish.ParseManifest(next); !maps.Equal(got, units) {
			t.Fatalf("round %d: the manifest says another thing", round)
		}
		b, old = next, units
		if len(b) > first*3/2 {
			t.Fatalf("round %d: the manifest takes %d bytes, at first %d", round, len(b), first)
		}
	}
	if anew == 0 || anew > 40 {
		t.Errorf("written anew %d times in 400", anew)
	}
	gone := maps.Clone(old)
	for name := range gone {
		delete(gone, name)
		break
	}
	more := maps.Clone(gone)
	more["new.html"] = publish.File{}
	for what, units := range map[string]map[string]publish.File{"fewer": gone, "others": more} {
		if publish.ExtendManifest(b, old, units) != nil {
			t.Errorf("a manifest of %s files is extended", what)
		}
	}
}

// An older program must find its manifest, and a newer one that of this.
func TestManifestsKeepTheirNames(t *testing.T) {
	if got := publish.Short("/srv/gongbao/public"); got != "a562faa4258a" {
		t.Errorf("Short = %q", got)
	}
}
