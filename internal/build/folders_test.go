package build

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gongbao/internal/corpus"
	"gongbao/internal/memo"
)

// tick is longer than the steps in which the file systems of tests count time.
const tick = 30 * time.Millisecond

// someFolders makes an output with files at several depths.
func someFolders(t *testing.T) Options {
	t.Helper()
	o := Options{Root: t.TempDir()}
	o.Output = filepath.Join(o.Root, "public")
	for _, name := range []string{"index.html", "documents/a/index.html", "documents/a/files/x.csv", "documents/a-b/index.html", "documents/c/1.html", "feeds/all.xml"} {
		writeFile(t, filepath.Join(o.Output, filepath.FromSlash(name)), "x")
	}
	if err := os.Mkdir(filepath.Join(o.Root, stateFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	return o
}

// lookAt looks at an output as a run that begins then, and keeps what it noted.
func lookAt(t *testing.T, o Options, now time.Time) (string, *folders) {
	t.Helper()
	f, err := o.folders(now)
	if err != nil {
		t.Fatal(err)
	}
	names, err := f.look()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.keep(); err != nil {
		t.Fatal(err)
	}
	return names, f
}

// anew is the hash of the names in an output, of which nothing is known.
func anew(t *testing.T, o Options) string {
	t.Helper()
	o.Root = t.TempDir()
	if err := os.Mkdir(filepath.Join(o.Root, stateFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	names, _ := lookAt(t, o, time.Now())
	return names
}

func TestFoldersNotice(t *testing.T) {
	o := someFolders(t)
	at := func(name string) string { return filepath.Join(o.Output, filepath.FromSlash(name)) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(tick)
	later := time.Now().Add(time.Hour) // all is settled then
	for _, c := range []struct {
		name string
		do   func()
		same bool
	}{
		{"nothing", func() {}, true},
		{"a file gone", func() { must(os.Remove(at("documents/a/files/x.csv"))) }, false},
		{"a file more", func() { writeFile(t, at("feeds/x.xml"), "x") }, false},
		{"another name", func() { must(os.Rename(at("feeds/x.xml"), at("feeds/y.xml"))) }, false},
		{"a file elsewhere", func() { must(os.Rename(at("feeds/y.xml"), at("documents/c/y.xml"))) }, false},
		{"a folder gone", func() { must(os.RemoveAll(at("documents/a-b"))) }, false},
		{"a folder more", func() { must(os.Mkdir(at("documents/a/empty"), 0o755)) }, false},
		{"a folder in the place of a file", func() { must(os.Remove(at("index.html"))); must(os.Mkdir(at("index.html"), 0o755)) }, false},
		{"a file in the place of a folder", func() { must(os.Remove(at("index.html"))); writeFile(t, at("index.html"), "x") }, false},
		{"a file in a new folder", func() { writeFile(t, at("z/1/2/3.html"), "x") }, false},
		{"other bytes", func() { writeFile(t, at("documents/a/index.html"), "xyz") }, true},
		{"a file anew", func() { writeFile(t, at("n"), "x"); must(os.Rename(at("n"), at("documents/a/index.html"))) }, true},
		{"all anew, as old as before", func() {
			info, err := os.Stat(at("documents/c"))
			must(err)
			must(os.Remove(at("documents/c/1.html")))
			must(os.Chtimes(at("documents/c"), info.ModTime(), info.ModTime()))
		}, false},
		{"all gone", func() { must(os.RemoveAll(o.Output)); writeFile(t, at("index.html"), "x") }, false},
	} {
		before, _ := lookAt(t, o, later)
		time.Sleep(tick)
		c.do()
		time.Sleep(tick)
		now, _ := lookAt(t, o, later)
		if same := now == before; same != c.same {
			t.Errorf("%s: the same names = %v, want %v", c.name, same, c.same)
		}
		if want := anew(t, o); now != want {
			t.Errorf("%s: the hash is not that of who knows nothing", c.name)
		}
	}
}

// TestFoldersNoticeEdits compares what is noted over random changes with what who
// knows nothing finds.
func TestFoldersNoticeEdits(t *testing.T) {
	o := someFolders(t)
	r := rand.New(rand.NewPCG(5, 1))
	later := time.Now().Add(time.Hour)
	for i := range 40 {
		time.Sleep(tick)
		name := filepath.Join(o.Output, fmt.Sprint(r.IntN(4)), fmt.Sprint(r.IntN(3)))
		what := "removal"
		if r.IntN(3) == 0 {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		} else {
			what = "writing"
			writeFile(t, filepath.Join(name, fmt.Sprint(r.IntN(5))), "x")
		}
		if got, _ := lookAt(t, o, later); got != anew(t, o) {
			t.Fatalf("step %d, %s of %s is not seen", i, what, name)
		}
	}
}

// TestFoldersBelieve shows when what was noted is believed, by noting something
// wrong.
func TestFoldersBelieve(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have no numbers that the program could read")
	}
	o := someFolders(t)
	time.Sleep(tick)
	later := time.Now().Add(time.Hour)
	real, f := lookAt(t, o, time.Now())
	var stamped func(d *folder) int
	stamped = func(d *folder) (n int) {
		if d.stamp != (memo.Stamp{}) {
			n++
		}
		for i := range d.in {
			n += stamped(&d.in[i])
		}
		return n
	}
	if n := stamped(&f.root); n > 0 {
		t.Errorf("%d folders that changed a moment ago have stamps", n)
	}
	wrong := func(f *folders) {
		t.Helper()
		f.root.find("documents/a").names[0]++
		if err := f.keep(); err != nil {
			t.Fatal(err)
		}
	}
	wrong(f)
	if names, _ := lookAt(t, o, later); names != real {
		t.Error("a folder without a stamp is believed")
	}
	_, f = lookAt(t, o, later)
	if n := stamped(&f.root); n != 7 {
		t.Errorf("%d of 7 folders have stamps", n)
	}
	wrong(f)
	if names, _ := lookAt(t, o, time.Now()); names == real {
		t.Error("the names are read though the stamps are the same")
	}
	whole, err := os.ReadFile(f.state)
	if err != nil {
		t.Fatal(err)
	}
	for _, torn := range [][]byte{nil, whole[:len(whole)/2], whole[:len(whole)-1], append([]byte("x"), whole[1:]...), append(whole[:60:60], append([]byte{whole[60] ^ 1}, whole[61:]...)...)} {
		writeFile(t, f.state, string(torn))
		if names, _ := lookAt(t, o, time.Now()); names != real {
			t.Errorf("a torn file of %d bytes is believed", len(torn))
		}
	}
	writeFile(t, f.state, string(whole))
	with := o
	with.NoCache = true
	if names, _ := lookAt(t, with, time.Now()); names != real {
		t.Error("without the cache, stamps are believed")
	}
	// Files came into a folder, and its stamp stayed: then none says anything.
	writeFile(t, f.state, string(whole))
	_, f = lookAt(t, o, later)
	f.published([]string{"feeds/all.xml", "no/such/folder.html"})
	if err := f.keep(); err != nil {
		t.Fatal(err)
	}
	if names, _ := lookAt(t, o, time.Now()); names != real {
		t.Error("stamps that stay are believed")
	}
	// Where it is another one since, stamps count.
	_, f = lookAt(t, o, later)
	f.blind = false
	time.Sleep(tick)
	writeFile(t, filepath.Join(o.Output, "feeds", "x.xml"), "x")
	if f.published([]string{"feeds/x.xml"}); f.blind {
		t.Error("a stamp that changed counts as one that stayed")
	}
}

func TestReadFolders(t *testing.T) {
	o := someFolders(t)
	_, f := lookAt(t, o, time.Now().Add(time.Hour))
	b := appendFolders(f.root, true)
	root, blind, ok := readFolders(b)
	if !ok || !blind || string(appendFolders(root, blind)) != string(b) {
		t.Error("what was written is read as something else")
	}
	for i := range b {
		if _, _, ok := readFolders(b[:i]); ok {
			t.Fatalf("%d of %d bytes are believed", i, len(b))
		}
	}
}

// TestFoldersOfBuild deletes a file of an output whose folders have stamps: the
// whole pass brings it back, and an edit before that needs none.
func TestFoldersOfBuild(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("waits until changes are settled")
	}
	root := t.TempDir()
	made, err := corpus.Write(root, corpus.Options{Seed: 5, Documents: 12})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Root: root, AsOf: benchDay, NoPDF: true}
	built(t, "nothing", o)
	time.Sleep(time.Duration(settled) + tick)
	document := filepath.Join(root, "content", filepath.FromSlash(made.Documents[4]))
	for i := range 3 {
		writeFile(t, document, strings.TrimRight(readFile(t, document), "\n")+"\n\n此外另有一段。\n")
		if !built(t, "an edit", o).Texts {
			t.Errorf("edit %d: the whole pass was taken", i)
		}
	}
	pages := glob(t, filepath.Join(root, "public", "documents", "*", "*", "*", "index.html"))
	if len(pages) == 0 {
		t.Fatal("no pages stand")
	}
	if err := os.Remove(pages[0]); err != nil {
		t.Fatal(err)
	}
	writeFile(t, document, strings.TrimRight(readFile(t, document), "\n")+"\n\n此外另有一段。\n")
	if built(t, "a file gone", o).Texts {
		t.Error("a file is gone, and only texts were looked at")
	}
}
