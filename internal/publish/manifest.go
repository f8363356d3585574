package publish

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"gongbao/internal/render"
)

// A manifest is blocks of records behind a line that names its form. A block is
// its length, its checksum and its records; one that is damaged is left out, and
// its files are rendered again.
const (
	manifestForm = "gongbao manifest 2\n"
	perBlock     = 256 // records
)

func readManifest(name string) (map[string]File, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]File{}, nil
	}
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(b, []byte(manifestForm))
	if !ok {
		return readLines(string(b)), nil
	}
	out := make(map[string]File, len(rest)/100)
	for len(rest) >= 8 {
		size, sum := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
		rest = rest[8:]
		if uint64(size) > uint64(len(rest)) {
			break
		}
		block := rest[:size]
		rest = rest[size:]
		if crc32.ChecksumIEEE(block) == sum {
			readBlock(out, block)
		}
	}
	return out, nil
}

func readBlock(out map[string]File, b []byte) {
	text := string(b) // of all its paths
	bad := false
	uint := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<50 {
			b, bad = nil, true
			return 0
		}
		b = b[n:]
		return int(v)
	}
	fixed := func(to []byte) {
		if len(b) < len(to) {
			b, bad = nil, true
			return
		}
		b = b[copy(to, b):]
	}
	for len(b) > 0 {
		n := uint()
		if n > len(b) {
			return
		}
		at := len(text) - len(b)
		path := text[at : at+n]
		b = b[n:]
		var f File
		fixed(f.Key[:])
		fixed(f.Inputs[:])
		f.Facts.Pages, f.Facts.Size = uint(), uint()
		fixed(f.Facts.Sum[:])
		if bad {
			return
		}
		out[path] = f
	}
}

// readLines reads the form of older programs: lines of key, path and facts.
func readLines(text string) map[string]File {
	out := map[string]File{}
	for line := range strings.Lines(text) {
		sum, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		b, err := hex.DecodeString(sum)
		if !ok || err != nil || len(b) != len(render.Key{}) {
			continue // a damaged line: its file is rendered again
		}
		f := File{Key: render.Key(b)}
		path, facts, _ := strings.Cut(path, "\t")
		if facts != "" {
			var sum []byte // the oldest have none
			if n, _ := fmt.Sscanf(facts, "%d %d %x", &f.Facts.Pages, &f.Facts.Size, &sum); n < 2 {
				continue
			}
			copy(f.Facts.Sum[:], sum)
		}
		out[path] = f
	}
	return out
}

func writeManifest(name string, units map[string]File) error {
	b := append(make([]byte, 0, len(units)*128), manifestForm...)
	for paths := range slices.Chunk(slices.Sorted(maps.Keys(units)), perBlock) {
		head := len(b)
		b = append(b, make([]byte, 8)...)
		for _, path := range paths {
			f := units[path]
			b = binary.AppendUvarint(b, uint64(len(path)))
			b = append(b, path...)
			b = append(append(b, f.Key[:]...), f.Inputs[:]...)
			b = binary.AppendUvarint(b, uint64(f.Facts.Pages))
			b = binary.AppendUvarint(b, uint64(f.Facts.Size))
			b = append(b, f.Facts.Sum[:]...)
		}
		block := b[head+8:]
		binary.LittleEndian.PutUint32(b[head:], uint32(len(block)))
		binary.LittleEndian.PutUint32(b[head+4:], crc32.ChecksumIEEE(block))
	}
	return os.WriteFile(name, b, 0o644)
}
