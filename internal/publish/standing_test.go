package publish_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"gongbao/internal/publish"
	"gongbao/internal/render"
)

func (s *site) standing() *publish.Standing {
	s.t.Helper()
	out, err := publish.Read(s.out, s.state)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func TestStandingIsWhatIsThere(t *testing.T) {
	s := newSite(t)
	if s.standing().Has("index.html") {
		t.Error("a file stands in an output that does not exist")
	}
	s.publish(first)
	out := s.standing()
	sum := sha256.Sum256([]byte("首页"))
	if got, err := out.Hash("index.html"); err != nil || got != hex.EncodeToString(sum[:]) {
		t.Errorf("Hash(index.html) = %q, %v, want the sum of its bytes", got, err)
	}
	if !out.Has("feed.xml") || out.Fresh("feed.xml", render.Hash("another")) {
		t.Error("feed.xml does not stand there, or with another key")
	}
	if err := os.WriteFile(filepath.Join(s.out, "own.html"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if out.Has("own.html") {
		t.Error("a file that gongbao did not write stands there")
	}
	if err := os.Remove(filepath.Join(s.out, "feed.xml")); err != nil {
		t.Fatal(err)
	}
	if out.Has("feed.xml") {
		t.Error("a file that was deleted stands there")
	}
}

func TestNothingStandsInAHalfWrittenOutput(t *testing.T) {
	s := newSite(t)
	s.publish(first)
	s.interrupted(map[string]string{"index.html": "新首页"}, "index.html")
	if s.standing().Has("index.html") {
		t.Error("a file stands in an output that is half written")
	}
}
