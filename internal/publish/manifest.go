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

	"gongbao/internal/catalog"
	"gongbao/internal/render"
)

// A manifest is blocks of records behind a line that names its form. A block is
// its length, its checksum and its records; one that is damaged is left out, and
// its files are rendered again. A later record of a file counts: what changed may
// stand behind what was there.
const (
	manifestForm = "gongbao manifest 3\n"
	shortForm    = "gongbao manifest 2\n" // of older programs: the first shortSum bytes of each sum
	shortSum     = 6
	perBlock     = 256 // records
)

func readManifest(name string) (map[string]File, error) {
	b, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	files, _ := parseManifest(b)
	return files, nil
}

// parseManifest reads a manifest. live is about how many of its bytes count; 0 of
// an older form, which is written anew.
func parseManifest(b []byte) (out map[string]File, live int) {
	sumSize := len(render.Sum{})
	rest, ok := bytes.CutPrefix(b, []byte(manifestForm))
	if !ok {
		sumSize = shortSum
		if rest, ok = bytes.CutPrefix(b, []byte(shortForm)); !ok {
			return readLines(string(b)), 0
		}
	}
	out = make(map[string]File, len(rest)/90)
	for len(rest) >= 8 {
		size, sum := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
		rest = rest[8:]
		if uint64(size) > uint64(len(rest)) {
			break
		}
		block := rest[:size]
		rest = rest[size:]
		if crc32.ChecksumIEEE(block) == sum {
			live += readBlock(out, block, sumSize)
		}
	}
	if sumSize == shortSum {
		live = 0
	}
	return out, live
}

// readBlock reads the records of a block, and returns the recordSize of files that
// were not there. A sum of which only the beginning is there counts as not known: its
// file is rendered again.
func readBlock(out map[string]File, b []byte, sumSize int) (live int) {
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
		fixed(f.Facts.Sum[:sumSize])
		if sumSize < len(f.Facts.Sum) {
			f.Facts.Sum = render.Sum{}
		}
		if bad {
			return
		}
		before := len(out)
		if out[path] = f; len(out) > before {
			live += recordSize(path)
		}
	}
	return live
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
			if len(sum) == len(f.Facts.Sum) {
				f.Facts.Sum = render.Sum(sum)
			}
		}
		out[path] = f
	}
	return out
}

// manifestOf is a manifest of files by path.
func manifestOf(units map[string]File) []byte {
	b := append(make([]byte, 0, len(units)*128), manifestForm...)
	return appendBlocks(b, units, slices.Sorted(maps.Keys(units)))
}

// extended returns the bytes of a manifest with the records of what changed
// behind them; nil where it must be written anew: something has gone, the form
// is an older one, or a quarter of the records no longer count.
func extended(b []byte, old, units map[string]File) []byte {
	if len(old) != len(units) {
		return nil
	}
	var changed []string
	size := 0
	for path, f := range units {
		was, ok := old[path]
		if !ok {
			return nil
		}
		if was != f {
			changed = append(changed, path)
		}
		size += recordSize(path)
	}
	return extend(b, size, units, changed)
}

// extend is extended where it is known what changed, and that the records of all
// files take size bytes.
func extend(b []byte, size int, units map[string]File, changed []string) []byte {
	if !bytes.HasPrefix(b, []byte(manifestForm)) {
		return nil
	}
	for _, path := range changed {
		size -= recordSize(path)
	}
	if dead := len(b) - size; dead > len(b)/4 {
		return nil
	}
	slices.Sort(changed)
	return appendBlocks(b, units, changed)
}

// recordSize is about how many bytes the record of a file takes.
func recordSize(path string) int {
	return len(path) + len(render.Key{}) + len(catalog.Print{}) + len(render.Sum{}) + 5
}

func appendBlocks(b []byte, units map[string]File, paths []string) []byte {
	for paths := range slices.Chunk(paths, perBlock) {
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
	return b
}
