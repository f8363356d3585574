package build_test

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"html"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestSampleIsFollowedAndDrawn: every feed that a page names is there and is well
// formed, every document has one, and pictures are as small as they must be.
func TestSampleIsFollowedAndDrawn(t *testing.T) {
	s := sample(t, false)
	units, _ := s.Units() // findings are about fonts
	loader := s.Loader()
	files := map[string]string{}
	for _, u := range units {
		if strings.HasSuffix(u.Path, ".html") || strings.HasSuffix(u.Path, ".xml") {
			out, found := u.Render(loader)
			if len(found) > 0 {
				t.Fatalf("%s: %v", u.Path, found)
			}
			files[u.Path] = string(out.Bytes)
		}
	}
	alternate := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">`)
	picture := regexp.MustCompile(`(?s)<figure class="graph">.*?</figure>\n`)
	feeds, pictures := map[string]bool{}, 0
	for name, text := range files {
		if path.Ext(name) != ".html" || name == "404.html" {
			continue
		}
		for _, m := range alternate.FindAllStringSubmatch(text, -1) {
			if html.UnescapeString(m[1]) != "application/atom+xml" {
				continue
			}
			to := path.Join(path.Dir(name), m[2])
			if files[to] == "" {
				t.Errorf("%s names %s, which is not there", name, to)
			}
			feeds[to] = true
		}
		if drawn := picture.FindString(text); drawn != "" {
			pictures++
			if n := zipped(t, text) - zipped(t, strings.Replace(text, drawn, "", 1)); n > 1536 {
				t.Errorf("the picture of %s takes %d bytes", name, n)
			}
		}
	}
	for name, text := range files {
		if path.Base(name) != "atom.xml" {
			continue
		}
		var any struct{}
		if err := xml.Unmarshal([]byte(text), &any); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !feeds[name] && !strings.Contains(text, "!withdrawn") {
			t.Errorf("no page names %s", name)
		}
	}
	for _, e := range s.Catalog.Documents {
		if to := s.Catalog.Followed(e); to != nil && files[to.Address+"atom.xml"] == "" {
			t.Errorf("%s has no feed", e.Path)
		}
	}
	for _, want := range []string{`role="img" aria-labelledby="overview"`, "url(#fill-unknown)", `href="../years/2023/index.html"`} {
		if !strings.Contains(files["data/index.html"], want) {
			t.Errorf("the page of figures lacks %s", want)
		}
	}
	if !strings.Contains(files["issues/index.html"], `class="issues-of"`) || pictures < 10 || len(feeds) < 60 {
		t.Errorf("%d pictures, %d feeds", pictures, len(feeds))
	}
}

func zipped(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
