package index

import (
	"context"
	"errors"

	bleve "github.com/blevesearch/bleve_index_api"

	"gongbao/internal/zh"
)

// A batch is what goes into the store at once: so many bodies, and not many
// more bytes of their streams, since what a batch is made into takes a hundred
// times the memory.
const (
	batchBodies = 200
	batchBytes  = 1 << 20
)

// update writes into the store what the catalog has and the seal has not, takes
// out what is no more, and seals again.
func (x *Index) update(ctx context.Context, dir string, s *seal) error {
	var changed []text
	kept := 0
	for _, t := range x.texts {
		switch hash, ok := s.bodies[t.Source()]; {
		case ok && hash == t.BodyHash:
			kept++
		case t.HasBody:
			changed = append(changed, t)
		}
	}
	if kept == len(s.bodies) && len(changed) == 0 && len(s.files) > 0 {
		return nil
	}
	if kept < len(s.bodies)/2 { // mostly holes
		var err error
		if s, err = x.clear(dir); err != nil {
			return err
		}
		return x.update(ctx, dir, s)
	}
	if err := removeSeal(dir); err != nil {
		return err
	}
	st, err := openStore(dir, false)
	if err != nil {
		return err
	}
	w := &writer{index: x, store: st, seal: s, batch: bleve.NewBatch()}
	if err := errors.Join(w.write(ctx, changed), st.close()); err != nil {
		return err
	}
	return s.write(dir)
}

type writer struct {
	index *Index
	store *store
	seal  *seal
	batch *bleve.Batch
	bytes int // of the streams in batch
}

func (w *writer) write(ctx context.Context, changed []text) error {
	x := w.index
	for path, hash := range w.seal.bodies {
		if i, ok := x.places[path]; !ok || !x.texts[i].HasBody {
			delete(w.seal.bodies, path)
			w.batch.Delete(path)
			x.Removed++
		} else if hash != x.texts[i].BodyHash {
			delete(w.seal.bodies, path)
		}
	}
	for i, t := range changed {
		if x.options.Progress != nil {
			x.options.Progress(i, len(changed))
		}
		streams, err := x.streams(t.Source())
		if err != nil {
			return err
		}
		w.batch.Update(newBody(t.Source(), streams))
		w.seal.bodies[t.Source()] = t.BodyHash
		x.Indexed++
		if w.bytes += len(streams); w.bytes < batchBytes && len(w.batch.IndexOps) < batchBodies {
			continue
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) (err error) {
	defer damaged(&err)
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(w.batch.IndexOps) == 0 {
		return nil
	}
	err = w.store.index.Batch(w.batch)
	w.batch, w.bytes = bleve.NewBatch(), 0
	return err
}

// streams returns the streams of the blocks of a body, each with a line feed
// behind it.
func (x *Index) streams(path string) ([]byte, error) {
	f, err := x.options.Loader.Fragment(path)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(f.HTML))
	f.Blocks(func(_ string, text []byte) {
		out = append(appendStream(out, string(text)), '\n')
	})
	return out, nil
}

func appendStream(out []byte, text string) []byte {
	zh.StreamEach(text, func(r rune, _ int) { out = append(out, string(r)...) })
	return out
}
