// Package index searches the texts of a site for `gongbao search`. It keeps an
// index of bodies in a folder of .gongbao/, made by bleve's scorch on the first
// search and brought up to date by every other. `build` never makes it: its
// files are not the same twice, and are never published.
//
// # What is found
//
// A document is a hit if it holds every term of the query (zh.Stream of what was
// typed between white space): in its title, in its number, or in one block of its
// body (markup.Fragment.Blocks). Different terms may stand in different places,
// but nothing is found across two blocks. A hit is also, without its terms:
// what has the number that was typed (query.Number); of 某办法第5条, what has 某办法 in
// its title and that article in its text, if 20 titles at most hold it; of 2023年第6期, what that issue printed, and
// of 第12页 in it the one document that stands there. These three answer the
// query as if their titles held all terms, but for the number, which has points
// of its own (query.Match.Score). Results are ordered by score; of equal
// ones what came out later stands first (catalog.Searchable).
//
// # What is kept
//
// Only the text of bodies: overlapping pairs of characters with their places. The
// last character of a block stands alone. So a phrase of pairs is found exactly
// where its text is a part of one block, and the tokens that begin with a
// character are all its occurrences. Titles, numbers, statuses and facets come
// from the catalog of the day and are never stale. What is shown is looked up in
// the bodies; where a body does not bear the index out, the index is thrown away
// and the search done without it.
//
// # When it counts
//
// A seal beside the files names the version, each file with its size and
// checksum, and each document with the hash of its body. It is taken away before
// anything is written and written last. Without a seal that fits everything there
// is no index, and it is made anew: after a crash, a change of version, a
// damaged or foreign file. Whoever calls Open must keep others out (build.Lock).
// Scan gives the same answers without an index, by reading everything.
//
//	x, err := index.Open(ctx, index.Options{Dir: dir, Catalog: c, Loader: l})
//	defer x.Close()
//	r, err := x.Search(ctx, query.Parse("停车场 收费"), index.Search{Limit: 10})
package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// formatVersion is a part of the version of an index: raise it whenever the same
// bodies would be cut into other tokens (tokens, markup.Blocks, zh.Stream).
const formatVersion = 1

// version is the name of the folder of an index in Options.Dir.
func version() string { return fmt.Sprintf("%d.%d", formatVersion, digest.Version) }

// Options say what to search.
type Options struct {
	Dir     string // folder of the index: nothing else may be in it
	Catalog *catalog.Catalog
	Loader  Loader
	// Progress is told how many of how many bodies are indexed; may be nil.
	Progress func(done, total int)
}

// A Loader gives the body of a content file. What it returns counts until the
// next call.
type Loader interface {
	Fragment(contentPath string) (*markup.Fragment, error)
}

// An Index answers searches of one catalog. It is for one goroutine.
type Index struct {
	options Options
	texts   []text         // in the order of catalog.Searchable
	places  map[string]int // of texts, by content path
	store   *store         // nil: bodies are read for every search
	Indexed int            // bodies that Open put into the index
	Removed int            // bodies that Open took out of it
}

// A text is what may be found, with what its head says.
type text struct {
	*catalog.Entry
	title, number string // streams
}

// Scan returns an Index that keeps nothing and reads everything.
func Scan(o Options) *Index {
	entries := o.Catalog.Searchable()
	x := &Index{options: o, texts: make([]text, len(entries)), places: make(map[string]int, len(entries))}
	for i, e := range entries {
		x.texts[i] = text{e, zh.Stream(e.Called()), zh.Stream(e.Document.Number)}
		x.places[e.Source()] = i
	}
	return x
}

// Open brings the index in Options.Dir up to date, or makes it, and opens it.
// The caller must Close it. An index that is of no use is removed; after an
// error the next Open starts anew.
func Open(ctx context.Context, o Options) (*Index, error) {
	x := Scan(o)
	dir := filepath.Join(o.Dir, version())
	s := readSeal(dir)
	if s == nil {
		var err error
		if s, err = x.clear(dir); err != nil {
			return nil, fmt.Errorf("clear the index: %w", err)
		}
	}
	if err := x.update(ctx, dir, s); err != nil {
		return nil, fmt.Errorf("update the index: %w", err)
	}
	var err error
	if x.store, err = openStore(dir, true); err != nil {
		return nil, fmt.Errorf("open the index: %w", errors.Join(err, removeSeal(dir)))
	}
	return x, nil
}

// clear removes all there is, of any version, and returns an empty seal.
func (x *Index) clear(dir string) (*seal, error) {
	if err := os.RemoveAll(x.options.Dir); err != nil {
		return nil, err
	}
	return &seal{files: map[string]sum{}, bodies: map[string]digest.Hash{}}, os.MkdirAll(dir, 0o755)
}

// Close must be called before the lock is given up.
func (x *Index) Close() error {
	if x.store == nil {
		return nil
	}
	err := x.store.close()
	x.store = nil
	return err
}
