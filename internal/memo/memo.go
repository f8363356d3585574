// Package memo keeps digests, bodies and other results on disk, found by the
// hash of what they depend on, so that a file that did not change is not read
// again.
//
// Two logs only grow: digests, which every run reads, and bodies, which few
// pages need. The index is written anew after each run, atomically, and decides
// what of the logs counts. Every record has a checksum: what is torn counts as
// absent, so a run that was killed costs what it had added, nothing else. One
// run at a time writes; others that run beside it read, and keep what they add
// in a folder of their own.
package memo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"gongbao/internal/digest"
	"gongbao/internal/lock"
	"gongbao/internal/markup"
)

// A Mode says what a run may do with the memo of a folder.
type Mode int

const (
	ReadWrite Mode = iota // read and add; only read while another run adds
	ReadOnly              // read; what is added is forgotten at the end
	Fresh                 // neither: begin with nothing and forget all
)

// A Memo may be used by any number of goroutines.
type Memo struct {
	dir  string
	logs []*log // the last is the one that grows
	held *os.File
	temp string // removed on Close; "" for none

	mu     sync.Mutex
	index  map[digest.Hash]*place
	stamps map[string]*stamped
	since  int64 // ns: what changed later is not told from its stamp
	grew   bool
}

// A log is a pair of files.
type log struct {
	digests, bodies *os.File
	ends            [2]int64 // where the next records begin
	opened          int64    // where this run's digests begin
}

// A place is where a record stands: digest bytes, whose checksum is sum, and
// fragment bytes, which end in their own.
type place struct {
	at   [2]int64 // in digests and in bodies
	size [2]uint32
	sum  uint32
	log  uint8
	age  uint8 // runs since it was used
	used bool
}

// mostAge is after how many runs without use a record is given up. A branch
// that comes back within them finds its digests again.
const mostAge = 50

// smallLog is the size under which a log is not worth making smaller.
const smallLog = 4 << 20

// Open opens the memo of a folder, which is made where it is not there, for a
// run that begins now.
func Open(dir string, mode Mode, now time.Time) (*Memo, error) {
	m := &Memo{dir: dir, index: map[digest.Hash]*place{}, stamps: map[string]*stamped{}, since: now.UnixNano()}
	if mode == ReadWrite {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		held, err := lock.Try(filepath.Join(dir, lockName))
		switch {
		case err == nil:
			m.held = held
		case errors.Is(err, lock.ErrHeld) || errors.Is(err, errors.ErrUnsupported):
			mode = ReadOnly
		default:
			return nil, fmt.Errorf("lock the memo: %w", err)
		}
	}
	generation := 0
	if mode != Fresh {
		generation = m.load()
	}
	var err error
	if m.held != nil {
		err = m.openOwn(generation)
	} else {
		err = m.openTemp()
	}
	if err != nil {
		return nil, errors.Join(err, m.release())
	}
	return m, nil
}

// load reads the index and opens the logs that it speaks of. Whatever is wrong
// with them, the memo is then empty.
func (m *Memo) load() (generation int) {
	b, err := os.ReadFile(filepath.Join(m.dir, indexName))
	if err != nil {
		return 0
	}
	index, stamps, generation, err := readIndex(b)
	if err != nil {
		return 0
	}
	flags := os.O_RDONLY
	if m.held != nil {
		flags = os.O_RDWR
	}
	l, err := openLog(m.dir, generation, flags)
	if err != nil {
		return generation + 1
	}
	for k, p := range index {
		if p.at[0]+int64(p.size[0]) > l.ends[0] || p.at[1]+int64(p.size[1]) > l.ends[1] {
			delete(index, k)
		}
	}
	m.index, m.stamps, m.logs = index, stamps, []*log{l}
	return generation
}

// openOwn readies the logs of the folder for what this run adds.
func (m *Memo) openOwn(generation int) error {
	if len(m.logs) == 0 {
		l, err := openLog(m.dir, generation, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
		if err != nil {
			return err
		}
		m.logs = []*log{l}
	}
	removeOld(m.dir, generation)
	return nil
}

func (m *Memo) openTemp() (err error) {
	if m.temp, err = os.MkdirTemp("", "gongbao-"); err != nil {
		return err
	}
	l, err := openLog(m.temp, 0, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err == nil {
		m.logs = append(m.logs, l)
	}
	return err
}

func openLog(dir string, generation, flags int) (*log, error) {
	l := &log{}
	var err error
	if l.digests, err = os.OpenFile(filepath.Join(dir, logName("digests", generation)), flags, 0o644); err != nil {
		return nil, err
	}
	if l.bodies, err = os.OpenFile(filepath.Join(dir, logName("bodies", generation)), flags, 0o644); err != nil {
		return nil, errors.Join(err, l.digests.Close())
	}
	for i, f := range []*os.File{l.digests, l.bodies} {
		info, err := f.Stat()
		if err != nil {
			return nil, errors.Join(err, l.close())
		}
		l.ends[i] = info.Size()
	}
	l.opened = l.ends[0]
	return l, nil
}

func (l *log) close() error { return errors.Join(l.digests.Close(), l.bodies.Close()) }

// find returns the place of a key, as it is and as the index has it; nil where
// there is none.
func (m *Memo) find(k digest.Hash) (place, *place) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.index[k]
	if !ok {
		return place{}, nil
	}
	return *p, p
}

// use keeps the record of a place for the next runs.
func (m *Memo) use(p *place) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p.used = true
}

// A Reader is the memory with which one goroutine reads digests. Those of one
// run mostly stand beside each other: it reads pieces of the log.
type Reader struct {
	log  *log
	from int64
	buf  []byte
}

const piece = 256 << 10

// read returns n bytes of the digests at an offset, which stay until the next
// read.
func (r *Reader) read(l *log, at int64, n int) ([]byte, error) {
	if r.log == l && at >= r.from && at+int64(n) <= r.from+int64(len(r.buf)) {
		return r.buf[at-r.from:][:n], nil
	}
	size := int(min(int64(max(n, piece)), max(l.opened-at, int64(n))))
	r.log, r.from, r.buf = l, at, slices.Grow(r.buf[:0], size)[:size]
	if got, err := l.digests.ReadAt(r.buf, at); got < n {
		r.log = nil
		return nil, errors.Join(err, errors.New("the log is too short"))
	} else if got < size {
		r.buf = r.buf[:got]
	}
	return r.buf[:n], nil
}

// record returns the digest bytes of a place where they are whole, else nil.
// Without a Reader they are read alone, and stay.
func (m *Memo) record(r *Reader, p place) []byte {
	l := m.logs[p.log]
	var b []byte
	var err error
	if r == nil || p.at[0] >= l.opened { // what grows is not read ahead
		b = make([]byte, p.size[0])
		_, err = l.digests.ReadAt(b, p.at[0])
	} else {
		b, err = r.read(l, p.at[0], int(p.size[0]))
	}
	if err != nil || crc32.ChecksumIEEE(b) != p.sum {
		return nil
	}
	return b
}

// Digest returns the digest of a key, nil where there is none.
func (m *Memo) Digest(r *Reader, k digest.Hash) *digest.Digest {
	p, own := m.find(k)
	if own == nil {
		return nil
	}
	b := m.record(r, p)
	if b == nil {
		return nil
	}
	d, err := digest.Decode(b)
	if err != nil {
		return nil
	}
	m.use(own)
	return d
}

// Put keeps a digest and its fragment. buf is memory for the record; what Put
// returns is that for the caller's next one.
func (m *Memo) Put(buf []byte, k digest.Hash, d *digest.Digest, f *markup.Fragment) ([]byte, error) {
	b, n := digest.Append(buf[:0], d, f)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[n:]))
	return b, m.add(k, b[:n], b[n:])
}

// Blob returns bytes that PutBlob kept, nil where there are none.
func (m *Memo) Blob(k digest.Hash) []byte {
	p, own := m.find(k)
	if own == nil {
		return nil
	}
	b := m.record(nil, p)
	if b != nil {
		m.use(own)
	}
	return b
}

// PutBlob keeps bytes under a key that is no digest's.
func (m *Memo) PutBlob(k digest.Hash, b []byte) error { return m.add(k, b, nil) }

func (m *Memo) add(k digest.Hash, first, second []byte) error {
	m.mu.Lock()
	l := m.logs[len(m.logs)-1]
	p := &place{at: l.ends, size: [2]uint32{uint32(len(first)), uint32(len(second))}, sum: crc32.ChecksumIEEE(first),
		log: uint8(len(m.logs) - 1), used: true}
	l.ends[0] += int64(len(first))
	l.ends[1] += int64(len(second))
	m.index[k], m.grew = p, true
	m.mu.Unlock()
	_, err := l.digests.WriteAt(first, p.at[0])
	if err == nil && len(second) > 0 {
		_, err = l.bodies.WriteAt(second, p.at[1])
	}
	return err
}

// Fragment returns the fragment of a key. It lives in *buf, which is made
// larger where it must be.
func (m *Memo) Fragment(buf *[]byte, k digest.Hash) (*markup.Fragment, error) {
	p, own := m.find(k)
	if own == nil {
		return nil, errors.New("body is not in the memo")
	}
	b := slices.Grow((*buf)[:0], int(p.size[1]))[:p.size[1]]
	*buf = b
	if _, err := m.logs[p.log].bodies.ReadAt(b, p.at[1]); err != nil {
		return nil, err
	}
	n := len(b) - crc32.Size
	if n < 0 || crc32.ChecksumIEEE(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return nil, errors.New("body in the memo is damaged")
	}
	return digest.DecodeFragment(b[:n])
}
