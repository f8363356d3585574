package html

import (
	"testing"

	"gongbao/layouts"
)

// TestWordsOfTheScriptsDoNotCollide: two keys of one name would take turns.
func TestWordsOfTheScriptsDoNotCollide(t *testing.T) {
	words, err := LoadStrings(layouts.FS, "zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{strings: words}
	take, page := s.wordsUnder("offline.take."), s.wordsUnder("offline.js.")
	for name := range page {
		if take[name] != "" {
			t.Errorf("offline.take.%s and offline.js.%s are one word to the script", name, name)
		}
	}
	if len(take) < 15 || len(page) < 15 {
		t.Errorf("%d and %d words", len(take), len(page))
	}
}

func TestGroundsOfTheThemes(t *testing.T) {
	css, err := layouts.FS.ReadFile("assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	got := grounds(css)
	if got[0] == "" || got[1] == "" || got[0] == got[1] {
		t.Errorf("grounds of site.css: %q: the bar of the phone would have no colour", got)
	}
	for css, want := range map[string][2]string{
		"":                 {},
		":root{--bg:#fff}": {"#fff", ""},
		":root { --bg: #ffffff; }\n@media (prefers-color-scheme: dark) { :root { --bg: #101010; } }": {"#ffffff", "#101010"},
	} {
		if got := grounds([]byte(css)); got != want {
			t.Errorf("grounds(%q) = %q, want %q", css, got, want)
		}
	}
}
