package mirror_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongbao/internal/mirror"
	"gongbao/internal/render/dataset"
)

const pulled = "mirror/x/content/data/ledger/pulled.ndjson"

// What a killed pull left, or one whose state is lost, goes with the next: a document
// that was withdrawn meanwhile must not stay.
func TestWhatIsOfNoDocumentGoes(t *testing.T) {
	site := t.TempDir()
	o := output{}
	o.put(t, document("a"), nil)
	o.put(t, document("b"), map[string]string{"表.csv": "甲,乙"})
	mustPull(t, site, o.write(t))
	state := filepath.Join(site, "mirror", "x", "pull.json")
	if err := os.WriteFile(state, []byte(`{"v":1,"documents":{"docu`), 0o644); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(site, "mirror", "x", "content", "documents", "c.md.part")
	if err := os.WriteFile(part, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	o = output{}
	o.put(t, document("a"), nil)
	mustPull(t, site, o.write(t))
	for name := range tree(t, site) {
		if strings.Contains(name, "/documents/") && !strings.HasSuffix(name, "/a.md") {
			t.Errorf("%s stays", name)
		}
	}
}

// Files that somebody took away or changed come again, the latter where all is
// compared.
func TestWhatIsLostComesAgain(t *testing.T) {
	site := t.TempDir()
	o := output{}
	o.put(t, document("a"), map[string]string{"表.csv": "甲,乙"})
	o.put(t, document("b"), nil)
	dir := o.write(t, dataset.Change{Event: "published", ID: "documents/a", Address: "documents/2023/a/"})
	mustPull(t, site, dir)
	want := tree(t, site)
	at := func(name string) string { return filepath.Join(site, "mirror", "x", filepath.FromSlash(name)) }
	for _, name := range []string{"content/documents/b.md", "config.toml"} {
		if err := os.Remove(at(name)); err != nil {
			t.Fatal(err)
		}
		mustPull(t, site, dir)
		if got := tree(t, site); got[filepath.ToSlash("mirror/x/"+name)] != want["mirror/x/"+name] {
			t.Errorf("%s did not come again", name)
		}
	}
	for _, name := range []string{"content/documents/a.md", "content/documents/表.csv", "content/data/issuers.toml"} {
		if err := os.WriteFile(at(name), []byte("changed"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := mirror.Pull(t.Context(), mirror.Options{Root: site, Code: "x", From: dir, Whole: true})
	if err != nil || r.Changed != 1 || r.Kept != 1 || !r.Whole {
		t.Errorf("%+v, %v; want one changed, one kept", r, err)
	}
	for name, text := range want {
		if got := tree(t, site)[name]; got != text {
			t.Errorf("%s is %q, want %q", name, got, text)
		}
	}
}

// A run that was killed wrote files and no state: what the log names is looked at, not
// taken to stand because the state says so.
func TestWhatAKilledRunWroteIsLookedAt(t *testing.T) {
	site := t.TempDir()
	o := output{}
	o.put(t, document("a"), nil)
	event := dataset.Change{Event: "published", ID: "documents/a", Address: "documents/2023/a/"}
	mustPull(t, site, o.write(t, event))
	const name = "mirror/x/content/documents/a.md"
	want := tree(t, site)[name]
	if err := os.WriteFile(filepath.Join(site, filepath.FromSlash(name)), []byte("of another day"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := mustPull(t, site, o.write(t, event, event)); r.Whole || r.Changed != 1 || tree(t, site)[name] != want {
		t.Errorf("%+v, and the file is %q", r, tree(t, site)[name])
	}
}

// A line that cannot be read may be a document that the mirror has: nothing goes.
func TestNothingGoesForALineThatCannotBeRead(t *testing.T) {
	site := t.TempDir()
	o := output{}
	o.put(t, document("a"), nil)
	o.put(t, document("b"), nil)
	mustPull(t, site, o.write(t))
	o = output{}
	o.put(t, document("a"), nil)
	o["data/documents/2023.ndjson"] = append(o["data/documents/2023.ndjson"], "{\"id\":7}\n"...)
	r := mustPull(t, site, o.write(t))
	if r.Deleted != 0 || len(r.Refused) != 1 || r.Refused[0].Reason != "data" || tree(t, site)["mirror/x/content/documents/b.md"] == "" {
		t.Errorf("%+v; want b kept and a line refused", r)
	}
	gone := dataset.Change{Event: "withdrawn", ID: "documents/b", Address: "documents/2023/b/"}
	if r := mustPull(t, site, o.write(t, gone)); r.Deleted != 1 || len(r.Refused) != 1 {
		t.Errorf("once the log says that b is withdrawn: %+v; want b deleted", r)
	}
	o = output{}
	o.put(t, document("a"), nil)
	o.put(t, document("b"), nil)
	mustPull(t, site, o.write(t))
	o = output{}
	o.put(t, document("a"), nil)
	if r := mustPull(t, site, o.write(t)); r.Deleted != 1 || len(r.Refused) != 0 {
		t.Errorf("once it can be read: %+v; want b deleted", r)
	}
}

// A document that moves keeps its addresses of before, also once it is withdrawn.
func TestAddressesOfBeforeStay(t *testing.T) {
	site := t.TempDir()
	d := document("a")
	for _, address := range []string{"documents/2023/a/", "documents/new/a/", "documents/2023/a/"} {
		d.Address = address
		o := output{}
		o.put(t, d, nil)
		mustPull(t, site, o.write(t))
	}
	addresses := func() (out []string) {
		for line := range strings.Lines(tree(t, site)[pulled]) {
			_, rest, _ := strings.Cut(line, `"address":"`)
			address, _, _ := strings.Cut(rest, `"`)
			out = append(out, address)
		}
		return out
	}
	const want = "documents/new/a/ documents/2023/a/"
	if got := strings.Join(addresses(), " "); got != want {
		t.Errorf("addresses %s, want %s", got, want)
	}
	mustPull(t, site, output{}.write(t, dataset.Change{Event: "withdrawn", ID: d.ID, Address: d.Address}))
	if got := strings.Join(addresses(), " "); got != want || !strings.Contains(tree(t, site)[pulled], "withdrawn") {
		t.Errorf("once it is withdrawn: addresses %s, want %s", got, want)
	}
}

// Data that lack what the addresses depend on are no gazette.
func TestDataWithoutGazetteAreNone(t *testing.T) {
	o := output{}
	o.put(t, document("a"), nil)
	dir := o.write(t)
	o["data/index.json"] = []byte(`{"distribution":[]}`)
	if err := os.WriteFile(filepath.Join(dir, "data", "index.json"), o["data/index.json"], 0o644); err != nil {
		t.Fatal(err)
	}
	var none *mirror.NoDataError
	if _, err := pull(t, t.TempDir(), dir); !errors.As(err, &none) || !strings.Contains(err.Error(), "data/gazette.json") {
		t.Errorf("error %v, want that data/gazette.json is not there", err)
	}
}
