package build

import (
	"io"
	"os"
	"path"
	"slices"
)

// An opener reads files of a root one after the other, in their order: the folder of
// the file before stays open, and its memory is used again.
type opener struct {
	root   *os.Root
	folder string
	open   *os.Root // the folder; nil before the first
	buf    []byte
}

// read returns a file, which holds until the next; size is about how large it is.
func (o *opener) read(name string, size int64) ([]byte, error) {
	folder, base := path.Split(name)
	if o.open == nil || folder != o.folder {
		o.close()
		r, err := o.root.OpenRoot(path.Clean(folder))
		if err != nil {
			return nil, err
		}
		o.folder, o.open = folder, r
	}
	f, err := o.open.Open(base)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := slices.Grow(o.buf[:0], int(size)+1)
	for {
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		o.buf = b
		switch err {
		case nil:
			b = slices.Grow(b, 1)
		case io.EOF:
			return b, nil
		default:
			return nil, err
		}
	}
}

// close closes the folder; the next read opens it again.
func (o *opener) close() {
	if o.open != nil {
		_ = o.open.Close() // it was only read
		o.open = nil
	}
}
