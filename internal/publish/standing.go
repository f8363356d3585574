package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"os"
	"path/filepath"

	"gongbao/internal/render"
)

// A Standing is what stands in an output folder: read, never changed.
type Standing struct {
	dir  string
	keys map[string]File
}

// Read returns what stands in an output folder according to the manifest in
// state, as Open takes them. Of an output that a run is writing, or that an
// interrupted run left half written, nothing stands.
func Read(dir, state string) (*Standing, error) {
	p, err := at(dir, state)
	if err != nil {
		return nil, err
	}
	s := &Standing{dir: p.dir}
	if _, err := os.Lstat(filepath.Join(p.staging, journalName)); err == nil {
		return s, nil
	}
	s.keys, err = readManifest(p.manifest)
	return s, err
}

// Has reports whether gongbao wrote the file and it is still there.
func (s *Standing) Has(path string) bool {
	_, ok := s.keys[path]
	return ok && isFile(s.target(path))
}

// Fresh reports whether the file stands there with this key.
func (s *Standing) Fresh(path string, key render.Key) bool {
	return s.Has(path) && s.keys[path].Key == key
}

// Facts returns what is known of a file that stands there.
func (s *Standing) Facts(path string) (render.Facts, bool) {
	return s.keys[path].Facts, s.Has(path)
}

// Files are the files that gongbao wrote, in any order, with what is known of them.
func (s *Standing) Files() iter.Seq2[string, render.Facts] {
	return func(yield func(string, render.Facts) bool) {
		for path, f := range s.keys {
			if !yield(path, f.Facts) {
				return
			}
		}
	}
}

// Hash returns the SHA-256 sum, in hexadecimal, of the bytes that stand there.
func (s *Standing) Hash(path string) (string, error) {
	f, err := os.Open(s.target(path))
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (s *Standing) target(path string) string { return filepath.Join(s.dir, filepath.FromSlash(path)) }

func isFile(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}
