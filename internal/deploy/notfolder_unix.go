//go:build !windows

package deploy

import (
	"errors"
	"syscall"
)

// isNotFolder reports whether an error says that a file stands where a path has a
// folder.
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
