package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A document is the objects of a PDF.
type document struct {
	objects []types.Object // by number; number 0 is free
	root    types.IndirectRef
	info    types.IndirectRef
	packed  bytes.Buffer
	packer  *zlib.Writer
}

// read reads what gopdf wrote. pdfcpu's own configuration is not asked for: it
// lies on the disk.
func read(data []byte) (*document, error) {
	conf := &model.Configuration{Reader15: true, ValidationMode: model.ValidationStrict, Limits: model.DefaultResourceLimits()}
	conf.Limits.MaxStreamBytes, conf.Limits.MaxDecodeBytes = int64(len(data)), 64*int64(len(data))
	ctx, err := pdfcpu.Read(bytes.NewReader(data), conf)
	if err != nil {
		return nil, fmt.Errorf("reading what was drawn: %w", err)
	}
	if ctx.Root == nil {
		return nil, fmt.Errorf("reading what was drawn: no catalog")
	}
	d := &document{root: *ctx.Root, objects: make([]types.Object, ctx.MaxObjNr+1, 2*ctx.MaxObjNr+64)}
	for n, e := range ctx.Table {
		if n > 0 && n < len(d.objects) && !e.Free {
			d.objects[n] = e.Object
		}
	}
	return d, nil
}

// add adds an object.
func (d *document) add(o types.Object) types.IndirectRef {
	d.objects = append(d.objects, o)
	return *types.NewIndirectRef(len(d.objects)-1, 0)
}

// set puts an object in the place of another.
func (d *document) set(r types.IndirectRef, o types.Object) { d.objects[number(r)] = o }

func number(r types.IndirectRef) int { return int(r.ObjectNumber) }

// get returns the object itself where o is a reference.
func (d *document) get(o types.Object) types.Object {
	if r, ok := o.(types.IndirectRef); ok && number(r) > 0 && number(r) < len(d.objects) {
		return d.objects[number(r)]
	}
	return o
}

// dict returns a dictionary.
func (d *document) dict(o types.Object, what string) (types.Dict, error) {
	if v, ok := d.get(o).(types.Dict); ok {
		return v, nil
	}
	return nil, fmt.Errorf("%s of what was drawn is no dictionary", what)
}

// stream returns a stream.
func (d *document) stream(o types.Object, what string) (types.StreamDict, error) {
	if v, ok := d.get(o).(types.StreamDict); ok {
		return v, nil
	}
	return types.StreamDict{}, fmt.Errorf("%s of what was drawn is no stream", what)
}

// reference returns entry key of a dictionary, which must be a reference.
func (d *document) reference(v types.Dict, key string) (types.IndirectRef, error) {
	if r, ok := v[key].(types.IndirectRef); ok && number(r) < len(d.objects) {
		return r, nil
	}
	return types.IndirectRef{}, fmt.Errorf("/%s of what was drawn is no reference", key)
}

// plain returns a stream of bytes as they are.
func plain(entries types.Dict, data []byte) types.StreamDict {
	entries["Length"] = types.Integer(len(data))
	return types.StreamDict{Dict: entries, Raw: data}
}

// deflated returns a compressed stream.
func (d *document) deflated(entries types.Dict, data []byte) (types.StreamDict, error) {
	b, err := d.deflate(data)
	if err != nil {
		return types.StreamDict{}, err
	}
	entries["Filter"] = types.Name("FlateDecode")
	return plain(entries, b), nil
}

// deflate compresses. The compressor is kept: there is one stream a page.
func (d *document) deflate(data []byte) ([]byte, error) {
	d.packed.Reset()
	if d.packer == nil {
		d.packer = zlib.NewWriter(&d.packed)
	}
	d.packer.Reset(&d.packed)
	if _, err := d.packer.Write(data); err != nil {
		return nil, err
	}
	if err := d.packer.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(d.packed.Bytes()), nil
}

func array(v ...types.Object) types.Array { return v }

// points returns a distance as it stands in a PDF.
func points(n int64) types.Object {
	if n%1000 == 0 {
		return types.Integer(n / 1000)
	}
	return types.Float(float64(n) / 1000)
}
