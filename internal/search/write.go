package search

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gongbao/internal/gram"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// A Meta is what a result shows of a document.
type Meta struct {
	Title, Number, Address, Issuers, Date, Type string
}

var oneLine = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func row(fields ...string) string {
	for i := range fields {
		fields[i] = oneLine.Replace(fields[i])
	}
	return strings.Join(fields, "\t")
}

// line is the line of a file of meta.
func (m Meta) line(issuers int) string {
	address, ok := strings.CutPrefix(m.Address, "documents/")
	if !ok {
		address = "/" + m.Address
	}
	f := []string{m.Title, m.Number, strings.TrimSuffix(address, "/"), "", strings.ReplaceAll(m.Date, "-", ""), m.Type}
	if m.Issuers != "" {
		f[3] = strconv.Itoa(issuers)
	}
	return strings.TrimRight(row(f...), "\t")
}

// MetaLines are the lines of a file of meta.
func MetaLines(metas []Meta) []string {
	at := map[string]int{}
	var issuers, lines []string
	for _, m := range metas {
		n, ok := at[m.Issuers]
		if !ok && m.Issuers != "" {
			n = len(issuers)
			at[m.Issuers] = n
			issuers = append(issuers, oneLine.Replace(m.Issuers))
		}
		lines = append(lines, m.line(n))
	}
	return append([]string{strings.Join(issuers, "\t")}, lines...)
}

// parseMeta reads line n, from 0, of a file of meta.
func parseMeta(lines []string, n int) (Meta, bool) {
	if n+1 >= len(lines) {
		return Meta{}, false
	}
	f := append(strings.Split(lines[n+1], "\t"), "", "", "", "", "")[:6]
	m := Meta{Title: f[0], Number: f[1], Address: f[2] + "/", Date: f[4], Type: f[5]}
	if rest, ok := strings.CutPrefix(m.Address, "/"); ok {
		m.Address = rest
	} else {
		m.Address = "documents/" + m.Address
	}
	if len(m.Date) == 8 {
		m.Date = m.Date[:4] + "-" + m.Date[4:6] + "-" + m.Date[6:]
	}
	if f[3] != "" {
		issuers := strings.Split(lines[0], "\t")
		i, err := strconv.Atoi(f[3])
		if err != nil || i < 0 || i >= len(issuers) {
			return Meta{}, false
		}
		m.Issuers = issuers[i]
	}
	return m, m.Title != ""
}

// packers are kept: each takes more memory than what it packs.
var packers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, zlib.BestCompression)
	if err != nil {
		panic("search: " + err.Error())
	}
	return w
}}

// Lines seals lines as a file.
func Lines(lines []string) []byte {
	var b bytes.Buffer
	w := packers.Get().(*zlib.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	var err error
	for _, l := range lines {
		if err == nil {
			_, err = io.WriteString(w, l+"\n")
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic("search: a buffer takes everything: " + err.Error())
	}
	return gram.Seal(Version, b.Bytes())
}

// maxLines bounds what a file of lines may unpack to.
const maxLines = 16 << 20

// parseLines reads what Lines wrote.
func parseLines(b []byte) ([]string, error) {
	b, err := gram.Unseal(Version, b)
	if err != nil {
		return nil, err
	}
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, gram.ErrDamaged
	}
	text, err := io.ReadAll(io.LimitReader(r, maxLines))
	if err != nil || len(text) > 0 && text[len(text)-1] != '\n' {
		return nil, gram.ErrDamaged
	}
	lines := strings.Split(string(text), "\n")
	return lines[:len(lines)-1], nil
}

// ExactLine is a line of exact lookups of a number.
func ExactLine(n query.Number, doc int, m Meta) (key, line string) {
	key = n.Key()
	return key, key + "\t" + n.Series + "\t" + strconv.Itoa(doc) + "\t" + row(m.Title, m.Number, m.Address, m.Issuers, m.Date, m.Type)
}

// TitleLine is a line of exact lookups of a title.
func TitleLine(title string, doc int) (key, line string) {
	key = TitleKey(zh.Stream(title))
	return key, key + "\t\t" + strconv.Itoa(doc)
}

// A Lists names sets of documents, ascending.
type Lists map[string][]int32

// A Step is a change of force that is known: from the day after Until it is
// Code. Until is counted in days from 2000-01-01.
type Step struct {
	Until int
	Code  string
}

func appendLists(b []byte, n int, names []string, lists Lists) []byte {
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		b = binary.AppendUvarint(b, uint64(len(name)))
		b = append(b, name...)
		b = binary.AppendUvarint(b, uint64(len(lists[name])))
		b = gram.AppendList(b, lists[name], n)
	}
	return b
}

// FacetFile is the file of a facet of n documents.
func FacetFile(n int, lists Lists) []byte {
	return gram.Seal(Version, appendLists(nil, n, slices.Sorted(maps.Keys(lists)), lists))
}

// StateFile is state.bin of a build: the documents of each code of force, and the
// steps of those whose force is known to change.
func StateFile(build uint32, n int, lists Lists, steps map[int][]Step) []byte {
	codes := maps.Clone(lists)
	for _, ss := range steps {
		for _, s := range ss {
			if _, ok := codes[s.Code]; !ok {
				codes[s.Code] = nil
			}
		}
	}
	names := slices.Sorted(maps.Keys(codes))
	b := appendLists(binary.AppendUvarint(nil, uint64(build)), n, names, codes)
	docs := slices.Sorted(maps.Keys(steps))
	b = binary.AppendUvarint(b, uint64(len(docs)))
	last := -1
	for _, d := range docs {
		b = binary.AppendUvarint(b, uint64(d-last-1))
		last = d
		b = binary.AppendUvarint(b, uint64(len(steps[d])))
		for _, s := range steps[d] {
			b = binary.AppendUvarint(b, uint64(max(s.Until, 0)))
			b = binary.AppendUvarint(b, uint64(slices.Index(names, s.Code)))
		}
	}
	return gram.Seal(Version, b)
}
