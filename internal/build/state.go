package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gongbao/internal/memo"
	"gongbao/internal/publish"
)

// stateName is the file of a kind in which runs for an output leave something to
// the next ones.
func (o Options) stateName(kind string) (string, error) {
	abs, err := filepath.Abs(o.Output)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(o.Root, stateFolder, kind+"-"+hex.EncodeToString(sum[:6])), nil
}

// stateFolder is where a site keeps what runs leave to the next ones.
const stateFolder = ".gongbao"

// writeState replaces a file of state whole: who is killed leaves the old one.
func writeState(name string, b []byte) error {
	if err := os.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// kinds are those that belong to one output, but for its lock and its manifest.
var kinds = []string{"last", "search", "edition", "folders"}

// ForgetTexts removes what runs left of texts: digests, bodies, what was said of
// them, and the index of the search command. The next run reads all anew. The
// manifest stays, by which a build knows what it must delete. It fails while
// another run uses the memo.
func ForgetTexts(root string) error {
	state := filepath.Join(root, stateFolder)
	if err := memo.Forget(state); err != nil {
		return err
	}
	errs := []error{os.RemoveAll(filepath.Join(state, "index")), os.RemoveAll(filepath.Join(state, "proofs"))}
	for _, kind := range kinds {
		names, err := filepath.Glob(filepath.Join(state, kind+"-*"))
		errs = append(errs, err)
		for _, name := range names {
			errs = append(errs, os.Remove(name))
		}
	}
	return errors.Join(errs...)
}

// forgetGone removes what runs left for outputs that are no longer there. Locks
// are small and may be held: they stay.
func (o Options) forgetGone() error {
	state := filepath.Join(o.Root, stateFolder)
	names, err := filepath.Glob(filepath.Join(state, "last-*"))
	if err != nil || len(names) < 2 {
		return err
	}
	var errs []error
	for _, name := range names {
		b, err := os.ReadFile(name)
		var l last
		if err != nil || json.Unmarshal(b, &l) != nil || l.Folder == "" {
			continue
		}
		if _, err := os.Lstat(l.Folder); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		errs = append(errs, publish.Forget(l.Folder, state))
		for _, kind := range kinds {
			if err := os.Remove(filepath.Join(state, kind+strings.TrimPrefix(filepath.Base(name), "last"))); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}
