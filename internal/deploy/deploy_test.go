package deploy_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// A site is the files of one, by path.
type site map[string]string

func (s site) list(t testing.TB) inventory.List {
	t.Helper()
	var files []inventory.File
	for p, text := range s {
		files = append(files, inventory.File{Path: p, Size: int64(len(text)), Sum: render.SumOf([]byte(text))})
	}
	l, err := inventory.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (s site) source(p string) (io.ReadCloser, error) {
	text, ok := s[p]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func (s site) options(t testing.TB) deploy.Options {
	return deploy.Options{Site: s.list(t), Source: s.source, By: "here"}
}

// edited is a site after some edits: documents that come, go, change and link to each
// other and to their files, lists of them all, and what programs read first.
func edited(r *rand.Rand, old site) site {
	docs := map[string]bool{}
	for p := range old {
		if dir, ok := strings.CutPrefix(path.Dir(p), "documents/"); ok && path.Base(p) == "index.html" {
			docs[dir] = true
		}
	}
	for range 1 + r.IntN(6) {
		name := fmt.Sprintf("d%02d", r.IntN(40))
		if r.IntN(3) == 0 {
			delete(docs, name)
		} else {
			docs[name] = true
		}
	}
	names := slices.Sorted(maps.Keys(docs))
	out := site{"assets/site.css": fmt.Sprint("body{} /*", r.IntN(3), "*/"), "sw.js": fmt.Sprint(r.Uint32()), "feed.xml": "<feed>" + strings.Join(names, " ")}
	links := ""
	for i, n := range names {
		at := "documents/" + n + "/"
		stays := old[at+"index.html"] != "" && r.IntN(3) > 0
		if !stays || !linksTo(old[at+"index.html"], docs) {
			file := fmt.Sprintf("files/%d.pdf", r.IntN(3))
			other := names[r.IntN(len(names))]
			out[at+"index.html"] = fmt.Sprintf(`<a href="/%s%s"><a href="/documents/%s/index.html"><link href="/assets/site.css">%d %s`, at, file, other, r.IntN(4), strings.Repeat("公开", 100))
			out[at+file] = fmt.Sprint(n, r.IntN(3))
		} else {
			for p, text := range old {
				if strings.HasPrefix(p, at) {
					out[p] = text
				}
			}
		}
		links += fmt.Sprintf(`<a href="/%sindex.html">%d`, at, i)
	}
	out["index.html"] = links
	if r.IntN(2) == 0 { // a file becomes a folder, and back
		out["topics"] = "x"
	} else {
		out["topics/index.html"] = links
	}
	return out
}

var href = regexp.MustCompile(`href="/([^"]+)"`)

func linksTo(page string, docs map[string]bool) bool {
	for _, m := range href.FindAllStringSubmatch(page, -1) {
		if dir, ok := strings.CutPrefix(path.Dir(m[1]), "documents/"); ok && !docs[strings.TrimSuffix(dir, "/files")] {
			return false
		}
	}
	return true
}

// whole says what a page that somebody can come to names and that is not there.
func whole(files site) string {
	seen, next := map[string]bool{}, []string{"index.html"}
	for len(next) > 0 {
		p := next[0]
		if next = next[1:]; seen[p] {
			continue
		}
		seen[p] = true
		text, ok := files[p]
		if !ok && p != "index.html" {
			return p
		}
		if path.Ext(p) == ".html" {
			for _, m := range href.FindAllStringSubmatch(text, -1) {
				next = append(next, m[1])
			}
		}
	}
	return ""
}

// A watched target keeps the files in memory, notes what is done, and fails when it
// shall.
type watched struct {
	mu     sync.Mutex
	files  site
	codes  map[string]string
	log    []string
	fail   int // after so many puts and deletions; 0 for never
	embeds bool
	broken string // the first page found to lack something
	done   int
	gets   int // files that were read
}

var errLine = errors.New("the line broke")

func (w *watched) step(what, name string) error {
	if w.done++; w.fail > 0 && w.done > w.fail {
		return errLine
	}
	w.log = append(w.log, what+" "+name)
	return nil
}

func (w *watched) look() {
	if lack := whole(w.files); lack != "" && w.broken == "" {
		w.broken = fmt.Sprintf("after %q a page names %s", w.log[len(w.log)-1], lack)
	}
}

func (w *watched) Put(_ context.Context, name string, r io.Reader, how deploy.Form) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.step("put", name); err != nil {
		return err
	}
	w.files[name], w.codes[name] = string(b), how.Encoding
	w.look()
	return nil
}

func (w *watched) Get(_ context.Context, name string) (io.ReadCloser, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gets++
	text, ok := w.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func (w *watched) Has(_ context.Context, name string) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ok := w.files[name]
	return ok, nil
}

func (w *watched) Delete(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.step("delete", name); err != nil {
		return err
	}
	delete(w.files, name)
	w.look()
	return nil
}

func (w *watched) List(_ context.Context, each func(string)) error {
	for _, name := range slices.Sorted(maps.Keys(w.files)) {
		each(name)
	}
	return nil
}

func (w *watched) Prune(context.Context, string) error { return nil }
func (w *watched) Tidy(context.Context) error          { return nil }
func (w *watched) Embeds() bool                        { return w.embeds }
func (w *watched) Close() error                        { return nil }

func newWatched() *watched { return &watched{files: site{}, codes: map[string]string{}} }

// public is what readers find: without what is kept for the next run.
func public(files site) site {
	out := maps.Clone(files)
	maps.DeleteFunc(out, func(p, _ string) bool { return strings.HasPrefix(p, inventory.Mark) })
	return out
}

func sameSite(t *testing.T, what string, got, want site) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if got[p] != want[p] {
			t.Errorf("%s: %s has %.40q, want %.40q", what, p, got[p], want[p])
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[p]; !ok {
			t.Errorf("%s: %s stands there", what, p)
		}
	}
	t.FailNow()
}

// TestEveryMomentIsWhole deploys edits, breaks the line at random, and goes on, some of
// the times with a site that was edited in between. No page that can be reached ever
// lacks a page or file that it names, and at the end the target is the site.
func TestEveryMomentIsWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2026))
	w, now := newWatched(), site{}
	w.files["foreign.html"] = "theirs"
	for round := range deploy.Rounds(150) {
		now = edited(r, now)
		w.fail, w.done = 0, 0
		if r.IntN(2) == 0 {
			w.fail = 1 + r.IntN(40)
		}
		_, err := deploy.Run(t.Context(), w, now.options(t))
		if err != nil && !errors.Is(err, errLine) {
			t.Fatalf("round %d: %v", round, err)
		}
		if w.broken != "" {
			t.Fatalf("round %d: %s", round, w.broken)
		}
		if err != nil {
			continue
		}
		want := maps.Clone(now)
		want["foreign.html"] = "theirs"
		sameSite(t, fmt.Sprint("round ", round), public(w.files), want)
		if slices.ContainsFunc(slices.Collect(maps.Keys(w.files)), func(p string) bool {
			return p == inventory.Mark+"deploying" || p == inventory.Mark+"progress"
		}) {
			t.Fatalf("round %d: a journal is left", round)
		}
		if rep, err := deploy.Run(t.Context(), w, now.options(t)); w.fail == 0 && (err != nil || len(rep.Steps) > 0) {
			t.Fatalf("round %d: a second run does %d steps, %v", round, len(rep.Steps), err)
		}
	}
}

// TestGoingOnDoesNotBeginAnew breaks the line near the end of a large first run.
func TestGoingOnDoesNotBeginAnew(t *testing.T) {
	s := site{"index.html": ""}
	for i := range 3000 {
		s[fmt.Sprintf("files/%04d.pdf", i)] = fmt.Sprint(i)
	}
	w := newWatched()
	w.fail = 2700
	if _, err := deploy.Run(t.Context(), w, s.options(t)); !errors.Is(err, errLine) {
		t.Fatal(err)
	}
	w.fail, w.gets = 0, 0
	rep, err := deploy.Run(t.Context(), w, s.options(t))
	if err != nil || !rep.Resumed || len(rep.Steps) > 600 || w.gets > 20 {
		t.Errorf("Run = %d steps, %d files read, resumed %t, %v", len(rep.Steps), w.gets, rep.Resumed, err)
	}
	sameSite(t, "after all", public(w.files), s)
}

func problem(t *testing.T, err error, key string) *deploy.Problem {
	t.Helper()
	p, ok := errors.AsType[*deploy.Problem](err)
	if !ok || p.Key != key {
		t.Fatalf("the error is %v, want the problem %s", err, key)
	}
	return p
}

func TestForeignFilesStay(t *testing.T) {
	w := newWatched()
	w.files = site{"index.html": "theirs", "robots.txt": "theirs", "same.txt": "same"}
	before := maps.Clone(w.files)
	s := site{"index.html": "ours", "same.txt": "same", "new.html": "ours"}
	_, err := deploy.Run(t.Context(), w, s.options(t))
	if p := problem(t, err, "foreign"); !slices.Equal(p.Paths, []string{"index.html"}) {
		t.Errorf("paths are %v", p.Paths)
	}
	sameSite(t, "after the refusal", w.files, before)
	o := s.options(t)
	o.Overwrite = true
	if _, err := deploy.Run(t.Context(), w, o); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "overwritten", public(w.files), site{"index.html": "ours", "same.txt": "same", "new.html": "ours", "robots.txt": "theirs"})
	// A file that comes to stand where the next edition has one.
	w.files["later.html"] = "theirs"
	s["later.html"] = "ours"
	_, err = deploy.Run(t.Context(), w, s.options(t))
	problem(t, err, "foreign")
	if w.files["later.html"] != "theirs" {
		t.Error("it was replaced")
	}
	delete(s, "later.html")
	delete(s, "new.html")
	if _, err = deploy.Run(t.Context(), w, s.options(t)); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "at last", public(w.files), site{"index.html": "ours", "same.txt": "same", "robots.txt": "theirs", "later.html": "theirs"})
}

// A state that was damaged, taken away or lies costs reading, and nothing foreign.
func TestStateThatIsNotWhole(t *testing.T) {
	state, journal := inventory.Mark+"deployed", inventory.Mark+"deploying"
	first := site{"index.html": "1", "a.html": "1", "gone.html": "1"}
	second := site{"index.html": "2", "a.html": "1", "b.html": "2"}
	for name, damage := range map[string]func(site){
		"cut":            func(f site) { f[state] = f[state][:len(f[state])-5] },
		"empty":          func(f site) { f[state] = "" },
		"another sum":    func(f site) { f[state] = strings.Replace(f[state], `"sum":"`, `"sum":"0`, 1) },
		"another file":   func(f site) { f[state] = strings.Replace(f[state], "gone.html", "gonf.html", 1) },
		"no longer ours": func(f site) { f[state] = "<html>404" },
	} {
		w := newWatched()
		if _, err := deploy.Run(t.Context(), w, first.options(t)); err != nil {
			t.Fatal(err)
		}
		w.files["foreign.html"] = "theirs"
		damage(w.files)
		_, err := deploy.Run(t.Context(), w, second.options(t))
		problem(t, err, "foreign") // index.html: nobody knows whose it is
		o := second.options(t)
		o.Overwrite = true
		rep, err := deploy.Run(t.Context(), w, o)
		if err != nil || !rep.Damaged {
			t.Fatalf("%s: Run = %+v, %v", name, rep, err)
		}
		// gone.html may be anybody's: it stays, and check tells.
		sameSite(t, name, public(w.files), site{"index.html": "2", "a.html": "1", "b.html": "2", "gone.html": "1", "foreign.html": "theirs"})
	}
	w := newWatched()
	if _, err := deploy.Run(t.Context(), w, first.options(t)); err != nil {
		t.Fatal(err)
	}
	w.files["a.html"] = "somebody was here"
	delete(w.files, "index.html")
	if d, err := deploy.Check(t.Context(), w, first.list(t), nil, nil); err != nil || !slices.Equal(d.Changed, []string{"a.html"}) || !slices.Equal(d.Missing, []string{"index.html"}) || d.Right != 1 {
		t.Errorf("Check = %+v, %v", d, err)
	}
	if rep, err := deploy.Run(t.Context(), w, first.options(t)); err != nil || len(rep.Steps) > 0 {
		t.Errorf("the state is not believed: %v, %v", rep, err)
	}
	o := first.options(t)
	o.Rescan = true
	if rep, err := deploy.Run(t.Context(), w, o); err != nil || rep.New != 1 || rep.Changed != 1 {
		t.Errorf("Rescan = %+v, %v", rep, err)
	}
	sameSite(t, "rescanned", public(w.files), first)
	// A journal that is not whole was never begun.
	w.files[journal] = "torn"
	if _, err := deploy.Run(t.Context(), w, second.options(t)); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "beside a torn journal", public(w.files), second)
}

func TestAnotherMachineIsRespected(t *testing.T) {
	first, second := site{"index.html": "1"}, site{"index.html": "2", "a.pdf": "2"}
	w := newWatched()
	w.fail = 3 // journal, progress, first file
	if _, err := deploy.Run(t.Context(), w, second.options(t)); !errors.Is(err, errLine) {
		t.Fatal(err)
	}
	w.fail = 0
	o := first.options(t)
	o.By = "there"
	_, err := deploy.Run(t.Context(), w, o)
	if p := problem(t, err, "busy"); p.Args[0] != "here" {
		t.Errorf("the problem names %v", p.Args)
	}
	o.TakeOver = true
	if _, err := deploy.Run(t.Context(), w, o); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "taken over", public(w.files), first)
}

// A file that took the place of ours is not deleted with the document that is gone.
func TestWhatTookOurPlaceStays(t *testing.T) {
	w := newWatched()
	if _, err := deploy.Run(t.Context(), w, site{"index.html": "1", "gone.html": "1", "gone.pdf": "1"}.options(t)); err != nil {
		t.Fatal(err)
	}
	w.files["gone.html"] = "theirs"
	rep, err := deploy.Run(t.Context(), w, site{"index.html": "1"}.options(t))
	if err != nil || !slices.Equal(rep.Left, []string{"gone.html"}) {
		t.Errorf("Run = %+v, %v", rep, err)
	}
	sameSite(t, "at last", public(w.files), site{"index.html": "1", "gone.html": "theirs"})
}

// Who mixes up the names of two places does not lose what stands there.
func TestAnotherSiteIsNotReplaced(t *testing.T) {
	first, second := site{"index.html": "city", "a.html": "city"}, site{"index.html": "county"}
	w := newWatched()
	o := first.options(t)
	o.Of = "https://city.example.gov.cn/"
	if _, err := deploy.Run(t.Context(), w, o); err != nil {
		t.Fatal(err)
	}
	o = second.options(t)
	o.Of = "https://county.example.gov.cn/"
	_, err := deploy.Run(t.Context(), w, o)
	problem(t, err, "other-site")
	sameSite(t, "after the refusal", public(w.files), first)
	o.Overwrite = true
	if _, err := deploy.Run(t.Context(), w, o); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "overwritten", public(w.files), second)
}

// takenOver is a target at which another run begins after the first put.
type takenOver struct{ *watched }

func (w takenOver) Put(ctx context.Context, name string, r io.Reader, how deploy.Form) error {
	err := w.watched.Put(ctx, name, r, how)
	if name == "a.pdf" {
		w.files[inventory.Mark+"progress"] = "OTHER 0\n"
	}
	return err
}

func TestRunThatWasTakenOverStops(t *testing.T) {
	w := takenOver{newWatched()}
	_, err := deploy.Run(t.Context(), w, site{"index.html": "2", "a.pdf": "2"}.options(t))
	problem(t, err, "overtaken")
	if _, ok := w.files["index.html"]; ok {
		t.Error("it went on")
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	w := newWatched()
	if _, err := deploy.Run(t.Context(), w, site{"a.html": "1", "b.html": "1"}.options(t)); err != nil {
		t.Fatal(err)
	}
	before := maps.Clone(w.files)
	o := site{"a.html": "2", "c.html": "1"}.options(t)
	o.DryRun = true
	rep, err := deploy.Run(t.Context(), w, o)
	if err != nil || rep.New != 1 || rep.Changed != 1 || rep.Deleted != 1 || len(rep.Steps) != 3 {
		t.Errorf("Run = %+v, %v", rep, err)
	}
	sameSite(t, "after a dry run", w.files, before)
}

// A site that was edited by hand after the build is not delivered.
func TestFilesAreThoseThatWereBuilt(t *testing.T) {
	s := site{"index.html": "1", "files/a.pdf": "1"}
	o := s.options(t)
	s["files/a.pdf"] = "another"
	w := newWatched()
	_, err := deploy.Run(t.Context(), w, o)
	if p := problem(t, err, "output-changed"); !slices.Equal(p.Paths, []string{"files/a.pdf"}) {
		t.Errorf("paths are %v", p.Paths)
	}
	if len(public(w.files)) > 0 {
		t.Errorf("%v stands there", public(w.files))
	}
}

// TestCompressedFilesFollow switches compression on and off, breaks the line meanwhile,
// and changes files: beside each text stand the compressed ones of now, and no others.
func TestCompressedFilesFollow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	w, now := newWatched(), site{}
	for round := range deploy.Rounds(60) {
		now = edited(r, now)
		now["notes.txt"], now["notes.txt.gz"] = "the site's own", "not ours to make"
		o := now.options(t)
		o.Compress = [][]string{nil, {"gz"}, {"gz", "br"}, {"br"}}[r.IntN(4)]
		w.fail, w.done = 0, 0
		if r.IntN(2) == 0 {
			w.fail = 1 + r.IntN(60)
		}
		o.Rescan = r.IntN(6) == 0
		if _, err := deploy.Run(t.Context(), w, o); errors.Is(err, errLine) {
			continue
		} else if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for p, text := range now {
			for _, e := range deploy.Encodings() {
				small, there := w.files[p+"."+e]
				if p+"."+e == "notes.txt.gz" {
					continue
				}
				if want := slices.Contains(o.Compress, e) && slices.Contains([]string{".html", ".css", ".js", ".xml", ".txt"}, path.Ext(p)); want != there {
					t.Fatalf("round %d: %s.%s stands there: %t", round, p, e, there)
				}
				if there {
					if got := deploy.Decode(t, small, e); got != text {
						t.Fatalf("round %d: %s.%s is of another text", round, p, e)
					}
				}
			}
		}
		d, err := deploy.Check(t.Context(), w, now.list(t), nil, nil)
		if err != nil || !d.Same() || len(d.Foreign) > 0 || d.Right != len(now) {
			t.Fatalf("round %d: Check = %+v, %v", round, d, err)
		}
	}
	w.fail = 0
	o := now.options(t)
	o.Compress = []string{"br"}
	if _, err := deploy.Run(t.Context(), w, o); err != nil {
		t.Fatal(err)
	}
	w.files["index.html.br"] = "old"
	if d, err := deploy.Check(t.Context(), w, now.list(t), nil, nil); err != nil || !slices.Equal(d.Changed, []string{"index.html.br"}) {
		t.Errorf("Check = %+v, %v", d, err)
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "srv", "web")
	r := rand.New(rand.NewPCG(7, 7))
	now := site{}
	for round := range deploy.Rounds(40) {
		now = edited(r, now)
		target, err := deploy.OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := deploy.OpenFolder(dir); err == nil {
			t.Fatal("a second run has the folder")
		} else {
			problem(t, err, "locked")
		}
		if _, err := deploy.Run(t.Context(), target, now.options(t)); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := target.Close(); err != nil {
			t.Fatal(err)
		}
		sameSite(t, fmt.Sprint("round ", round), public(tree(t, dir)), now)
		if folders := empty(t, dir); len(folders) > 0 {
			t.Fatalf("round %d: empty folders %v", round, folders)
		}
	}
}

// A folding target is a disk of Windows or macOS: names that differ in capitals only are
// the same file.
type folding struct{ *watched }

func (f folding) Put(ctx context.Context, name string, r io.Reader, how deploy.Form) error {
	return f.watched.Put(ctx, strings.ToLower(name), r, how)
}

func (f folding) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	return f.watched.Get(ctx, strings.ToLower(name))
}

func (f folding) Has(ctx context.Context, name string) (bool, error) {
	return f.watched.Has(ctx, strings.ToLower(name))
}

func (f folding) Delete(ctx context.Context, name string) error {
	return f.watched.Delete(ctx, strings.ToLower(name))
}

// TestOtherSpellingOfANameIsNotLost renames files in capitals only, wherever the line
// breaks; their bytes stay or change.
func TestOtherSpellingOfANameIsNotLost(t *testing.T) {
	first := site{"index.html": "1", "files/Plan.PDF": "same", "Docs/a.html": "1", "topics.html": "1"}
	second := site{"index.html": "2", "files/plan.pdf": "same", "docs/a.html": "2", "topics.html": "1"}
	for fail := range 20 {
		w := newWatched()
		for _, s := range []site{first, second} {
			if len(w.files) > 0 {
				w.done, w.fail = 0, fail
			}
			_, err := deploy.Run(t.Context(), folding{w}, s.options(t))
			if errors.Is(err, errLine) {
				w.fail = 0
				_, err = deploy.Run(t.Context(), folding{w}, s.options(t))
			}
			if err != nil {
				t.Fatalf("broken after %d: %v", fail, err)
			}
			want := site{}
			for p, text := range s {
				want[strings.ToLower(p)] = text
			}
			sameSite(t, fmt.Sprint("broken after ", fail), public(w.files), want)
		}
	}
	// What somebody else put there stays all the same.
	w := newWatched()
	w.files["docs/a.html"] = "theirs"
	_, err := deploy.Run(t.Context(), folding{w}, first.options(t))
	problem(t, err, "foreign")
}

// What leads out of a folder by a link is not written, and a link is replaced, not
// followed.
func TestFolderHasNoWayOut(t *testing.T) {
	root := t.TempDir()
	dir, outside := filepath.Join(root, "web"), filepath.Join(root, "outside")
	for _, d := range []string{dir, outside} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"documents": outside, "index.html": filepath.Join(outside, "secret")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	target, err := deploy.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	_, err = deploy.Run(t.Context(), target, site{"index.html": "ours", "documents/a.html": "ours"}.options(t))
	if err == nil {
		t.Error("a file was put through a link")
	}
	o := site{"index.html": "ours"}.options(t)
	o.Overwrite, o.Rescan = true, true
	if _, err := deploy.Run(t.Context(), target, o); err != nil {
		t.Fatal(err)
	}
	sameSite(t, "outside", tree(t, outside), site{"secret": "theirs"})
}

func tree(t *testing.T, dir string) site {
	t.Helper()
	out := site{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func empty(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(p)))
		if len(entries) == 0 {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A guarded file system has a folder that nobody may read.
type guarded struct {
	fs.FS
	folder string
}

func (g guarded) Open(name string) (fs.File, error) {
	if name == g.folder {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return g.FS.Open(name)
}

func TestFoldersThatNobodyMayReadCountAsEmpty(t *testing.T) {
	disk := fstest.MapFS{"index.html": {}, "lost+found/x": {}, "z/a.html": {}}
	var got []string
	err := deploy.List(t.Context(), guarded{disk, "lost+found"}, func(name string) { got = append(got, name) })
	if err != nil || !slices.Equal(got, []string{"index.html", "z/a.html"}) {
		t.Errorf("List = %v, %v", got, err)
	}
	if err := deploy.List(t.Context(), guarded{disk, "."}, func(string) {}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("List of a folder that nobody may read = %v", err)
	}
}

// Bytes that are not of their coding are those of no file; a line that breaks is an error.
func TestWhatIsNotOfItsCodingIsOtherBytes(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte("公报")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	whole := packed.String()
	for what, text := range map[string]string{
		"nothing": "", "plain": "公报", "cut": whole[:len(whole)-3], "another sum": whole[:len(whole)-8] + "xxxx" + whole[len(whole)-4:],
	} {
		if b, err := io.ReadAll(deploy.Decoded(strings.NewReader(text), "gzip")); err != nil || string(b) == "公报" {
			t.Errorf("%s: %q, %v", what, b, err)
		}
	}
	for _, coding := range []string{"zstd", "br"} {
		if b, err := io.ReadAll(deploy.Decoded(strings.NewReader(whole), coding)); err != nil || len(b) == 0 {
			t.Errorf("%s: %q, %v", coding, b, err)
		}
	}
	for _, n := range []int{0, 5, len(whole) - 3} {
		broken := io.MultiReader(strings.NewReader(whole[:n]), iotest.ErrReader(errLine))
		if _, err := io.ReadAll(deploy.Decoded(broken, "gzip")); !errors.Is(err, errLine) {
			t.Errorf("broken after %d: %v", n, err)
		}
	}
	// Storage with such an object is mended.
	s := serveS3(t)
	target, now := s.open(t), site{"index.html": "公报"}
	o := now.options(t)
	o.Compress = []string{"gz"}
	if _, err := deploy.Run(t.Context(), target, o); err != nil {
		t.Fatal(err)
	}
	if err := target.Put(t.Context(), "index.html", strings.NewReader("no gzip"), deploy.Form{Encoding: "gzip"}); err != nil {
		t.Fatal(err)
	}
	if d, err := deploy.Check(t.Context(), target, now.list(t), nil, nil); err != nil || !slices.Equal(d.Changed, []string{"index.html"}) {
		t.Errorf("Check = %+v, %v", d, err)
	}
	o.Rescan = true
	if rep, err := deploy.Run(t.Context(), target, o); err != nil || rep.Changed != 1 {
		t.Errorf("Run = %+v, %v", rep, err)
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"/srv/web": "/srv/web", "out": "/site/out", "./a:b/网 站": "/site/a:b/网 站", "../web": "/web", "file:///srv/web/": "/srv/web",
		"sftp://gazette@web.example.gov.cn:2222/srv/web?key=k": "sftp://gazette@web.example.gov.cn:2222/srv/web",
		"s3://bucket/prefix?endpoint=http://127.0.0.1:9000":    "s3://bucket/prefix",
	} {
		if a, err := deploy.ParseAddress(text, "/site"); err != nil || filepath.ToSlash(a.String()) != want {
			t.Errorf("ParseAddress(%q) = %q, %v, want %q", text, a, err, want)
		}
	}
	for text, key := range map[string]string{
		"ftp://web/": "address", "sftp://u:letmein@web/srv": "password", "s3://": "address", "http://web/": "address", "file://host/x": "address",
		"sftp://u:let me%in@web/srv": "address", "user@web:/srv": "address", "u:letmein@web:/srv": "address", "sftp:/u@web/srv": "address",
		"s3://key:letmein@bucket/web": "s3-password",
	} {
		_, err := deploy.ParseAddress(text, "/site")
		if p := problem(t, err, key); strings.Contains(p.Error(), "letmein") || strings.Contains(p.Error(), "let me") {
			t.Errorf("ParseAddress(%q) repeats the password: %v", text, p)
		}
	}
}

func FuzzState(f *testing.F) {
	w := newWatched()
	if _, err := deploy.Run(f.Context(), w, site{"index.html": "1", "a/b.pdf": "2"}.options(f)); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(w.files[inventory.Mark+"deployed"]))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		again, ok := deploy.Reencode(bytes.NewReader(b))
		if !ok {
			return
		}
		if third, ok := deploy.Reencode(bytes.NewReader(again)); !ok || !bytes.Equal(third, again) {
			t.Errorf("written %q, read and written again %q", again, third)
		}
	})
}
