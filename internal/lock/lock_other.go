//go:build !windows && (!unix || aix || solaris)

package lock

import (
	"errors"
	"os"
)

// Try has no lock here that ends with its process.
func Try(string) (*os.File, error) { return nil, errors.ErrUnsupported }
