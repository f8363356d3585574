package search

import (
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/gram"
	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// A Meta is what a result shows of a document.
type Meta struct {
	Title, Number, Address, Issuers, Date, Type string
}

var oneLine = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// Fields are the meta as they stand in a line.
func (m Meta) Fields() string {
	f := [...]string{m.Title, m.Number, m.Address, m.Issuers, m.Date, m.Type}
	for i := range f {
		f[i] = oneLine.Replace(f[i])
	}
	return strings.Join(f[:], "\t")
}

func parseMeta(f []string) (Meta, bool) {
	if len(f) < 6 {
		return Meta{}, false
	}
	return Meta{f[0], f[1], f[2], f[3], f[4], f[5]}, true
}

// Lines seals lines as a file.
func Lines(lines []string) []byte {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return gram.Seal(Version, []byte(b.String()))
}

// ExactLine is a line of exact lookups of a number.
func ExactLine(n query.Number, doc int, m Meta) (key, line string) {
	key = n.Key()
	return key, key + "\t" + n.Series + "\t" + strconv.Itoa(doc) + "\t" + m.Fields()
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

// FacetFile is the file of a facet of n documents; names are in the order in
// which they are shown where that is not by count, else nil.
func FacetFile(n int, lists Lists) []byte {
	return gram.Seal(Version, appendLists(nil, n, slices.Sorted(maps.Keys(lists)), lists))
}

// StateFile is state.bin: the documents of each code of force, and the steps of
// those whose force is known to change.
func StateFile(n int, lists Lists, steps map[int][]Step) []byte {
	codes := maps.Clone(lists)
	for _, ss := range steps {
		for _, s := range ss {
			if _, ok := codes[s.Code]; !ok {
				codes[s.Code] = nil
			}
		}
	}
	names := slices.Sorted(maps.Keys(codes))
	b := appendLists(nil, n, names, codes)
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
