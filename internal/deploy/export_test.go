package deploy

import (
	"io"
	"strings"
	"testing"
)

// Decode is what is in a compressed file.
func Decode(t *testing.T, text, encoding string) string {
	t.Helper()
	r, err := decoded(strings.NewReader(text), coding(encoding))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Reencode reads a state and writes it again; false where it is damaged.
func Reencode(r io.Reader) ([]byte, bool) {
	s, err := readState(r)
	if err != nil {
		return nil, false
	}
	return s.encode(), true
}
