package layouts_test

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A rule is one rule of a style sheet with the conditions around it.
type rule struct {
	media, selector string
	set             map[string]string // property → value, the last one
}

// rulesOf reads a style sheet without nesting.
func rulesOf(css string) (out []rule) {
	var around []string
	css = styleComment.ReplaceAllString(css, "")
	for {
		at := strings.IndexAny(css, "{}")
		if at < 0 {
			return out
		}
		head, brace := strings.TrimSpace(css[:at]), css[at]
		css = css[at+1:]
		switch {
		case brace == '}':
			if len(around) > 0 {
				around = around[:len(around)-1]
			}
		case strings.HasPrefix(head, "@media"), strings.HasPrefix(head, "@supports"):
			around = append(around, head)
		default:
			body, rest, _ := strings.Cut(css, "}")
			css = rest
			r := rule{strings.Join(around, " "), strings.Join(strings.Fields(head), " "), map[string]string{}}
			for d := range strings.SplitSeq(body, ";") {
				if p, v, ok := strings.Cut(d, ":"); ok {
					r.set[strings.TrimSpace(p)] = strings.TrimSpace(v)
				}
			}
			out = append(out, r)
		}
	}
}

var colour = regexp.MustCompile(`^#(?:[0-9a-f]{3}|[0-9a-f]{6})$`)

// themesOf are the colours of every theme: those of :root and, over them, those
// of each rule for :root that sets colours. The name is its conditions.
func themesOf(rules []rule) map[string]map[string]string {
	themes := map[string]map[string]string{"light": {}}
	for _, r := range rules {
		if !strings.Contains(r.selector, ":root") && !strings.HasPrefix(r.selector, "html") && !strings.HasPrefix(r.selector, "[data-theme") {
			continue
		}
		name := r.media + " " + r.selector
		if r.media == "" && r.selector == ":root" {
			name = "light"
		}
		for p, v := range r.set {
			token, ok := strings.CutPrefix(p, "--")
			if !ok || !colour.MatchString(v) {
				continue
			}
			if themes[name] == nil {
				themes[name] = map[string]string{}
			}
			themes[name][token] = v
		}
	}
	for name, own := range themes {
		if name == "light" {
			continue
		}
		for token, v := range themes["light"] {
			if own[token] == "" {
				own[token] = v
			}
		}
	}
	return themes
}

var token = regexp.MustCompile(`var\(--([a-z-]+)\)`)

// grounds are the tokens of backgrounds, with the inks that stand on each: what
// the pages of the site put there (axe looks at the pages themselves).
var grounds = map[string][]string{
	"bg":          {"ink", "muted", "link", "red", "good", "warn"},
	"soft":        {"ink", "muted", "link", "red", "good", "warn"},
	"good-soft":   {"ink", "muted", "link", "good"},
	"warn-soft":   {"ink", "muted", "link", "warn"},
	"info-soft":   {"ink", "muted", "link"},
	"danger-soft": {"ink", "link"},
	"mark":        {"ink", "link"},
	"gone":        {"on-gone"},
	"ink":         {"bg"}, // what is chosen, what was said
}

// signs are what must be seen but is not read: borders of controls, the focus.
var signs = []string{"field", "link"}

// TestColoursHaveContrast holds every theme to WCAG and GB/T 37668: text 4.5:1,
// in the theme of high contrast 7:1, borders of controls and the focus 3:1.
func TestColoursHaveContrast(t *testing.T) {
	rules := rulesOf(read(t, "assets/site.css"))
	themes := themesOf(rules)
	if len(themes) < 3 {
		t.Fatalf("%d themes: the style sheet is not read as it is written", len(themes))
	}
	for name, c := range themes {
		least := 4.5
		if strings.Contains(name, "contrast") {
			least = 7
		}
		pair := func(a, b string, least float64) {
			if got := contrast(t, c[a], c[b]); got < least {
				t.Errorf("%s: --%s (%s) on --%s (%s) has %.2f:1, want %.1f:1", name, a, c[a], b, c[b], got, least)
			}
		}
		for ground, inks := range grounds {
			for _, ink := range inks {
				want := least
				if ink == "ink" && (ground == "bg" || ground == "soft") {
					want = 7 // what people read for hours
				}
				pair(ink, ground, want)
			}
		}
		for _, sign := range signs {
			pair(sign, "bg", 3)
		}
		// A rule that sets both has them together, whatever the table says.
		for _, r := range rules {
			ink, ground := token.FindStringSubmatch(r.set["color"]), token.FindStringSubmatch(r.set["background"])
			if ink != nil && ground != nil && !strings.Contains(r.media, "print") {
				pair(ink[1], ground[1], least)
			}
		}
	}
}

// TestColoursOfOneThemeAreTheSame: dark by the choice of the system and of the
// reader, and likewise what asks for more contrast.
func TestColoursOfOneThemeAreTheSame(t *testing.T) {
	themes := themesOf(rulesOf(read(t, "assets/site.css")))
	for _, kind := range []struct{ asked, chosen string }{{"prefers-color-scheme: dark", `[data-theme="dark"]`}, {"prefers-contrast: more", `[data-theme="contrast"]`}} {
		var asked, chosen map[string]string
		for name, c := range themes {
			media, selector, _ := strings.Cut(name, ") ")
			if strings.Contains(media, kind.asked) && strings.Count(media, "prefers-") == 1 {
				asked = c
			} else if strings.Contains(selector+media, kind.chosen) {
				chosen = c
			}
		}
		if asked == nil && kind.asked != "prefers-color-scheme: dark" {
			continue // the theme may be one to choose only
		}
		if asked == nil || chosen == nil {
			t.Errorf("%s: by preference %d tokens, by choice %d", kind.chosen, len(asked), len(chosen))
			continue
		}
		for name, v := range asked {
			if chosen[name] != v {
				t.Errorf("%s: --%s is %s by preference and %s by choice", kind.chosen, name, v, chosen[name])
			}
		}
	}
}

// TestEveryColourIsInTheTable: a token that the style sheet puts under or into
// text without a pair above would be proven by nobody.
func TestEveryColourIsInTheTable(t *testing.T) {
	for _, r := range rulesOf(read(t, "assets/site.css")) {
		if m := token.FindStringSubmatch(r.set["background"]); m != nil && grounds[m[1]] == nil && !slices.Contains(noGround, m[1]) {
			t.Errorf("%s: --%s is no ground of the table", r.selector, m[1])
		}
		if m := token.FindStringSubmatch(r.set["color"]); m != nil {
			known := false
			for _, inks := range grounds {
				known = known || slices.Contains(inks, m[1])
			}
			if !known {
				t.Errorf("%s: --%s is no ink of the table", r.selector, m[1])
			}
		}
		for p, v := range r.set {
			if (p == "color" || strings.HasPrefix(p, "background")) && strings.Contains(v, "#") {
				t.Errorf("%s: %s: %s is no token", r.selector, p, v)
			}
		}
	}
}

// noGround are tokens that fill a sign on which nothing is written.
var noGround = []string{"good"}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
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
