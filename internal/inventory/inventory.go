// Package inventory holds lists of the files of a built site, and the order in
// which one state of a site becomes another.
//
// A list is written as sha256sum writes it, one file a line, sorted by path. A
// state of a site has a name: the SHA-256 of that text. Whoever has the list can
// make the name himself:
//
//	sha256sum SITE.SHA256SUMS
//
// Both ways of delivery, deploy and bundle, agree on it.
package inventory

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/render"
)

// Folder is the folder of a bundle that is not of the site, and Mark begins the
// names of the files that gongbao keeps at a target. No file of a site has such a
// name.
const (
	Folder = "_bundle/"
	Mark   = ".gongbao-"
)

// A File is a file of a site. Size is 0 where it is not known: lists say no sizes.
type File struct {
	Path string // from the root of the site, with slashes
	Size int64
	Sum  render.Sum
}

// A List is the files of a site: sorted by path, each once, with paths that are
// ValidPath.
type List []File

// ValidPath reports whether a path can be that of a file of a site on every system
// and in every list: it stays inside, and its line is one line.
func ValidPath(p string) bool {
	if !fs.ValidPath(p) || p == "." || !utf8.ValidString(p) || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	first, _, _ := strings.Cut(p, "/")
	return !strings.EqualFold(first+"/", Folder) && !strings.HasPrefix(strings.ToLower(first), Mark)
}

// New sorts files into a list. It returns an error that names the path which no
// list can have, or has twice.
func New(files []File) (List, error) {
	l := List(files)
	slices.SortFunc(l, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	for i, f := range l {
		switch {
		case !ValidPath(f.Path):
			return nil, fmt.Errorf("path %q cannot be delivered", f.Path)
		case i > 0 && l[i-1].Path == f.Path:
			return nil, fmt.Errorf("path %q is there twice", f.Path)
		}
	}
	return l, nil
}

// Find returns the file of a path.
func (l List) Find(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(l, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return l[i], true
}

// Bytes is how many bytes the files have, as far as sizes are known.
func (l List) Bytes() (n int64) {
	for _, f := range l {
		n += f.Size
	}
	return n
}

// WriteTo writes a list as sha256sum does.
func (l List) WriteTo(w io.Writer) (int64, error) {
	b, n := bufio.NewWriter(w), int64(0)
	line := make([]byte, 0, 256)
	for _, f := range l {
		line = append(append(append(hex.AppendEncode(line[:0], f.Sum[:]), "  "...), f.Path...), '\n')
		m, err := b.Write(line)
		if n += int64(m); err != nil {
			return n, err
		}
	}
	return n, b.Flush()
}

// Sum is the name of the state in which a site has these files and no others.
func (l List) Sum() (sum render.Sum) {
	h := sha256.New()
	_, _ = l.WriteTo(h) // a hash takes everything
	h.Sum(sum[:0])
	return sum
}

// ErrOrder is what Read returns for a list whose paths are not sorted, or one of
// them is there twice.
var ErrOrder = errors.New("paths are not in order")

// lineLimit is the longest line of a list: a sum and a path of 4,096 bytes, the
// longest that systems open.
const lineLimit = 64 + 2 + 4096

// Read reads a list as WriteTo writes it, and as other programs write the same:
// with CRLF, with a * before the path, with capital digits. An error names the line.
func Read(r io.Reader) (List, error) {
	var l List
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1024), lineLimit)
	for n := 1; lines.Scan(); n++ {
		sum, path, ok := strings.Cut(strings.TrimSuffix(lines.Text(), "\r"), " ")
		var f File
		if !ok || len(path) < 2 || path[0] != ' ' && path[0] != '*' || len(sum) != 2*len(f.Sum) {
			return nil, fmt.Errorf("line %d is no sum and path", n)
		}
		if _, err := hex.Decode(f.Sum[:], []byte(sum)); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if f.Path = path[1:]; !ValidPath(f.Path) {
			return nil, fmt.Errorf("line %d: path %q cannot be of a site", n, f.Path)
		}
		if len(l) > 0 && l[len(l)-1].Path >= f.Path {
			return nil, fmt.Errorf("line %d: %w", n, ErrOrder)
		}
		l = append(l, f)
	}
	return l, lines.Err()
}
