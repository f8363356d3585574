// Package lock locks files so that the lock ends with its process, however
// that ends: nothing stale can block.
package lock

import "errors"

// ErrHeld is what Try returns for a file that another process, or another part of
// this one, has locked.
var ErrHeld = errors.New("locked")
