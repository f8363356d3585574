package html

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"gongbao/layouts"
)

// TestSearchClientIsSmall: it is fetched on a phone before the first result.
func TestSearchClientIsSmall(t *testing.T) {
	b, err := layouts.FS.ReadFile("assets/search.js")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(minified("search.js", b))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const most = 10_000 // issue 4
	if out.Len() > most {
		t.Errorf("%d bytes compressed, want %d at most", out.Len(), most)
	}
}

func TestWhatCannotBeMinifiedStays(t *testing.T) {
	for name, text := range map[string]string{"a.js": "function (", "b.txt": "  a  ", "c.svg": "<svg>  </svg>"} {
		if got := string(minified(name, []byte(text))); got != text {
			t.Errorf("%s: %q, want %q", name, got, text)
		}
	}
	if got := string(minified("a.js", []byte("// note\nvar long = 1; use(long);"))); strings.Contains(got, "note") || !strings.Contains(got, "use(") {
		t.Errorf("a.js: %q", got)
	}
}
