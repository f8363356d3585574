package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"gongbao/internal/build"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
)

// A mirror that was pulled from the output of a build has the same documents as the
// site that it was built from: text and page, relations, effects and statuses, found
// from its own files.
func TestMirrorIsItsOrigin(t *testing.T) {
	for name, origin := range map[string]func(t *testing.T) (root, public string){
		"sample": func(t *testing.T) (string, string) { return "../..", buildSample(t) },
		"corpus": func(t *testing.T) (string, string) {
			root := readCorpus(t)
			return root, filepath.Join(root, "public")
		},
	} {
		t.Run(name, func(t *testing.T) {
			root, public := origin(t)
			site := emptySite(t)
			gongbao(t, "-C", site, "pull", public, "--as", "other")
			want := said(t, root)
			got := said(t, filepath.Join(site, "mirror", "other"))
			for _, id := range slices.Sorted(maps.Keys(want)) {
				if got[id] != want[id] {
					t.Errorf("%s:\n%s\nwant\n%s", id, got[id], want[id])
				}
				delete(got, id)
			}
			if len(got) > 0 || len(want) < 50 {
				t.Errorf("%d documents too many of %d", len(got), len(want))
			}
		})
	}
}

// emptySite is a new site.
func emptySite(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "site")
	gongbao(t, "new", "site", root)
	return root
}

// gongbao runs a command that has to succeed.
func gongbao(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(append([]string{"-q"}, args...), &out, &errs); code != exitDone {
		t.Fatalf("gongbao %q = %d:\n%s%s", args, code, out.String(), errs.String())
	}
	return out.String()
}

// said is what a site says of each of its documents, by id, without addresses of
// other kinds of content, which a mirror has not.
func said(t *testing.T, root string) map[string]string {
	t.Helper()
	day := gazette.Date{Year: 2026, Month: 11, Day: 23}
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: day, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	source := dataset.Source{
		Catalog: s.Catalog, Size: func(string) int64 { return 0 }, Hash: func(string) []byte { return nil },
		Facts: func(string) (render.Facts, bool) { return render.Facts{}, false },
	}
	out := map[string]string{}
	for _, e := range s.Catalog.Documents {
		if e.Shelf == gazette.Withdrawn {
			continue
		}
		d := source.Document(e)
		d.About = nil
		if d.Issue != nil { // no issue is laid out
			d.Issue.Page, d.Issue.LastPage = 0, 0
		}
		b, err := json.MarshalIndent([]any{d, e.BodyHash.String()}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		out[e.ID] = string(b)
	}
	return out
}
