package pwa_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/config"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/render/pwa"
)

type files map[string][]byte

func (f files) File(path string) ([]byte, error) {
	b, ok := f[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return b, nil
}
func (files) Fragment(string) (*markup.Fragment, error) { return nil, fs.ErrNotExist }
func (files) Buffer() *bytes.Buffer                     { return new(bytes.Buffer) }
func (files) Text(string) (*render.Text, error)         { return nil, fs.ErrNotExist }

// input is a site with one pack; facts may be changed.
func input(facts map[string]render.Facts) pwa.Input {
	return pwa.Input{
		Site:    config.Site{Title: "示范市人民政府公报", ShortTitle: "示范公报", Language: "zh-CN", Offline: true},
		Words:   func(key string, _ ...any) string { return "<" + key + ">" },
		Version: "1", Worker: []byte("(worker)()"), Page: "offline/index.html",
		Shell: []string{"assets/site.css?v=00112233"}, Late: []string{"index.html"}, Themes: [2]string{"#ffffff", "#101010"},
		Packs: []render.Pack{{
			Path: "issues/2023/06/pack.json", Page: "issues/2023/06/index.html", Title: "2023年第6期", Count: 1,
			Pages: func() []string { return []string{"issues/2023/06/index.html", "documents/a/index.html"} },
			Extra: func() []string { return []string{"documents/a/document.pdf", "documents/a/files/表.xlsx"} },
		}},
		Facts:    func(path string) (render.Facts, bool) { f, ok := facts[path]; return f, ok },
		FileHash: func(string) []byte { return []byte("hash") },
	}
}

func facts() map[string]render.Facts {
	return map[string]render.Facts{
		"offline/index.html":        render.Facts{}.With([]byte("offline")),
		"issues/2023/06/index.html": render.Facts{}.With([]byte("issue")),
		"documents/a/index.html":    render.Facts{}.With([]byte("document a")),
		"documents/a/files/表.xlsx":  render.Facts{}.With([]byte("table")),
	}
}

func unit(t *testing.T, in pwa.Input, path string) render.Unit {
	t.Helper()
	units := pwa.Units(in)
	i := slices.IndexFunc(units, func(u render.Unit) bool { return u.Path == path })
	if i < 0 {
		t.Fatalf("no unit %s", path)
	}
	return units[i]
}

func output(t *testing.T, in pwa.Input, path string, l files) []byte {
	t.Helper()
	out, findings := unit(t, in, path).Render(l)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return out.Bytes
}

// A pack lists what is there with sum and size, and changes with one of its files
// and with nothing else.
func TestPackChangesOnlyWithItsFiles(t *testing.T) {
	known := facts()
	in := input(known)
	u := unit(t, in, "issues/2023/06/pack.json")
	if u.Wave != 3 {
		t.Errorf("wave %d: it speaks of pages of wave 2", u.Wave)
	}
	var got struct {
		V, Count, Bytes    int
		Title, Fingerprint string
		Pages, Extra       [][3]any
		ExtraBytes         int `json:"extra_bytes"`
	}
	if err := json.Unmarshal(output(t, in, u.Path, nil), &got); err != nil {
		t.Fatal(err)
	}
	if got.V != 1 || got.Count != 1 || got.Title != "2023年第6期" || len(got.Pages) != 2 || got.Bytes != len("issue")+len("document a") {
		t.Errorf("pack = %+v", got)
	}
	if got.Pages[1] != [3]any{"documents/a/index.html", render.SumOf([]byte("document a")).Short(), 10.0} {
		t.Errorf("page = %v", got.Pages[1])
	}
	if len(got.Extra) != 1 || got.Extra[0][0] != "documents/a/files/表.xlsx" || got.ExtraBytes != 5 {
		t.Errorf("extra = %v: a PDF that was not made is not there", got.Extra)
	}
	key := u.Key()
	known["documents/b/index.html"] = render.Facts{}.With([]byte("document b"))
	if unit(t, in, u.Path).Key() != key {
		t.Error("the pack changed with a page that is not in it")
	}
	known["documents/a/index.html"] = render.Facts{}.With([]byte("document A"))
	var again struct{ Fingerprint string }
	if err := json.Unmarshal(output(t, in, u.Path, nil), &again); err != nil {
		t.Fatal(err)
	}
	if unit(t, in, u.Path).Key() == key || again.Fingerprint == got.Fingerprint || got.Fingerprint == "" {
		t.Errorf("a page changed: fingerprints %q and %q", got.Fingerprint, again.Fingerprint)
	}
}

// The worker names what it keeps, and is another when one of those is.
func TestWorkerKnowsItsShell(t *testing.T) {
	known := facts()
	in := input(known)
	text := string(output(t, in, "sw.js", nil))
	sum := known["offline/index.html"].Sum.Short()
	for _, want := range []string{
		`self.GONGBAO={"shell":[["offline/index.html?v=` + sum + `","` + sum + `"],["assets/site.css?v=00112233","00112233"]],"late":["index.html"]`,
		`"kept":"<offline.kept>"`, "(worker)()",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("sw.js has no %s:\n%s", want, text)
		}
	}
	key := unit(t, in, "sw.js").Key()
	known["documents/a/index.html"] = render.Facts{}
	if unit(t, in, "sw.js").Key() != key {
		t.Error("a document made another worker: every reader would fetch it")
	}
	known["offline/index.html"] = render.Facts{}.With([]byte("another"))
	if unit(t, in, "sw.js").Key() == key {
		t.Error("the page that stands in for others changed, and the worker did not")
	}
}

// The worker names what was withdrawn, with the sum of what stands there now.
func TestWorkerKnowsWhatIsGone(t *testing.T) {
	known := facts()
	in := input(known)
	key := unit(t, in, "sw.js").Key()
	in.Gone = []string{"documents/a/", "documents/b/", "issues/2023/06/index.html"}
	text := string(output(t, in, "sw.js", nil))
	want := `"gone":[["documents/a/","` + known["documents/a/index.html"].Sum.Short() + `"],["documents/b/","-"],["issues/2023/06/index.html","` +
		known["issues/2023/06/index.html"].Sum.Short() + `"]]`
	if !strings.Contains(text, want) {
		t.Errorf("sw.js has no %s:\n%s", want, text)
	}
	if unit(t, in, "sw.js").Key() == key {
		t.Error("the worker is the same: no browser would learn of it")
	}
}

// A site that does not want to be kept, and a preview, end the worker of before.
func TestNothingIsKeptOfPreviewsAndOfThoseWhoDoNotWant(t *testing.T) {
	for _, off := range []bool{true, false} {
		in := input(facts())
		in.Site.Offline, in.Preview = !off, !off
		text := string(output(t, in, "sw.js", nil))
		if !strings.Contains(text, "unregister()") || !strings.Contains(text, "caches.delete") || strings.Contains(text, "(worker)()") {
			t.Errorf("offline %t, preview %t: sw.js = %s", !off, !off, text)
		}
		for _, u := range pwa.Units(in) {
			if strings.HasSuffix(u.Path, "pack.json") || off && u.Path != "sw.js" {
				t.Errorf("offline %t, preview %t: %s", !off, !off, u.Path)
			}
		}
	}
}

func TestManifest(t *testing.T) {
	type manifest struct {
		Name    string
		Short   string `json:"short_name"`
		Lang    string
		Start   string `json:"start_url"`
		Scope   string
		Display string
		Theme   string `json:"theme_color"`
		Ground  string `json:"background_color"`
		Icons   []struct{ Src, Sizes, Type, Purpose string }
	}
	read := func(in pwa.Input) (m manifest) {
		if err := json.Unmarshal(output(t, in, "manifest.webmanifest", nil), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	in := input(facts())
	m := read(in)
	if m.Name != "示范市人民政府公报" || m.Short != "示范公报" || m.Lang != "zh-CN" || m.Start != "index.html" || m.Scope != "./" || m.Display != "standalone" || m.Theme != "#ffffff" || m.Ground != "#ffffff" {
		t.Errorf("manifest = %+v", m)
	}
	for _, x := range m.Icons {
		c, err := png.DecodeConfig(bytes.NewReader(output(t, in, x.Src, nil)))
		if err != nil || x.Sizes != fmt.Sprintf("%dx%d", c.Width, c.Height) || c.Width < 192 {
			t.Errorf("%s is %dx%d, said %s: %v", x.Src, c.Width, c.Height, x.Sizes, err)
		}
	}
	in.Site.ShortTitle, in.Site.Emblem = "", "files/emblem.svg"
	if m = read(in); m.Short != m.Name || len(m.Icons) != 1 || m.Icons[0].Src != "assets/emblem.svg" || m.Icons[0].Sizes != "any" {
		t.Errorf("with a drawing as emblem: %+v", m)
	}
}

// An emblem of points is the icon, in its own proportions, and in a maskable icon
// within the circle that is always shown. What is too small, or no picture, is not.
func TestIconsShowTheEmblem(t *testing.T) {
	blue := color.NRGBA{0, 0, 200, 255}
	picture := func(w, h int) []byte {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			m.SetNRGBA(i%w, i/w, blue)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	in := input(facts())
	in.Site.Emblem = "emblem.png"
	at := func(l files, icon string, x, y int) color.NRGBA {
		m, err := png.Decode(bytes.NewReader(output(t, in, icon, l)))
		if err != nil {
			t.Fatal(err)
		}
		return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
	}
	wide := files{"emblem.png": picture(400, 200)}
	if c := at(wide, "assets/icon-192.png", 96, 96); c != blue {
		t.Errorf("the middle of the icon is %v", c)
	}
	if c := at(wide, "assets/icon-192.png", 96, 10); c.A != 0 {
		t.Errorf("above an emblem that is wide it is %v, want nothing", c)
	}
	if c := at(wide, "assets/icon-maskable.png", 5, 256); c != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("the edge of a maskable icon is %v, want white", c)
	}
	if c := at(wide, "assets/icon-maskable.png", 256, 256); c != blue {
		t.Errorf("the middle of a maskable icon is %v", c)
	}
	for what, l := range map[string]files{"small": {"emblem.png": picture(64, 64)}, "broken": {"emblem.png": []byte("no picture")}, "missing": {}} {
		if c := at(l, "assets/icon-192.png", 96, 96); c == blue || c.A == 0 {
			t.Errorf("a %s emblem makes %v, want the icon of sites without", what, c)
		}
	}
	if same := output(t, in, "assets/icon-512.png", wide); !bytes.Equal(same, output(t, in, "assets/icon-512.png", wide)) {
		t.Error("two drawings differ")
	}
}
