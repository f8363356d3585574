package index

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	bleve "github.com/blevesearch/bleve_index_api"
)

// A lookup asks the store once.
type lookup struct {
	ctx    context.Context
	reader bleve.IndexReader
	found  func(path string)
}

// holding calls found with the path of every body that holds a term in one
// block.
func (s *store) holding(ctx context.Context, term string, found func(path string)) (err error) {
	defer damaged(&err)
	reader, err := s.index.Reader()
	if err != nil {
		return err
	}
	l := lookup{ctx, reader, found}
	switch pairs := pairsOf(term); len(pairs) {
	case 0:
		err = l.beginning(term)
	case 1:
		err = l.bodies(term, map[uint64]bool{})
	default:
		err = l.phrase(pairs)
	}
	return errors.Join(err, reader.Close())
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

// tell gives the path of a body to found.
func (l *lookup) tell(id bleve.IndexInternalID) error {
	path, err := l.reader.ExternalID(id)
	if err == nil {
		l.found(path)
	}
	return errors.Join(err, l.ctx.Err())
}

// beginning finds the bodies with a token that begins with a character.
func (l *lookup) beginning(character string) error {
	dict, err := l.reader.FieldDictPrefix(bodyField, []byte(character))
	if err != nil {
		return err
	}
	defer dict.Close()
	seen := map[uint64]bool{}
	for {
		entry, err := dict.Next()
		if entry == nil || err != nil {
			return err
		}
		if err := l.bodies(entry.Term, seen); err != nil {
			return err
		}
	}
}

// bodies finds those that have a token, but for those seen before.
func (l *lookup) bodies(token string, seen map[uint64]bool) error {
	r, err := l.reader.TermFieldReader(l.ctx, []byte(token), bodyField, false, false, false)
	if err != nil {
		return err
	}
	defer r.Close()
	var doc bleve.TermFieldDoc
	for {
		d, err := r.Next(&doc)
		if d == nil || err != nil {
			return err
		}
		if id := d.ID.Value(); !seen[id] {
			seen[id] = true
			if err := l.tell(d.ID); err != nil {
				return err
			}
		}
	}
}

// A pair is a token of a phrase with the body at which its reader stands.
type pair struct {
	bleve.TermFieldReader
	doc    *bleve.TermFieldDoc // nil: there are no more
	space  bleve.TermFieldDoc
	places []int // in the phrase
}

// to moves the reader to a body, or to the next that has the pair.
func (p *pair) to(id bleve.IndexInternalID) (err error) {
	if p.doc != nil && p.doc.ID.Compare(id) < 0 {
		p.doc, err = p.Advance(id, &p.space)
	}
	return err
}

// phrase finds the bodies in which the pairs stand one behind the other.
func (l *lookup) phrase(tokens []string) (err error) {
	pairs := make([]*pair, 0, len(tokens))
	defer func() {
		for _, p := range pairs {
			err = errors.Join(err, p.Close())
		}
	}()
	byToken := map[string]*pair{}
	for place, token := range tokens {
		if p := byToken[token]; p != nil {
			p.places = append(p.places, place)
			continue
		}
		r, err := l.reader.TermFieldReader(l.ctx, []byte(token), bodyField, false, false, true)
		if err != nil {
			return err
		}
		p := &pair{TermFieldReader: r, places: []int{place}}
		pairs, byToken[token] = append(pairs, p), p
		if p.doc, err = r.Next(&p.space); p.doc == nil || err != nil {
			return err
		}
	}
	slices.SortFunc(pairs, func(a, b *pair) int { return cmp.Compare(a.Count(), b.Count()) })
	rarest := pairs[0]
	for rarest.doc != nil {
		ahead, err := together(pairs)
		switch {
		case err != nil:
			return err
		case ahead != nil:
			err = rarest.to(ahead.ID)
		case rarest.doc == nil:
			return nil
		default:
			if follow(pairs) {
				err = l.tell(rarest.doc.ID)
			}
			if err == nil {
				rarest.doc, err = rarest.Next(&rarest.space)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// together moves all readers to the body of the first. Where one has gone
// further it returns the body there; where one has come to its end, so has the
// first.
func together(pairs []*pair) (ahead *bleve.TermFieldDoc, err error) {
	first := pairs[0]
	for _, p := range pairs[1:] {
		if err := p.to(first.doc.ID); err != nil {
			return nil, err
		}
		if p.doc == nil {
			first.doc = nil
			return nil, nil
		}
		if p.doc.ID.Compare(first.doc.ID) > 0 {
			return p.doc, nil
		}
	}
	return nil, nil
}

// follow tells whether pairs stand one behind the other somewhere in the body at
// which all of them are.
func follow(pairs []*pair) bool {
	var begins []int // where the phrase may begin
	for _, v := range pairs[0].doc.Vectors {
		begins = append(begins, int(v.Pos)-pairs[0].places[0])
	}
	for _, p := range pairs {
		for _, place := range p.places {
			begins = p.follow(begins, place)
		}
	}
	return len(begins) > 0
}

// follow keeps the begins from which the pair stands at a place of the phrase.
func (p *pair) follow(begins []int, place int) []int {
	kept, rest := begins[:0], p.doc.Vectors
	for _, begin := range begins {
		for len(rest) > 0 && int(rest[0].Pos) < begin+place {
			rest = rest[1:]
		}
		if len(rest) > 0 && int(rest[0].Pos) == begin+place {
			kept = append(kept, begin)
		}
	}
	return kept
}
