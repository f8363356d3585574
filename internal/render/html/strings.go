package html

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Strings are the words of the site's language by key. The zero value has no
// words and is usable. Strings must not be changed once in use.
type Strings map[string]string

// LoadStrings reads strings/LANG.toml: one `"key" = "value"` a line, comments
// and empty lines between. It is a small part of TOML and no more, so that the
// words stay sortable and greppable; everything else is an error with its line.
func LoadStrings(fsys fs.FS, lang string) (Strings, error) {
	name := "strings/" + lang + ".toml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read strings for language %q: %w", lang, err)
	}
	s := Strings{}
	n := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, err := parsePair(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if _, dup := s[key]; dup {
			return nil, fmt.Errorf("%s:%d: key %q stands twice", name, n, key)
		}
		s[key] = value
	}
	return s, nil
}

// Has reports whether there is a text under a key.
func (s Strings) Has(key string) bool {
	_, ok := s[key]
	return ok
}

// T returns the words of key with {0}, {1} … replaced by args. A missing key
// comes back in 「」, so that it is seen on the page and breaks nothing.
func (s Strings) T(key string, args ...any) string {
	text, ok := s[key]
	if !ok {
		return "「" + key + "」"
	}
	if len(args) == 0 {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if len(rest) >= 2 && rest[1] == '}' && '0' <= rest[0] && rest[0] <= '9' && int(rest[0]-'0') < len(args) {
			writeArg(&b, args[rest[0]-'0'])
			text = rest[2:]
			continue
		}
		b.WriteByte('{')
		text = rest
	}
}

func writeArg(b *strings.Builder, arg any) {
	switch v := arg.(type) {
	case string:
		b.WriteString(v)
	case int:
		b.WriteString(strconv.Itoa(v))
	default:
		fmt.Fprint(b, v)
	}
}

// parsePair reads one line `"key" = "value"`, after which only a comment may
// follow.
func parsePair(line string) (key, value string, err error) {
	key, rest, err := parseQuoted(line)
	if err != nil {
		return "", "", fmt.Errorf("key: %w", err)
	}
	if key == "" {
		return "", "", fmt.Errorf("key is empty")
	}
	rest, found := strings.CutPrefix(strings.TrimSpace(rest), "=")
	if !found {
		return "", "", fmt.Errorf("no = after key %q", key)
	}
	value, rest, err = parseQuoted(strings.TrimSpace(rest))
	if err != nil {
		return "", "", fmt.Errorf("value of %q: %w", key, err)
	}
	if rest = strings.TrimSpace(rest); rest != "" && rest[0] != '#' {
		return "", "", fmt.Errorf("%q after the value of %q", rest, key)
	}
	return key, value, nil
}

// parseQuoted reads a string in double quotes from the beginning of s and
// returns what follows it.
func parseQuoted(s string) (text, rest string, err error) {
	if s == "" || s[0] != '"' {
		return "", "", fmt.Errorf("no opening quote")
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], nil
		case '\\':
			i++
			if i == len(s) {
				return "", "", fmt.Errorf("no closing quote")
			}
			switch s[i] {
			case '"', '\\':
				b.WriteByte(s[i])
			case 'n':
				b.WriteByte('\n')
			default:
				return "", "", fmt.Errorf(`escape \%c is not one of \" \\ \n`, s[i])
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", fmt.Errorf("no closing quote")
}
