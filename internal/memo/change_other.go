//go:build !linux && !darwin

package memo

import "io/fs"

func changeOf(fs.FileInfo) (ns, inode int64) { return 0, 0 }
