package layouts_test

import (
	"strings"
	"testing"

	"gongbao/layouts"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := layouts.FS.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestAssetsKeepToTheirSize and to this host; site.js runs before the first
// paint and is ES5.
func TestAssetsKeepToTheirSize(t *testing.T) {
	css, js := read(t, "assets/site.css"), read(t, "assets/site.js")
	if len(js) > 14<<10 {
		t.Errorf("site.js has %d bytes, want at most 14 KB: 3 KB on the wire", len(js))
	}
	js += read(t, "assets/offline.js") + read(t, "assets/sw.js") + read(t, "assets/speak.js")
	if strings.Contains(css, "@import") {
		t.Error("site.css imports another: a request more")
	}
	for _, bad := range []string{"?.", "??", "=>", "`", "async ", "innerHTML", "eval(", "http:", "https:"} {
		if strings.Contains(js, bad) {
			t.Errorf("a script uses %q", bad)
		}
	}
}
