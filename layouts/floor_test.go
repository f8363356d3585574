package layouts_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"gongbao/layouts"
)

// floor is the oldest browser that has to show and run everything.
var floor = []api.Engine{{Name: api.EngineChrome, Version: "69"}}

// youngScript are what Chrome 69 does not know beside syntax: methods and
// globals that came later. Whoever needs one asks for it first under another
// name, as search.js does with DecompressionStream.
var youngScript = regexp.MustCompile(`\.(?:replaceAll|at|matchAll|fromEntries|allSettled|any|hasOwn|findLast|findLastIndex|toSorted|toReversed|toSpliced|groupBy|withResolvers|replaceChildren|randomUUID|checkVisibility|requestSubmit|timeStyle|dateStyle|isWellFormed|toggle(?:Popover))\(|` +
	`\b(?:structuredClone|globalThis|queueMicrotask|WeakRef|FinalizationRegistry|AggregateError|BigInt64Array)\b|\bIntl\.(?:RelativeTimeFormat|ListFormat|Segmenter|DisplayNames|Locale)\b|\bAbortSignal\.(?:timeout|any)\b|^\s*(?:import|export)\b|\b\d+_\d`)

// youngStyle are what Chrome 69 drops, with everything that depends on it.
// What is only nicer with it (text-wrap, accent-color) is not here.
var youngStyle = regexp.MustCompile(`:(?:has|is|where)\(|:not\([^)]*,|` +
	`@(?:container|layer|property|scope|starting-style|import)\b|\b(?:oklch|oklab|lab|lch|color-mix|color|light-dark)\(|(?:^|[^a-z])(?:clamp|min|max)\(|\d(?:dvh|svh|lvh|dvw|svw|lvw|cqw|cqi|cqh|cqb|lh|rlh)\b|` +
	`(?:^|[;{\s])(?:gap|row-gap|aspect-ratio|inset|inset-inline|inset-block|margin-inline|margin-block|padding-inline|padding-block|border-inline|border-block|translate|rotate|scale|place-content)\s*:|:\s*revert\b|overflow(?:-[xy])?:\s*clip|subgrid`)

var (
	scriptComment = regexp.MustCompile(`(?m)(^|\s)//.*$`)
	styleComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	action        = regexp.MustCompile(`\{\{[^{}]*\}\}`)
	styleTag      = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
)

// young lists what a script or a style sheet has that the floor does not know.
// Syntax is what esbuild would write otherwise for the floor than for today.
func young(name, text string) (out []string) {
	text = action.ReplaceAllString(text, "0")
	loader, words := api.LoaderJS, youngScript
	if path.Ext(name) == ".css" {
		loader, words = api.LoaderCSS, youngStyle
		text = withoutSupports(styleComment.ReplaceAllString(text, ""))
	}
	old := api.Transform(text, api.TransformOptions{Loader: loader, Engines: floor})
	for _, m := range append(old.Errors, old.Warnings...) {
		out = append(out, m.Text)
	}
	now := api.Transform(text, api.TransformOptions{Loader: loader, Target: api.ESNext})
	a, b := strings.Split(string(old.Code), "\n"), strings.Split(string(now.Code), "\n")
	for i := range b {
		if i >= len(a) || a[i] != b[i] {
			out = append(out, "syntax: "+b[i])
			break
		}
	}
	if loader == api.LoaderJS {
		text = scriptComment.ReplaceAllString(text, "$1")
		text = strings.ReplaceAll(text, "clients.matchAll(", "clients.all(") // of service workers, older than that of strings
	}
	for line := range strings.Lines(text) {
		if m := words.FindString(line); m != "" {
			out = append(out, m+" in "+strings.TrimSpace(line))
		}
	}
	if loader == api.LoaderCSS {
		for _, r := range rulesOf(text) {
			// One selector that is not known drops the whole list.
			if strings.Contains(r.selector, ",") && strings.Contains(r.selector, ":focus-visible") {
				out = append(out, ":focus-visible beside others in "+r.selector)
			}
		}
	}
	return out
}

// withoutSupports leaves out what stands in @supports: it asks first.
func withoutSupports(css string) string {
	for {
		at := strings.Index(css, "@supports")
		if at < 0 {
			return css
		}
		depth, end := 0, len(css)
		for i := at; i < len(css); i++ {
			if css[i] == '{' {
				depth++
			} else if css[i] == '}' {
				if depth--; depth == 0 {
					end = i + 1
					break
				}
			}
		}
		css = css[:at] + css[end:]
	}
}

// TestOldBrowsersUnderstandEverything looks at all scripts and style sheets,
// those that stand in pages too.
func TestOldBrowsersUnderstandEverything(t *testing.T) {
	seen := 0
	err := fs.WalkDir(layouts.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text := read(t, name)
		switch path.Ext(name) {
		case ".js", ".css":
			seen++
			for _, y := range young(name, text) {
				t.Errorf("%s: %s", name, y)
			}
		case ".html":
			for _, m := range styleTag.FindAllStringSubmatch(text, -1) {
				seen++
				for _, y := range young(name+".css", m[1]) {
					t.Errorf("%s: %s", name, y)
				}
			}
		}
		return nil
	})
	if err != nil || seen < 5 {
		t.Fatalf("%d files, %v", seen, err)
	}
}

func TestYoungThingsAreFound(t *testing.T) {
	for name, texts := range map[string][]string{
		"a.js": {"a?.b", "a ?? b", "class A { x = 1 }", "s.replaceAll('a', 'b')", "[1].at(-1)", "structuredClone(a)", "import x from 'y'", "try {} catch {} finally { a ||= 1 }", "Object.fromEntries([])", "1_000"},
		"a.css": {"a:has(b) {}", "a { b { color: red } }", "a { color: oklch(50% 0 0) }", "a { gap: 4px }", "a { inset: 0 }", "a { aspect-ratio: 1 }", "a { margin-inline: 0 }", "a:is(b, c) {}", ":where(a) {}",
			"@container (min-width: 1px) { a { color: red } }", "@media (width >= 45em) { a { color: red } }", "a { width: min(1px, 2px) }", "a:focus, a:focus-visible { color: red }", "a:not(b, c) {}", "a { height: 100dvh }", "@layer a { b { color: red } }"},
	} {
		for _, text := range texts {
			if len(young(name, text)) == 0 {
				t.Errorf("%s: nothing is said of %q", name, text)
			}
		}
	}
	for name, texts := range map[string][]string{
		"a.js":  {"var a = async function () { await b(); }", "[...a].map(x => ({...x}))", "'a.replaceAllx('", "// a?.b", "Promise.all([]).finally(f)", "[1].flat()"},
		"a.css": {"a { grid-column-gap: 4px }", "a:focus:not(:focus-visible) { outline: 0 }", "@supports (gap: 1px) { a { gap: 1px } } b { color: red }", "a { margin-inline-start: 0; max-width: 3em; text-wrap: balance; accent-color: red }", "a { padding: env(safe-area-inset-top) }"},
	} {
		for _, text := range texts {
			if y := young(name, text); len(y) > 0 {
				t.Errorf("%s: %q is old enough, but: %q", name, text, y)
			}
		}
	}
}
