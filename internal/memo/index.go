package memo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/digest"
	"gongbao/internal/lock"
)

// The files of a memo. Logs carry a generation in their names: a smaller log is
// made beside the larger one, and the index, renamed into its place, says which
// counts.
const (
	indexName = "memo.index"
	lockName  = "memo.lock"
)

func logName(kind string, generation int) string { return fmt.Sprintf("memo.%s.%d", kind, generation) }

// removeOld removes logs of other generations and files of older programs.
// What another process still reads stays on systems that want it so.
func removeOld(dir string, generation int) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name == logName("digests", generation), name == logName("bodies", generation), name == indexName, name == lockName:
		case strings.HasPrefix(name, "memo."):
			_ = os.Remove(filepath.Join(dir, name))
		}
	}
}

// Forget removes all that is kept in a folder. It returns lock.ErrHeld while a
// run adds to it.
func Forget(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	held, err := lock.Try(filepath.Join(dir, lockName))
	if errors.Is(err, errors.ErrUnsupported) {
		err = nil // a file system without locks: as if alone
	}
	if err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(dir, "memo.*"))
	errs := []error{err}
	for _, name := range names {
		if filepath.Base(name) != lockName {
			errs = append(errs, os.Remove(name))
		}
	}
	if held != nil {
		errs = append(errs, held.Close())
	}
	return errors.Join(errs...)
}

// magic begins an index; other programs have other ones.
var magic = fmt.Sprintf("gongbao memo 2, digests %d\n", digest.Version)

var errIndex = errors.New("the index of the memo is damaged")

// readIndex reads what appendIndex wrote.
func readIndex(b []byte) (map[digest.Hash]*place, map[string]*stamped, int, error) {
	if len(b) < len(magic)+crc32.Size || string(b[:len(magic)]) != magic {
		return nil, nil, 0, errIndex
	}
	n := len(b) - crc32.Size
	if crc32.ChecksumIEEE(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return nil, nil, 0, errIndex
	}
	r := indexReader{b: b[len(magic):n]}
	generation := int(r.uint())
	count := int(min(r.uint(), uint64(len(r.b))))
	index, places := make(map[digest.Hash]*place, count), make([]place, count)
	for i := range places {
		k, p := r.hash(), &places[i]
		p.at = [2]int64{int64(r.uint()), int64(r.uint())}
		p.size = [2]uint32{uint32(r.uint()), uint32(r.uint())}
		p.sum, p.age = uint32(r.uint()), uint8(r.uint())
		index[k] = p
	}
	count = int(min(r.uint(), uint64(len(r.b)/len(digest.Hash{}))))
	stamps, list := make(map[string]*stamped, count), make([]stamped, count)
	r.text = string(r.b)
	for i := range list {
		name := r.string()
		list[i] = stamped{Stamp: Stamp{Size: int64(r.uint()), Changed: int64(r.uint()), Inode: int64(r.uint())}, key: r.hash()}
		stamps[name] = &list[i]
	}
	if r.bad || len(r.b) > 0 {
		return nil, nil, 0, errIndex
	}
	return index, stamps, generation, nil
}

type indexReader struct {
	b    []byte
	text string // ends as b does: names share its memory
	bad  bool
}

func (r *indexReader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *indexReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.b, r.bad = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *indexReader) hash() (k digest.Hash) {
	copy(k[:], r.take(uint64(len(k))))
	return k
}

func (r *indexReader) string() string {
	n := r.uint()
	at := len(r.text) - len(r.b)
	return r.text[at : at+len(r.take(n))]
}

func appendIndex(generation int, index map[digest.Hash]*place, stamps map[string]*stamped) []byte {
	b := append(make([]byte, 0, 64*len(index)+96*len(stamps)), magic...)
	b = binary.AppendUvarint(b, uint64(generation))
	b = binary.AppendUvarint(b, uint64(len(index)))
	for k, p := range index {
		b = append(b, k[:]...)
		for _, n := range []uint64{uint64(p.at[0]), uint64(p.at[1]), uint64(p.size[0]), uint64(p.size[1]), uint64(p.sum), uint64(p.age)} {
			b = binary.AppendUvarint(b, n)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(stamps)))
	for name, s := range stamps {
		b = binary.AppendUvarint(b, uint64(len(name)))
		b = append(b, name...)
		for _, n := range []int64{s.Size, s.Changed, s.Inode} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		b = append(b, s.key[:]...)
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// Close keeps what this run used, and what earlier runs did not long ago. A log
// of which less than half counts is written anew.
func (m *Memo) Close() error {
	if m.held == nil {
		return m.release()
	}
	changed := m.grew
	for k, p := range m.index {
		was := p.age
		if p.used {
			p.age = 0
		} else if p.age++; p.age > mostAge {
			delete(m.index, k)
		}
		changed = changed || was != p.age && p.used
	}
	for name, s := range m.stamps {
		if s.fresh {
			changed = true
		} else if !s.seen {
			delete(m.stamps, name)
			changed = true
		}
	}
	if !changed {
		return m.release()
	}
	generation, err := m.shrink()
	if err == nil {
		name := filepath.Join(m.dir, indexName)
		if err = os.WriteFile(name+".new", appendIndex(generation, m.index, m.stamps), 0o644); err == nil {
			err = os.Rename(name+".new", name)
		}
	}
	if err == nil {
		removeOld(m.dir, generation)
	}
	return errors.Join(err, m.release())
}

// shrink writes the logs anew where most of them does not count any more, and
// returns the generation that counts.
func (m *Memo) shrink() (int, error) {
	l := m.logs[0]
	var generation int
	if _, err := fmt.Sscanf(filepath.Base(l.digests.Name()), "memo.digests.%d", &generation); err != nil {
		return 0, err
	}
	live := int64(0)
	for _, p := range m.index {
		live += int64(p.size[0]) + int64(p.size[1])
	}
	if whole := l.ends[0] + l.ends[1]; live*2 >= whole || whole < smallLog {
		return generation, nil
	}
	n, err := openLog(m.dir, generation+1, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return 0, err
	}
	places := make([]*place, 0, len(m.index))
	for _, p := range m.index {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b *place) int { return int(a.at[0] - b.at[0]) })
	for _, p := range places {
		for i, f := range [][2]*os.File{{n.digests, l.digests}, {n.bodies, l.bodies}} {
			size := int64(p.size[i])
			if _, err := io.Copy(io.NewOffsetWriter(f[0], n.ends[i]), io.NewSectionReader(f[1], p.at[i], size)); err != nil {
				return 0, errors.Join(err, n.close())
			}
			p.at[i] = n.ends[i]
			n.ends[i] += size
		}
	}
	m.logs[0] = n
	return generation + 1, l.close()
}

// release gives up files, lock and what was only for this run.
func (m *Memo) release() error {
	var err error
	for _, l := range m.logs {
		err = errors.Join(err, l.close())
	}
	if m.held != nil {
		err = errors.Join(err, m.held.Close())
	}
	if m.temp != "" {
		err = errors.Join(err, os.RemoveAll(m.temp))
	}
	return err
}
