package build

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/duty"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// copied compares every interpretation with the documents that it explains. The
// catalog has no texts; what was found is kept under both digests' keys.
func (s *Site) copied(ctx context.Context) ([]diag.Finding, error) {
	type pair struct{ e, of *catalog.Entry }
	var pairs []pair
	for _, e := range s.Catalog.Articles[gazette.TypeInterpretation] {
		for _, t := range e.About {
			if t.Entry == nil || t.Entry.Type != gazette.TypeDocument {
				continue
			}
			pairs = append(pairs, pair{e, t.Entry})
		}
	}
	found := make([][]diag.Finding, len(pairs))
	err := each(ctx, len(pairs), func() func(int) error {
		return func(i int) (err error) {
			found[i], err = s.copiedFrom(pairs[i].e, pairs[i].of)
			return err
		}
	})
	return slices.Concat(found...), err
}

func (s *Site) copiedFrom(e, of *catalog.Entry) ([]diag.Finding, error) {
	a, b := s.load.keys[e.Path], s.load.keys[of.Path]
	key := digest.Hash(sha256.Sum256(fmt.Appendf(nil, "copied %s %x %x", Version, a, b)))
	fs := []diag.Finding{}
	if raw := s.memo.Blob(key); raw != nil && json.Unmarshal(raw, &fs) == nil {
		return fs, nil
	}
	texts := [2]*source.File{}
	for i, x := range []*catalog.Entry{e, of} {
		raw, err := s.load.root.ReadFile(source.Name(x.Path))
		if err != nil {
			return nil, nil // gone since: the next run sees it
		}
		texts[i] = source.Read(x.Path, raw)
	}
	if f, ok := duty.Copied(e, of, string(texts[0].Body), string(texts[1].Body), texts[0].BodyLine, texts[1].BodyLine); ok {
		fs = append(fs, f)
	}
	raw, err := json.Marshal(fs)
	if err != nil {
		return nil, fmt.Errorf("keep what was compared: %w", err)
	}
	return fs, s.memo.PutBlob(key, raw)
}
