package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Read reads a file of the site as it will stand after Commit.
func (p *Publisher) Read(path string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(p.staging, "files", filepath.FromSlash(path)))
	if errors.Is(err, fs.ErrNotExist) {
		b, err = os.ReadFile(p.target(path))
	}
	return b, err
}

// Append appends what Read returns to b.
func (p *Publisher) Append(b []byte, path string) ([]byte, error) {
	f, err := os.Open(filepath.Join(p.staging, "files", filepath.FromSlash(path)))
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Open(p.target(path))
	}
	if err != nil {
		return b, err
	}
	defer f.Close()
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, 1<<16)
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case errors.Is(err, io.EOF):
			return b, nil
		case err != nil:
			return b, err
		}
	}
}
