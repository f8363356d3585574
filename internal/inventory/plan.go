package inventory

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"gongbao/internal/render"
)

// A Phase is a part of a delivery. All steps of one are done before the first of
// the next; inside one the order does not count. At each moment between two steps
// what a reader finds holds together:
//
//   - files are there before a page names them, and pages that nobody knows yet
//     before the pages that link to them;
//   - the pages and lists by which people and programs come in change when all that
//     they lead to is there, the service worker last, as it fetches at once;
//   - what goes, goes when nothing leads to it any more, pages before their files.
//
// Files whose name stays while their bytes change (style sheets, PDFs) are the new
// ones before their pages are: those ask for them by hash (?v=), and whoever
// reads an old page in these seconds gets the new file.
type Phase int

const (
	Clear    Phase = iota // deletions of what is in the way: a file where a folder comes, a folder's files where a file does, another spelling of a name (Fold)
	Files                 // pictures, attachments, PDFs, parts of the search: all that names no other file
	Records               // JSON of documents and issues: it has the hashes of files
	NewPages              // pages at addresses where none stood
	Pages                 // pages that stood
	Home                  // the first page
	Heads                 // feeds, site map, packs, catalogues and heads: what programs ask first
	Worker                // the service worker
	OldPages              // deletions of pages
	OldFiles              // deletions of all else
)

// A Step puts one file to its place, or deletes it. A file that is put has the
// sum of what shall stand, one that is deleted of what stood.
type Step struct {
	File
	Phase Phase
	Stood bool       // a file stood at the path
	Was   render.Sum // of that file; zero also where its bytes are not known
}

// Deletes reports whether the step is a deletion.
func (s Step) Deletes() bool { return s.Phase == Clear || s.Phase >= OldPages }

// Plan returns the steps from one state to another, in order: by phase, then by
// path. The same lists give the same plan. again names files that must be put though
// they stand; nil for none.
func Plan(old, now List, again func(File) bool) []Step {
	var steps, gone []Step
	i := 0
	for _, f := range now {
		for i < len(old) && old[i].Path < f.Path {
			gone = append(gone, Step{File: old[i], Stood: true, Was: old[i].Sum})
			i++
		}
		stood := i < len(old) && old[i].Path == f.Path
		s := Step{File: f, Phase: phase(f.Path, stood), Stood: stood}
		if stood {
			s.Was = old[i].Sum
			i++
		}
		if !stood || s.Was != f.Sum || again != nil && again(f) {
			steps = append(steps, s)
		}
	}
	for _, f := range old[i:] {
		gone = append(gone, Step{File: f, Stood: true, Was: f.Sum})
	}
	var stays map[string]bool
	if len(gone) > 0 {
		stays = now.folded()
	}
	for _, s := range gone {
		s.Phase = OldFiles
		if isPage(s.Path) {
			s.Phase = OldPages
		}
		if now.inTheWay(s.Path) || stays[Fold(s.Path)] {
			s.Phase = Clear
		}
		steps = append(steps, s)
	}
	slices.SortFunc(steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Path, b.Path))
	})
	return steps
}

// inTheWay reports whether a file at p keeps the files of the list from standing:
// one has p as a folder, or is a folder of p.
func (l List) inTheWay(p string) bool {
	i, _ := slices.BinarySearchFunc(l, p+"/", func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if i < len(l) && strings.HasPrefix(l[i].Path, p+"/") {
		return true
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if _, ok := l.Find(dir); ok {
			return true
		}
	}
	return false
}

// Fold makes one spelling of those that disks of Windows and macOS take for the same
// name: capitals and small letters, as a build does that looks for collisions.
func Fold(p string) string { return strings.ToLower(p) }

// folded are the folded paths of a list.
func (l List) folded() map[string]bool {
	out := make(map[string]bool, len(l))
	for _, f := range l {
		out[Fold(f.Path)] = true
	}
	return out
}

// heads are the names of files by which programs come in, wherever they stand.
var heads = []string{
	"atom.xml", "feed.json", "feed.xml", "head.json", "manifest.webmanifest", "opensearch.xml", "pack.json", "robots.txt", "sitemap.xml", "status.json",
}

func phase(p string, stood bool) Phase {
	base := path.Base(p)
	switch {
	case p == "sw.js":
		return Worker
	case p == "index.html":
		return Home
	case p == "data/index.json", slices.Contains(heads, base), strings.HasPrefix(p, "sitemap-"):
		return Heads
	case isPage(p) && stood:
		return Pages
	case isPage(p):
		return NewPages
	case path.Ext(p) == ".json":
		return Records
	}
	return Files
}

func isPage(p string) bool { return path.Ext(p) == ".html" }

// Batches cuts steps into runs of at most size, none of which reaches over the end of
// a phase.
func Batches(steps []Step, size int) (out [][]Step) {
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && n < size && steps[n].Phase == steps[0].Phase {
			n++
		}
		out = append(out, steps[:n])
		steps = steps[n:]
	}
	return out
}

// Done returns the state in which a site is when steps have been done on it.
func Done(old List, steps []Step) List {
	changed := make(map[string]Step, len(steps))
	for _, s := range steps {
		changed[s.Path] = s
	}
	out := make(List, 0, len(old)+len(steps))
	for _, f := range old {
		s, ok := changed[f.Path]
		switch {
		case !ok:
			out = append(out, f)
		case !s.Deletes():
			out = append(out, s.File)
		}
		delete(changed, f.Path)
	}
	for _, s := range changed {
		if !s.Deletes() {
			out = append(out, s.File)
		}
	}
	slices.SortFunc(out, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return out
}
