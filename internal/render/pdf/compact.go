package pdf

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// perStream is how many objects share an object stream.
const perStream = 200

// writeCompact writes a file of PDF 1.5: objects in compressed streams, and
// the table of them too.
func writeCompact(d *document) ([]byte, error) {
	w, err := newWriter(d, "%PDF-1.5")
	if err != nil {
		return nil, err
	}
	t := &table15{entries: make([][3]int, len(w.order)+1)}
	t.entries[0] = [3]int{0, 0, 65535}
	var small []int
	for i, n := range w.order {
		if _, ok := d.objects[n].(types.StreamDict); !ok {
			small = append(small, i+1)
			continue
		}
		if err := w.object(i+1, d.objects[n]); err != nil {
			return nil, err
		}
		t.entries[i+1] = [3]int{1, w.offsets[i+1], 0}
	}
	for len(small) > 0 {
		n := min(perStream, len(small))
		if err := w.objectStream(small[:n], t); err != nil {
			return nil, err
		}
		small = small[n:]
	}
	return w.table(t)
}

// A table15 is a cross-reference stream: kind, place and index of objects.
type table15 struct{ entries [][3]int }

// objectStream writes objects, by new numbers, into one stream.
func (w *writer) objectStream(numbers []int, t *table15) error {
	inner := &writer{d: w.d, numbers: w.numbers}
	var index []byte
	for i, n := range numbers {
		index = appendInt(index, int64(n))
		index = appendInt(append(index, ' '), int64(inner.out.Len()))
		index = append(index, ' ')
		if err := inner.write(w.d.objects[w.order[n-1]]); err != nil {
			return err
		}
		inner.out.WriteByte('\n')
		t.entries[n] = [3]int{2, len(t.entries), i}
	}
	entries := types.Dict{
		"Type": types.Name("ObjStm"), "N": types.Integer(len(numbers)), "First": types.Integer(len(index)),
	}
	s, err := w.d.deflated(entries, append(index, inner.out.Bytes()...))
	if err != nil {
		return err
	}
	n := len(t.entries)
	w.offsets = append(w.offsets, 0)
	if err := w.object(n, s); err != nil {
		return err
	}
	t.entries = append(t.entries, [3]int{1, w.offsets[n], 0})
	return nil
}

// table writes the cross-reference stream and the end of the file.
func (w *writer) table(t *table15) ([]byte, error) {
	id, start, n := w.id(), w.out.Len(), len(t.entries)
	t.entries = append(t.entries, [3]int{1, start, 0})
	var rows []byte
	for _, e := range t.entries {
		rows = append(rows, byte(e[0]), byte(e[1]>>24), byte(e[1]>>16), byte(e[1]>>8), byte(e[1]), byte(e[2]>>8), byte(e[2]))
	}
	entries := types.Dict{
		"Type": types.Name("XRef"), "Size": types.Integer(len(t.entries)),
		"W":    array(types.Integer(1), types.Integer(4), types.Integer(2)),
		"Root": w.d.root, "Info": w.d.info, "ID": array(id, id),
	}
	s, err := w.d.deflated(entries, rows)
	if err != nil {
		return nil, err
	}
	w.offsets = append(w.offsets, 0)
	if err := w.object(n, s); err != nil {
		return nil, err
	}
	fmt.Fprintf(&w.out, "startxref\n%d\n%%%%EOF\n", start)
	return w.out.Bytes(), nil
}
