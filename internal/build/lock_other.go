//go:build !windows && (!unix || aix || solaris)

package build

import (
	"errors"
	"os"
)

// tryLock has no lock here that ends with its process.
func tryLock(string) (*os.File, error) { return nil, errors.ErrUnsupported }
