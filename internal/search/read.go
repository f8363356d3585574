package search

import (
	"encoding/binary"
	"strconv"
	"strings"

	"gongbao/internal/gram"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// A Fetch reads a file of the site: size bytes from a place, fewer at its end;
// size -1 is all of it.
type Fetch func(path string, from, size int) ([]byte, error)

// A Reader looks things up as the browser's client does.
type Reader struct {
	Config
	Fetch Fetch
	Cost  Cost

	state map[int32]string // force by document, on the day of the build
	kept  *kept            // nil: nothing is kept
}

// kept are the files that a Reader has read, in the forms that it needs.
type kept struct {
	lines   map[string][]string
	dirs    map[string]*gram.Dir
	files   map[string][]byte
	pages   map[place]*gram.Page
	numbers int // in the pages
}

// A place is where a page begins in a file.
type place struct {
	path string
	from int
}

// Keep makes the Reader keep what it reads, and read files of grams whole: for
// many lookups at once. Cost then says nothing.
func (r *Reader) Keep() {
	r.kept = &kept{lines: map[string][]string{}, dirs: map[string]*gram.Dir{}, files: map[string][]byte{}, pages: map[place]*gram.Page{}}
}

// Cost is what a search has read.
type Cost struct {
	Requests, Bytes int // in all
	Meta            int // bytes of meta among them
}

func (r *Reader) fetch(path string, from, size int) ([]byte, error) {
	b, err := r.Fetch(path, from, size)
	r.Cost.Requests++
	r.Cost.Bytes += len(b)
	return b, err
}

// sealed reads a whole sealed file.
func (r *Reader) sealed(path string) ([]byte, error) {
	b, err := r.fetch(path, 0, -1)
	if err != nil {
		return nil, err
	}
	return gram.Unseal(Version, b)
}

// lines reads a file of text.
func (r *Reader) lines(path string) ([]string, error) {
	if r.kept != nil && r.kept.lines[path] != nil {
		return r.kept.lines[path], nil
	}
	b, err := r.fetch(path, 0, -1)
	if err != nil {
		return nil, err
	}
	lines, err := parseLines(b)
	if r.kept != nil && err == nil {
		r.kept.lines[path] = lines
	}
	return lines, err
}

// A Result is a document found.
type Result struct {
	Doc   int32
	Score int
	Meta  Meta
	Match query.Match
	Force string // code, on the day of the build
	// Certain says that nothing of the page's text need be read to know that it is
	// a hit.
	Certain bool
}

// Results are what a search finds: the best of them, and how many there are; some of
// those may still prove false.
type Results struct {
	Top   []Result
	Total int
	Sure  bool // Total is exact
}

// found is what is known of a document before its meta is read.
type found struct {
	match   query.Match
	heads   uint32 // terms that its title or number holds, as bits
	maybe   uint32 // of heads: only candidates
	body    uint32 // terms that its text holds
	unsure  uint32 // of body: only candidates
	title   bool   // all that was typed is its title
	article bool   // its title holds Query.Title: it may have the article
	checked bool
	meta    Meta
}

// Search returns the best limit results. The force is that of the day of the
// build.
func (r *Reader) Search(typed string, limit int) (Results, error) {
	q := query.Parse(typed)
	docs, err := r.find(q, true)
	if err != nil {
		return Results{}, err
	}
	top, err := r.rank(q, docs, limit)
	res := Results{Top: top, Total: len(docs), Sure: true}
	for d, f := range docs {
		res.Sure = res.Sure && r.result(q, d, f).Certain
	}
	return res, err
}

// Title looks a query up in titles and numbers only, as the audit does.
func (r *Reader) Title(typed string, limit int) ([]Result, error) {
	q := query.Parse(typed)
	docs, err := r.find(q, false)
	if err != nil {
		return nil, err
	}
	return r.rank(q, docs, limit)
}

// find returns the documents that may answer a query: by title and number, and
// by their texts if bodies says so.
func (r *Reader) find(q query.Query, bodies bool) (map[int32]*found, error) {
	docs := map[int32]*found{}
	if len(q.Terms) == 0 {
		return docs, nil
	}
	if err := r.readState(); err != nil {
		return nil, err
	}
	titles := r.N
	for i, term := range q.Terms {
		n, err := r.heads(docs, i, term)
		if err == nil && bodies {
			err = r.bodies(docs, i, term)
		}
		if err != nil {
			return nil, err
		}
		titles = min(titles, n)
	}
	for d, f := range docs {
		if f.heads|f.body != all(q) {
			delete(docs, d)
		}
	}
	return docs, r.readings(q, docs, titles)
}

// all has a bit for every term of a query.
func all(q query.Query) uint32 { return uint32(1)<<len(q.Terms) - 1 }

// bodies adds the documents whose text may hold term i.
func (r *Reader) bodies(docs map[int32]*found, i int, term string) error {
	for _, part := range []struct {
		p      gram.Params
		folder string
		base   int
		n      int
	}{{r.Archive, Archive + "body/", 0, r.A}, {r.Recent, Recent + "body/", r.A, r.N - r.A}} {
		if part.n == 0 {
			continue
		}
		list, sure, err := r.lookup(part.p, part.folder, term)
		if err != nil {
			return err
		}
		for _, d := range list {
			f := at(docs, d+int32(part.base))
			f.body |= 1 << i
			if !sure {
				f.unsure |= 1 << i
			}
		}
	}
	return nil
}

func at(docs map[int32]*found, d int32) *found {
	f := docs[d]
	if f == nil {
		f = &found{}
		docs[d] = f
	}
	return f
}

// heads adds the documents whose title or number may hold term i, and returns
// how many they are.
func (r *Reader) heads(docs map[int32]*found, i int, term string) (int, error) {
	list, sure, err := r.lookup(r.Heads, Recent+"heads/", term)
	for _, d := range list {
		if int(d) >= r.N {
			continue
		}
		f := at(docs, d)
		f.heads |= 1 << i
		if !sure {
			f.maybe |= 1 << i
		}
	}
	return len(list), err
}

// Number looks a query up as a document number and as nothing else: what the
// page shows at once.
func (r *Reader) Number(typed string) ([]Result, error) {
	q := query.Parse(typed)
	if q.Number == nil {
		return nil, nil
	}
	if err := r.readState(); err != nil {
		return nil, err
	}
	docs := map[int32]*found{}
	if err := r.exact(q, docs, q.Number.Key()); err != nil {
		return nil, err
	}
	return r.rank(q, docs, len(docs))
}

// Screen is how many results are shown at first. So many titles are read in any
// case; only where more may hold what was typed must the one that equals it be
// looked up.
const Screen = 10

// readings adds what is known of whole numbers and titles, and of the document of
// …第五条.
func (r *Reader) readings(q query.Query, docs map[int32]*found, titles int) error {
	var keys []string
	if titles > Screen {
		keys = append(keys, TitleKey(q.Whole))
	}
	if q.Number != nil {
		keys = append(keys, q.Number.Key())
	}
	if err := r.exact(q, docs, keys...); err != nil || q.Article == "" {
		return err
	}
	heads, _, err := r.lookup(r.Heads, Recent+"heads/", q.Title)
	if len(heads) > query.MaxNamed {
		return err
	}
	for _, d := range heads {
		if int(d) < r.N {
			at(docs, d).article = true
		}
	}
	return err
}

// exact adds what the exact lookups of keys know.
func (r *Reader) exact(q query.Query, docs map[int32]*found, keys ...string) error {
	for _, key := range keys {
		lines, err := r.lines(File(Recent+"exact/", ExactFile(key, r.Exact)))
		if err != nil {
			return err
		}
		for _, line := range lines {
			f := strings.Split(line, "\t")
			if len(f) < 3 || f[0] != key {
				continue
			}
			doc, err := strconv.Atoi(f[2])
			if err != nil || doc < 0 || doc >= r.N {
				return gram.ErrDamaged
			}
			if key[0] == 't' {
				if d := docs[int32(doc)]; d != nil {
					d.title = true
				}
				continue
			}
			if len(f) < 9 {
				return gram.ErrDamaged
			}
			if fit := q.Number.Fit(f[1]); fit > 0 {
				d := at(docs, int32(doc))
				d.match.Number, d.meta = fit, Meta{f[3], f[4], f[5], f[6], f[7], f[8]}
			}
		}
	}
	return nil
}

// readState reads state.bin once.
func (r *Reader) readState() error {
	if r.state != nil {
		return nil
	}
	b, err := r.sealed(State)
	if err != nil {
		return err
	}
	build, size := binary.Uvarint(b)
	if size <= 0 || build != uint64(r.Build) {
		return gram.ErrDamaged
	}
	lists, _, err := readLists(b[size:], r.N)
	if err != nil {
		return err
	}
	r.state = map[int32]string{}
	for name, list := range lists {
		for _, d := range list {
			r.state[d] = name
		}
	}
	return nil
}

// readLists reads named lists of docs documents and returns what stands behind them.
func readLists(b []byte, docs int) (Lists, []byte, error) {
	number := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<31 {
			b = nil
			return 0
		}
		b = b[n:]
		return int(v)
	}
	n, names := number(), number()
	if n != docs {
		return nil, nil, gram.ErrDamaged
	}
	out := Lists{}
	for range names {
		size := number()
		if size > len(b) {
			return nil, nil, gram.ErrDamaged
		}
		name := string(b[:size])
		b = b[size:]
		df := number()
		list, rest, err := gram.ReadList(b, df, n)
		if err != nil {
			return nil, nil, err
		}
		out[name], b = list, rest
	}
	return out, b, nil
}

// holds reports whether title or number hold a term.
func (m Meta) holds(term string) bool {
	return strings.Contains(zh.Stream(m.Title), term) || strings.Contains(zh.Stream(m.Number), term)
}
