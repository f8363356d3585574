package index

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
)

// A store is the part of an index that bleve keeps: scorch without the layers
// above it. Package bleve, with its mappings, highlighters and kinds of queries,
// would make the program larger by 3 MB; its search for phrases takes the square
// of the time where pairs occur often in one text, as 00 does in a budget.
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
