package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A writer writes the objects that can be reached from the trailer, under new
// numbers without gaps.
type writer struct {
	d       *document
	numbers []int // new numbers by old ones, 0 for what is not written
	order   []int // old numbers in the order of the new ones
	out     bytes.Buffer
	offsets []int // by new numbers
}

// newWriter numbers the objects in the order in which they were made.
func newWriter(d *document, header string) (*writer, error) {
	w := &writer{d: d, numbers: make([]int, len(d.objects))}
	todo := []types.Object{d.root, d.info}
	for len(todo) > 0 {
		o := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch o := o.(type) {
		case types.IndirectRef:
			n := number(o)
			if n <= 0 || n >= len(d.objects) || d.objects[n] == nil {
				return nil, fmt.Errorf("a reference to object %d, which does not exist", n)
			}
			if w.numbers[n] == 0 {
				w.numbers[n] = 1
				w.order = append(w.order, n)
				todo = append(todo, d.objects[n])
			}
		case types.Array:
			todo = append(todo, o...)
		case types.Dict:
			for _, v := range o {
				todo = append(todo, v)
			}
		case types.StreamDict:
			todo = append(todo, o.Dict)
		}
	}
	slices.Sort(w.order)
	for i, n := range w.order {
		w.numbers[n] = i + 1
	}
	w.offsets = make([]int, len(w.order)+1)
	w.out.WriteString(header + "\n%\xE2\xE3\xCF\xD3\n")
	return w, nil
}

// writePlain writes a file of PDF 1.4, as PDF/A-1 and old presses want it.
func writePlain(d *document) ([]byte, error) {
	w, err := newWriter(d, "%PDF-1.4")
	if err != nil {
		return nil, err
	}
	for i, n := range w.order {
		if err := w.object(i+1, d.objects[n]); err != nil {
			return nil, err
		}
	}
	id := w.id()
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f\r\n", len(w.offsets))
	for _, o := range w.offsets[1:] {
		fmt.Fprintf(&w.out, "%010d 00000 n\r\n", o)
	}
	w.out.WriteString("trailer\n")
	trailer := types.Dict{"Size": types.Integer(len(w.offsets)), "Root": d.root, "Info": d.info, "ID": array(id, id)}
	if err := w.write(trailer); err != nil {
		return nil, err
	}
	fmt.Fprintf(&w.out, "\nstartxref\n%d\n%%%%EOF\n", start)
	return w.out.Bytes(), nil
}

// object writes an object with its number.
func (w *writer) object(n int, o types.Object) error {
	w.offsets[n] = w.out.Len()
	w.out.Write(append(appendInt(w.out.AvailableBuffer(), int64(n)), " 0 obj\n"...))
	if err := w.write(o); err != nil {
		return err
	}
	if s, ok := o.(types.StreamDict); ok {
		w.out.WriteString("\nstream\n")
		w.out.Write(s.Raw)
		w.out.WriteString("\nendstream")
	}
	w.out.WriteString("\nendobj\n")
	return nil
}

// id returns the identifier of the file: a hash of what has been written.
func (w *writer) id() types.Object {
	sum := sha256.Sum256(w.out.Bytes())
	return types.HexLiteral(hex.EncodeToString(sum[:16]))
}

// write writes a value, of a stream its dictionary.
func (w *writer) write(o types.Object) error {
	b := w.out.AvailableBuffer()
	switch o := o.(type) {
	case types.IndirectRef:
		b = append(appendInt(b, int64(w.numbers[number(o)])), " 0 R"...)
	case types.Integer:
		b = appendInt(b, int64(o))
	case types.Float:
		b = appendFloat(b, float64(o))
	case types.Boolean:
		b = strconv.AppendBool(b, bool(o))
	case types.Name:
		b = append(append(b, '/'), types.EncodeName(string(o))...)
	case types.StringLiteral:
		b = append(append(append(b, '('), o...), ')')
	case types.HexLiteral:
		b = append(append(append(b, '<'), o...), '>')
	case types.Array:
		return w.array(o)
	case types.Dict:
		return w.dict(o)
	case types.StreamDict:
		return w.dict(o.Dict)
	case nil:
		b = append(b, "null"...)
	default:
		return fmt.Errorf("an object of type %T", o)
	}
	w.out.Write(b)
	return nil
}

// appendFloat writes a number with at most five digits after the point.
func appendFloat(b []byte, f float64) []byte {
	b = strconv.AppendFloat(b, f, 'f', 5, 64)
	return bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte("."))
}

func (w *writer) array(a types.Array) error {
	w.out.WriteByte('[')
	for i, v := range a {
		if i > 0 && needsSpace(v) {
			w.out.WriteByte(' ')
		}
		if err := w.write(v); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	return nil
}

func (w *writer) dict(d types.Dict) error {
	keys := make([]string, 0, 16)
	for k := range d {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	w.out.WriteString("<<")
	for _, k := range keys {
		w.out.WriteByte('/')
		w.out.WriteString(types.EncodeName(k))
		if needsSpace(d[k]) {
			w.out.WriteByte(' ')
		}
		if err := w.write(d[k]); err != nil {
			return err
		}
	}
	w.out.WriteString(">>")
	return nil
}

// needsSpace says that a value does not begin with a delimiter.
func needsSpace(o types.Object) bool {
	switch o.(type) {
	case types.Name, types.StringLiteral, types.HexLiteral, types.Array, types.Dict:
		return false
	}
	return true
}
