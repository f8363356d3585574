package build

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"gongbao/internal/digest"
	"gongbao/internal/markup"
)

// A memo keeps digests and fragments on disk, found by the hash of what they
// depend on. Data is a log that only grows; the index is written anew after
// each run, atomically, and decides what of the log counts. Every record has a
// checksum: what is torn counts as absent.
type memo struct {
	dir   string
	data  *os.File
	mu    sync.Mutex
	end   int64
	index map[digest.Hash]*place
	used  int  // records of the index that this run asked for
	fresh bool // something was added
	temp  bool // removed on close
}

// A place is where a record stands: digest bytes, whose checksum is Sum, then
// fragment bytes, which end in their own.
type place struct {
	Offset           int64
	Digest, Fragment uint32
	Sum              uint32
	used             bool
}

const placeSize = 8 + 4 + 4 + 4

// openMemo opens the memo in a folder; "" keeps it in a temporary one.
func openMemo(dir string) (*memo, error) {
	m := &memo{dir: dir, index: map[digest.Hash]*place{}}
	if dir == "" {
		t, err := os.MkdirTemp("", "gongbao-")
		if err != nil {
			return nil, err
		}
		m.dir, m.temp = t, true
	}
	if err := os.MkdirAll(m.dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(m.dir, "memo.data"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	m.data = f
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	m.end = info.Size()
	b, err := os.ReadFile(filepath.Join(m.dir, "memo.index"))
	if err == nil {
		m.readIndex(b, info.Size())
	}
	return m, nil
}

func (m *memo) readIndex(b []byte, size int64) {
	const record = len(digest.Hash{}) + placeSize
	for ; len(b) >= record; b = b[record:] {
		var k digest.Hash
		copy(k[:], b)
		v := b[len(k):]
		p := place{
			Offset: int64(binary.LittleEndian.Uint64(v)), Digest: binary.LittleEndian.Uint32(v[8:]),
			Fragment: binary.LittleEndian.Uint32(v[12:]), Sum: binary.LittleEndian.Uint32(v[16:]),
		}
		if p.Offset >= 0 && p.Offset+int64(p.Digest)+int64(p.Fragment) <= size {
			m.index[k] = &p
		}
	}
}

// get returns the digest of a key, or nil.
func (m *memo) get(k digest.Hash) *digest.Digest {
	m.mu.Lock()
	p, ok := m.index[k]
	m.mu.Unlock()
	if !ok {
		return nil
	}
	b := make([]byte, p.Digest)
	if _, err := m.data.ReadAt(b, p.Offset); err != nil || crc32.ChecksumIEEE(b) != p.Sum {
		return nil
	}
	d, err := digest.Decode(b)
	if err != nil {
		return nil
	}
	m.mu.Lock()
	m.use(p)
	m.mu.Unlock()
	return d
}

func (m *memo) use(p *place) {
	if !p.used {
		p.used = true
		m.used++
	}
}

// put keeps a digest and its fragment. buf is memory for the record; what put
// returns is that for the caller's next one.
func (m *memo) put(buf []byte, k digest.Hash, d *digest.Digest, f *markup.Fragment) ([]byte, error) {
	b, n := digest.Append(buf[:0], d, f)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[n:]))
	p := &place{Digest: uint32(n), Fragment: uint32(len(b) - n), Sum: crc32.ChecksumIEEE(b[:n])}
	m.mu.Lock()
	p.Offset = m.end
	m.end += int64(len(b))
	m.index[k], m.fresh = p, true
	m.use(p)
	m.mu.Unlock()
	_, err := m.data.WriteAt(b, p.Offset)
	return b, err
}

// blob returns bytes that putBlob kept, nil where there are none.
func (m *memo) blob(k digest.Hash) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.index[k]
	if !ok {
		return nil
	}
	b := make([]byte, p.Digest)
	if _, err := m.data.ReadAt(b, p.Offset); err != nil || crc32.ChecksumIEEE(b) != p.Sum {
		return nil
	}
	m.use(p)
	return b
}

// putBlob keeps bytes under a key that is no digest's.
func (m *memo) putBlob(k digest.Hash, b []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &place{Offset: m.end, Digest: uint32(len(b)), Sum: crc32.ChecksumIEEE(b)}
	m.end += int64(len(b))
	m.index[k], m.fresh = p, true
	m.use(p)
	_, err := m.data.WriteAt(b, p.Offset)
	return err
}

// fragment returns the fragment of a key. It lives in *buf, which is made
// larger where it must be.
func (m *memo) fragment(buf *[]byte, k digest.Hash) (*markup.Fragment, error) {
	m.mu.Lock()
	p, ok := m.index[k]
	m.mu.Unlock()
	if !ok {
		return nil, errors.New("body is not in the memo")
	}
	b := slices.Grow((*buf)[:0], int(p.Fragment))[:p.Fragment]
	*buf = b
	if _, err := m.data.ReadAt(b, p.Offset+int64(p.Digest)); err != nil {
		return nil, err
	}
	n := len(b) - crc32.Size
	if n < 0 || crc32.ChecksumIEEE(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return nil, errors.New("body in the memo is damaged")
	}
	return digest.DecodeFragment(b[:n])
}

// close writes the index of what this run used. When less than half of the log
// counts, the log is dropped: the next run fills it again.
func (m *memo) close() error {
	err := m.data.Close()
	if m.temp {
		return errors.Join(err, os.RemoveAll(m.dir))
	}
	if err != nil || !m.fresh && m.used == len(m.index) {
		return err
	}
	live := int64(0)
	var b bytes.Buffer
	for k, p := range m.index {
		if !p.used {
			continue
		}
		live += int64(p.Digest) + int64(p.Fragment)
		b.Write(k[:])
		var v [placeSize]byte
		binary.LittleEndian.PutUint64(v[:], uint64(p.Offset))
		binary.LittleEndian.PutUint32(v[8:], p.Digest)
		binary.LittleEndian.PutUint32(v[12:], p.Fragment)
		binary.LittleEndian.PutUint32(v[16:], p.Sum)
		b.Write(v[:])
	}
	if live*2 < m.end && m.end > 1<<20 {
		return errors.Join(os.Remove(filepath.Join(m.dir, "memo.index")), os.Remove(filepath.Join(m.dir, "memo.data")))
	}
	name := filepath.Join(m.dir, "memo.index")
	if err := os.WriteFile(name+".new", b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}
