package deploy

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"

	"gongbao/internal/config"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// Encodings are the codings in which a target can hold files beside the plain one:
// what config.toml calls them is also how the names of such files end.
func Encodings() []string { return config.Compressions() }

// variantLimit is the largest file that is compressed: it is in memory for that.
const variantLimit = 64 << 20

// textual are the ends of names of files that become smaller.
var textual = []string{".css", ".csv", ".html", ".js", ".json", ".md", ".ndjson", ".svg", ".txt", ".webmanifest", ".xml"}

func compressible(name string) bool { return slices.Contains(textual, path.Ext(name)) }

// coding is the Content-Encoding of an encoding.
func coding(encoding string) string {
	if encoding == "gz" {
		return "gzip"
	}
	return encoding
}

// compress makes the same bytes of the same bytes.
func compress(b []byte, encoding string) ([]byte, error) {
	var out bytes.Buffer
	var w io.WriteCloser
	if encoding == "br" {
		w = brotli.NewWriterLevel(&out, 9)
	} else {
		w, _ = gzip.NewWriterLevel(&out, gzip.BestCompression) // a level that exists
	}
	_, err := w.Write(b)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// decoded reads what is in a content coding. Bytes that are not of the coding read as
// irregular: they are those of no file, which is no failure to read them.
func decoded(r io.Reader, coding string) io.Reader {
	if coding == "" {
		return r
	}
	return &decoding{from: &source{r: r}, coding: coding}
}

type decoding struct {
	from   *source
	coding string
	plain  io.Reader // nil before the first Read
}

func (d *decoding) Read(b []byte) (n int, err error) {
	if d.plain == nil {
		d.plain, err = decoder(d.from, d.coding)
	}
	if err == nil {
		n, err = d.plain.Read(b)
	}
	switch {
	case err == nil, errors.Is(err, io.EOF) && d.plain != nil:
		return n, err
	case d.from.err != nil:
		return n, d.from.err
	}
	d.plain = strings.NewReader(irregular)
	return n, nil
}

func decoder(r io.Reader, coding string) (io.Reader, error) {
	switch coding {
	case "br":
		return brotli.NewReader(r), nil
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err // not a *gzip.Reader that is nil
		}
		return z, nil
	}
	return nil, fmt.Errorf("content coding %q", coding)
}

// A source notes why it could not be read.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// put puts a file, and the compressed ones beside it. Those that are no longer wanted
// go first, as a server prefers them to the file.
func (o Options) put(ctx context.Context, t Target, f inventory.File, had []string) error {
	r, err := o.Source(f.Path)
	if err != nil {
		return err
	}
	proved := inventory.Proof(r, f.Sum)
	if !compressible(f.Path) || f.Size > variantLimit || len(o.Compress) == 0 {
		err := o.dropVariants(ctx, t, f.Path, had)
		if err == nil {
			err = t.Put(ctx, f.Path, proved, Form{})
		}
		return errors.Join(err, r.Close())
	}
	b, err := io.ReadAll(proved)
	if err = errors.Join(err, r.Close()); err != nil { // before the file is replaced, from which it may read
		return err
	}
	if t.Embeds() {
		small, err := compress(b, o.Compress[0])
		if err != nil {
			return err
		}
		return t.Put(ctx, f.Path, bytes.NewReader(small), Form{Encoding: coding(o.Compress[0])})
	}
	unwanted := slices.DeleteFunc(slices.Clone(had), func(e string) bool { return slices.Contains(o.Compress, e) })
	if err := o.dropVariants(ctx, t, f.Path, unwanted); err != nil {
		return err
	}
	if err := t.Put(ctx, f.Path, bytes.NewReader(b), Form{}); err != nil {
		return err
	}
	for _, e := range o.Compress {
		if o.taken(f.Path, e) {
			continue
		}
		small, err := compress(b, e)
		if err != nil {
			return err
		}
		if err := t.Put(ctx, f.Path+"."+e, bytes.NewReader(small), Form{}); err != nil {
			return err
		}
	}
	return nil
}

// taken reports whether the site itself has a file where a compressed one would stand.
func (o Options) taken(name, encoding string) bool {
	_, ok := o.Site.Find(name + "." + encoding)
	return ok
}

func (o Options) dropVariants(ctx context.Context, t Target, name string, had []string) error {
	if t.Embeds() || !compressible(name) {
		return nil
	}
	for _, e := range had {
		if o.taken(name, e) {
			continue
		}
		if err := t.Delete(ctx, name+"."+e); err != nil {
			return err
		}
	}
	return nil
}

// sumAt is the sum of a file at a target.
func sumAt(ctx context.Context, t Target, name string) (sum render.Sum, err error) {
	r, err := t.Get(ctx, name)
	if err != nil {
		return sum, err
	}
	sum, err = sumOf(r)
	return sum, errors.Join(err, r.Close())
}

func sumOf(r io.Reader) (sum render.Sum, err error) {
	h := sha256.New()
	_, err = io.Copy(h, r)
	h.Sum(sum[:0])
	return sum, err
}
