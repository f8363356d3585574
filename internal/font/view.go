package font

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// outlines read the glyphs of one face through x/image. The library is strict
// about tables that outlines do not need and about the order and places of
// all, so that it sees a view of the file: a directory of its own, the real
// tables of outlines, and made-up ones for the rest. It is not hardened
// against hostile fonts; the view has a budget for each glyph.
type outlines struct {
	view view
	font *sfnt.Font
	buf  sfnt.Buffer
}

// The budgets of reading. A charstring that calls itself ten levels deep, or a
// glyph of glyphs, would run for hours.
const (
	openBytes, openReads   = 32 << 20, 1 << 16
	glyphBytes, glyphReads = 1 << 19, 1 << 14
)

var errBudget = errors.New("a glyph without end")

// A part is a table as the view shows it: in memory, or a piece of the file.
type part struct {
	at     int64 // in the view
	length int64
	data   []byte
	offset int64 // in the file, without data
}

// A view is the io.ReaderAt of outlines. It keeps the blocks that it read
// last: charstrings call the same few subroutines.
type view struct {
	src         source
	parts       []part // by at
	bytes, read int    // left of the budget
	blocks      [64]block
}

const blockSize = 4 << 10

type block struct {
	at   int64
	data []byte
}

// ReadAt fills p from the parts; the gaps between them are zeros.
func (v *view) ReadAt(p []byte, at int64) (int, error) {
	v.bytes -= len(p)
	v.read--
	if v.bytes < 0 || v.read < 0 {
		return 0, errBudget
	}
	i, exact := slices.BinarySearchFunc(v.parts, at, func(t part, at int64) int { return cmp.Compare(t.at, at) })
	if !exact {
		i--
	}
	if i < 0 {
		return 0, io.EOF
	}
	t := v.parts[i]
	if at-t.at > t.length || int64(len(p)) > t.length-(at-t.at) {
		return 0, io.EOF // x/image never reads over the edge of a table
	}
	if t.data != nil {
		return copy(p, t.data[at-t.at:]), nil
	}
	return v.fill(p, t.offset+at-t.at)
}

// fill reads from the file, small pieces through the blocks.
func (v *view) fill(p []byte, at int64) (int, error) {
	if len(p) > blockSize/2 {
		return v.src.r.ReadAt(p, at)
	}
	n := 0
	for n < len(p) {
		b := &v.blocks[(at/blockSize)%int64(len(v.blocks))]
		start := at / blockSize * blockSize
		if b.data == nil || b.at != start {
			data, err := v.src.bytes(start, int(min(blockSize, v.src.size-start)))
			if err != nil {
				return n, err
			}
			*b = block{start, data}
		}
		if at-start >= int64(len(b.data)) {
			return n, io.EOF
		}
		k := copy(p[n:], b.data[at-start:])
		n, at = n+k, at+int64(k)
	}
	return n, nil
}

// openOutlines builds the view of a face. The face must be loaded.
func (f *Face) openOutlines() (o *outlines, err error) {
	defer guard(&err)
	head, err := f.read("head", 54)
	if err != nil {
		return nil, err
	}
	head = slices.Clone(head)
	o = &outlines{view: view{src: f.src, bytes: openBytes, read: openReads}}
	scaler, maxp := []byte("\x00\x01\x00\x00"), make([]byte, 32)
	tables := []part{}
	tag := []string{}
	add := func(name string, data []byte, t table, length uint32) {
		tag = append(tag, name)
		tables = append(tables, part{length: int64(length), data: data, offset: int64(t.offset)})
	}
	if t := f.table("CFF "); t.length > 0 {
		scaler, maxp = []byte("OTTO"), maxp[:6]
		add("CFF ", nil, t, t.length)
	}
	add("cmap", noCharacters, table{}, uint32(len(noCharacters)))
	if len(maxp) == 32 {
		add("glyf", nil, f.table("glyf"), f.table("glyf").length)
	}
	add("head", head, table{}, 54)
	add("hhea", oneAdvance, table{}, 36)
	add("hmtx", make([]byte, 4), table{}, 4)
	if len(maxp) == 32 {
		size := uint32(2)
		if binary.BigEndian.Uint16(head[50:]) != 0 {
			size = 4
		}
		add("loca", nil, f.table("loca"), size*uint32(f.metrics.glyphs+1))
	}
	binary.BigEndian.PutUint16(maxp[4:], uint16(f.metrics.glyphs))
	add("maxp", maxp, table{}, uint32(len(maxp)))
	add("post", noNames, table{}, 32)

	dir := slices.Concat(scaler, []byte{0, byte(len(tag)), 0, 0, 0, 0, 0, 0})
	at := (12 + 16*len(tag) + 3) &^ 3
	o.view.parts = []part{{}}
	for i, t := range tables {
		t.at = int64(at)
		dir = append(dir, tag[i]...)
		dir = binary.BigEndian.AppendUint32(dir, 0)
		dir = binary.BigEndian.AppendUint32(dir, uint32(at))
		dir = binary.BigEndian.AppendUint32(dir, uint32(t.length))
		at = (at + int(t.length) + 3) &^ 3
		o.view.parts = append(o.view.parts, t)
	}
	o.view.parts[0] = part{length: int64(len(dir)), data: dir}
	if o.font, err = sfnt.ParseReaderAt(&o.view); err != nil {
		return nil, err
	}
	return o, nil
}

// Tables of no content that x/image insists on.
var (
	noCharacters = []byte("\x00\x00\x00\x01\x00\x03\x00\x01\x00\x00\x00\x0c" + // a header, one subtable of Windows
		"\x00\x06\x00\x0a\x00\x00\x00\x00\x00\x00") // format 6, no entries
	oneAdvance = append(make([]byte, 35), 1)
	noNames    = append([]byte{0, 3, 0, 0}, make([]byte, 28)...)
)

// load returns the segments of a glyph in units of the face, y downwards. They
// are good until the next call.
func (o *outlines) load(g uint16, upem int) (segs sfnt.Segments, err error) {
	defer guard(&err)
	o.view.bytes, o.view.read = glyphBytes, glyphReads
	return o.font.LoadGlyph(&o.buf, sfnt.GlyphIndex(g), fixed.Int26_6(upem), nil)
}

// guard turns a panic of x/image on a hostile font into an error.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("a damaged font: %v", r)
	}
}
