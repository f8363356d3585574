package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// print lists what is changed, and what a person must look at: one file a line.
func (w *withdrawal) print(a *app) {
	line := func(key, name string, args ...string) {
		fmt.Fprintf(a.stdout, "%s\t%s\n", a.strings.T("withdraw.list."+key, args...), name)
	}
	for _, p := range w.edits.order {
		line("changed", source.Name(p))
	}
	for _, p := range w.remove {
		line("removed", source.Name(p))
	}
	for _, p := range w.articles {
		line("removed", p+"/")
	}
	for _, l := range w.lines {
		line("recorded", "content/data/ledger/"+w.at[:4]+".ndjson", l.ID)
	}
	for _, p := range w.shared {
		line("shared", source.Name(p))
	}
	for _, name := range w.lost {
		line("lost", name)
	}
	for _, m := range w.mentions {
		if m.line > 0 {
			line("quotes", source.Name(m.path)+":"+strconv.Itoa(m.line), strconv.Itoa(m.letters))
		} else {
			line("mentions", source.Name(m.path))
		}
	}
	for _, e := range w.texts {
		for _, p := range w.site.Ledger.Standing(e.ID) {
			line("posted", strings.TrimSpace(p.Channel+" "+p.URL))
		}
		for _, s := range issuesOf(w.site, e) {
			if pdf := s.Digest.Issue.PDF; pdf != "" {
				line("scan", source.Name(filepath.ToSlash(filepath.Join(filepath.Dir(s.Path), pdf))))
			}
		}
	}
}

// look reads the site again: what others' status is now, and what a build will
// refuse, is told before somebody waits for it.
func (w *withdrawal) look(a *app) error {
	s, err := a.load(w.site.AsOf.String(), false)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, e := range w.site.Documents {
		now := s.Catalog.Entry(e.Path)
		if now == nil || e.Shelf == gazette.Withdrawn || now.Shelf == gazette.Withdrawn || now.State.Force == e.State.Force {
			continue
		}
		fmt.Fprintf(a.stdout, "%s\t%s\n", a.strings.T("withdraw.list.status", a.force(e), a.force(now)), source.Name(e.Path))
	}
	var wrong []diag.Finding
	for _, f := range s.Findings {
		was := slices.ContainsFunc(w.before, func(o diag.Finding) bool { return o.Rule == f.Rule && o.Pos.File == f.Pos.File })
		if f.Severity == diag.Error && !was {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		a.print(a.stderr, diag.Sort(wrong), false)
		return errFindings
	}
	return nil
}

// force is the word for the force of a document.
func (a *app) force(e *catalog.Entry) string {
	if e.State.Force == gazette.NoForce {
		return "-"
	}
	return a.strings.T("force." + string(e.State.Force))
}

// explain says what to do now, and where the text still is.
func (w *withdrawal) explain(a *app, kept bool) {
	say := func(key string, args ...string) { fmt.Fprintln(a.stderr, a.strings.T("withdraw."+key, args...)) }
	say("done", strconv.Itoa(len(w.texts)), strconv.Itoa(len(w.remove)))
	if kept {
		say("kept")
	}
	if others := len(w.texts[0].Versions) - len(w.texts); others > 0 {
		say("versions", strconv.Itoa(others))
	}
	if w.title == "" {
		say("title")
	}
	say("next")
	say("remains")
	if w.title != "" {
		say("ledger")
	}
	paths := make([]string, 0, len(w.texts)+len(w.remove))
	for _, e := range w.texts {
		paths = append(paths, source.Name(e.Path))
	}
	for _, p := range w.remove {
		paths = append(paths, source.Name(p))
	}
	if git, inTree := gitPaths(a.Dir, paths); git != "" {
		say("git", git, quotedPaths(inTree))
	} else {
		say("no-git")
	}
	for _, key := range []string{"local", "mirrors", "caches", "paper", "media", "devices"} {
		say(key)
	}
	say("back")
}

// quotedPaths are paths as a shell takes them.
func quotedPaths(paths []string) string {
	q := make([]string, len(paths))
	for i, p := range paths {
		q[i] = "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
	}
	return strings.Join(q, " ")
}

// gitPaths returns how git is called from the current folder for the working tree in
// which a site stands, and files of the site as paths in that tree; "" where the site
// stands in none.
func gitPaths(dir string, paths []string) (git string, inTree []string) {
	site, err := filepath.Abs(dir)
	if err != nil {
		return "", nil
	}
	top := site
	for {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			break
		}
		if top == filepath.Dir(top) {
			return "", nil
		}
		top = filepath.Dir(top)
	}
	below, err := filepath.Rel(top, site)
	if err != nil {
		return "", nil
	}
	for _, p := range paths {
		inTree = append(inTree, path.Join(filepath.ToSlash(below), p))
	}
	if here, err := os.Getwd(); err == nil && here == top {
		return "git", inTree
	}
	return "git -C " + quotedPaths([]string{top}), inTree
}
