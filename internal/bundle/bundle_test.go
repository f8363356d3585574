package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/bundle"
	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// A site is the files of one, by path.
type site map[string]string

func (s site) list(t testing.TB) inventory.List {
	t.Helper()
	files := []inventory.File{}
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

// write writes a bundle into a new folder.
func (s site) write(t testing.TB, from site, volume int64) []string {
	t.Helper()
	o := bundle.Options{
		Name: filepath.Join(t.TempDir(), "b.zip"), Site: s.list(t), Source: s.source, VolumeSize: volume,
		Manifest: bundle.Manifest{Title: "示范市人民政府公报", Built: "2026-11-27", Tool: "test"}, Readme: func(bundle.Manifest) string { return "说明" },
	}
	if from != nil {
		o.From = from.list(t)
	}
	names, _, err := bundle.Write(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// noise is text that compresses to half its size.
func noise(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "0123456789abcdef"[r.IntN(16)]
	}
	return string(b)
}

// edited is a site after some edits.
func edited(r *rand.Rand, old site) site {
	out := maps.Clone(old)
	if out == nil {
		out = site{}
	}
	for range 1 + r.IntN(20) {
		p := fmt.Sprintf("documents/%d/%s", r.IntN(30), []string{"index.html", "files/附件.pdf", "index.json", "index.akn.xml"}[r.IntN(4)])
		if r.IntN(4) == 0 {
			delete(out, p)
		} else {
			out[p] = noise(r, r.IntN(12000))
		}
	}
	out["index.html"], out["sw.js"] = fmt.Sprint(r.Uint32()), fmt.Sprint(r.Uint32())
	delete(out, "topics")
	delete(out, "topics/index.html")
	out[[]string{"topics", "topics/index.html"}[r.IntN(2)]] = "x"
	return out
}

func apply(t testing.TB, dir string, o deploy.Options, names ...string) (deploy.Report, error) {
	t.Helper()
	b, err := bundle.Open(names...)
	if err != nil {
		return deploy.Report{}, err
	}
	defer b.Close()
	target, err := deploy.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if o.By == "" {
		o.By = "here"
	}
	return bundle.Apply(t.Context(), target, b, o)
}

func tree(t testing.TB, dir string) site {
	t.Helper()
	out := site{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(p, inventory.Mark) {
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

func fill(t testing.TB, dir string, s site) {
	t.Helper()
	for p, text := range s {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func problem(t *testing.T, err error, key string) *deploy.Problem {
	t.Helper()
	p, ok := errors.AsType[*deploy.Problem](err)
	if !ok || p.Key != key {
		t.Fatalf("the error is %v, want the problem %s", err, key)
	}
	return p
}

// underRace is set where the race detector runs, which takes ten times as long; what goes
// wrong between goroutines shows in fewer rounds.
var underRace bool

// TestBundlesEqualTheWhole loads bundle after bundle of edits, in volumes or not, into a
// folder: each time it is the site, byte for byte, and foreign files stay.
func TestBundlesEqualTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 6))
	dir, now := t.TempDir(), site(nil)
	fill(t, dir, site{"theirs.html": "theirs"})
	rounds := 60
	if underRace {
		rounds = 20
	}
	for round := range rounds {
		next := edited(r, now)
		var from site
		if now != nil && r.IntN(8) > 0 {
			from = now
		}
		volume := []int64{0, 0, 90_000, 150_000}[r.IntN(4)]
		names := next.write(t, from, volume)
		for _, n := range names {
			if info, err := os.Stat(n); err != nil || volume > 0 && info.Size() > volume {
				t.Fatalf("round %d: %s has %d bytes of %d, %v", round, n, info.Size(), volume, err)
			}
		}
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		if _, err := apply(t, dir, deploy.Options{}, names...); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		want := maps.Clone(next)
		want["theirs.html"] = "theirs"
		if got := tree(t, dir); !maps.Equal(got, want) {
			t.Fatalf("round %d: the folder is another site", round)
		}
		if rep, err := apply(t, dir, deploy.Options{}, names...); err != nil || len(rep.Steps) > 0 {
			t.Fatalf("round %d: loaded again: %+v, %v", round, rep, err)
		}
		now = next
	}
}

// TestSameBytes writes a bundle twice.
func TestSameBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	first := edited(r, nil)
	second := edited(r, first)
	for _, volume := range []int64{0, 60_000} {
		a, b := second.write(t, first, volume), second.write(t, first, volume)
		for i := range a {
			x, errX := os.ReadFile(a[i])
			y, errY := os.ReadFile(b[i])
			if errX != nil || errY != nil || !bytes.Equal(x, y) {
				t.Errorf("volume %d differs", i+1)
			}
		}
	}
}

// TestOtherProgramsReadIt unpacks a bundle and checks its lists as a person would who
// has no gongbao.
func TestOtherProgramsReadIt(t *testing.T) {
	for _, tool := range []string{"unzip -v", "sha256sum /dev/null", "cksum -a sm3 /dev/null", "xargs -d '\\n' --version"} {
		if err := exec.Command("sh", "-c", tool).Run(); err != nil {
			t.Skipf("%s does not run on this machine", tool)
		}
	}
	first := site{"index.html": "1", "documents/示府办发/附件 1.pdf": "pdf", "gone.html": "1"}
	second := site{"index.html": "2", "documents/示府办发/附件 1.pdf": "pdf", "new/index.html": "2"}
	dir := t.TempDir()
	fill(t, dir, first)
	unpacked := t.TempDir()
	sh := func(in, command string) string {
		t.Helper()
		c := exec.Command("sh", "-c", command)
		c.Dir = in
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	name := second.write(t, first, 0)[0]
	sh(unpacked, "unzip -q "+name)
	if names := sh(unpacked, "unzip -Z1 "+name); !strings.HasPrefix(names, "new/index.html\nindex.html\n_bundle/") {
		t.Errorf("the order is %s", names)
	}
	sh(unpacked, "sha256sum -c --strict _bundle/SHA256SUMS")
	sh(dir, "sha256sum -c --strict "+unpacked+"/_bundle/FORMER.SHA256SUMS")
	sh(unpacked, "cksum -a sm3 -c --strict _bundle/SM3SUMS")
	sh(dir, "cp -r "+unpacked+"/index.html "+unpacked+"/new . && xargs -d '\\n' rm < "+unpacked+"/_bundle/deleted.txt")
	sh(dir, "sha256sum -c --strict "+unpacked+"/_bundle/SITE.SHA256SUMS && cksum -a sm3 -c --strict "+unpacked+"/_bundle/SITE.SM3SUMS")
	if sum := sh(unpacked, "sha256sum _bundle/SITE.SHA256SUMS"); !strings.HasPrefix(sum, second.list(t).Sum().String()) {
		t.Errorf("the state is %s", sum)
	}
	// Loaded by hand, it is what gongbao knows how to go on from.
	third := site{"index.html": "3", "documents/示府办发/附件 1.pdf": "pdf", "new/index.html": "2"}
	if rep, err := apply(t, dir, deploy.Options{}, third.write(t, second, 0)...); err != nil || rep.Changed != 1 || rep.New+rep.Deleted > 0 {
		t.Errorf("Apply = %+v, %v", rep, err)
	}
}

// failing is a folder whose disk is full after some files.
type failing struct {
	deploy.Target
	left int
}

var errFull = errors.New("the disk is full")

func (f *failing) Put(ctx context.Context, name string, r io.Reader, how deploy.Form) error {
	if f.left--; f.left < 0 {
		return errFull
	}
	return f.Target.Put(ctx, name, r, how)
}

// TestInterruptedLoadingGoesOn breaks off everywhere, with and without what the folder
// keeps of it.
func TestInterruptedLoadingGoesOn(t *testing.T) {
	first := site{"index.html": "1", "a.pdf": "1", "old.html": "1", "same.css": "1"}
	second := site{"index.html": "2", "a.pdf": "2", "new.html": "2", "same.css": "1"}
	names := second.write(t, first, 0)
	for left := range 12 {
		for _, forget := range []bool{false, true} {
			dir := t.TempDir()
			if _, err := apply(t, dir, deploy.Options{}, first.write(t, nil, 0)...); err != nil {
				t.Fatal(err)
			}
			b, err := bundle.Open(names...)
			if err != nil {
				t.Fatal(err)
			}
			target, err := deploy.OpenFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			_, err = bundle.Apply(t.Context(), &failing{target, left}, b, deploy.Options{By: "here"})
			if err != nil && !errors.Is(err, errFull) {
				t.Fatal(err)
			}
			if err := errors.Join(target.Close(), b.Close()); err != nil {
				t.Fatal(err)
			}
			if forget {
				for _, n := range []string{"deployed", "deploying", "progress"} {
					_ = os.Remove(filepath.Join(dir, inventory.Mark+n)) // may not be there
				}
			}
			if _, err := apply(t, dir, deploy.Options{}, names...); err != nil {
				t.Fatalf("after %d, forgotten %t: %v", left, forget, err)
			}
			if got := tree(t, dir); !maps.Equal(got, second) {
				t.Fatalf("after %d, forgotten %t: the folder is %v", left, forget, got)
			}
		}
	}
}

func TestFolderMustBeAtTheFormerState(t *testing.T) {
	one := site{"index.html": "1", "a.html": "1", "b.html": "1"}
	two := site{"index.html": "2", "a.html": "2", "b.html": "1"}
	three := site{"index.html": "3", "a.html": "2", "b.html": "1"}
	toTwo, toThree := two.write(t, one, 0), three.write(t, two, 0)
	for _, known := range []bool{true, false} {
		dir := t.TempDir()
		if known {
			if _, err := apply(t, dir, deploy.Options{}, one.write(t, nil, 0)...); err != nil {
				t.Fatal(err)
			}
		} else {
			fill(t, dir, one)
		}
		_, err := apply(t, dir, deploy.Options{}, toThree...)
		p := problem(t, err, "bundle-base")
		if !slices.Contains(p.Paths, "a.html") || p.Args[1] != two.list(t).Sum().String()[:12] {
			t.Errorf("the problem is %+v", p)
		}
		if got := tree(t, dir); !maps.Equal(got, one) {
			t.Fatal("something was touched")
		}
		for _, names := range [][]string{toTwo, toThree} {
			if _, err := apply(t, dir, deploy.Options{}, names...); err != nil {
				t.Fatal(err)
			}
		}
		// One that was loaded before: no file is another's, and nothing goes back.
		_, err = apply(t, dir, deploy.Options{}, toTwo...)
		problem(t, err, "bundle-base")
		if got := tree(t, dir); !maps.Equal(got, three) {
			t.Fatal("the folder is another site")
		}
	}
	// A file that somebody changed, one that is in the way.
	dir := t.TempDir()
	fill(t, dir, one)
	fill(t, dir, site{"a.html": "by hand"})
	_, err := apply(t, dir, deploy.Options{}, toTwo...)
	problem(t, err, "foreign")
	if _, err := apply(t, dir, deploy.Options{Overwrite: true}, toTwo...); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); !maps.Equal(got, two) {
		t.Fatal("the folder is another site")
	}
	four := maps.Clone(three)
	four["mine.html"] = "4"
	fill(t, dir, site{"mine.html": "theirs"})
	if _, err := apply(t, dir, deploy.Options{}, toThree...); err != nil {
		t.Fatal(err)
	}
	_, err = apply(t, dir, deploy.Options{}, four.write(t, three, 0)...)
	problem(t, err, "foreign")
	if got := tree(t, dir)["mine.html"]; got != "theirs" {
		t.Error("a foreign file was replaced")
	}
}

// folding is a disk of Windows or macOS: names that differ in capitals only are the same
// file.
type folding struct{ deploy.Target }

func (f folding) Put(ctx context.Context, name string, r io.Reader, how deploy.Form) error {
	return f.Target.Put(ctx, strings.ToLower(name), r, how)
}

func (f folding) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	return f.Target.Get(ctx, strings.ToLower(name))
}

func (f folding) Has(ctx context.Context, name string) (bool, error) {
	return f.Target.Has(ctx, strings.ToLower(name))
}

func (f folding) Delete(ctx context.Context, name string) error {
	return f.Target.Delete(ctx, strings.ToLower(name))
}

func TestOtherSpellingOfANameIsNotLost(t *testing.T) {
	first := site{"index.html": "1", "files/Plan.PDF": "same", "docs/A.html": "1"}
	second := site{"index.html": "1", "files/plan.pdf": "same", "docs/a.html": "2"}
	for _, known := range []bool{true, false} {
		dir := t.TempDir()
		load := func(names []string) {
			t.Helper()
			b, err := bundle.Open(names...)
			if err != nil {
				t.Fatal(err)
			}
			target, err := deploy.OpenFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			_, err = bundle.Apply(t.Context(), folding{target}, b, deploy.Options{By: "here"})
			if err = errors.Join(err, target.Close(), b.Close()); err != nil {
				t.Fatalf("state known %t: %v", known, err)
			}
		}
		load(first.write(t, nil, 0))
		if !known {
			if err := os.Remove(filepath.Join(dir, inventory.Mark+"deployed")); err != nil {
				t.Fatal(err)
			}
		}
		load(second.write(t, first, 0))
		if got := tree(t, dir); !maps.Equal(got, second) {
			t.Errorf("state known %t: the folder is %v", known, got)
		}
	}
}

// entry is one of a zip file that somebody made.
type entry struct {
	name, text string
	mode       fs.FileMode
}

// forged rewrites a bundle: change may take entries away, add or alter them.
func forged(t testing.TB, name string, change func([]entry) []entry) string {
	t.Helper()
	in, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var entries []entry
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry{name: f.Name, text: string(b), mode: 0o644})
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range change(entries) {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(e.mode)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "forged.zip")
	if err := os.WriteFile(to, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

// edit changes the text of one entry.
func edit(name string, change func(string) string) func([]entry) []entry {
	return func(es []entry) []entry {
		for i := range es {
			if es[i].name == name {
				es[i].text = change(es[i].text)
			}
		}
		return es
	}
}

func with(e entry) func([]entry) []entry {
	return func(es []entry) []entry { return append([]entry{e}, es...) }
}

func without(name string) func([]entry) []entry {
	return func(es []entry) []entry {
		return slices.DeleteFunc(es, func(e entry) bool { return e.name == name })
	}
}

// TestHostileBundles loads what nobody should: nothing is touched, and a problem says why.
func TestHostileBundles(t *testing.T) {
	first := site{"index.html": "1", "gone.html": "1", "same.css": "1"}
	second := site{"index.html": "2", "new.html": "2", "same.css": "1"}
	name := second.write(t, first, 0)[0]
	cut := func(n int) func(string) string { return func(s string) string { return s[:len(s)-n] } }
	other := strings.Repeat("ab", 32)
	for what, c := range map[string]struct {
		change func([]entry) []entry
		key    string
	}{
		"a path that leads out":        {with(entry{name: "../evil.html", mode: 0o644}), "bundle-path"},
		"a path from the root":         {with(entry{name: "/etc/evil", mode: 0o644}), "bundle-path"},
		"a path of Windows":            {with(entry{name: `..\evil.html`, mode: 0o644}), "bundle-path"},
		"our own files":                {with(entry{name: ".gongbao-deployed", mode: 0o644}), "bundle-path"},
		"a link":                       {with(entry{name: "link", text: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), "bundle-entry"},
		"a folder":                     {with(entry{name: "folder/", mode: fs.ModeDir | 0o755}), "bundle-path"},
		"an entry twice":               {with(entry{name: "index.html", text: "2", mode: 0o644}), "bundle-entry-twice"},
		"a file too many":              {with(entry{name: "more.html", mode: 0o644}), "bundle-disagrees"},
		"a file too few":               {without("new.html"), "bundle-disagrees"},
		"a file that is replaced":      {without("index.html"), "bundle-disagrees"},
		"other bytes of the same size": {edit("index.html", func(string) string { return "9" }), "bundle-sum"},
		"other bytes":                  {edit("index.html", func(string) string { return "99" }), "bundle-disagrees"},
		"no manifest":                  {without("_bundle/manifest.json"), "bundle-last"},
		"no volume":                    {without("_bundle/volume.json"), "bundle-none"},
		"an empty manifest":            {edit("_bundle/manifest.json", func(string) string { return "" }), "bundle-none"},
		"another form":                 {edit("_bundle/manifest.json", func(s string) string { return strings.Replace(s, bundle.Form, "x", 1) }), "bundle-none"},
		"no list":                      {without("_bundle/SITE.SHA256SUMS"), "bundle-lacks"},
		"a list cut":                   {edit("_bundle/SITE.SHA256SUMS", cut(3)), "bundle-disagrees"},
		"a list that is none":          {edit("_bundle/FORMER.SHA256SUMS", func(string) string { return "x" }), "bundle-list"},
		"deletions that nobody lists":  {edit("_bundle/deleted.txt", func(s string) string { return s + "same.css\n" }), "bundle-disagrees"},
		"deletions that lead out":      {edit("_bundle/deleted.txt", func(string) string { return "../../etc/passwd\n" }), "bundle-list"},
		"no deletions":                 {edit("_bundle/deleted.txt", func(string) string { return "" }), "bundle-disagrees"},
		"deletions twice":              {edit("_bundle/deleted.txt", func(s string) string { return s + s }), "bundle-list"},
		"another former state":         {edit("_bundle/FORMER.SHA256SUMS", func(s string) string { return other + s[64:] }), "bundle-disagrees"},
		"more volumes":                 {edit("_bundle/manifest.json", func(s string) string { return strings.Replace(s, `"volumes": 1`, `"volumes": 2`, 1) }), "bundle-volume-missing"},
		"no end of volumes":            {edit("_bundle/manifest.json", func(s string) string { return strings.Replace(s, `"volumes": 1`, `"volumes": 999999999`, 1) }), "bundle-volume-missing"},
	} {
		dir := t.TempDir()
		fill(t, dir, first)
		_, err := apply(t, dir, deploy.Options{}, forged(t, name, c.change))
		if p, ok := errors.AsType[*deploy.Problem](err); !ok || p.Key != c.key {
			t.Errorf("%s: %v, want the problem %s", what, err, c.key)
		}
		if got := tree(t, dir); !maps.Equal(got, first) {
			t.Errorf("%s: something was touched", what)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 10, len(b) / 2, len(b) - 1} {
		torn := filepath.Join(t.TempDir(), "torn.zip")
		if err := os.WriteFile(torn, b[:size], 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := bundle.Open(torn)
		problem(t, err, "bundle-zip")
	}
	if _, err := bundle.Open(filepath.Join(t.TempDir(), "none.zip")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of nothing = %v", err)
	}
}

// TestBombs: what says that it is larger than it can be, and what is larger than it says.
func TestBombs(t *testing.T) {
	name := site{"index.html": "1"}.write(t, nil, 0)[0]
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// The size of index.html in the list of contents: 24 bytes into its record.
	at := bytes.Index(b, []byte("PK\x01\x02")) + 24
	for size, key := range map[string]string{"\x00\x00\x00\x40": "bundle-bomb", "\x00\x00\x00\x00": "bundle-disagrees"} {
		forged := slices.Concat(b[:at], []byte(size), b[at+4:])
		to := filepath.Join(t.TempDir(), "bomb.zip")
		if err := os.WriteFile(to, forged, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := bundle.Open(to)
		problem(t, err, key)
	}
}

// TestEntriesMayNotShareTheirBytes: a thousand entries of a list of contents that point to
// the same megabyte are no gigabyte.
func TestEntriesMayNotShareTheirBytes(t *testing.T) {
	text := make([]byte, 1<<20)
	for i := range text {
		text[i] = byte(rand.Uint32())
	}
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	f, err := w.Create("a0000.pdf")
	if err == nil {
		_, err = f.Write(text)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	b := packed.Bytes()
	at, end := bytes.Index(b, []byte("PK\x01\x02")), bytes.Index(b, []byte("PK\x05\x06"))
	out := slices.Clone(b[:at])
	for i := range 1000 {
		out = append(out, bytes.ReplaceAll(b[at:end], []byte("a0000"), fmt.Appendf(nil, "a%04d", i))...)
	}
	tail := slices.Clone(b[end:])
	binary.LittleEndian.PutUint16(tail[8:], 1000)
	binary.LittleEndian.PutUint16(tail[10:], 1000)
	binary.LittleEndian.PutUint32(tail[12:], uint32(1000*(end-at)))
	name := filepath.Join(t.TempDir(), "shared.zip")
	if err := os.WriteFile(name, append(out, tail...), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = bundle.Open(name)
	problem(t, err, "bundle-bomb")
}

func TestVolumesBelongTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	one := edited(r, nil)
	two := edited(r, one)
	a, b := one.write(t, nil, 60_000), two.write(t, nil, 60_000)
	if len(a) < 2 || len(b) < 2 {
		t.Fatalf("%d and %d volumes", len(a), len(b))
	}
	for _, c := range []struct {
		names []string
		key   string
	}{{a[:1], "bundle-last"}, {a[1:], "bundle-volume-missing"}, {slices.Concat(a, a[:1]), "bundle-twice"}, {slices.Concat(b[:1], a[1:]), "bundle-other"}} {
		_, err := bundle.Open(c.names...)
		if p, ok := errors.AsType[*deploy.Problem](err); !ok || p.Key != c.key && p.Key != "bundle-entry-twice" {
			t.Errorf("%v: %v, want the problem %s", c.names, err, c.key)
		}
	}
	_, _, err := bundle.Write(t.Context(), bundle.Options{
		Name: filepath.Join(t.TempDir(), "b.zip"), Site: one.list(t), Source: one.source, VolumeSize: 1000, Readme: func(bundle.Manifest) string { return "" },
	})
	problem(t, err, "bundle-volume")
}

// A file that changed after the build, or while the bundle is written, stops it, and
// nothing is left behind.
func TestWriteLeavesNothingBehind(t *testing.T) {
	s := site{"index.html": "1", "a.pdf": "1"}
	l := s.list(t)
	dir := t.TempDir()
	reads := 0
	for _, changed := range []int{1, 2} {
		reads = 0
		_, _, err := bundle.Write(t.Context(), bundle.Options{
			Name: filepath.Join(dir, "b.zip"), Site: l, Readme: func(bundle.Manifest) string { return "" },
			Source: func(p string) (io.ReadCloser, error) {
				if p != "a.pdf" {
					return s.source(p)
				}
				if reads++; reads >= changed {
					return io.NopCloser(strings.NewReader("2")), nil
				}
				return s.source(p)
			},
		})
		if err == nil {
			t.Errorf("a file that changed before reading %d is in the bundle", changed)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("left behind: %v, %v", entries, err)
		}
	}
}

// Where a volume cannot have its name, none has.
func TestWriteOfVolumesThatHaveNoPlace(t *testing.T) {
	s := edited(rand.New(rand.NewPCG(4, 4)), nil)
	dir := t.TempDir()
	inTheWay := filepath.Join(dir, "b-2.zip", "folder")
	if err := os.MkdirAll(inTheWay, 0o755); err != nil {
		t.Fatal(err)
	}
	_, _, err := bundle.Write(t.Context(), bundle.Options{
		Name: filepath.Join(dir, "b.zip"), Site: s.list(t), Source: s.source, VolumeSize: 60_000, Readme: func(bundle.Manifest) string { return "" },
	})
	if err == nil || strings.Contains(err.Error(), "no such file") {
		t.Errorf("Write = %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func FuzzOpen(f *testing.F) {
	name := site{"index.html": "2", "new.html": "2"}.write(f, site{"index.html": "1"}, 0)[0]
	b, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		name := filepath.Join(t.TempDir(), "b.zip")
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		o, err := bundle.Open(name)
		if err != nil {
			return
		}
		defer o.Close()
		if o.Site.Sum().String() != o.Manifest.To {
			t.Error("a bundle leads to another state than it says")
		}
		for _, p := range o.Deleted {
			if _, stays := o.Site.Find(p); stays {
				t.Errorf("%s is deleted and stays", p)
			}
		}
	})
}
