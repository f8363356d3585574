package build_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// sampleDay is the day for which the sample is written.
var sampleDay = gazette.NewDate(2026, 11, 23)

func sample(t *testing.T, drafts bool) *build.Site {
	t.Helper()
	s, err := build.Load(t.Context(), build.Options{Root: "../..", AsOf: sampleDay, NoCache: true, Drafts: drafts})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestSampleExercisesEverything names a file of the sample for every relation,
// status, class, form of interpretation, type and feature.
func TestSampleExercisesEverything(t *testing.T) {
	s := sample(t, false)
	seen := map[string]string{}
	mark := func(what, file string) {
		if seen[what] == "" {
			seen[what] = file
		}
	}
	years := map[int16]bool{}
	for _, e := range s.Catalog.Entries {
		mark("type "+string(e.Type), e.Path)
		for _, f := range e.Article.Forms {
			mark("form "+f, e.Path)
		}
		for _, r := range e.Relations {
			mark("relation "+string(r.Kind), e.Path)
			if !r.Target.Known() {
				t.Errorf("%s: %s %s leads nowhere", e.Path, r.Kind, r.Relation.Target)
			}
			if r.Target.External != nil {
				mark("external target", e.Path)
			}
			if len(r.Articles) > 0 {
				mark("articles", e.Path)
			}
		}
		if e.Type != gazette.TypeDocument {
			continue
		}
		for _, x := range e.Effects {
			switch {
			case x.Proposed:
				mark("effect proposed", e.Path)
			case x.Strength == gazette.Own:
				mark("effect own "+string(x.Kind), e.Path)
			default:
				mark("effect "+x.Strength.String(), e.Path)
			}
		}
		years[e.Date.Year] = true
		doc := e.Document
		mark("class "+string(doc.Class), e.Path)
		mark("force "+string(e.State.Force), e.Path)
		mark("text "+string(e.State.Text), e.Path)
		mark("shelf "+string(e.Shelf), e.Path)
		for what, has := range map[string]bool{
			"corrections": len(doc.Corrections) > 0, "attachments": len(doc.Attachments) > 0, "pictures": slices.ContainsFunc(e.Files, func(f markup.FileRef) bool { return f.Image }),
			"versions": len(e.Versions) > 1, "aliases": len(doc.Aliases) > 0, "joint": len(doc.Issuers) > 1, "stub": doc.TextNone,
			"reprinted": doc.Reprinted, "abridged": doc.Abridged, "valid_for": !doc.ValidFor.IsZero(), "no number": doc.Number == "",
			"order": e.Number.Order, "cited": len(e.CitedBy) > 0, "rare character": strings.ContainsRune(doc.Signer, '𠮷'),
			"bundle": e.Bundle,
		} {
			if has {
				mark(what, e.Path)
			}
		}
	}
	for _, d := range s.Catalog.Skipped {
		if d.Draft() {
			mark("draft", d.Path)
		} else {
			mark("embargo", d.Path)
		}
	}
	want := []string{"external target", "articles", "corrections", "attachments", "pictures", "versions", "aliases", "joint", "stub",
		"reprinted", "abridged", "valid_for", "no number", "order", "cited", "rare character", "bundle", "draft", "embargo",
		"force ", "text original", "text amended", "text partial", "shelf online", "shelf archived", "shelf withdrawn"}
	want = append(want, "effect proposed", "effect own effective", "effect own expires", "effect declared", "effect read", "effect rule")
	for _, x := range gazette.Types() {
		want = append(want, "type "+string(x))
	}
	for _, x := range gazette.RelationKinds() {
		want = append(want, "relation "+string(x))
	}
	for _, x := range gazette.Forces() {
		want = append(want, "force "+string(x))
	}
	for _, x := range gazette.Classes() {
		want = append(want, "class "+string(x))
	}
	for _, x := range gazette.InterpretationForms() {
		want = append(want, "form "+x)
	}
	for _, w := range want {
		if seen[w] == "" {
			t.Errorf("no file of the sample shows %q", w)
		}
	}
	for _, x := range s.Catalog.Items {
		if !x.Published() && !x.OnRequest() {
			t.Errorf("nothing is published under the item %s", x.Name)
		}
	}
	classes := 0
	for _, p := range s.Catalog.Projects {
		classes = max(classes, len(p.Infos))
	}
	if len(s.Catalog.Items) < 10 || classes < 5 {
		t.Errorf("%d items, a project of %d classes; want at least 10, 5", len(s.Catalog.Items), classes)
	}
	if n := len(s.Catalog.Documents); n < 40 || len(years) < 8 || len(s.Catalog.Issues) < 6 {
		t.Errorf("%d documents of %d years, %d issues; want at least 40, 8, 6", n, len(years), len(s.Catalog.Issues))
	}
	if errors, _ := diag.Count(s.Findings); errors > 0 {
		t.Errorf("the sample has %d errors", errors)
	}
}

// TestSampleRepeatsNoParagraph finds prose that was multiplied.
func TestSampleRepeatsNoParagraph(t *testing.T) {
	first := map[string]string{}
	err := filepath.WalkDir("../../content", func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(b), "+++"), "\n+++")
		for _, para := range strings.Split(body, "\n") {
			if utf8.RuneCountInString(para) <= 40 {
				continue
			}
			if o := first[para]; o != "" {
				t.Errorf("%s repeats a paragraph of %s: %s", p, o, para)
			}
			first[para] = p
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestBetweenTwoTextsTheOldOneStands: an amended text is published and comes into
// force later. Until then the old one stands in the catalogue of what is in
// force, and its page knows when its time is over.
func TestBetweenTwoTextsTheOldOneStands(t *testing.T) {
	s, err := build.Load(t.Context(), build.Options{Root: "../..", AsOf: gazette.NewDate(2024, 9, 1), NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := false
	for _, e := range s.Catalog.InForce() {
		if e.Number.Serial == 12 && e.Document.Class == gazette.Rule {
			found = true
			if next := s.Catalog.SupersededFrom(e); next != gazette.NewDate(2024, 10, 1) {
				t.Errorf("%s stands until the day before %s", e.Path, next)
			}
		}
	}
	if !found {
		t.Error("the text in force of 令第12号 is not in the catalogue")
	}
}
