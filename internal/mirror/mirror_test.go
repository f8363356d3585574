package mirror_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"gongbao/internal/diag"
	"gongbao/internal/mirror"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
	"gongbao/internal/source"
)

// An output is a built gazette in the making, by path.
type output map[string][]byte

// put adds a document with the files beside it.
func (o output) put(t *testing.T, d dataset.Document, files map[string]string) {
	t.Helper()
	for name, text := range files {
		o[d.Address+"files/"+name] = []byte(text)
		d.Files = append(d.Files, dataset.File{Path: d.Address + "files/" + name, Size: int64(len(text)), SHA256: render.SumOf([]byte(text)).String()})
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, '\n')
	o[d.Address+"index.json"] = b
	o["data/documents/2023.ndjson"] = append(o["data/documents/2023.ndjson"], b...)
}

// write lists the data with their hashes, logs the events, and writes the files.
func (o output) write(t *testing.T, events ...dataset.Change) string {
	t.Helper()
	o["data/gazette.json"] = []byte(`{"language":"zh-CN","validity":{"read":"certain","effective_default":"unknown"}}`)
	var list struct {
		Distribution []map[string]any `json:"distribution"`
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if rest, ok := strings.CutPrefix(name, "data/"); ok {
			list.Distribution = append(list.Distribution, map[string]any{"name": rest, "contentSize": len(o[name]), "sha256": render.SumOf(o[name]).String()})
		}
	}
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	o["data/index.json"] = b
	if len(events) > 0 {
		var log []byte
		for i, c := range events {
			c.Seq, c.Sum = i+1, "sum"+strconv.Itoa(i+1)
			if b, ok := o[c.Address+"index.json"]; ok && c.Files == nil {
				c.Files = map[string]string{"index.json": render.SumOf(b).String()}
			}
			b, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			log = append(append(log, b...), '\n')
		}
		o["changes/2026/01.ndjson"] = log
		n := len(events)
		head, err := json.Marshal(dataset.Head{V: 1, Seq: n, Sum: "sum" + strconv.Itoa(n), Months: []dataset.Month{{Path: "changes/2026/01.ndjson", First: 1, Last: n, SHA256: render.SumOf(log).String()}}})
		if err != nil {
			t.Fatal(err)
		}
		o["changes/head.json"] = head
	}
	dir := t.TempDir()
	for name, b := range o {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func document(id string) dataset.Document {
	return dataset.Document{ID: "documents/" + id, Path: "documents/" + id + ".md", Address: "documents/2023/" + id + "/", Title: "文件" + id, TextHash: "00", Markdown: "正文" + id + "。\n"}
}

func pull(t *testing.T, site, from string) (mirror.Result, error) {
	t.Helper()
	return mirror.Pull(t.Context(), mirror.Options{Root: site, Code: "x", From: from})
}

func mustPull(t *testing.T, site, from string) mirror.Result {
	t.Helper()
	r, err := pull(t, site, from)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tree is what stands in a folder, without the state.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if rel, _ := filepath.Rel(dir, p); d.Name() != "pull.json" {
			out[filepath.ToSlash(rel)] = string(b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPathsOfOriginsStayInTheMirror(t *testing.T) {
	good := document("a")
	for _, bad := range []func(d *dataset.Document){
		func(d *dataset.Document) { d.Path = "../../../config.toml" },
		func(d *dataset.Document) { d.Path = "documents/../../x.md" },
		func(d *dataset.Document) { d.Path = "/etc/x.md" },
		func(d *dataset.Document) { d.Path = `documents\..\x.md` },
		func(d *dataset.Document) { d.Path = "data/ledger/x.md" },
		func(d *dataset.Document) { d.Path = "documents/x.toml" },
		func(d *dataset.Document) { d.Path = "documents/.git/x.md" },
		func(d *dataset.Document) { d.Path = "documents/con.md" },
		func(d *dataset.Document) { d.Path = "documents/aux/x.md" },
		func(d *dataset.Document) { d.Path = "documents/a:b.md" },
		func(d *dataset.Document) { d.Path = "documents/x\n.md" },
		func(d *dataset.Document) { d.Path = "documents/" + strings.Repeat("长", 90) + ".md" },
		func(d *dataset.Document) { d.Address = "../x/" },
		func(d *dataset.Document) { d.ID = "../x" },
		func(d *dataset.Document) { d.Path = good.Path },
	} {
		o := output{}
		o.put(t, good, nil)
		d := document("b")
		bad(&d)
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		o["data/documents/2023.ndjson"] = append(o["data/documents/2023.ndjson"], append(b, '\n')...)
		site := t.TempDir()
		r := mustPull(t, site, o.write(t))
		if r.Added != 1 || len(r.Refused) != 1 {
			t.Errorf("%q %q %q: %+v, want one document and one refusal", d.ID, d.Path, d.Address, r)
		}
		for name := range tree(t, site) {
			if !strings.HasPrefix(name, "mirror/x/") && !strings.HasPrefix(name, ".gongbao/") {
				t.Errorf("%q: %s was written", d.Path, name)
			}
		}
	}
}

func TestFilesBesideStayInTheMirror(t *testing.T) {
	for _, name := range []string{"../b.md", "b.md", "../../data/issuers.toml", ".hidden", "nul", "a.part"} {
		o := output{}
		d := document("a")
		d.Files = []dataset.File{{Path: d.Address + "files/" + name, SHA256: render.SumOf([]byte("x")).String()}}
		o.put(t, d, nil)
		site := t.TempDir()
		if r := mustPull(t, site, o.write(t)); r.Added != 0 || len(r.Refused) != 1 || r.Refused[0].Reason != "path" {
			t.Errorf("%q: %+v, want a refusal", name, r)
		}
	}
}

// A link that stands in a mirror is not followed out of it.
func TestLinksInMirrorsLeadNowhere(t *testing.T) {
	site, outside := t.TempDir(), t.TempDir()
	dir := filepath.Join(site, "mirror", "x", "content")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "documents")); err != nil {
		t.Skip("no links here:", err)
	}
	o := output{}
	o.put(t, document("a"), nil)
	if _, err := pull(t, site, o.write(t)); err == nil {
		t.Error("a pull through a link that leaves the mirror was done")
	}
	if files := tree(t, outside); len(files) > 0 {
		t.Errorf("written through the link: %q", files)
	}
}

// What is not the file that was announced is not taken, and taken when it is.
func TestFilesMustHaveTheirHashes(t *testing.T) {
	o, site := output{}, t.TempDir()
	a, b := document("a"), document("b")
	o.put(t, a, map[string]string{"表.csv": "甲,乙"})
	o.put(t, b, nil)
	right := o[a.Address+"files/表.csv"]
	o[a.Address+"files/表.csv"] = []byte("甲,丙")
	r := mustPull(t, site, o.write(t))
	if r.Added != 1 || len(r.Refused) != 1 || r.Refused[0] != (mirror.Refusal{What: a.Address + "files/表.csv", Reason: "hash"}) {
		t.Fatalf("another file than announced: %+v", r)
	}
	delete(o, a.Address+"files/表.csv")
	if r := mustPull(t, site, o.write(t)); len(r.Refused) != 1 || r.Refused[0].Reason != "absent" {
		t.Fatalf("a file that is not there: %+v", r)
	}
	o[a.Address+"files/表.csv"] = right
	if r := mustPull(t, site, o.write(t)); r.Added != 1 || r.Kept != 1 || len(r.Refused) != 0 {
		t.Fatalf("the file that was announced: %+v", r)
	}
	dir := o.write(t)
	year := filepath.Join(dir, "data", "documents", "2023.ndjson")
	if err := os.WriteFile(year, o["data/documents/2023.ndjson"][:200], 0o644); err != nil {
		t.Fatal(err)
	}
	before := tree(t, site)
	if _, err := mirror.Pull(t.Context(), mirror.Options{Root: t.TempDir(), Code: "x", From: dir}); err == nil {
		t.Error("half a file of a year was taken")
	}
	if after := tree(t, site); !maps.Equal(before, after) {
		t.Error("the mirror changed")
	}
}

// A file that two documents have stays until both are gone.
func TestSharedFilesStay(t *testing.T) {
	site, at := t.TempDir(), "mirror/x/content/documents/表.csv"
	a, b := document("a"), document("b")
	o := output{}
	o.put(t, a, map[string]string{"表.csv": "甲,乙"})
	o.put(t, b, map[string]string{"表.csv": "甲,乙"})
	mustPull(t, site, o.write(t))
	o = output{}
	o.put(t, b, map[string]string{"表.csv": "甲,乙"})
	if r := mustPull(t, site, o.write(t)); r.Deleted != 1 || tree(t, site)[at] == "" {
		t.Errorf("%+v; the file of the other document: %q", r, tree(t, site)[at])
	}
	o = output{}
	o.put(t, b, nil)
	if mustPull(t, site, o.write(t)); tree(t, site)[at] != "" {
		t.Error("a file that nobody has any more stays")
	}
}

// A ledger that was rewritten is no reason to lose anything: all is compared.
func TestRewrittenLogsAreNotFollowed(t *testing.T) {
	site := t.TempDir()
	a, b := document("a"), document("b")
	event := func(d dataset.Document, name string) dataset.Change {
		return dataset.Change{Event: name, ID: d.ID, Address: d.Address, At: "2026-01-02T00:00:00+08:00"}
	}
	o := output{}
	o.put(t, a, nil)
	o.put(t, b, nil)
	mustPull(t, site, o.write(t, event(a, "published"), event(b, "published")))
	o = output{}
	b.Markdown = "另一个正文。\n"
	o.put(t, b, nil)
	dir := o.write(t, event(b, "published"), event(a, "withdrawn"), event(b, "corrected"))
	log := filepath.Join(dir, "changes", "2026", "01.ndjson")
	raw, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	rewritten := bytes.ReplaceAll(raw, []byte(`"sum":"sum`), []byte(`"sum":"other`))
	if err := os.WriteFile(log, rewritten, 0o644); err != nil {
		t.Fatal(err)
	}
	head := filepath.Join(dir, "changes", "head.json")
	h, err := os.ReadFile(head)
	if err != nil {
		t.Fatal(err)
	}
	h = bytes.Replace(h, []byte(render.SumOf(raw).String()), []byte(render.SumOf(rewritten).String()), 1)
	if err := os.WriteFile(head, bytes.Replace(h, []byte(`"sum":"sum3"`), []byte(`"sum":"other3"`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	r := mustPull(t, site, dir)
	if !r.Whole || r.Changed != 1 || r.Deleted != 1 || r.Added != 0 {
		t.Errorf("%+v; want all compared, one changed, one deleted", r)
	}
	if r := mustPull(t, site, dir); r.Whole || r.Changed+r.Deleted+r.Added != 0 || r.Kept != 1 {
		t.Errorf("again: %+v", r)
	}
}

// A server that fails in the middle leaves a mirror that the next pull completes:
// the same as one that was pulled in one go.
func TestInterruptedPullsGoOn(t *testing.T) {
	o := output{}
	for i := range 20 {
		o.put(t, document("d"+strconv.Itoa(i)), map[string]string{"f" + strconv.Itoa(i) + ".csv": strconv.Itoa(i)})
	}
	dir := o.write(t)
	whole := t.TempDir()
	mustPull(t, whole, dir)
	site := t.TempDir()
	var left atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Add(-1) < 0 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		http.FileServerFS(os.DirFS(dir)).ServeHTTP(w, r)
	}))
	defer server.Close()
	failed := 0
	for n := int64(1); ; n += 3 {
		left.Store(n)
		r, err := mirror.Pull(t.Context(), mirror.Options{Root: site, Code: "x", From: server.URL + "/"})
		if err == nil {
			if r.Added+r.Kept != 20 {
				t.Errorf("%+v, want 20 documents", r)
			}
			break
		}
		failed++
	}
	if failed < 3 {
		t.Errorf("only %d pulls failed", failed)
	}
	if got, want := tree(t, filepath.Join(site, "mirror")), tree(t, filepath.Join(whole, "mirror")); !maps.Equal(got, want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

func TestOriginsThatAreNoneChangeNothing(t *testing.T) {
	site := t.TempDir()
	o := output{}
	o.put(t, document("a"), nil)
	mustPull(t, site, o.write(t))
	before := tree(t, site)
	for _, data := range []string{"", "[]", `{"distribution":5}`, "<html>"} {
		dir := output{"data/index.json": []byte(data)}
		name := filepath.Join(t.TempDir(), "data")
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(name, "index.json"), dir["data/index.json"], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := pull(t, site, filepath.Dir(name)); !errors.As(err, new(*mirror.NoDataError)) {
			t.Errorf("%q: %v, want that it is no gazette", data, err)
		}
	}
	if _, err := pull(t, site, filepath.Join(site, "nowhere")); err == nil {
		t.Error("a folder that is not there was pulled")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := mirror.Pull(ctx, mirror.Options{Root: site, Code: "x", From: "http://127.0.0.1:1/"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if after := tree(t, site); !maps.Equal(before, after) {
		t.Error("the mirror changed")
	}
}

// FuzzPull: whatever an origin says, nothing panics and nothing is written outside
// its mirror.
func FuzzPull(f *testing.F) {
	for _, s := range []string{
		`{"id":"documents/a","path":"documents/a.md","address":"documents/2023/a/","title":"甲","markdown":"正文"}`,
		`{"id":"../a","path":"documents/../../a.md"}`, `{}`, `null`, "{\n{}\n", `{"id":"a","path":"documents/a.md","address":"a/","files":[{"path":"a/files/../x"}]}`,
		`{"id":"documents/a","path":"documents/a.md","address":"d/","signed":"2023-01-01\ntitle = 1","relations":[{"kind":"\"","target":"\u0000"}]}`,
	} {
		f.Add([]byte(s), []byte(`{"v":1,"seq":1,"months":[{"path":"../x","last":1}]}`), []byte(s))
	}
	f.Fuzz(func(t *testing.T, year, head, gazette []byte) {
		dir, site := t.TempDir(), t.TempDir()
		sum := func(b []byte) string { return render.SumOf(b).String() }
		list := `{"distribution":[{"name":"documents/2023.ndjson","contentSize":` + strconv.Itoa(len(year)) + `,"sha256":"` + sum(year) + `"},` +
			`{"name":"gazette.json","sha256":"` + sum(gazette) + `"},{"name":"issues.ndjson","sha256":"` + sum(year) + `"}]}`
		for name, b := range map[string][]byte{
			"data/index.json": []byte(list), "data/documents/2023.ndjson": year, "data/issues.ndjson": year, "data/gazette.json": gazette, "changes/head.json": head,
		} {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = mirror.Pull(context.Background(), mirror.Options{Root: site, Code: "x", From: dir})
		for name, text := range tree(t, site) {
			if !strings.HasPrefix(name, "mirror/x/content/") && name != "mirror/x/config.toml" && !strings.HasPrefix(name, ".gongbao/") {
				t.Fatalf("%s was written", name)
			}
			if strings.HasSuffix(name, ".md") {
				if f := source.Read(strings.TrimPrefix(name, "mirror/x/content/"), []byte(text)); slices.ContainsFunc(f.Findings, func(x diag.Finding) bool { return x.Rule == "toml-syntax" }) {
					t.Fatalf("front matter that cannot be read:\n%s", text)
				}
			}
		}
	})
}
