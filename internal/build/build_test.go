package build_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/publish"
)

var asOf = gazette.NewDate(2026, 11, 23)

// A document of the generated site.
type document struct {
	path, title, body  string
	serial, cites      int
	signed             gazette.Date
	years              int // of validity; 0 for none
	published          gazette.Date
	relation           string // kind, towards cites
	draft, attachment  bool
	corrected          bool // a text on record may change
	alias, attachments string
}

// A site is the model of a generated site: write makes its files.
type site struct {
	title, layout, ledger string
	docs                  []*document
	next                  int
	asOf                  gazette.Date
	names                 *strings.Replacer // of another gazette; nil: none
}

func (d *document) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\nnumber = \"示府办发〔2023〕%d号\"\nclass = \"行政规范性文件\"\nissuers = [\"示范市人民政府办公室\"]\n", d.title, d.serial)
	fmt.Fprintf(&b, "signed = %s\neffective = %s\ndisclosure = \"主动公开\"\ntopics = [\"城乡建设/第%d类\"]\n", d.signed, d.signed.AddDays(30), d.serial%3)
	if d.years > 0 {
		fmt.Fprintf(&b, "valid_for = \"%dy\"\n", d.years)
	}
	if !d.published.IsZero() {
		fmt.Fprintf(&b, "published = %s\n", d.published)
	}
	if d.draft {
		b.WriteString("draft = true\n")
	}
	if d.alias != "" {
		fmt.Fprintf(&b, "aliases = [%q]\n", d.alias)
	}
	if d.attachment {
		fmt.Fprintf(&b, "attachments = [{ file = \"表%d.csv\", title = \"附表\" }]\n", d.serial)
	}
	if d.corrected {
		b.WriteString("[[corrections]]\ndate = 2030-01-01\nwhat = \"文字\"\n")
	}
	if d.relation != "" {
		fmt.Fprintf(&b, "[[relations]]\nkind = %q\ntarget = \"示府办发〔2023〕%d号\"\n", d.relation, d.cites)
	}
	fmt.Fprintf(&b, "+++\n\n第一条　%s\n\n第二条　依据示府办发〔2023〕%d号，见《示范市第%d号事项办法》第一条。\n", d.body, d.cites, d.cites)
	return b.String()
}

func newSite(n int) *site {
	s := &site{title: "示范市人民政府公报", asOf: asOf}
	for range n {
		s.add()
	}
	return s
}

func (s *site) add() {
	s.next++
	n := s.next
	s.docs = append(s.docs, &document{
		path: fmt.Sprintf("documents/2023/d%d.md", n), serial: n, cites: max(1, n-1),
		title: fmt.Sprintf("示范市人民政府办公室关于印发示范市第%d号事项办法的通知", n), body: fmt.Sprintf("为了做好第%d号事项，制定本办法。", n),
		signed: gazette.NewDate(2022, 1, 1).AddDays(n * 40), years: n % 6, attachment: n%4 == 0,
	})
}

// files are all files of the site, by path.
func (s *site) files() map[string]string {
	out := map[string]string{
		"config.toml":                         fmt.Sprintf("base_url = \"https://gongbao.example.gov.cn/\"\n[site]\ntitle = %q\nlist_size = 5\n[gazette]\nname = \"公报\"\nprinter = \"示范市印刷厂\"\n", s.title),
		"content/data/issuers.toml":           "[[issuer]]\nname = \"示范市人民政府办公室\"\ncode = \"sfb\"\nlevel = \"市\"\n",
		"content/data/series.toml":            "[[series]]\nname = \"示府办发\"\ncode = \"sfbf\"\n",
		"content/data/columns.toml":           "[[column]]\nname = \"办法\"\ncode = \"banfa\"\nforms = [\"办法\"]\n",
		"content/pages/about.md":              "+++\ntitle = \"关于\"\n+++\n\n本公报。\n",
		"content/questions/q1.md":             "+++\ntitle = \"第一号事项问答\"\nabout = [\"示府办发〔2023〕1号\"]\npublished = 2023-06-01\n+++\n\n见示府办发〔2023〕2号。\n",
		"content/interpretations/i1/index.md": "+++\ntitle = \"第二号事项图解\"\nforms = [\"图文\"]\nabout = [\"示府办发〔2023〕2号\"]\npublished = 2023-06-02\n+++\n\n![图](图.png)\n",
		"content/interpretations/i1/图.png":    "png",
		"content/consultations/c1.md":         "+++\ntitle = \"征求意见\"\nopens = 2026-11-20\ncloses = 2026-11-25\n+++\n\n欢迎。\n",
	}
	var numbers []string
	for _, d := range s.docs {
		out["content/"+d.path] = d.text()
		if d.attachment {
			out[fmt.Sprintf("content/%s/表%d.csv", filepath.ToSlash(filepath.Dir(d.path)), d.serial)] = "序号,任务\n1," + d.attachments + "\n"
		}
		if !d.draft && d.published.IsZero() && len(numbers) < 4 {
			numbers = append(numbers, fmt.Sprintf("\"示府办发〔2023〕%d号\"", d.serial))
		}
	}
	if len(numbers) > 0 {
		out["content/issues/2023-01.md"] = "+++\nyear = 2023\nno = 1\ndate = 2023-06-30\nsections = [{ title = \"文件\", documents = [" + strings.Join(numbers, ", ") + "] }]\n+++\n"
	}
	if s.layout != "" {
		out["layouts/partials/footer.html"] = s.layout
	}
	if s.ledger != "" {
		out["content/data/ledger/2026.ndjson"] = s.ledger
	}
	for name, text := range out {
		if s.names != nil {
			out[name] = s.names.Replace(text)
		}
	}
	return out
}

// write makes the folder hold the site's files, and touches no other.
func (s *site) write(t *testing.T, root string) {
	t.Helper()
	want := s.files()
	for _, dir := range []string{"content", "layouts"} {
		for name := range tree(t, filepath.Join(root, dir)) {
			if _, ok := want[dir+"/"+name]; !ok {
				if err := os.Remove(filepath.Join(root, dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, text := range want {
		name = filepath.Join(root, name)
		if b, err := os.ReadFile(name); err == nil && string(b) == text {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tree reads a folder: name → hash of the bytes.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(b))
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

func difference(got, want map[string]string) string {
	var out []string
	for name := range want {
		if _, ok := got[name]; !ok {
			out = append(out, "missing "+name)
		} else if got[name] != want[name] {
			out = append(out, "differs "+name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			out = append(out, "too many "+name)
		}
	}
	slices.Sort(out)
	return strings.Join(out[:min(len(out), 12)], "\n")
}

func run(t *testing.T, o build.Options) build.Result {
	t.Helper()
	r, err := build.Build(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustPublish(t *testing.T, o build.Options) build.Result {
	t.Helper()
	r := run(t, o)
	if !r.Published {
		var b bytes.Buffer
		for _, f := range r.Findings {
			if f.Severity == diag.Error {
				fmt.Fprintln(&b, f.Pos, f.Rule, f.Args)
			}
		}
		t.Fatalf("not published:\n%s", b.String())
	}
	return r
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	root := t.TempDir()
	newSite(20).write(t, root)
	var first map[string]string
	for _, procs := range []int{1, runtime.NumCPU(), 7} {
		old := runtime.GOMAXPROCS(procs)
		out := filepath.Join(t.TempDir(), "site")
		mustPublish(t, build.Options{Root: root, Output: out, AsOf: asOf, NoCache: true})
		runtime.GOMAXPROCS(old)
		got := tree(t, out)
		if first == nil {
			first = got
		} else if d := difference(got, first); d != "" {
			t.Errorf("with GOMAXPROCS %d:\n%s", procs, d)
		}
	}
	if len(first) < 60 {
		t.Errorf("%d files only", len(first))
	}
}

func TestUnchangedSiteIsNotWritten(t *testing.T) {
	root := t.TempDir()
	newSite(12).write(t, root)
	o := build.Options{Root: root, AsOf: asOf}
	first := mustPublish(t, o)
	if first.Written == 0 || first.Digested == 0 {
		t.Fatalf("first run: %+v", first.Result)
	}
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for name := range tree(t, filepath.Join(root, "public")) {
		if err := os.Chtimes(filepath.Join(root, "public", name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	r := mustPublish(t, o)
	if r.Written != 0 || r.Deleted != 0 || r.Kept != first.Written || r.Digested != 0 {
		t.Errorf("second run: written %d, deleted %d, kept %d, read %d; want 0, 0, %d, 0", r.Written, r.Deleted, r.Kept, r.Digested, first.Written)
	}
	for name := range tree(t, filepath.Join(root, "public")) {
		if info, err := os.Stat(filepath.Join(root, "public", name)); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was touched", name)
		}
	}
}

func TestNextDayWritesFewFiles(t *testing.T) {
	root := t.TempDir()
	s := newSite(12)
	s.write(t, root)
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	r := mustPublish(t, build.Options{Root: root, AsOf: asOf.AddDays(1)})
	if r.Written != 1 { // status.json
		t.Errorf("the next day wrote %d files, want 1: pages carry intervals, not the day", r.Written)
	}
}

func TestErrorsKeepTheOldSite(t *testing.T) {
	root := t.TempDir()
	s := newSite(5)
	s.write(t, root)
	o := build.Options{Root: root, AsOf: asOf}
	mustPublish(t, o)
	before := tree(t, filepath.Join(root, "public"))
	s.docs[1].serial = s.docs[2].serial
	s.docs[0].body = "改动。"
	s.write(t, root)
	if r := run(t, o); r.Published || r.Written != 0 {
		t.Errorf("published %v, written %d with a number used twice", r.Published, r.Written)
	}
	if d := difference(tree(t, filepath.Join(root, "public")), before); d != "" {
		t.Errorf("the site changed:\n%s", d)
	}
}

func TestStrictStopsAtWarnings(t *testing.T) {
	root := t.TempDir()
	s := newSite(3)
	s.docs[1].relation, s.docs[1].cites = "implements", 99
	s.write(t, root)
	if r := run(t, build.Options{Root: root, AsOf: asOf, Strict: true}); r.Published {
		t.Error("published with a warning")
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
}

func TestDraftsAndFutureFilesArePreviewedOnly(t *testing.T) {
	root := t.TempDir()
	s := newSite(6)
	s.docs[4].draft = true
	s.docs[5].published = asOf.AddDays(1)
	s.write(t, root)
	pages := func(out string, o build.Options) (draft, future bool) {
		o.Root, o.Output = root, filepath.Join(root, out)
		mustPublish(t, o)
		files := tree(t, o.Output)
		for name := range files {
			b, _ := os.ReadFile(filepath.Join(o.Output, name))
			draft = draft || bytes.Contains(b, []byte("为了做好第5号事项"))
			future = future || bytes.Contains(b, []byte("为了做好第6号事项"))
		}
		return draft, future
	}
	if draft, future := pages("a", build.Options{AsOf: asOf}); draft || future {
		t.Errorf("draft %v, future %v in the site", draft, future)
	}
	if draft, future := pages("b", build.Options{AsOf: asOf.AddDays(1)}); draft || !future {
		t.Errorf("draft %v, future %v in the site of the next day, want false, true", draft, future)
	}
	if draft, future := pages("c", build.Options{AsOf: asOf, Drafts: true}); !draft || !future {
		t.Errorf("draft %v, future %v in the preview, want both", draft, future)
	}
}

func TestReviewsAreNeverPublished(t *testing.T) {
	root := t.TempDir()
	newSite(2).write(t, root)
	text := "+++\ntitle = \"示范市须知\"\ndisclosure = \"主动公开\"\n[[review]]\nstep = \"保密审查\"\nby = \"审查人某某\"\non = 2023-05-19\n+++\n\n正文。\n<!-- 编辑批注 -->\n"
	if err := os.WriteFile(filepath.Join(root, "content/documents/2023/r.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	for name := range tree(t, filepath.Join(root, "public")) {
		b, _ := os.ReadFile(filepath.Join(root, "public", name))
		for _, secret := range []string{"审查人某某", "保密审查", "编辑批注"} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

func TestFilesBesideTheContentAreCopiedOnlyIfNamed(t *testing.T) {
	root := t.TempDir()
	newSite(4).write(t, root)
	if err := os.WriteFile(filepath.Join(root, "content/documents/2023/内部.docx"), []byte("不公开"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	files := tree(t, filepath.Join(root, "public"))
	if _, ok := files["documents/sfbf/2023/4/files/表4.csv"]; !ok {
		t.Error("the attachment is missing")
	}
	for name := range files {
		if strings.Contains(name, "内部") {
			t.Errorf("%s was published", name)
		}
	}
}

// An edit changes the model in one way.
type edit struct {
	name string
	do   func(s *site, d *document, r *rand.Rand)
}

// edits leave a site without errors.
var edits = []edit{
	{"body", func(_ *site, d *document, r *rand.Rand) { d.body = fmt.Sprintf("第%d次改动。", r.IntN(1000)) }},
	{"title", func(_ *site, d *document, r *rand.Rand) {
		d.title = fmt.Sprintf("示范市人民政府办公室关于印发示范市第%d号事项细则的通知", 100+r.IntN(1000))
	}},
	{"number", func(s *site, d *document, _ *rand.Rand) { s.next++; d.serial = s.next }},
	{"delete", func(s *site, d *document, _ *rand.Rand) {
		if len(s.docs) > 4 {
			s.docs = slices.DeleteFunc(s.docs, func(x *document) bool { return x == d })
		}
	}},
	{"add", func(s *site, _ *document, _ *rand.Rand) { s.add() }},
	{"rename", func(_ *site, d *document, r *rand.Rand) {
		d.path = fmt.Sprintf("documents/2023/renamed-%d-%d.md", d.serial, r.IntN(1000))
	}},
	{"config", func(s *site, _ *document, r *rand.Rand) { s.title = fmt.Sprintf("示范市公报 %d", r.IntN(1000)) }},
	{"layout", func(s *site, _ *document, r *rand.Rand) {
		s.layout = fmt.Sprintf("{{define \"footer\"}}<footer>页脚 %d</footer>{{end}}\n", r.IntN(1000))
		if r.IntN(3) == 0 {
			s.layout = ""
		}
	}},
	{"day", func(s *site, _ *document, r *rand.Rand) { s.asOf = s.asOf.AddDays(r.IntN(600) - 200) }},
	{"relation", func(_ *site, d *document, r *rand.Rand) {
		kinds := []string{"", "repeals", "amends", "implements", "suspends"}
		if d.relation = kinds[r.IntN(len(kinds))]; d.cites >= d.serial {
			d.relation = ""
		}
	}},
	{"cites", func(_ *site, d *document, r *rand.Rand) { d.cites = 1 + r.IntN(max(1, d.serial-1)) }},
	{"draft", func(_ *site, d *document, _ *rand.Rand) { d.draft = !d.draft }},
	{"embargo", func(s *site, d *document, r *rand.Rand) { d.published = s.asOf.AddDays(r.IntN(60) - 30) }},
	{"validity", func(_ *site, d *document, r *rand.Rand) { d.years = r.IntN(6) }},
	{"attachment", func(_ *site, d *document, r *rand.Rand) {
		d.attachment, d.attachments = true, fmt.Sprint(r.IntN(1000))
	}},
	{"alias", func(_ *site, d *document, r *rand.Rand) {
		d.alias = fmt.Sprintf("/old/%d-%d.html", d.serial, r.IntN(1000))
	}},
}

// TestIncrementalEqualsClean edits a site at random and compares, after each
// step, what an incremental build leaves with a clean build.
func TestIncrementalEqualsClean(t *testing.T) {
	seeds := []uint64{1, 2}
	if testing.Short() {
		seeds = seeds[:1]
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 0))
			root, clean := t.TempDir(), t.TempDir()
			s := newSite(12)
			s.write(t, root)
			mustPublish(t, build.Options{Root: root, AsOf: s.asOf})
			var done []string
			order := r.Perm(len(edits))
			published := 0
			for step := range 26 {
				e := edits[order[step%len(order)]]
				d := s.docs[r.IntN(len(s.docs))]
				e.do(s, d, r)
				done = append(done, e.name+" "+d.path)
				if step == 12 { // what is public goes on record: addresses stay from here on
					s.record(t, root)
					done = append(done, "record")
				}
				s.write(t, root)
				o := build.Options{Root: root, AsOf: s.asOf}
				got := run(t, o)
				o.Output, o.NoCache = filepath.Join(clean, fmt.Sprint(step)), true
				want := run(t, o)
				if got.Published != want.Published {
					t.Fatalf("after %q: published %v, clean %v", done, got.Published, want.Published)
				}
				if !got.Published {
					continue
				}
				published++
				if d := difference(tree(t, filepath.Join(root, "public")), tree(t, o.Output)); d != "" {
					t.Fatalf("after %q:\n%s", done, d)
				}
				if again := run(t, build.Options{Root: root, AsOf: s.asOf}); again.Written != 0 || again.Deleted != 0 {
					t.Fatalf("after %q: a second run wrote %d and deleted %d", done, again.Written, again.Deleted)
				}
			}
			if published < 20 {
				t.Errorf("published %d of 26 steps: the edits make too many errors", published)
			}
		})
	}
}

func (s *site) record(t *testing.T, root string) {
	t.Helper()
	s.write(t, root)
	b, err := ledger.Append(recordLines(t, root, s.asOf))
	if err != nil {
		t.Fatal(err)
	}
	s.ledger += string(b)
	for _, d := range s.docs {
		d.corrected = true
	}
}

// recordLines builds a site and returns what a record of it would say.
func recordLines(t *testing.T, root string, day gazette.Date) []ledger.Line {
	t.Helper()
	mustPublish(t, build.Options{Root: root, AsOf: day})
	site, err := build.Load(t.Context(), build.Options{Root: root, AsOf: day, Folios: true})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	out, err := publish.Read(filepath.Join(root, "public"), filepath.Join(root, ".gongbao"))
	if err != nil {
		t.Fatal(err)
	}
	units, _ := site.Units()
	if stale, err := site.Stale(t.Context(), units, out); stale != "" || err != nil {
		t.Fatalf("Stale after a build = %q, %v", stale, err)
	}
	lines, err := site.Record("2026-11-23T12:00:00+08:00", out)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestRecordSaysWhatChanged(t *testing.T) {
	root := t.TempDir()
	s := newSite(4)
	s.docs[3].draft = true
	s.write(t, root)
	events := func() map[string]string {
		t.Helper()
		lines := recordLines(t, root, asOf)
		b, err := ledger.Append(lines)
		if err != nil {
			t.Fatal(err)
		}
		s.ledger += string(b)
		s.write(t, root)
		out := map[string]string{}
		for _, l := range lines {
			out[l.ID] = l.Event
		}
		return out
	}
	want := func(what string, want map[string]string) {
		t.Helper()
		if got := events(); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	const d1, d2, d3, d4 = "documents/2023/d1", "documents/2023/d2", "documents/2023/d3", "documents/2023/d4"
	want("first", map[string]string{d1: ledger.Published, d2: ledger.Published, d3: ledger.Published})
	want("nothing changed", map[string]string{})
	s.docs[0].body, s.docs[0].corrected = "改动。", true
	s.docs[3].draft = false
	s.write(t, root)
	want("text, correction and draft", map[string]string{d1: ledger.Corrected, d4: ledger.Published})
	s.docs[1].path = "documents/2023/renamed.md"
	s.docs[2].years = 5
	s.write(t, root)
	want("renamed, front matter", map[string]string{d2: ledger.Updated, d3: ledger.Restated})
	want("and again", map[string]string{})
	gone := s.docs[3]
	s.docs = s.docs[:3]
	s.write(t, root)
	want("gone", map[string]string{d4: ledger.Withdrawn})
	want("still gone", map[string]string{})
	s.docs = append(s.docs, gone)
	s.write(t, root)
	want("back", map[string]string{d4: ledger.Republished})
	want("still there", map[string]string{})
}

func TestInterruptedBuildStops(t *testing.T) {
	root := t.TempDir()
	newSite(4).write(t, root)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := build.Build(ctx, build.Options{Root: root, AsOf: asOf}); err == nil {
		t.Error("Build of a cancelled context = nil error")
	}
	if files := tree(t, filepath.Join(root, "public")); len(files) > 0 {
		t.Errorf("%d files were written", len(files))
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
}

func TestDamagedMemoIsReadAnew(t *testing.T) {
	root := t.TempDir()
	newSite(6).write(t, root)
	mustPublish(t, build.Options{Root: root, AsOf: asOf, NoPDF: true})
	want := tree(t, filepath.Join(root, "public"))
	state := filepath.Join(root, ".gongbao")
	kept := map[string][]byte{}
	for name := range tree(t, state) {
		b, err := os.ReadFile(filepath.Join(state, name))
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = b
	}
	for _, name := range []string{"memo.digests.0", "memo.bodies.0", "memo.index"} {
		whole := kept[name]
		if len(whole) == 0 {
			t.Fatalf("%s is empty", name)
		}
		step := 1
		if build.UnderRace() {
			step = 3
		}
		for i := 0; i < 8; i += step {
			for name, b := range kept { // as the first run left them
				if err := os.WriteFile(filepath.Join(state, name), b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			b := slices.Clone(whole)
			b[len(b)*(2*i+1)/16] ^= 0x55
			if err := os.WriteFile(filepath.Join(state, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(filepath.Join(root, "public")); err != nil {
				t.Fatal(err)
			}
			mustPublish(t, build.Options{Root: root, AsOf: asOf, NoPDF: true})
			if d := difference(tree(t, filepath.Join(root, "public")), want); d != "" {
				t.Fatalf("%s, byte %d of %d flipped:\n%s", name, len(b)*(2*i+1)/16, len(b), d)
			}
		}
	}
}
