package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gongbao/internal/lock"
)

// A LockedError says that another run is writing the output.
type LockedError struct {
	Output string
	PID    int       // 0 if the other run has not said yet
	Since  time.Time // when it began
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("process %d is writing %s since %s", e.PID, e.Output, e.Since.Format(time.RFC3339))
}

// Lock keeps other runs from writing an output until release is called. It
// returns a *LockedError where one is writing already. root is the site's: the
// lock is a file of its .gongbao/ that stays there; what counts is the
// system's lock on it, which ends with its process, however that ends.
func Lock(root, output string) (release func() error, err error) {
	abs, err := filepath.Abs(output)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(abs))
	name := filepath.Join(root, stateFolder, "lock-"+hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	f, err := lock.Try(name)
	switch {
	case errors.Is(err, lock.ErrHeld):
		return nil, holder(name, output)
	case errors.Is(err, errors.ErrUnsupported): // a file system without locks: as if alone
		return func() error { return nil }, nil
	case err != nil:
		return nil, fmt.Errorf("lock the output: %w", err)
	}
	_, err = fmt.Fprintf(f, "%d %s\n", os.Getpid(), time.Now().Format(time.RFC3339))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the output: %w", err), f.Close())
	}
	return func() error { return errors.Join(f.Truncate(0), f.Close()) }, nil
}

// holder reads who has the lock. It may be too early for that, or just over.
func holder(name, output string) *LockedError {
	e := &LockedError{Output: output}
	b, err := os.ReadFile(name)
	if err != nil {
		return e
	}
	pid, since, _ := strings.Cut(strings.TrimSpace(string(b)), " ")
	e.PID, _ = strconv.Atoi(pid)
	e.Since, _ = time.Parse(time.RFC3339, since)
	return e
}
