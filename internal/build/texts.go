package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"os"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// An edition is what a build leaves to the next one of the same output, so that
// only texts that changed cost anything: a text is shown on the pages of its own
// entry and found by the search, and nothing else depends on it (see
// digest.SameButText). Whatever else is another, the whole pass is taken.
type edition struct {
	Manifest string         // hash of the manifest that the build left
	Rest     string         // hash of all that a build depends on but texts
	More     []string       // files of the site beside content and layouts that it depends on
	Output   string         // hash of the names in the output
	Findings []diag.Finding // of views and of rendering
	Texts    []byte         // textSum bytes of the key of every digest, in the order of their paths
}

const textSum = 16

// texts are the Texts of the edition that is being built.
func (s *Site) texts() []byte {
	out := make([]byte, 0, textSum*len(s.load.digests))
	for _, d := range s.load.digests {
		k := s.load.keys[d.Path]
		out = append(out, k[:textSum]...)
	}
	return out
}

// quick reports whether builds with these options may look at texts alone.
func (s *Site) quick() bool { return !s.Options.NoCache && !s.Options.Doubt }

// onlyTexts returns the last edition and the units that texts which changed since
// then are shown in; false, and no edition, where something else has changed, too.
func (s *Site) onlyTexts(p *publish.Publisher, out *folders) (edition, []render.Unit, bool) {
	var old edition
	if !s.quick() {
		return edition{}, nil, false
	}
	name, err := s.Options.stateName("edition")
	if err != nil {
		return edition{}, nil, false
	}
	b, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(b, &old) != nil {
		return edition{}, nil, false
	}
	if p.Sum() != old.Manifest {
		return edition{}, nil, false
	}
	entries, ok := s.changedTexts(old.Texts)
	if !ok {
		return edition{}, nil, false
	}
	site, _ := s.makers()
	if site == nil || s.rest(old.More) != old.Rest {
		return edition{}, nil, false
	}
	if names, err := out.look(); err != nil || names != old.Output {
		return edition{}, nil, false
	}
	printed, findings := s.printUnits()
	if len(findings) > 0 {
		return edition{}, nil, false
	}
	var units []render.Unit
	documents := []*catalog.Entry{} // not nil: none are not all
	for _, e := range entries {
		if e.Type != gazette.TypeIssue {
			units = append(units, site.EntryUnits(e)...)
		}
		if e.Type == gazette.TypeDocument {
			documents = append(documents, e)
		}
	}
	units = append(units, s.openUnits(site, printed, s.printing(documents), documents)...)
	if b := s.bulk(site); b != nil {
		units = append(units, b.OfTexts(documents)...)
	}
	units = slices.Concat(units, site.IssueUnits(), site.SearchUnits(), s.index.BodyUnits())
	return old, append(units, s.pwaUnits(site)...), true
}

// printing are the issues that list one of the entries.
func (s *Site) printing(entries []*catalog.Entry) []*catalog.Entry {
	listed := make(map[*catalog.Entry]bool, len(entries))
	for _, e := range entries {
		listed[e] = true
	}
	return slices.DeleteFunc(slices.Clone(s.Catalog.Issues), func(issue *catalog.Entry) bool {
		return !slices.ContainsFunc(slices.Concat(issue.IssueEntries...), func(e *catalog.Entry) bool { return listed[e] })
	})
}

// changedTexts are the entries whose text is another than in an edition; false
// where that cannot be told.
func (s *Site) changedTexts(old []byte) ([]*catalog.Entry, bool) {
	if len(old) != textSum*len(s.load.digests) {
		return nil, false
	}
	var out []*catalog.Entry
	for i, d := range s.load.digests {
		k := s.load.keys[d.Path]
		if string(k[:textSum]) == string(old[i*textSum:][:textSum]) {
			continue
		}
		switch e := s.Catalog.Entry(d.Path); {
		case d.Type == "" || e != nil && e.Lock != nil:
			return nil, false
		case e != nil: // else a draft, or something to come
			out = append(out, e)
		}
	}
	return out, true
}

// rest is the hash of all that a build depends on but texts. What Resolve and the
// layout of issues make of it is part of it where it may come from texts.
func (s *Site) rest(more []string) string {
	numbering := s.index.Config
	numbering.Archive.Texts, numbering.Recent.Texts = 0, 0
	k := render.Hash(s.causes(), []byte(numbering.JSON()), fmt.Append(nil, s.Options.NoPDF, s.Options.Strict))
	h := sha256.New()
	h.Write(k[:])
	h.Write(s.load.records.Sum(nil))
	for _, d := range s.load.digests {
		h.Write([]byte(d.Path + "\x00"))
		h.Write(d.Ties[:])
	}
	var b []byte
	for _, e := range s.Catalog.Entries {
		b = append(append(append(b[:0], e.ID...), 0), e.Address...)
		b = binary.AppendVarint(append(b, 0), int64(e.IssuePage))
		b = binary.AppendVarint(b, int64(e.IssueLast))
		h.Write(b)
	}
	for _, issue := range s.Catalog.Issues {
		for _, e := range slices.Concat(issue.IssueEntries...) {
			if e == nil {
				h.Write([]byte{0})
				continue
			}
			h.Write([]byte(e.Path + "\x00"))
			if issue.Lock != nil { // what it holds is compared with what was printed
				h.Write(e.TextHash[:])
			}
		}
	}
	s.load.addFiles(h)
	for _, m := range s.mounts {
		m.load.addAll(h)
	}
	for _, name := range more {
		h.Write([]byte(name + "\x00"))
		h.Write(s.load.fileHash(name))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// addFiles adds the files that are not content to a hash.
func (l *loaded) addFiles(h hash.Hash) {
	for _, name := range slices.Sorted(maps.Keys(l.stamps)) {
		h.Write([]byte(name + "\x00"))
		h.Write(l.fileHash("content/" + name))
	}
}

// keepEdition keeps what was built for the next build. before is the edition of
// which nothing but texts has changed, names the hash of the names in the output.
func (s *Site) keepEdition(p *publish.Publisher, before edition, findings []diag.Finding, names string) error {
	if !s.quick() {
		return nil
	}
	name, err := s.Options.stateName("edition")
	if err != nil {
		return err
	}
	more, rest := s.load.looked(), before.Rest
	if rest == "" || !slices.Equal(more, before.More) {
		rest = s.rest(more)
	}
	b, err := json.Marshal(edition{Manifest: p.Sum(), Rest: rest, More: more, Output: names, Findings: findings, Texts: s.texts()})
	if err != nil {
		return err
	}
	return writeState(name, b)
}
