package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
)

type openSearchCmd struct {
	Output string `short:"o" default:"opensearch" placeholder:"DIR" help:"help.opensearch-output"`
	Index  string `default:"gongbao" placeholder:"NAME" help:"help.opensearch-index"`
	Whole  bool   `help:"help.opensearch-whole"`
	Format string `enum:"text,json" default:"text" help:"help.format"`
}

// The files of an export: the body with which the index is created, the actions, and
// how far the ledger was when they were written.
const (
	openSearchIndex = "index.json"
	openSearchState = "export.json"
	openSearchBulk  = "bulk-%08d-%08d-%04d.ndjson" // lines of the ledger from and to, and which of several files
)

// actionsSize is about how large a file of actions becomes: a request to OpenSearch
// should stay far below the 100 MB that it takes.
const actionsSize = 8 << 20

// An openSearchObject is what was exported.
type openSearchObject struct {
	Index  string   `json:"index"`
	Seq    int      `json:"seq"` // lines of the ledger
	Sum    string   `json:"sum"`
	Whole  bool     `json:"whole"` // the index is to be created anew
	Put    int      `json:"put"`
	Delete int      `json:"delete"`
	Files  []string `json:"files"` // in the order in which they are sent
}

// Run writes what the index needs: everything the first time, and where the ledger
// is not the one of the time before; else what it has recorded since.
func (c *openSearchCmd) Run(a *app) error {
	if !dataset.IsIndexName(c.Index) {
		return usageError{"usage.opensearch-index", []string{c.Index}}
	}
	s, err := a.load("", false)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return err
	}
	lines := s.Ledger().Lines()
	now := openSearchObject{Index: c.Index, Seq: len(lines), Files: []string{}}
	if n := len(lines); n > 0 {
		now.Sum = hex.EncodeToString(lines[n-1].Sum[:])
	}
	old, err := c.last()
	if err != nil {
		return err
	}
	switch {
	case c.Whole || old.Index != c.Index || old.Seq == 0 || old.Seq > len(lines) || hex.EncodeToString(lines[old.Seq-1].Sum[:]) != old.Sum:
		now.Whole = true
		err = c.whole(a, s, &now)
	default:
		err = c.since(a, s, old.Seq, &now)
	}
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(now, "", " ")
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(c.Output, openSearchState), append(b, '\n')); err != nil {
		return err
	}
	return c.say(a, &now)
}

// last is what the export before wrote; zero where there was none.
func (c *openSearchCmd) last() (o openSearchObject, err error) {
	b, err := os.ReadFile(filepath.Join(c.Output, openSearchState))
	if errors.Is(err, fs.ErrNotExist) {
		return o, nil
	}
	if err == nil && json.Unmarshal(b, &o) != nil {
		o = openSearchObject{}
	}
	return o, err
}

// whole writes the index and all documents, in the place of all that was written
// before.
func (c *openSearchCmd) whole(a *app, s *build.Site, now *openSearchObject) error {
	// Without a state what is interrupted from here on is done again, and whole.
	if err := os.Remove(filepath.Join(c.Output, openSearchState)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	old, err := filepath.Glob(filepath.Join(c.Output, "bulk-*.ndjson"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	b, err := dataset.SearchIndex()
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(c.Output, openSearchIndex), b); err != nil {
		return err
	}
	w := c.actions(a, s, 1, now)
	for _, e := range s.Catalog.Documents {
		if !dataset.Searched(e) {
			continue
		}
		if err := w.put(e); err != nil {
			return err
		}
	}
	return w.flush()
}

// since writes what happened to each document that the ledger names behind its line
// seq.
func (c *openSearchCmd) since(a *app, s *build.Site, seq int, now *openSearchObject) error {
	shown := map[string]*catalog.Entry{} // by id
	for _, e := range s.Catalog.Documents {
		if dataset.Searched(e) {
			shown[e.ID] = e
		}
	}
	w := c.actions(a, s, seq+1, now)
	seen := map[string]bool{}
	for _, l := range s.Ledger().Lines()[seq:] {
		if seen[l.ID] {
			continue
		}
		seen[l.ID] = true
		var err error
		if e := shown[l.ID]; e != nil {
			err = w.put(e)
		} else {
			err = w.delete(l.ID)
		}
		if err != nil {
			return err
		}
	}
	return w.flush()
}

func (c *openSearchCmd) say(a *app, now *openSearchObject) error {
	if c.Format == "json" {
		return json.NewEncoder(a.stdout).Encode(now)
	}
	if a.Quiet {
		return nil
	}
	key := "opensearch.since"
	if now.Whole {
		key = "opensearch.whole"
	}
	fmt.Fprintln(a.stderr, a.strings.T(key, strconv.Itoa(now.Put), strconv.Itoa(now.Delete), strconv.Itoa(len(now.Files)), c.Output))
	return nil
}

// An actionWriter writes actions into files that are no longer than actionsSize and a
// document. Each file is there whole or not at all.
type actionWriter struct {
	app    *app
	dir    string
	source dataset.Source
	loader render.Loader
	from   int // first line of the ledger
	now    *openSearchObject

	buffer  bytes.Buffer // of the next file
	actions *dataset.SearchActions
}

func (c *openSearchCmd) actions(a *app, s *build.Site, from int, now *openSearchObject) *actionWriter {
	w := &actionWriter{app: a, dir: c.Output, source: dataset.Source{Catalog: s.Catalog}, loader: s.Loader(), from: from, now: now}
	w.actions = dataset.NewSearchActions(&w.buffer, now.Index)
	return w
}

func (w *actionWriter) put(e *catalog.Entry) error {
	d, err := w.source.SearchDocumentOf(e, w.loader)
	if err != nil {
		return err
	}
	w.now.Put++
	if err := w.actions.Put(&d); err != nil {
		return err
	}
	return w.roll()
}

func (w *actionWriter) delete(id string) error {
	w.now.Delete++
	if err := w.actions.Delete(id); err != nil {
		return err
	}
	return w.roll()
}

// roll writes a file where there is enough for one.
func (w *actionWriter) roll() error {
	if err := w.app.ctx.Err(); err != nil || w.buffer.Len() < actionsSize {
		return err
	}
	return w.flush()
}

// flush writes what is left as the last file.
func (w *actionWriter) flush() error {
	if w.buffer.Len() == 0 {
		return nil
	}
	name := fmt.Sprintf(openSearchBulk, w.from, w.now.Seq, len(w.now.Files)+1)
	if err := replace(filepath.Join(w.dir, name), w.buffer.Bytes()); err != nil {
		return err
	}
	w.now.Files = append(w.now.Files, name)
	w.buffer.Reset()
	return nil
}
