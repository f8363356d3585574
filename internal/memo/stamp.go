package memo

import (
	"io/fs"
	"time"

	"gongbao/internal/digest"
)

// A Stamp tells from outside whether a file may have changed: its size, the
// last change that the system has of it, and which file it is. Where the system
// has no time of change that nobody can set, the time that anybody can set must
// do.
type Stamp struct {
	Size    int64
	Changed int64 // ns since 1970, the later of modification and change
	Inode   int64 // 0 where the system does not tell
}

// StampOf returns the stamp of a file.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), Changed: info.ModTime().UnixNano()}
	changed, inode := changeOf(info)
	s.Changed, s.Inode = max(s.Changed, changed, 0), inode&(1<<62-1)
	return s
}

// A stamped file had this key when it had this stamp.
type stamped struct {
	Stamp
	key         digest.Hash
	seen, fresh bool // by this run
}

// Settled is how much older than a run a change must be, in ns, for its stamp to
// tell it from a later one: some file systems count in steps of two seconds.
const Settled = int64(2500 * time.Millisecond)

// Known returns the key that a file had under a name when it had this stamp.
func (m *Memo) Known(name string, s Stamp) (digest.Hash, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	old, ok := m.stamps[name]
	if !ok || old.Stamp != s {
		return digest.Hash{}, false
	}
	old.seen = true
	return old.key, true
}

// Note keeps the key of a file that was read under a name.
func (m *Memo) Note(name string, s Stamp, k digest.Hash) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.Changed > m.since-Settled {
		delete(m.stamps, name)
		return
	}
	m.stamps[name] = &stamped{s, k, true, true}
}
