package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"gongbao/internal/render/search"
)

// scratches are the temporary files of a run, in .gongbao/. They begin with the
// name of its output, which is locked: what a killed run left there is nobody's.
type scratches struct {
	folder, prefix string
	create         func(folder, pattern string) (*os.File, error)

	mu  sync.Mutex
	err error // the first
}

// newScratches removes what runs left that were killed.
func (o Options) newScratches() (*scratches, error) {
	name, err := o.stateName("grams")
	if err != nil {
		return nil, err
	}
	s := &scratches{folder: filepath.Dir(name), prefix: filepath.Base(name) + "-", create: o.createTemp}
	if s.create == nil {
		s.create = os.CreateTemp
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), s.prefix) {
			if err := os.Remove(filepath.Join(s.folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	}
	return s, nil
}

// open makes a temporary file. Where the system allows it, it has no name, and
// nothing of it is left however the run ends.
func (s *scratches) open() (search.Scratch, error) {
	f, err := s.create(s.folder, s.prefix+"*")
	if err != nil {
		return nil, s.note(err)
	}
	_ = os.Remove(f.Name()) // Windows does not; there Close does
	return &scratch{f, s}, nil
}

// failed returns what first went wrong with any of the files: it is no fault of
// the content.
func (s *scratches) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		return nil
	}
	return fmt.Errorf("put texts aside: %w", s.err)
}

func (s *scratches) note(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	return err
}

type scratch struct {
	file *os.File
	all  *scratches
}

// WriteAt implements search.Scratch.
func (s *scratch) WriteAt(b []byte, at int64) (int, error) {
	n, err := s.file.WriteAt(b, at)
	return n, s.all.note(err)
}

// ReadAt implements search.Scratch.
func (s *scratch) ReadAt(b []byte, at int64) (int, error) {
	n, err := s.file.ReadAt(b, at)
	return n, s.all.note(err)
}

// Close implements search.Scratch.
func (s *scratch) Close() error {
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); err == nil && !errors.Is(gone, fs.ErrNotExist) {
		err = gone
	}
	return s.all.note(err)
}
