package diag

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed strings/*.json
var stringsFS embed.FS

// Strings are the texts of one language for findings and for the command
// line: key → text with {0}, {1} … in place of arguments.
type Strings map[string]string

// LoadStrings returns the texts of a language, "zh-CN" or "en".
func LoadStrings(lang string) (Strings, error) {
	b, err := stringsFS.ReadFile("strings/" + lang + ".json")
	if err != nil {
		return nil, fmt.Errorf("no texts for language %q", lang)
	}
	var s Strings
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("strings/%s.json: %w", lang, err)
	}
	return s, nil
}

// T returns the text of a key with its arguments filled in. A missing key
// comes back as itself, so that a gap is seen and harms nothing.
func (s Strings) T(key string, args ...string) string {
	text, ok := s[key]
	if !ok {
		return strings.Join(append([]string{key}, args...), " ")
	}
	return Fill(text, args...)
}

// translated begin arguments that are keys of texts themselves: names of types,
// why a file was not looked at, lines of the footer, why a portal fails, what a
// share is of.
var translated = []string{"type.", "kind.", "skipped.", "foot.", "veto.", "duty."}

// Finding returns the message or hint of a finding: the text of a key with the
// finding's arguments, of which mistakes in TOML and what is in translated are
// put into words.
func (s Strings) Finding(key string, f Finding) string {
	args := make([]string, len(f.Args))
	for i, a := range f.Args {
		switch {
		case slices.ContainsFunc(translated, func(p string) bool { return strings.HasPrefix(a, p) }) && s.Has(a):
			a = s[a]
		case i < 2 && strings.HasPrefix(a, "toml.") && s.Has(a):
			a = Fill(s[a], f.Args...)
		}
		args[i] = a
	}
	return s.T(key, args...)
}

// Has reports whether the key has a text.
func (s Strings) Has(key string) bool {
	_, ok := s[key]
	return ok
}

// Fill puts the arguments in place of {0}, {1} ….
func Fill(text string, args ...string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		b.WriteString(text[:i])
		if n, err := strconv.Atoi(text[i+1 : i+j]); err == nil && n >= 0 && n < len(args) {
			b.WriteString(args[n])
		} else if err != nil {
			b.WriteString(text[i : i+j+1])
		}
		text = text[i+j+1:]
	}
	b.WriteString(text)
	return b.String()
}
