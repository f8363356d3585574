package toml

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/zh"
)

// A mistake is what an editor did wrong where the library stopped. Its kind
// names two texts, toml.KIND and toml.hint.KIND, in which the arguments are {2}
// and {3}.
type mistake struct {
	kind       string
	start, end int // offsets
	args       []string
}

func (r *reader) mistake(m mistake) diag.Finding {
	args := append([]string{"toml." + m.kind, "toml.hint." + m.kind}, m.args...)
	return diag.New("toml-syntax", r.pos(m.start, m.end-m.start), args...)
}

// A site is the place where the library stopped, and what stands there.
type site struct {
	scan
	data    []byte
	at, end int
	rune    rune   // at the place, '\n' at the end of the text
	message string // the library's
}

// diagnose tells the mistake from the place and the library's message.
func diagnose(data []byte, at, end int, message string) mistake {
	s := site{scan: scanTo(data, at), data: data, at: at, end: end, rune: '\n', message: message}
	if at < len(data) {
		var size int
		s.rune, size = utf8.DecodeRune(data[at:])
		s.end = max(end, at+size)
	}
	for _, try := range []func(site) (mistake, bool){
		site.inString, site.invisible, site.date, site.mark, site.bracket, site.keys, site.values,
	} {
		if m, ok := try(s); ok {
			return m
		}
	}
	return s.here("other", message)
}

func (s site) here(kind string, args ...string) mistake { return mistake{kind, s.at, s.end, args} }

func (s site) says(words ...string) bool {
	for _, w := range words {
		if strings.Contains(s.message, w) {
			return true
		}
	}
	return false
}

// inString tells what is wrong inside a string.
func (s site) inString() (mistake, bool) {
	if s.str < 0 {
		return mistake{}, false
	}
	if s.says("escape", "need a character after") {
		_, size := utf8.DecodeRune(s.data[min(s.at+1, len(s.data)):])
		end := min(s.at+1+size, len(s.data))
		return mistake{"escape", s.at, end, []string{strings.TrimSpace(string(s.data[s.at:end]))}}, true
	}
	if !s.says("new lines", "terminated") {
		return s.here("control", fmt.Sprintf("%U", s.rune)), true
	}
	quote := s.data[s.str : s.str+1]
	long := bytes.HasPrefix(s.data[s.str:], bytes.Repeat(quote, 3))
	text := s.data[s.str : s.str+lineSize(s.data[s.str:])]
	text = bytes.TrimRight(text, " \t")
	if r, size := utf8.DecodeLastRune(text); quotes[r] != "" && !long && !paired(string(text), r) {
		end := s.str + len(text)
		return mistake{"quote", end - size, end, []string{string(r), string(quote)}}, true
	}
	if long {
		quote = bytes.Repeat(quote, 3)
	}
	return mistake{"unclosed-string", s.str, s.str + len(text), []string{string(quote)}}, true
}

// paired reports whether a closing quotation mark has its opening one in text.
func paired(text string, mark rune) bool {
	opening := map[rune]string{'”': "“", '’': "‘", '」': "「", '』': "『"}[mark]
	return opening != "" && strings.Count(text, opening) >= strings.Count(text, string(mark))
}

// invisible finds spaces that only look like spaces, and marks without width.
func (s site) invisible() (mistake, bool) {
	if s.rune < utf8.RuneSelf || !zh.IsSpace(s.rune) {
		return mistake{}, false
	}
	return s.here("space", fmt.Sprintf("%U", s.rune)), true
}

// date finds a date that is not written as TOML wants it.
func (s site) date() (mistake, bool) {
	text, start := s.valueText()
	if date, ok := dateOf(text); ok {
		return mistake{"date", start, start + len(text), []string{text, date}}, true
	}
	if m, ok := zh.ScanDate(text); ok && m.End == len(text) && m.Month > 0 {
		return mistake{"date-short", start, start + len(text), []string{text}}, true
	}
	return mistake{}, false
}

// dateOf returns the date that a text spells out, as TOML writes it.
func dateOf(text string) (string, bool) {
	m, ok := zh.ScanDate(text)
	if !ok || m.End != len(text) || m.Day == 0 {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day), true
}

// valueText returns the value at the place, up to the end of the line or what
// ends it in a list, and where it begins; "" outside values.
func (s site) valueText() (string, int) {
	if s.value < 0 || s.value > s.at {
		return "", s.at
	}
	line := s.data[s.value : s.value+lineSize(s.data[s.value:])]
	stop := "#"
	if len(s.open) > 0 {
		stop = "#,]}，"
	}
	if i := bytes.IndexAny(line, stop); i >= 0 {
		line = line[:i]
	}
	text := strings.TrimLeft(string(line), " \t")
	start := s.value + len(line) - len(text)
	return strings.TrimRight(text, " \t"), start
}

// quotes and marks are what an input method types for the marks of TOML.
var (
	quotes = map[rune]string{'“': `"`, '”': `"`, '„': `"`, '＂': `"`, '「': `"`, '」': `"`, '『': `"`, '』': `"`, '‘': "'", '’': "'", '＇': "'"}
	marks  = map[rune]string{'＝': "=", '：': "=", ':': "=", '，': ",", '、': ",", '；': ",", '【': "[", '】': "]", '［': "[", '］': "]", '〔': "[", '〕': "]", '｛': "{", '｝': "}", '＃': "#", '．': ".", '－': "-"}
)

// mark finds a Chinese mark in place of an ASCII one.
func (s site) mark() (mistake, bool) {
	if q := quotes[s.rune]; q != "" {
		return s.here("quote", string(s.rune), q), true
	}
	m := marks[s.rune]
	_, start := s.valueText()
	switch inValue := s.equal >= 0 && len(s.open) == 0; {
	case m == "", s.rune == ':' && !s.says("expected '='"):
		return mistake{}, false
	case inValue && s.at == start && s.rune != '［' && s.rune != '｛':
		return mistake{}, false // a text without quotes that begins with it
	case inValue && s.at > start && m != "#":
		return s.here("after-value", string(s.rune)), true
	}
	return s.here("mark", string(s.rune), m), true
}

// keyLine is a line that begins a key.
var keyLine = regexp.MustCompile(`^[A-Za-z0-9_.-]+[ \t　]*[=＝:：]|^\[`)

// bracket finds a bracket that nothing closes: the text ends inside it, or the
// next line has a key.
func (s site) bracket() (mistake, bool) {
	if len(s.open) == 0 {
		return mistake{}, false
	}
	open := s.open[len(s.open)-1]
	closing := map[byte]string{'[': "]", '{': "}"}[s.data[open]]
	rest := s.data[s.at : s.at+lineSize(s.data[s.at:])]
	lineStart := bytes.LastIndexByte(s.data[:s.at], '\n') + 1
	header := s.equal < 0
	fresh := lineStart > open && keyLine.Match(bytes.TrimLeft(s.data[lineStart:s.at+len(rest)], " \t"))
	if !header && !fresh && len(bytes.TrimSpace(s.data[s.at:])) > 0 {
		return mistake{}, false
	}
	if header && (!s.says("to close") || s.rune != ']' && bytes.IndexByte(rest, ']') >= 0) {
		return mistake{}, false
	}
	return mistake{"unclosed", open, open + 1, []string{string(s.data[open]), closing}}, true
}

// keys tells what is wrong before the = of a line.
func (s site) keys() (mistake, bool) {
	line := s.data[s.key : s.key+lineSize(s.data[s.key:])]
	name, _, _ := strings.Cut(string(line), "=")
	if name = strings.TrimSpace(strings.Trim(strings.TrimSpace(name), "[]")); name == "" {
		name = string(bytes.TrimSpace(line))
	}
	end := s.key + len(bytes.TrimRight(line, " \t"))
	switch {
	case s.says("expected '='") && s.rune == '\n':
		return mistake{"key-alone", s.key, end, []string{name}}, true
	case s.says("expected '='") && !bytes.Contains(s.data[s.at:s.key+len(line)], []byte("=")):
		return s.here("no-equals", strings.TrimSpace(string(s.data[s.key:s.at]))), true
	case s.says("start of key", "expected key") && s.rune == '=':
		return s.here("no-key"), true
	case s.says("expected '='", "start of key", "expected key", "to close"):
		start := s.key + max(0, bytes.Index(line, []byte(name)))
		return mistake{"key", start, max(start+len(name), s.end), []string{clip(name)}}, true
	}
	return mistake{}, false
}

// clip shortens what is shown of a line.
func clip(s string) string {
	const most = 24
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// values tells what is wrong behind the =.
func (s site) values() (mistake, bool) {
	text, start := s.valueText()
	key := strings.TrimSpace(string(s.data[s.key:max(s.key, s.equal)]))
	whole := mistake{"unquoted", start, start + len(text), []string{text, strings.Trim(text, `"'“”‘’`)}}
	switch {
	case s.value < 0, s.says("nested more than"):
		return mistake{}, false
	case s.says("comma", "but got U+002C"), s.rune == '=' && s.at == start:
		return s.here("extra", string(s.rune)), true
	case s.says("expected ','"):
		return s.here("comma"), true
	case s.says("in comment"):
		return s.here("control", fmt.Sprintf("%U", s.rune)), true
	case text == "":
		return mistake{"no-value", s.key, s.key + len(key), []string{key}}, true
	case isBool(text):
		whole.kind = "bool"
		return whole, true
	case text[0] == '"' || text[0] == '\'' || text[0] == '[' || text[0] == '{' || strings.HasPrefix(text, "true") || strings.HasPrefix(text, "false"):
		rest := strings.TrimSpace(string(s.data[s.at : s.at+lineSize(s.data[s.at:])]))
		kind := "after-value"
		if strings.HasSuffix(rest, text[:1]) && !strings.Contains(rest, "=") && text[0] < '[' {
			kind = "inner-quote"
			return mistake{kind, start, start + len(text), []string{text[:1]}}, true
		}
		return mistake{kind, s.at, s.at + len(rest), []string{clip(rest)}}, true
	}
	return whole, true
}

// isBool reports what is written for true and false.
func isBool(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "tru", "是", "否", "真", "假":
		return true
	}
	return false
}
