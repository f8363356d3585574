package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"gongbao/internal/zh"
)

// A source is the bytes of a font file.
type source struct {
	r    io.ReaderAt
	size int64
	head []byte // the file's beginning, while it is opened
}

var errBeyond = errors.New("the file ends before its tables")

// bytes returns n bytes from offset. It allocates no more than the file has.
func (s source) bytes(offset int64, n int) ([]byte, error) {
	if offset < 0 || n < 0 || offset > s.size || int64(n) > s.size-offset {
		return nil, errBeyond
	}
	if offset+int64(n) <= int64(len(s.head)) {
		return s.head[offset : offset+int64(n)], nil
	}
	b := make([]byte, n)
	if m, err := s.r.ReadAt(b, offset); m < n {
		return nil, fmt.Errorf("read at %d: %w", offset, cmpErr(err, io.ErrUnexpectedEOF))
	}
	return b, nil
}

// A table is a row of a face's directory.
type table struct {
	tag                 string
	sum, offset, length uint32
}

// directory reads the tables of the face at offset. Rows that point out of the
// file are an error: the file was cut off.
func directory(src source, offset int64) ([]table, error) {
	b, err := src.bytes(offset, 12)
	if err != nil {
		return nil, err
	}
	switch string(b[:4]) {
	case "\x00\x01\x00\x00", "true", "OTTO":
	default:
		return nil, errNoFont
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if n < 1 || n > maxTables {
		return nil, fmt.Errorf("%d tables", n)
	}
	if b, err = src.bytes(offset+12, 16*n); err != nil {
		return nil, err
	}
	tables := make([]table, n)
	for i := range tables {
		row := b[16*i:]
		t := table{string(row[:4]), binary.BigEndian.Uint32(row[4:]), binary.BigEndian.Uint32(row[8:]), binary.BigEndian.Uint32(row[12:])}
		if int64(t.offset)+int64(t.length) > src.size {
			return nil, errBeyond
		}
		tables[i] = t
	}
	return tables, nil
}

// The names that are read, and the limits that a hostile table meets.
const (
	familyID, fullID, postscriptID, typographicID = 1, 4, 6, 16

	maxRecords    = 2000
	maxNames      = 100
	maxNameLength = 400
)

// A name is one record of the name table.
type name struct {
	id, platform, language int
	text                   string
}

// order sorts names as people look for them: the family before its styles,
// English before other languages, the records of Windows before others.
func (n name) order() int {
	o := slices.Index([]int{typographicID, familyID, fullID}, n.id) * 4
	if n.language != 0x409 || n.platform != 3 {
		o++
	}
	if n.platform != 3 {
		o++
	}
	return o
}

// names reads the table of names.
func (f *Face) names(b []byte) {
	if len(b) < 6 {
		return
	}
	count := min(int(binary.BigEndian.Uint16(b[2:])), maxRecords, (len(b)-6)/12)
	storage := int(binary.BigEndian.Uint16(b[4:]))
	var found []name
	for i := range count {
		r := b[6+12*i:]
		field := func(k int) int { return int(binary.BigEndian.Uint16(r[2*k:])) }
		n := name{id: field(3), platform: field(0), language: field(2)}
		start, length := storage+field(5), field(4)
		wanted := n.id == familyID || n.id == fullID || n.id == postscriptID || n.id == typographicID
		if !wanted || length == 0 || length > maxNameLength || start+length > len(b) || len(found) == maxNames {
			continue
		}
		if n.text = decodeName(b[start:start+length], n.platform, field(1)); n.text == "" {
			continue
		}
		if n.id == postscriptID {
			f.postscript = cmpString(f.postscript, n.text)
			continue
		}
		found = append(found, n)
	}
	slices.SortStableFunc(found, func(a, b name) int { return a.order() - b.order() })
	for _, n := range found {
		if n.id == fullID {
			f.full = cmpString(f.full, n.text)
		}
		if !slices.Contains(f.families, n.text) {
			f.families = append(f.families, n.text)
		}
	}
}

func cmpString(first, s string) string {
	if first != "" {
		return first
	}
	return s
}

// decodeName returns the text of a name, or "" where its encoding is unknown.
func decodeName(b []byte, platform, encoding int) string {
	const windows, macintosh, unicode = 3, 1, 0
	var s string
	switch {
	case platform == windows && encoding == 3 || platform == macintosh && encoding == 25: // GB2312, in old Chinese fonts
		text, _, bad := zh.Decode([]byte(strings.ReplaceAll(string(b), "\x00", "")))
		if bad >= 0 {
			return ""
		}
		s = string(text)
	case platform == unicode || platform == windows && (encoding <= 1 || encoding == 10):
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = binary.BigEndian.Uint16(b[2*i:])
		}
		s = string(utf16.Decode(u))
	case platform == macintosh && encoding == 0:
		if slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 }) {
			return ""
		}
		s = string(b)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == 0xFFFD {
			return -1
		}
		return r
	}, s))
}
