package search

import (
	"slices"

	"gongbao/internal/gram"
	"gongbao/internal/query"
)

// lookup returns the documents that have a term, in one index. sure is false if
// they are candidates.
func (r *Reader) lookup(p gram.Params, folder, term string) (list []int32, sure bool, err error) {
	units := gram.Units(term)
	starts := p.Cover(len(units))
	walks := make([]gram.Walk, len(starts))
	paths := paths(p, folder, units)
	for i, from := range starts {
		if walks[i], err = r.begin(p, paths[i], units[from:]); err != nil {
			return nil, false, err
		}
	}
	whole := len(units) <= p.Depth
	if walks[0].Need == 0 && walks[0].Exact && whole {
		return walks[0].List, true, nil
	}
	needs := make([]int, len(walks))
	for i := range walks {
		needs[i] = walks[i].Need
	}
	for i := range walks {
		w := &walks[i]
		if w.Need == 0 || skip(needs, i) {
			continue
		}
		if err := r.page(w, paths[i]); err != nil {
			return nil, false, err
		}
	}
	var lists [][]int32
	for i := range walks {
		switch w := walks[i]; {
		case w.Need > 0:
		case i == 0 && w.Exact && whole, w.Exact && len(w.List) == 0:
			return w.List, true, nil
		default:
			lists = append(lists, w.List)
		}
	}
	slices.SortFunc(lists, func(a, b []int32) int { return len(a) - len(b) })
	for i, l := range lists {
		if i == 0 {
			list = l
		} else {
			list = both(list, l)
		}
	}
	return list, len(list) == 0, nil
}

// skip reports whether the page of a walk is not worth reading: a long list that
// would sort out little, where another walk has less.
func skip(needs []int, i int) bool {
	const long, short = 2200, 1500
	if needs[i] <= long {
		return false
	}
	for j, need := range needs {
		if j != i && need <= short {
			return true
		}
	}
	return false
}

// page gives a walk a page that was not in the head of a file.
func (r *Reader) page(w *gram.Walk, path string) error {
	b, err := r.fetch(path, w.From, w.Need)
	if err != nil {
		return err
	}
	return w.Page(b)
}

// mostKept bounds the numbers in the pages that a Reader keeps.
const mostKept = 16 << 20

// keptPage gives a walk a page of a file that is kept.
func (r *Reader) keptPage(w *gram.Walk, path string) error {
	k := r.kept
	at := place{path, w.From}
	p := k.pages[at]
	if p == nil {
		b := k.files[path]
		if w.From+w.Need > len(b) {
			return gram.ErrDamaged
		}
		var err error
		if p, err = w.Read(b[w.From : w.From+w.Need]); err != nil {
			return err
		}
		if k.numbers += p.Count; k.numbers > mostKept {
			clear(k.pages)
			k.numbers = p.Count
		}
		k.pages[at] = p
	}
	w.Take(p)
	return nil
}

// begin reads the head of a file and, where it holds it, the page.
func (r *Reader) begin(p gram.Params, path string, query []uint16) (gram.Walk, error) {
	d, b, err := r.dir(p, path)
	if err != nil {
		return gram.Walk{}, err
	}
	w := p.Walk(d, query)
	if w.Need > 0 && r.kept != nil {
		err = r.keptPage(&w, path)
		return w, err
	}
	if w.Need > 0 && w.From+w.Need <= len(b) {
		err = w.Page(b[w.From : w.From+w.Need])
	}
	return w, err
}

// dir reads the directory of a file, and what came with it.
func (r *Reader) dir(p gram.Params, path string) (*gram.Dir, []byte, error) {
	if r.kept != nil && r.kept.dirs[path] != nil {
		return r.kept.dirs[path], r.kept.files[path], nil
	}
	size := p.Head
	if r.kept != nil {
		size = -1
	}
	b, err := r.fetch(path, 0, size)
	if err != nil {
		return nil, nil, err
	}
	d, need, err := p.ReadDir(b)
	if need > 0 {
		more, ferr := r.fetch(path, len(b), need-len(b))
		if ferr != nil {
			return nil, nil, ferr
		}
		b = append(b[:len(b):len(b)], more...)
		if d, need, err = p.ReadDir(b); need > 0 {
			return nil, nil, gram.ErrDamaged
		}
	}
	if r.kept != nil && err == nil {
		r.kept.dirs[path], r.kept.files[path] = d, b
	}
	return d, b, err
}

// both are the numbers that two ascending lists have.
func both(a, b []int32) []int32 {
	const much = 16
	out := []int32{}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) > much*len(a) {
		for _, n := range a {
			at, ok := slices.BinarySearch(b, n)
			if ok {
				out = append(out, n)
			}
			b = b[at:]
		}
		return out
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i++
			j++
		}
	}
	return out
}

// paths are the files that a lookup of units begins in, in the order of Cover.
func paths(p gram.Params, folder string, units []uint16) []string {
	var out []string
	for _, from := range p.Cover(len(units)) {
		second := uint16(0)
		if from+1 < len(units) {
			second = units[from+1]
		}
		out = append(out, File(folder, p.Shard(units[from], second)))
	}
	return out
}

// TitleFiles returns the files that a lookup of a title reads, but for those that
// show what was found.
func (r *Reader) TitleFiles(typed string) []string {
	q := query.Parse(typed)
	out := []string{File(Recent+"exact/", ExactFile(TitleKey(q.Whole), r.Exact))}
	for _, term := range q.Terms {
		out = append(out, paths(r.Heads, Recent+"heads/", gram.Units(term))...)
	}
	return out
}
