package main

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"gongbao/internal/diag"
)

// A usageError is a wrong use that the flags alone do not show: a key of the
// strings files with its arguments.
type usageError struct {
	key  string
	args []string
}

func (e usageError) Error() string { return strings.Join(append([]string{e.key}, e.args...), " ") }

// usage returns the text of a usage error, and nil for any other error.
func usage(err error, texts diag.Strings) (string, bool) {
	var own usageError
	if !errors.As(err, &own) {
		return "", false
	}
	return texts.T("error.usage", texts.T(own.key, own.args...)), true
}

// shapes are the messages of the parser, of which only the text tells the
// kind, each with the key of our own sentence; the groups are its arguments.
var shapes = []struct {
	pattern *regexp.Regexp
	key     string
}{
	{regexp.MustCompile(`^unknown flag (.+), did you mean (?:one of )?(.+)\?$`), "usage.flag-unknown-near"},
	{regexp.MustCompile(`^unknown flag (.+)$`), "usage.flag-unknown"},
	{regexp.MustCompile(`^unexpected argument (.+), did you mean (?:one of )?(.+)\?$`), "usage.argument-unexpected-near"},
	{regexp.MustCompile(`^unexpected argument (.+)$`), "usage.argument-unexpected"},
	{regexp.MustCompile(`^expected (?:one of )?("[a-z].*)$`), "usage.command-missing"},
	{regexp.MustCompile(`^expected "(.+)"$`), "usage.argument-missing"},
	{regexp.MustCompile(`^missing positional arguments (.+)$`), "usage.argument-missing"},
	{regexp.MustCompile(`^(\S+) must be one of (.+) but got "(.*)"$`), "usage.value"},
	{regexp.MustCompile(`^(--\S+) and (--\S+) can't be used together$`), "usage.together"},
	{regexp.MustCompile(`^(--\S+): expected \S+ value but got`), "usage.value-missing"},
	{regexp.MustCompile(`^(--\S+): expected a(?:n| valid \d+ bit) u?int but got "(.*)"`), "usage.value-number"},
	{regexp.MustCompile(`^(--\S+): bool value must be (true, 1, yes, false, 0 or no) but got "(.*)"`), "usage.value"},
}

// parseError says in the user's language what is wrong with a command line,
// and where its help is. A message that no shape fits becomes a general
// sentence with what the user wrote.
func parseError(err error, args []string, texts diag.Strings) string {
	command := "gongbao"
	var p *kong.ParseError
	if errors.As(err, &p) && p.Context != nil && p.Context.Selected() != nil {
		command += " " + p.Context.Selected().Path()
	}
	what := texts.T("usage.other", offending(err.Error(), args))
	for _, s := range shapes {
		if m := s.pattern.FindStringSubmatch(err.Error()); m != nil {
			what = texts.T(s.key, m[1:]...)
			break
		}
	}
	return texts.T("error.usage", what) + "\n" + texts.T("usage.more", command)
}

var quoted = regexp.MustCompile(`"([^"]+)"|(--?[\w-]+)`)

// offending is the word that a message quotes and the user wrote; the whole
// command line where there is none.
func offending(message string, args []string) string {
	for _, m := range quoted.FindAllStringSubmatch(message, -1) {
		for _, a := range args {
			if word := m[1] + m[2]; strings.HasPrefix(a, word) || strings.HasSuffix(a, "="+word) {
				return a
			}
		}
	}
	return strings.Join(args, " ")
}
