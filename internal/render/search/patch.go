package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"maps"
	"slices"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/gram"
	"gongbao/internal/markup"
	"gongbao/internal/render"
)

// A Before is what the search of the last build was made of, and what stands of
// it: with it, few texts that changed change few files. Its methods may be called
// from any goroutine.
type Before struct {
	Parts    map[string]Texts // by folder
	Read     func(path string) ([]byte, error)
	Fragment func(content digest.Hash) (*markup.Fragment, error)
	Loader   func() render.Loader
}

// Texts are what a part was made of: who has which number, and which text.
type Texts struct {
	Params  gram.Params
	IDs     [sha256.Size]byte
	Bodies  []digest.Hash // of the fragments, by number
	Content []digest.Hash // of the files, by number
}

// texts are those of a part now.
func (p *part) texts(content func(path string) digest.Hash) Texts {
	n := len(p.docs)
	t := Texts{Params: p.Params, IDs: idSum(p.docs), Bodies: make([]digest.Hash, n), Content: make([]digest.Hash, n)}
	for i, e := range p.docs {
		t.Bodies[i], t.Content[i] = e.BodyHash, content(e.Source())
	}
	return t
}

// Texts are what the parts of the index are made of, by folder.
func (x *Index) Texts(content func(path string) digest.Hash) map[string]Texts {
	out := map[string]Texts{}
	for _, p := range x.bodies() {
		out[p.folder] = p.texts(content)
	}
	return out
}

// fewTexts is of how many texts that changed files are changed and not made
// anew.
const fewTexts = 24

// A patch changes the files of a part.
type patch struct {
	old     Texts
	sum     [sha256.Size]byte // of its texts
	patcher *gram.Patcher
	before  *Before

	mu       sync.Mutex
	standing map[int]bool // files that stand as the last build made them
}

// findPatch readies the patch of a part; nil where its files are made anew.
func (p *part) findPatch() *patch {
	old, ok := p.before.Parts[p.folder]
	if !ok || len(old.Bodies) != len(p.docs) || len(old.Content) != len(p.docs) {
		return nil
	}
	same := old.Params
	same.Texts = p.Texts
	if same != p.Params || old.IDs != idSum(p.docs) {
		return nil
	}
	var changes []gram.Change
	loader := p.before.Loader()
	for i, e := range p.docs {
		if old.Bodies[i] == e.BodyHash {
			continue
		}
		if len(changes) == fewTexts {
			return nil
		}
		f, err := p.before.Fragment(old.Content[i])
		if err != nil {
			return nil
		}
		c := gram.Change{Text: int32(i), Old: unitsOf(p.Params, f, e.Size)}
		if c.New, err = p.unitsNow(loader, e); err != nil {
			return nil
		}
		changes = append(changes, c)
	}
	if len(changes) == 0 {
		return nil
	}
	q := gram.NewPatcher(p.Params, changes, func(d int32) ([]uint16, error) { return p.unitsNow(p.before.Loader(), p.docs[d]) })
	return &patch{old: old, sum: sumOf(old.Bodies), patcher: q, before: p.before, standing: map[int]bool{}}
}

// unitsNow are the units of the text of a document.
func (p *part) unitsNow(l render.Loader, e *catalog.Entry) ([]uint16, error) {
	b := gram.NewBuilder(p.Params, e.Size, nil)
	err := p.add(b, l, e)
	return b.Text(), err
}

func unitsOf(p gram.Params, f *markup.Fragment, size int) []uint16 {
	b := gram.NewBuilder(p, size, nil)
	_ = b.Begin() // there is no scratch
	addFragment(b, f)
	return b.Text()
}

// stays reports whether a file that stands under a key is what it would be made
// anew.
func (p *part) stays(n int, key render.Key) bool {
	if p.before == nil {
		return false
	}
	p.patchOnce.Do(func() { p.patch = p.findPatch() })
	q := p.patch
	if q == nil || key != fileKey(q.old.Params, n, q.sum) {
		return false
	}
	if !q.patcher.Changes(n) {
		return true
	}
	q.mu.Lock()
	q.standing[n] = true
	q.mu.Unlock()
	return false
}

// patched makes a file out of the one that stands; nil where that cannot be.
func (p *part) patched(n int, path string) []byte {
	q := p.patch
	if q == nil {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.standing[n] {
		return nil
	}
	old, err := q.before.Read(path)
	if err != nil {
		return nil
	}
	b, err := q.patcher.File(n, old)
	if err != nil {
		return nil // it was damaged: all are made anew
	}
	return b
}

// storedForm begins what Marshal writes: a line of JSON that says what parts there
// are, the hashes of body and file of each by number, and a checksum of all.
const storedForm = "gongbao search 2\n"

type stored struct {
	Folder string
	Params gram.Params
	IDs    []byte
	Texts  int
}

// Marshal returns the bytes that Unmarshal reads.
func Marshal(parts map[string]Texts) ([]byte, error) {
	var head []stored
	n := 0
	for _, folder := range slices.Sorted(maps.Keys(parts)) {
		t := parts[folder]
		head = append(head, stored{folder, t.Params, t.IDs[:], len(t.Bodies)})
		n += len(t.Bodies)
	}
	line, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(storedForm)+len(line)+1+2*len(digest.Hash{})*n+crc32.Size)
	b = append(append(append(b, storedForm...), line...), '\n')
	for _, s := range head {
		t := parts[s.Folder]
		for i := range t.Bodies {
			b = append(append(b, t.Bodies[i][:]...), t.Content[i][:]...)
		}
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

// Unmarshal reads what Marshal wrote; what is damaged gives no parts.
func Unmarshal(b []byte) map[string]Texts {
	n := len(b) - crc32.Size
	if n < 0 || crc32.ChecksumIEEE(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return nil
	}
	b, ok := bytes.CutPrefix(b[:n], []byte(storedForm))
	line, b, found := bytes.Cut(b, []byte("\n"))
	var head []stored
	if !ok || !found || json.Unmarshal(line, &head) != nil {
		return nil
	}
	out := map[string]Texts{}
	const size = len(digest.Hash{})
	for _, s := range head {
		if s.Texts < 0 || s.Texts > len(b)/(2*size) {
			return nil
		}
		t := Texts{Params: s.Params, Bodies: make([]digest.Hash, s.Texts), Content: make([]digest.Hash, s.Texts)}
		copy(t.IDs[:], s.IDs)
		for i := range s.Texts {
			copy(t.Bodies[i][:], b)
			copy(t.Content[i][:], b[size:])
			b = b[2*size:]
		}
		out[s.Folder] = t
	}
	return out
}
