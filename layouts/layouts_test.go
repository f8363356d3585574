package layouts_test

import (
	"math"
	"regexp"
	"strconv"
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

var token = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

func tokens(css string) map[string]string {
	m := map[string]string{}
	for _, t := range token.FindAllStringSubmatch(css, -1) {
		m[t[1]] = t[2]
	}
	return m
}

// GB/T 37668 and WCAG: text on its ground at 4.5:1, borders of controls at 3:1.
func TestColoursHaveContrast(t *testing.T) {
	css := read(t, "assets/site.css")
	light, rest, _ := strings.Cut(css, "@media screen and (prefers-color-scheme: dark)")
	dark, rest, _ := strings.Cut(rest, "@media screen {")
	chosen, rest, _ := strings.Cut(rest, "data-theme=\"contrast\"")
	high, _, _ := strings.Cut(rest, "data-theme=\"light\"")
	themes := map[string]map[string]string{"light": tokens(light), "dark": tokens(dark), "contrast": tokens(high)}
	for name, colour := range tokens(chosen) {
		if themes["dark"][name] != colour {
			t.Errorf("--%s is %s by preference and %s by choice", name, themes["dark"][name], colour)
		}
	}
	for theme, c := range themes {
		for _, pair := range []struct {
			ink, ground string
			least       float64
		}{
			{"ink", "bg", 7}, {"ink", "soft", 7}, {"ink", "good-soft", 4.5}, {"ink", "warn-soft", 4.5}, {"ink", "info-soft", 4.5}, {"ink", "danger-soft", 4.5}, {"ink", "mark", 4.5},
			{"muted", "bg", 4.5}, {"muted", "soft", 4.5}, {"muted", "good-soft", 4.5}, {"muted", "warn-soft", 4.5}, {"muted", "info-soft", 4.5},
			{"link", "bg", 4.5}, {"link", "soft", 4.5}, {"link", "good-soft", 4.5}, {"link", "warn-soft", 4.5}, {"link", "info-soft", 4.5}, {"link", "danger-soft", 4.5}, {"link", "mark", 4.5},
			{"red", "bg", 4.5}, {"red", "soft", 4.5}, {"good", "bg", 4.5}, {"good", "soft", 4.5}, {"good", "good-soft", 4.5}, {"warn", "bg", 4.5}, {"warn", "soft", 4.5}, {"warn", "warn-soft", 4.5},
			{"on-gone", "gone", 4.5}, {"field", "bg", 3},
		} {
			if got := contrast(t, c[pair.ink], c[pair.ground]); got < pair.least {
				t.Errorf("%s: --%s on --%s has %.2f:1, want %.1f:1", theme, pair.ink, pair.ground, got, pair.least)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift int, weight float64) float64 {
		v := float64(n>>shift&0xff) / 255
		if v <= .03928 {
			return weight * v / 12.92
		}
		return weight * math.Pow((v+.055)/1.055, 2.4)
	}
	return part(16, .2126) + part(8, .7152) + part(0, .0722)
}

func TestAssetsKeepToOldBrowsersAndTheirSize(t *testing.T) {
	css, js := read(t, "assets/site.css"), read(t, "assets/site.js")
	if len(js) > 14<<10 {
		t.Errorf("site.js has %d bytes, want at most 14 KB: 3 KB on the wire", len(js))
	}
	js += read(t, "assets/offline.js") + read(t, "assets/sw.js") + read(t, "assets/speak.js")
	for _, bad := range []string{":has(", "oklch", "aspect-ratio", "inset:", "clamp(", ":is(", ":where(", "@layer", "@import", "margin-inline", "padding-inline"} {
		if strings.Contains(css, bad) {
			t.Errorf("site.css uses %q", bad)
		}
	}
	if bad := regexp.MustCompile(`[;{ ]gap:`).FindString(css); bad != "" {
		t.Error("site.css uses gap; flex boxes know it from Chrome 84 on")
	}
	for _, bad := range []string{"?.", "??", "=>", "`", "async ", "innerHTML", "eval(", "http:", "https:"} {
		if strings.Contains(js, bad) {
			t.Errorf("a script uses %q", bad)
		}
	}
}
