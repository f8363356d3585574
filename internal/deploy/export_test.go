package deploy

import (
	"io"
	"strings"
	"testing"
)

// underRace is set where the race detector runs, which takes ten times as long.
var underRace bool

// Rounds is how many of the rounds of a test are done: all, or a third under the race
// detector. What goes wrong between goroutines shows in those too; what needs a rare
// state is found by the run without it.
func Rounds(all int) int {
	if underRace {
		return all / 3
	}
	return all
}

// List is list.
var List = list

// Decode is what is in a compressed file.
func Decode(t *testing.T, text, encoding string) string {
	t.Helper()
	b, err := io.ReadAll(decoded(strings.NewReader(text), coding(encoding)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Decoded is decoded.
var Decoded = decoded

// Reencode reads a state and writes it again; false where it is damaged.
func Reencode(r io.Reader) ([]byte, bool) {
	s, err := readState(r)
	if err != nil {
		return nil, false
	}
	return s.encode(), true
}
