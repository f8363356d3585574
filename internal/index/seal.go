package index

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/digest"
)

// A seal says what an index is made of. It is a text:
//
//	gongbao index 1.36
//	f 9d2c5680 104857 "000000000002.zap"
//	d 5feceb66…       "documents/2023/a.md"
//	s 1b2f3c4d
//
// with the sums of files, the hashes of bodies, and the sum of all lines above
// the last.
type seal struct {
	files  map[string]sum
	bodies map[string]digest.Hash
}

// A sum is what tells a file from a damaged one.
type sum struct {
	crc  uint32
	size int64
}

const sealName = "seal"

func removeSeal(dir string) error {
	err := os.Remove(filepath.Join(dir, sealName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// readSeal returns the seal of a folder; nil if there is none, if it is damaged,
// or if it does not fit the files.
func readSeal(dir string) *seal {
	b, err := os.ReadFile(filepath.Join(dir, sealName))
	if err != nil {
		return nil
	}
	s := parseSeal(b)
	if s == nil {
		return nil
	}
	files, err := sumFiles(dir, nil)
	if err != nil || !maps.Equal(files, s.files) {
		return nil
	}
	return s
}

func parseSeal(b []byte) *seal {
	at := bytes.LastIndex(b, []byte("\ns ")) + 1
	if at == 0 || string(b[at:]) != fmt.Sprintf("s %08x\n", crc32.ChecksumIEEE(b[:at])) {
		return nil
	}
	head, rest, _ := strings.Cut(string(b[:at]), "\n")
	if head != "gongbao index "+version() {
		return nil
	}
	s := &seal{files: map[string]sum{}, bodies: map[string]digest.Hash{}}
	for line := range strings.Lines(rest) {
		if !s.line(strings.TrimSuffix(line, "\n")) {
			return nil
		}
	}
	return s
}

func (s *seal) line(line string) bool {
	front, quoted, _ := strings.Cut(line, ` "`)
	name, err := strconv.Unquote(`"` + quoted)
	if err != nil {
		return false
	}
	if strings.HasPrefix(front, "f ") {
		var x sum
		_, err = fmt.Sscanf(front, "f %x %d", &x.crc, &x.size)
		s.files[name] = x
		return err == nil
	}
	var h digest.Hash
	var hex []byte
	if _, err = fmt.Sscanf(front, "d %x", &hex); err != nil || copy(h[:], hex) != len(h) {
		return false
	}
	s.bodies[name] = h
	return true
}

// write seals the folder. Files of the segments never change: those that were
// there before are not read again.
func (s *seal) write(dir string) error {
	files, err := sumFiles(dir, s.files)
	if err != nil {
		return err
	}
	s.files = files
	var b bytes.Buffer
	fmt.Fprintf(&b, "gongbao index %s\n", version())
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		fmt.Fprintf(&b, "f %08x %d %q\n", s.files[name].crc, s.files[name].size, name)
	}
	for _, path := range slices.Sorted(maps.Keys(s.bodies)) {
		fmt.Fprintf(&b, "d %s %q\n", s.bodies[path], path)
	}
	fmt.Fprintf(&b, "s %08x\n", crc32.ChecksumIEEE(b.Bytes()))
	name := filepath.Join(dir, sealName)
	if err := os.WriteFile(name+".new", b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// sumFiles returns the sums of all files of a folder but the seal. Segments of
// the same size as in known are taken from there.
func sumFiles(dir string, known map[string]sum) (map[string]sum, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	sums := map[string]sum{}
	buf := make([]byte, 1<<20)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), sealName) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if old, ok := known[e.Name()]; ok && old.size == info.Size() && filepath.Ext(e.Name()) == segmentExt {
			sums[e.Name()] = old
			continue
		}
		if sums[e.Name()], err = sumFile(filepath.Join(dir, e.Name()), buf); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

func sumFile(name string, buf []byte) (sum, error) {
	f, err := os.Open(name)
	if err != nil {
		return sum{}, err
	}
	defer f.Close()
	h := crc32.NewIEEE()
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, buf)
	return sum{h.Sum32(), n}, err
}
