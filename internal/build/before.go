package build

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"gongbao/internal/audit"
	"gongbao/internal/digest"
	"gongbao/internal/markup"
	"gongbao/internal/publish"
	"gongbao/internal/render/search"
	shards "gongbao/internal/search"
)

// before is what the search of the last build was made of; nil where nobody
// knows. What it says is believed of a file only where the manifest says the
// same.
func (s *Site) before() *search.Before {
	if s.Options.Output == "" || s.Options.NoCache {
		return nil
	}
	name, err := s.Options.stateName("search")
	if err != nil {
		return nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return &search.Before{
		Parts: search.Unmarshal(b), Loader: s.Loader,
		Read: func(path string) ([]byte, error) {
			if s.standing == nil {
				return nil, errors.New("the output is not open")
			}
			return s.standing(path)
		},
		Fragment: func(content digest.Hash) (*markup.Fragment, error) {
			var buf []byte
			return s.memo.Fragment(&buf, content)
		},
	}
}

// audit tries the search as it will be published: all titles, or, where documents
// keep their numbers, those whose lookups read a file that is new.
func (s *Site) audit(p *publish.Publisher, staged []string) error {
	changed := map[string]bool{}
	for _, path := range staged {
		if strings.HasPrefix(path, shards.Recent) && !strings.HasPrefix(path, shards.Recent+"body/") {
			changed[path] = true
		}
	}
	if len(changed) == 0 {
		return nil
	}
	r := &shards.Reader{Config: s.index.Config, Fetch: func(path string, from, size int) ([]byte, error) {
		b, err := p.Read(path)
		if err == nil && size >= 0 {
			b = b[min(from, len(b)):min(from+size, len(b))]
		}
		return b, err
	}}
	var which func(title string) bool
	if s.sameNumbers() {
		which = func(title string) bool {
			return slices.ContainsFunc(r.TitleFiles(title), func(path string) bool { return changed[path] })
		}
	}
	if err := audit.Titles(r, which); err != nil {
		return fmt.Errorf("%w; --no-cache writes every file anew", err)
	}
	return nil
}

// sameNumbers reports whether every document has the number in the search that it
// had in the last build.
func (s *Site) sameNumbers() bool {
	if s.index.Before == nil {
		return false
	}
	now := s.index.Texts(func(string) digest.Hash { return digest.Hash{} })
	for folder, t := range now {
		if old, ok := s.index.Before.Parts[folder]; !ok || old.IDs != t.IDs {
			return false
		}
	}
	return true
}

// keepTexts keeps what the search was made of. Where files stayed, their texts
// may still be under other keys in the memo: after a change of the program.
func (s *Site) keepTexts() error {
	name, err := s.Options.stateName("search")
	if err != nil {
		return err
	}
	b, err := search.Marshal(s.index.Texts(s.contentKey))
	if err != nil {
		return fmt.Errorf("keep what the search was made of: %w", err)
	}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, b) {
		return nil
	}
	return writeState(name, b)
}
