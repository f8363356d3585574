package html_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	contract "gongbao/internal/render"
	"gongbao/internal/render/html"
	"gongbao/internal/source"
	"gongbao/layouts"
)

// bodies is a loader of the fragments of a site in memory.
type bodies map[string]*markup.Fragment

func (b bodies) Fragment(path string) (*markup.Fragment, error) { return b[path], nil }
func (bodies) File(string) ([]byte, error)                      { return nil, errors.New("no file") }
func (bodies) Text(string) (*contract.Text, error)              { return nil, errors.New("no file") }
func (bodies) Buffer() *bytes.Buffer                            { return &bytes.Buffer{} }

// siteOf makes all units of a site in memory, path to bytes, as of 2026-11-23.
// cfg is config.toml. Files are those of content/, without their first line; data may be nil. What
// is not in memory (files beside the content) has no bytes.
func siteOf(t *testing.T, cfg string, data *source.Data, files map[string]string) map[string]string {
	t.Helper()
	if data == nil {
		data = &source.Data{Series: []source.Series{{Name: "示府发", Code: "sff"}, {Name: "示府办发", Code: "sfbf"}}}
	}
	in := catalog.Input{Data: data, AsOf: gazette.NewDate(2026, 11, 23), HasFile: func(string) bool { return true }}
	in.Config, _ = config.Parse([]byte(cfg))
	p, loader := markup.NewParser(), bodies{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		d, f := digest.New(p, name, []byte("+++\n"+files[name]))
		in.Digests = append(in.Digests, d)
		loader[name] = f
	}
	site, found := html.New(html.Input{Catalog: catalog.Resolve(in), Layouts: layouts.FS, Version: "test",
		Size: func(string) int64 { return 2048 }, Facts: func(string) (contract.Facts, bool) { return contract.Facts{}, false },
		FileHash: func(string) []byte { return nil }})
	if site == nil {
		t.Fatal(found)
	}
	out := map[string]string{}
	for _, u := range site.Units() {
		made, found := u.Render(loader)
		if len(found) > 0 && found[0].Rule != "file-unreadable" {
			t.Fatalf("%s: %v", u.Path, found)
		}
		out[u.Path] = string(made.Bytes)
	}
	return out
}

// pagesFrom makes the units of a site of content files of which only the front
// matter is given, path → front matter.
func pagesFrom(t *testing.T, cfg string, files map[string]string) map[string]string {
	t.Helper()
	whole := map[string]string{}
	for name, meta := range files {
		whole[name] = meta + "\n+++\n"
	}
	return siteOf(t, cfg, nil, whole)
}
