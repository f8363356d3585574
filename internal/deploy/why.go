package deploy

import (
	"errors"
	"io/fs"
	"net"
	"runtime"
	"syscall"
)

// diskFull are the numbers by which Windows says so; syscall has no names for them.
var diskFull = []syscall.Errno{39, 112}

// Why names what lies behind an error that is no Problem, where people can do something
// about it; its text has the key "deploy.why-" and the name. It is "" for all else.
//
//	full        the disk is full
//	read-only   nobody may write there, or this user may not
//	no-folder   a file stands where a folder should
//	absent      a file or folder is not there
//	unreachable a server does not answer
func Why(err error) string {
	if runtime.GOOS == "windows" {
		for _, n := range diskFull {
			if errors.Is(err, n) {
				return "full"
			}
		}
	}
	_, lost := errors.AsType[*net.OpError](err)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "full"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "read-only"
	case lost:
		return "unreachable"
	case isNotFolder(err):
		return "no-folder"
	case errors.Is(err, fs.ErrNotExist):
		return "absent"
	}
	return ""
}
