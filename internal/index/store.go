package index

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	bleve "github.com/blevesearch/bleve_index_api"
)

// A store is the part of an index that bleve keeps: scorch without the layer
// of package bleve above it, whose mappings, highlighters and kinds of queries
// would make the program larger by 9 MB.
type store struct {
	index bleve.Index
	queue *bleve.AnalysisQueue
}

const (
	bodyField  = "b"
	segmentExt = ".zap"
)

// errDamaged says that the store does not hold what it must.
var errDamaged = errors.New("the index is damaged")

// openStore opens the store of a folder, and makes it if it is to be written.
// The caller has the folder for itself; the limit on the wait for the store's own
// lock is for systems without ours.
func openStore(dir string, readOnly bool) (s *store, err error) {
	defer damaged(&err)
	queue := bleve.NewAnalysisQueue(2)
	index, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "read_only": readOnly, "bolt_timeout": "5s"}, queue)
	if err == nil {
		err = index.Open()
	}
	if err != nil {
		queue.Close()
		return nil, err
	}
	return &store{index, queue}, nil
}

func (s *store) close() error {
	err := s.index.Close()
	s.queue.Close()
	return err
}

// damaged makes an error of a panic of the library, which trusts its files.
func damaged(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", errDamaged, r)
	}
}

// holding calls f with the path of every body that holds a term in one block.
func (s *store) holding(ctx context.Context, term string, f func(path string)) (err error) {
	defer damaged(&err)
	reader, err := s.index.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	found, err := s.searcher(ctx, reader, term)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	sc := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0), IndexReader: reader}
	for {
		m, err := found.Next(sc)
		if m == nil || err != nil {
			return err
		}
		path, err := reader.ExternalID(m.IndexInternalID)
		if err != nil {
			return err
		}
		f(path)
		sc.DocumentMatchPool.Put(m)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (s *store) searcher(ctx context.Context, reader bleve.IndexReader, term string) (search.Searcher, error) {
	bare := search.SearcherOptions{Score: "none"}
	switch pairs := pairsOf(term); len(pairs) {
	case 0:
		return searcher.NewTermPrefixSearcher(ctx, reader, term, bodyField, 1, bare)
	case 1:
		return searcher.NewTermSearcher(ctx, reader, term, bodyField, 1, bare)
	default:
		return searcher.NewPhraseSearcher(ctx, reader, pairs, 0, false, bodyField, 1, bare)
	}
}

// pairsOf are the pairs of characters of a stream; none of a single one.
func pairsOf(stream string) []string {
	var pairs []string
	for len(stream) > 0 {
		_, first := utf8.DecodeRuneInString(stream)
		_, second := utf8.DecodeRuneInString(stream[first:])
		if second == 0 {
			return pairs
		}
		pairs = append(pairs, stream[:first+second])
		stream = stream[first:]
	}
	return pairs
}

// bodyOptions leave out what only scores, sorts or shows.
const bodyOptions = bleve.IndexField | bleve.IncludeTermVectors

// newBody is a body as the store takes it: the streams of its blocks, each with
// a line feed behind it.
func newBody(path string, streams []byte) *document.Document {
	d := document.NewDocument(path)
	d.AddField(document.NewTextFieldCustom(bodyField, nil, streams, bodyOptions, tokens{}))
	return d
}

// tokens cuts streams of blocks into the tokens of the index. It is a
// bleve analyzer.
type tokens struct{}

// Analyze implements analysis.Analyzer. Offsets in bytes are left out: nobody
// needs them, and they would be a third of the index.
func (tokens) Analyze(streams []byte) analysis.TokenStream {
	n := utf8.RuneCount(streams)
	all := make([]analysis.Token, 0, n)
	out := make(analysis.TokenStream, 0, n)
	for at := 0; at < len(streams); {
		_, first := utf8.DecodeRune(streams[at:])
		if streams[at] != '\n' {
			end := at + first
			if next, second := utf8.DecodeRune(streams[end:]); next != '\n' {
				end += second
			}
			all = append(all, analysis.Token{Term: streams[at:end:end], Position: 1 + len(all), Type: analysis.Ideographic})
			out = append(out, &all[len(all)-1])
		}
		at += first
	}
	return out
}
