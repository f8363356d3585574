package memo

import (
	"io/fs"
	"syscall"
)

// changeOf is the time of the last change of a file or its name, and its number.
func changeOf(info fs.FileInfo) (ns, inode int64) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return s.Ctimespec.Nano(), int64(s.Ino)
}
