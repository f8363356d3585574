package publish_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/publish"
	"gongbao/internal/render"
)

// A site is a folder with an output folder and a state folder in it.
type site struct {
	t           *testing.T
	root        string
	out, state  string
	stagingName string
}

func newSite(t *testing.T) *site {
	root := t.TempDir()
	return &site{t, root, filepath.Join(root, "public"), filepath.Join(root, ".gongbao"), ".public.staging"}
}

func (s *site) open() *publish.Publisher {
	s.t.Helper()
	p, err := publish.Open(s.out, s.state)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// publish does what a build does: files are name → text, and the key of a file
// is the hash of its text.
func (s *site) publish(files map[string]string) publish.Result {
	s.t.Helper()
	p := s.open()
	keys, staged := s.stage(p, files)
	r, err := p.Commit(keys, staged)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *site) stage(p *publish.Publisher, files map[string]string) (map[string]publish.File, []string) {
	s.t.Helper()
	keys := map[string]publish.File{}
	var staged []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		keys[name] = publish.File{Key: render.Hash(files[name])}
		if p.Fresh(name, keys[name].Key) {
			continue
		}
		if err := p.Stage(name, []byte(files[name])); err != nil {
			s.t.Fatal(err)
		}
		staged = append(staged, name)
	}
	return keys, staged
}

// tree reads a folder: name → text.
func (s *site) tree(dir string) map[string]string {
	s.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if d.IsDir() {
			if entries, _ := os.ReadDir(p); len(entries) == 0 && rel != "." {
				out[filepath.ToSlash(rel)+"/"] = "empty"
			}
			return nil
		}
		b, err := os.ReadFile(p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	return out
}

func (s *site) check(want map[string]string) {
	s.t.Helper()
	if got := s.tree(s.out); !maps.Equal(got, want) {
		s.t.Errorf("output is %v, want %v", got, want)
	}
	if _, err := os.Stat(filepath.Join(s.root, s.stagingName)); !os.IsNotExist(err) {
		s.t.Errorf("the staging folder is still there")
	}
}

func (s *site) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

var first = map[string]string{"index.html": "首页", "documents/sff/2023/1/index.html": "甲", "documents/sff/2023/1/files/表.xlsx": "表", "feed.xml": "源"}

func TestFirstRunWritesEverything(t *testing.T) {
	s := newSite(t)
	if r := s.publish(first); r != (publish.Result{Written: 4}) {
		t.Errorf("Commit = %+v, want 4 written", r)
	}
	s.check(first)
}

func TestUnchangedRunTouchesNothing(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	var names []string
	for _, dir := range []string{s.out, s.state} {
		filepath.WalkDir(dir, func(p string, _ fs.DirEntry, _ error) error {
			names = append(names, p)
			return os.Chtimes(p, old, old)
		})
	}
	for i := len(names) - 1; i >= 0; i-- { // folders after what is in them
		os.Chtimes(names[i], old, old)
	}
	if r := s.publish(first); r != (publish.Result{Kept: 4}) {
		t.Errorf("Commit = %+v, want 4 kept", r)
	}
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was touched", name)
		}
	}
}

func TestOnlyChangedFilesAreWritten(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(s.out, "feed.xml"), old, old); err != nil {
		t.Fatal(err)
	}
	second := maps.Clone(first)
	second["index.html"] = "新首页"
	if r := s.publish(second); r != (publish.Result{Written: 1, Kept: 3}) {
		t.Errorf("Commit = %+v, want 1 written, 3 kept", r)
	}
	s.check(second)
	if info, _ := os.Stat(filepath.Join(s.out, "feed.xml")); !info.ModTime().Equal(old) {
		t.Error("feed.xml was touched")
	}
}

func TestWhatIsNoLongerMadeIsDeletedWithItsFolders(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	second := map[string]string{"index.html": "首页", "feed.xml": "源"}
	if r := s.publish(second); r != (publish.Result{Deleted: 2, Kept: 2}) {
		t.Errorf("Commit = %+v, want 2 deleted, 2 kept", r)
	}
	s.check(second)
}

func TestForeignFilesStay(t *testing.T) {
	s := newSite(t)
	s.write("public/CNAME", "gongbao.example.gov.cn")
	s.write("public/documents/sff/2023/1/note.txt", "别人的")
	s.publish(first)
	s.publish(map[string]string{"index.html": "首页"})
	s.check(map[string]string{"index.html": "首页", "CNAME": "gongbao.example.gov.cn", "documents/sff/2023/1/note.txt": "别人的"})
}

func TestFilesAndFoldersChangePlaces(t *testing.T) {
	s := newSite(t)
	s.publish(map[string]string{"a": "文件", "b/index.html": "页"})
	s.publish(map[string]string{"a/index.html": "页", "b": "文件"})
	s.check(map[string]string{"a/index.html": "页", "b": "文件"})
}

func TestMissingFileIsNotFresh(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	if err := os.Remove(filepath.Join(s.out, "feed.xml")); err != nil {
		t.Fatal(err)
	}
	p := s.open()
	for name, want := range map[string]bool{"index.html": true, "feed.xml": false, "other.html": false} {
		if got := p.Fresh(name, render.Hash(first[name])); got != want {
			t.Errorf("Fresh(%q) = %v, want %v", name, got, want)
		}
	}
	if p.Fresh("index.html", render.Hash("another text")) {
		t.Error("Fresh with another key = true")
	}
	if r := s.publish(first); r.Written != 1 || r.Kept != 3 {
		t.Errorf("Commit = %+v, want 1 written, 3 kept", r)
	}
	s.check(first)
}

func TestFolderOrLinkInTheWayIsNotFresh(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	name := filepath.Join(s.out, "feed.xml")
	os.Remove(name)
	if err := os.Symlink("index.html", name); err != nil {
		t.Fatal(err)
	}
	if s.open().Fresh("feed.xml", render.Hash(first["feed.xml"])) {
		t.Error("Fresh of a link = true")
	}
	s.publish(first)
	s.check(first)
}

func TestDiscardLeavesTheOldSite(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	p := s.open()
	s.stage(p, map[string]string{"index.html": "有错的首页"})
	if err := p.Discard(); err != nil {
		t.Fatal(err)
	}
	s.check(first)
	if r := s.publish(first); r.Written != 0 {
		t.Errorf("Commit = %+v, want nothing written", r)
	}
}

func TestInterruptedBeforeTheJournalIsThrownAway(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	s.stage(s.open(), map[string]string{"index.html": "新首页", "new.html": "新"})
	s.write(s.stagingName+"/manifest", "")
	s.open()
	s.check(first)
}

// interrupted leaves the state of a run that wrote its journal and died after
// moving some of its files.
func (s *site) interrupted(second map[string]string, moved ...string) {
	s.t.Helper()
	// What Commit stages is taken from a copy of the site, just before it moves.
	p := s.open()
	keys, _ := s.stage(p, second)
	var manifest, journal strings.Builder
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		fmt.Fprintf(&manifest, "%x %s\n", keys[name].Key, name)
	}
	states, err := filepath.Glob(filepath.Join(s.state, "manifest-*"))
	if err != nil || len(states) != 1 {
		s.t.Fatalf("manifests %v, %v", states, err)
	}
	fmt.Fprintln(&journal, states[0])
	for _, name := range slices.Sorted(maps.Keys(s.tree(s.out))) {
		if _, ok := second[name]; !ok {
			fmt.Fprintln(&journal, name)
		}
	}
	journal.WriteString("end\n")
	s.write(s.stagingName+"/manifest", manifest.String())
	s.write(s.stagingName+"/journal", journal.String())
	for _, name := range moved {
		to := filepath.Join(s.out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(s.root, s.stagingName, "files", filepath.FromSlash(name)), to); err != nil {
			s.t.Fatal(err)
		}
	}
}

func TestInterruptedAfterTheJournalIsFinished(t *testing.T) {
	second := map[string]string{"index.html": "新首页", "feed.xml": "源", "documents/sff/2023/2/index.html": "乙", "x.html": "新"}
	for _, moved := range [][]string{nil, {"index.html"}, {"x.html", "documents/sff/2023/2/index.html"}, {"index.html", "x.html", "documents/sff/2023/2/index.html"}} {
		s := newSite(t)
		s.publish(first)
		s.interrupted(second, moved...)
		s.open()
		s.check(second)
		if r := s.publish(second); r != (publish.Result{Kept: 4}) {
			t.Errorf("after %v: Commit = %+v, want 4 kept: the manifest is the new one", moved, r)
		}
	}
}

func TestInterruptedAfterDeletionIsFinished(t *testing.T) {
	second := map[string]string{"index.html": "首页"}
	s := newSite(t)
	s.publish(first)
	s.interrupted(second)
	if err := os.RemoveAll(filepath.Join(s.out, "documents")); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.check(second)
}

func TestTornJournalDoesNotCount(t *testing.T) {
	for _, cut := range []int{1, 4, 5, 20} {
		s := newSite(t)
		s.publish(first)
		s.interrupted(map[string]string{"index.html": "新首页"})
		name := filepath.Join(s.root, s.stagingName, "journal")
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s.write(s.stagingName+"/journal", string(b[:len(b)-cut]))
		s.open()
		s.check(first)
	}
}

func TestJournalCannotDeleteOutsideTheOutput(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	s.write("outside.txt", "重要")
	s.interrupted(map[string]string{"index.html": "首页"})
	b, _ := os.ReadFile(filepath.Join(s.root, s.stagingName, "journal"))
	s.write(s.stagingName+"/journal", strings.Replace(string(b), "feed.xml\n", "feed.xml\n../outside.txt\n/etc/nothing\n", 1))
	s.open()
	if _, err := os.Stat(filepath.Join(s.root, "outside.txt")); err != nil {
		t.Error(err)
	}
}

func TestStageRefusesPathsOutsideTheOutput(t *testing.T) {
	s := newSite(t)
	p := s.open()
	for _, name := range []string{"../a", "/a", "a/../../b", "", ".."} {
		if err := p.Stage(name, nil); err == nil {
			t.Errorf("Stage(%q) = nil, want an error", name)
		}
	}
}

func TestEveryOutputHasItsOwnManifest(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	other := *s
	other.out, other.stagingName = filepath.Join(s.root, "preview"), ".preview.staging"
	if r := other.publish(first); r.Written != 4 {
		t.Errorf("Commit into another folder = %+v, want 4 written", r)
	}
	other.publish(map[string]string{"index.html": "首页"})
	s.check(first)
}

// A manifest that was damaged or cut costs the files of a piece of it.
func TestDamagedManifest(t *testing.T) {
	files := map[string]string{}
	for i := range 700 {
		files[fmt.Sprintf("documents/%03d/index.html", i)] = fmt.Sprint(i)
	}
	for name, damage := range map[string]func(b []byte) []byte{
		"a byte":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"the end": func(b []byte) []byte { return b[:len(b)-10] },
		"cut":     func(b []byte) []byte { return b[:len(b)/2] },
	} {
		s := newSite(t)
		s.publish(files)
		names, _ := filepath.Glob(filepath.Join(s.state, "manifest-*"))
		b, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(names[0], damage(b), 0o644); err != nil {
			t.Fatal(err)
		}
		if r := s.publish(files); r.Written == 0 || r.Written > 500 || r.Written+r.Kept != len(files) {
			t.Errorf("%s: Commit = %+v, want some of %d written", name, r, len(files))
		}
		s.check(files)
		if r := s.publish(files); r.Written != 0 {
			t.Errorf("%s: the run after wrote %d", name, r.Written)
		}
	}
}

func FuzzManifest(f *testing.F) {
	dir := f.TempDir()
	name := filepath.Join(dir, "manifest")
	if err := publish.WriteManifest(name, map[string]publish.File{"a/index.html": {Key: render.Hash(1), Facts: render.Facts{Pages: 3, Size: 4}}}); err != nil {
		f.Fatal(err)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(fmt.Sprintf("%x a/index.html\t3 4 010203040506\n", render.Hash(1))))
	f.Fuzz(func(t *testing.T, b []byte) {
		name := filepath.Join(t.TempDir(), "manifest")
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		first, err := publish.ReadManifest(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := publish.WriteManifest(name, first); err != nil {
			t.Fatal(err)
		}
		if again, err := publish.ReadManifest(name); err != nil || !maps.Equal(first, again) {
			t.Errorf("read %v, written and read again %v, %v", first, again, err)
		}
	})
}

// TestFactsStayWithTheirFile keeps what is known of a file over runs that do not
// make it, and loses it with the file.
func TestFactsStayWithTheirFile(t *testing.T) {
	s := newSite(t)
	key := render.Hash("k")
	facts := render.Facts{Pages: 12, Size: 34567, Sum: render.Sum{0, 1, 2, 3, 254, 255}}
	p := s.open()
	if err := p.Stage("a b/document.pdf", []byte("pdf")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Commit(map[string]publish.File{"a b/document.pdf": {Key: key, Facts: facts}}, []string{"a b/document.pdf"}); err != nil {
		t.Fatal(err)
	}
	p = s.open()
	if f, ok := p.Old("a b/document.pdf"); !ok || f != (publish.File{Key: key, Facts: facts}) {
		t.Errorf("Old = %v, %t", f, ok)
	}
	manifests, err := filepath.Glob(filepath.Join(s.state, "manifest-*"))
	if err != nil || len(manifests) != 1 {
		t.Fatal(manifests, err)
	}
	st, err := publish.Read(s.out, s.state)
	if err != nil {
		t.Fatal(err)
	}
	for older, want := range map[string]render.Facts{ // the forms of older programs
		fmt.Sprintf("%x a b/document.pdf\t12 34567\n", key):                             {Pages: 12, Size: 34567},
		fmt.Sprintf("%x a b/document.pdf\t12 34567 00010203feff\n", key):                {Pages: 12, Size: 34567},
		fmt.Sprintf("%x a b/document.pdf\t12 34567 %s\n", key, facts.Sum):               facts,
		publish.ShortManifest("a b/document.pdf", publish.File{Key: key, Facts: facts}): {Pages: 12, Size: 34567},
		fmt.Sprintf("damaged\n%x a b/document.pdf\n", key):                              {},
	} {
		if err := os.WriteFile(manifests[0], []byte(older), 0o644); err != nil {
			t.Fatal(err)
		}
		if f, ok := s.open().Old("a b/document.pdf"); !ok || f.Facts != want || f.Key != key {
			t.Errorf("Old of the manifest %q = %v, %t", older, f, ok)
		}
	}
	if f, ok := st.Facts("a b/document.pdf"); !ok || f != facts {
		t.Errorf("Facts = %v, %t", f, ok)
	}
	if err := os.Remove(filepath.Join(s.out, "a b", "document.pdf")); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.open().Old("a b/document.pdf"); ok {
		t.Error("a file that is gone has facts")
	}
}
