package inventory

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"gongbao/internal/render"
)

// ErrChanged is a file that has not the bytes of its sum.
var ErrChanged = errors.New("these are not the bytes of its sum")

// Proof reads r, and ends with ErrChanged instead of io.EOF where it has another sum:
// who writes a file takes back what ends with an error.
func Proof(r io.Reader, want render.Sum) io.Reader {
	return &proof{r: r, hash: sha256.New(), want: want}
}

type proof struct {
	r    io.Reader
	hash hash.Hash
	want render.Sum
}

func (p *proof) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.hash.Write(b[:n])
	if errors.Is(err, io.EOF) && render.Sum(p.hash.Sum(nil)) != p.want {
		return n, ErrChanged
	}
	return n, err
}
