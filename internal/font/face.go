// Package font makes small fonts for print out of whatever fonts a site and
// its machine have.
//
// Open reads what a font file says about itself, Assign decides which face
// serves which Role, and Set.Make writes a TrueType font of exactly the
// characters that a file prints: one glyph a character, merged from a chain of
// faces, so that no character is lost that any of them has.
//
//	faces, err := font.Open("fonts/song.otf", file, size)
//	set, findings := font.Assign(faces, map[font.Role]string{font.Song: "song.otf"})
//	ttf, err := set.Make(font.Song, false, []rune("公报"))
//
// The package trusts no font: counts are held against the file's size, the
// work for one glyph has a budget, and nothing panics.
package font

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// A Face is one face of a font file. Tables are read on demand: a collection
// of 26 MB is never in memory. A Face may be used from several goroutines:
// what Open and load read never changes afterwards, outlines are behind a
// mutex.
type Face struct {
	file   string
	index  int
	src    source
	tables []table

	families   []string
	full       string
	postscript string
	weight     int
	italic     bool
	fsType     uint16
	upem       int
	lines      lines
	sum        [32]byte

	once    sync.Once
	metrics metrics
	broken  error // why there are no metrics

	mu       sync.Mutex // guards what follows
	outlines *outlines
	glyphs   map[uint16]glyph
}

// lines are the vertical measures of a face, in its own units.
type lines struct {
	ascent, descent, capHeight, xHeight int
}

// The limits of what is read of one font file. Real fonts stay far below.
const (
	maxFaces     = 256
	maxTables    = 256
	maxNameTable = 128 << 10
	maxTable     = 64 << 20 // of a table that is read whole
	maxFile      = 1 << 29  // x/image reads no further
	prefix       = 4096     // of a file, where directories usually stand
)

var errNoFont = errors.New("not a TrueType or OpenType font")

// Open returns every face of a font file (ttf, ttc, otf, otc) whose outlines
// can be read, at least one, or an error. name is what the file is called in
// findings. The faces read from r as long as they are used.
func Open(name string, r io.ReaderAt, size int64) ([]*Face, error) {
	src := source{r: r, size: min(size, maxFile)}
	src.head, _ = src.bytes(0, int(min(src.size, prefix)))
	offsets, err := collection(src)
	if err != nil {
		return nil, err
	}
	var faces []*Face
	var first error
	for i, offset := range offsets {
		f := &Face{file: name, index: i, src: src}
		if err := f.open(int64(offset)); err != nil {
			first = cmpErr(first, err)
			continue
		}
		f.src.head = nil
		faces = append(faces, f)
	}
	if len(faces) == 0 {
		return nil, first
	}
	return faces, nil
}

func cmpErr(first, err error) error {
	if first != nil {
		return first
	}
	return err
}

// collection returns where the faces of a file begin.
func collection(src source) ([]uint32, error) {
	b, err := src.bytes(0, 12)
	if err != nil {
		return nil, errNoFont
	}
	if string(b[:4]) != "ttcf" {
		return []uint32{0}, nil
	}
	n := int(binary.BigEndian.Uint32(b[8:]))
	if n < 1 || n > maxFaces {
		return nil, fmt.Errorf("a collection of %d faces", n)
	}
	b, err = src.bytes(12, 4*n)
	if err != nil {
		return nil, err
	}
	offsets := make([]uint32, n)
	for i := range offsets {
		offsets[i] = binary.BigEndian.Uint32(b[4*i:])
	}
	return offsets, nil
}

// open reads the directory and the tables that describe the face.
func (f *Face) open(offset int64) error {
	var err error
	if f.tables, err = directory(f.src, offset); err != nil {
		return err
	}
	for _, tag := range []string{"cmap", "head", "hhea", "hmtx", "maxp"} {
		if f.table(tag).length == 0 {
			return fmt.Errorf("no table %q", tag)
		}
	}
	if f.table("CFF ").length == 0 && (f.table("glyf").length == 0 || f.table("loca").length == 0) {
		return errors.New("no outlines of a kind that can be printed")
	}
	head, err := f.read("head", 54)
	if err != nil {
		return err
	}
	f.upem = int(binary.BigEndian.Uint16(head[18:]))
	if f.upem < 16 || f.upem > 16384 {
		return fmt.Errorf("%d units per em", f.upem)
	}
	style := binary.BigEndian.Uint16(head[44:])
	f.weight, f.italic = 400, style&2 != 0
	if style&1 != 0 {
		f.weight = 700
	}
	f.describe()
	name, err := f.src.bytes(int64(f.table("name").offset), int(min(f.table("name").length, maxNameTable)))
	if err != nil {
		return err
	}
	f.names(name)
	f.hash(head, name)
	return nil
}

// describe reads OS/2, which old fonts lack.
func (f *Face) describe() {
	t := f.table("OS/2")
	b, err := f.src.bytes(int64(t.offset), int(min(t.length, 96)))
	if err != nil || len(b) < 68 {
		return
	}
	if w := int(binary.BigEndian.Uint16(b[4:])); w >= 1 && w <= 9 {
		f.weight = 100 * w // the scale of the first fonts
	} else if w >= 50 && w <= 1000 {
		f.weight = w
	}
	f.fsType = binary.BigEndian.Uint16(b[8:])
	const italic, oblique = 1 << 0, 1 << 9
	f.italic = f.italic || binary.BigEndian.Uint16(b[62:])&(italic|oblique) != 0
	if len(b) >= 78 {
		f.lines.ascent, f.lines.descent = int(int16(binary.BigEndian.Uint16(b[68:]))), int(int16(binary.BigEndian.Uint16(b[70:])))
	}
	if binary.BigEndian.Uint16(b) >= 2 && len(b) >= 90 {
		f.lines.xHeight, f.lines.capHeight = int(int16(binary.BigEndian.Uint16(b[86:]))), int(int16(binary.BigEndian.Uint16(b[88:])))
	}
}

func (f *Face) hash(parts ...[]byte) {
	h := sha256.New()
	for _, t := range f.tables {
		h.Write([]byte(t.tag))
		_ = binary.Write(h, binary.BigEndian, []uint32{t.sum, t.length})
	}
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(f.sum[:0])
}

func (f *Face) table(tag string) table {
	if i := slices.IndexFunc(f.tables, func(t table) bool { return t.tag == tag }); i >= 0 {
		return f.tables[i]
	}
	return table{}
}

// read returns the first n bytes of a table, or an error if it is shorter.
func (f *Face) read(tag string, n int) ([]byte, error) {
	t := f.table(tag)
	if n > int(t.length) || n > maxTable {
		return nil, fmt.Errorf("table %q has %d bytes", tag, t.length)
	}
	return f.src.bytes(int64(t.offset), n)
}

// File returns the name with which the face's file was opened.
func (f *Face) File() string { return f.file }

// Index returns the place of the face in its file.
func (f *Face) Index() int { return f.index }

// Families returns the face's family and full names in all languages, without
// repetitions: "Noto Serif CJK SC", "宋体", "SimSun". The first is that of the
// family, in English if it has one.
func (f *Face) Families() []string { return f.families }

// Name returns the name under which a person knows the face: the full name,
// else that of the family, else that of the file.
func (f *Face) Name() string {
	switch {
	case f.full != "":
		return f.full
	case len(f.families) > 0:
		return f.families[0]
	}
	return f.file
}

// Weight returns the weight: 400 is regular, 700 bold.
func (f *Face) Weight() int { return f.weight }

// Italic reports whether the face leans.
func (f *Face) Italic() bool { return f.italic }

// Embeddable reports whether the licence bits of the face (OS/2 fsType) allow
// what print does: outlines of single characters in a file. Refused are a
// restricted licence, bitmaps only, and no subsetting, since the fonts of a
// file are always subsets.
func (f *Face) Embeddable() bool {
	const restricted, previewPrint, editable, noSubsetting, bitmapOnly = 1 << 1, 1 << 2, 1 << 3, 1 << 8, 1 << 9
	if f.fsType&(noSubsetting|bitmapOnly) != 0 {
		return false
	}
	// Where several of the licence bits are set, the mildest counts (OpenType
	// before version 3 of the table).
	return f.fsType&restricted == 0 || f.fsType&(previewPrint|editable) != 0
}

// Sum identifies the face's bytes without reading all of them: a hash of the
// table directory (tags, checksums, lengths) and the tables head and name.
func (f *Face) Sum() [32]byte { return f.sum }

// Has reports whether the face has a glyph for r. It is false for every
// character if the tables that tell cannot be read.
func (f *Face) Has(r rune) bool { return f.load().chars.glyph(r) != 0 }

// Advance returns the width of r in thousandths of an em; 0 if the face does
// not have it.
func (f *Face) Advance(r rune) int {
	m := f.load()
	if g := m.chars.glyph(r); g != 0 {
		return m.advance(g)
	}
	return 0
}

// Glyphs returns how many glyphs the face has.
func (f *Face) Glyphs() int { return f.load().glyphs }
