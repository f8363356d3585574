package pdf_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/validate"

	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
)

// write writes a book, and fails the test if it cannot be written.
func write(t testing.TB, b *press.Book, fonts pdf.Fonts) []byte {
	t.Helper()
	out, err := pdf.Write(b, fonts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A reader reads a PDF with pdfcpu.
type reader struct {
	t   testing.TB
	ctx *model.Context
}

// open reads and validates a PDF.
func open(t testing.TB, data []byte) reader {
	t.Helper()
	conf := &model.Configuration{Reader15: true, DecodeAllStreams: true, ValidationMode: model.ValidationStrict, Limits: model.DefaultResourceLimits()}
	ctx, err := pdfcpu.Read(bytes.NewReader(data), conf)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate.XRefTable(ctx); err != nil {
		t.Fatal(err)
	}
	return reader{t, ctx}
}

// get follows keys, and indexes of arrays, from an object.
func (r reader) get(o types.Object, path ...any) types.Object {
	r.t.Helper()
	o, err := r.ctx.Dereference(o)
	if err != nil {
		r.t.Fatal(err)
	}
	if len(path) == 0 {
		return o
	}
	return r.get(r.step(o, path[0]), path[1:]...)
}

func (r reader) step(o types.Object, key any) types.Object {
	switch o := o.(type) {
	case types.Dict:
		if k, ok := key.(string); ok {
			return o[k]
		}
	case types.StreamDict:
		if k, ok := key.(string); ok {
			return o.Dict[k]
		}
	case types.Array:
		if k, ok := key.(int); ok && k < len(o) {
			return o[k]
		}
	}
	return nil
}

func (r reader) catalog(path ...any) types.Object {
	r.t.Helper()
	return r.get(*r.ctx.Root, path...)
}

func (r reader) text(o types.Object) string {
	r.t.Helper()
	h, ok := o.(types.HexLiteral)
	if !ok {
		r.t.Fatalf("%v is no hexadecimal string", o)
	}
	b, err := h.Bytes()
	if err != nil || !bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		r.t.Fatalf("%x: no UTF-16BE with its mark (%v)", b, err)
	}
	var u []uint16
	for b = b[2:]; len(b) > 1; b = b[2:] {
		u = append(u, uint16(b[0])<<8|uint16(b[1]))
	}
	return string(utf16.Decode(u))
}

// stream returns the bytes of a stream.
func (r reader) stream(o types.Object) string {
	r.t.Helper()
	s, ok := r.get(o).(types.StreamDict)
	if !ok {
		r.t.Fatalf("%v is no stream", o)
	}
	if s.Content == nil {
		return string(s.Raw)
	}
	return string(s.Content)
}

func (r reader) page(n int) types.Dict {
	r.t.Helper()
	d, _, _, err := r.ctx.PageDict(n, false)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

// tool runs a program on a PDF, and skips the test without it.
func tool(t testing.TB, data []byte, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
