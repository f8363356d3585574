package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
)

// Options say what to write.
type Options struct {
	Name       string // of the zip file; volumes have -1, -2 … before .zip
	Site       inventory.List
	Source     deploy.Source
	From       inventory.List // the state to build on; nil for a bundle of the whole site
	VolumeSize int64          // the most bytes of a zip file; 0 for no limit
	// Manifest has Title, BaseURL, Built and Tool; Write fills in the rest.
	Manifest Manifest
	Readme   func(Manifest) string
	Progress func(done, total int)
}

// Write writes a bundle and returns the names of its files. The same site and the same
// former state give the same bytes. Every file of the site is read, also those that
// are not in the bundle: none of which the lists speak may be another than was built.
func Write(ctx context.Context, o Options) (names []string, m Manifest, err error) {
	w := writer{o: o, steps: inventory.Plan(o.From, o.Site, nil)}
	m = o.Manifest
	m.Form, m.To, m.SiteFiles = Form, o.Site.Sum().String(), len(o.Site)
	if o.From != nil {
		m.From = o.From.Sum().String()
	}
	for _, s := range w.steps {
		if s.Deletes() {
			m.Deleted++
		} else {
			m.Files++
			m.Bytes += s.Size
		}
	}
	w.manifest = m
	if err := w.read(ctx); err != nil {
		return nil, m, err
	}
	if err := w.write(ctx); err != nil {
		return nil, m, errors.Join(err, w.discard())
	}
	names, err = w.publish()
	return names, w.manifest, err
}

// A writer writes the zip files of a bundle beside their places.
type writer struct {
	o        Options
	steps    []inventory.Step
	manifest Manifest
	site     []sm3Sum // of o.Site
	volumes  []string // temporary files, in order
	zip      *zip.Writer
	file     *os.File
	count    counter // of the volume
	used     int64   // the most bytes that it has when its last entry is ended
	index    int64   // about what its list of contents takes
	sha, sm3 bytes.Buffer
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// read makes the sums of all files of the site.
func (w *writer) read(ctx context.Context) error {
	w.site = make([]sm3Sum, len(w.o.Site))
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for k := range errs {
		wg.Go(func() {
			for i := k; i < len(w.o.Site) && errs[k] == nil; i += len(errs) {
				if errs[k] = ctx.Err(); errs[k] == nil {
					errs[k] = w.sum(i)
				}
				if w.o.Progress != nil && k == 0 && i%200 == 0 {
					w.o.Progress(i, len(w.o.Site))
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// sum makes the sums of the site's i-th file.
func (w *writer) sum(i int) error {
	f := w.o.Site[i]
	r, err := w.o.Source(f.Path)
	if err != nil {
		return err
	}
	s, _, err := sumsOf(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	if s.sha256 != f.Sum {
		return &deploy.Problem{Key: "output-changed", Paths: []string{f.Path}, Count: 1}
	}
	w.site[i] = s.sm3
	return nil
}

// Bounds of what an entry takes in a zip file beside its bytes: its heads, the sizes
// behind it, the growth of what cannot be compressed.
const (
	headBound  = 30 + 24 + 20
	indexBound = 46 + 28
	endBound   = 22 + 76
	volumeRoom = 1 << 10 // of volume.json
)

func bound(name string, size int64) (body, index int64) {
	return headBound + int64(len(name)) + size + size/1000 + 64, indexBound + int64(len(name))
}

// room begins another volume where the next entries may not fit into this one.
func (w *writer) room(names []string, sizes []int64) error {
	body, index := int64(0), int64(0)
	for i, n := range names {
		b, x := bound(n, sizes[i])
		body, index = body+b, index+x
	}
	if limit := w.o.VolumeSize; w.zip != nil && limit > 0 && w.used+w.index+body+index+endBound+volumeRoom > limit {
		if err := w.close(false); err != nil {
			return err
		}
	}
	if limit := w.o.VolumeSize; limit > 0 && body+index+endBound+volumeRoom > limit {
		return problem("volume", strconv.FormatInt(limit, 10), names[0], strconv.FormatInt(body, 10))
	}
	if w.zip != nil {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(w.o.Name), "."+filepath.Base(w.o.Name)+".*")
	if err != nil {
		return err
	}
	w.volumes = append(w.volumes, f.Name())
	w.file, w.count, w.index = f, counter{w: f}, 0
	w.used = 0
	w.zip = zip.NewWriter(&w.count)
	return nil
}

// close ends a volume.
func (w *writer) close(last bool) error {
	v := Volume{Form: Form, From: w.manifest.From, To: w.manifest.To, Number: len(w.volumes), Last: last}
	err := w.add(volumeFile, bytes.NewReader(encoded(v)))
	err = errors.Join(err, w.zip.Close(), w.file.Chmod(0o644), w.file.Sync(), w.file.Close())
	w.zip = nil
	return err
}

func encoded(v any) []byte {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // strings and numbers
	}
	return append(b, '\n')
}

// add writes one file into the volume.
func (w *writer) add(name string, r io.Reader) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	h.SetMode(0o644)
	if slices.Contains(stored, path.Ext(name)) {
		h.Method = zip.Store
	}
	_, index := bound(name, 0)
	w.index += index
	to, err := w.zip.CreateHeader(h)
	if err != nil {
		return err
	}
	if err := w.zip.Flush(); err != nil {
		return err
	}
	at := w.count.n // here the entry before is ended
	n, err := io.Copy(to, r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	body, _ := bound(name, n)
	w.used = at + body
	return nil
}

// stored are files that do not become smaller.
var stored = []string{".docx", ".epub", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".pdf", ".png", ".webp", ".xlsx", ".zip"}

// write writes the volumes: files in the order in which they are to be loaded, then
// what is about the bundle.
func (w *writer) write(ctx context.Context) error {
	var deleted strings.Builder
	var former []inventory.File
	for i, s := range w.steps {
		if s.Stood {
			former = append(former, inventory.File{Path: s.Path, Sum: s.Was})
		}
		if s.Deletes() {
			deleted.WriteString(s.Path + "\n")
			continue
		}
		if err := errors.Join(ctx.Err(), w.put(s.File)); err != nil {
			return err
		}
		if w.o.Progress != nil && i%200 == 0 {
			w.o.Progress(i, len(w.steps))
		}
	}
	list, err := inventory.New(former)
	if err != nil {
		return err
	}
	var site, siteSM3, was bytes.Buffer
	_, _ = w.o.Site.WriteTo(&site) // into memory
	_, _ = list.WriteTo(&was)
	for i, f := range w.o.Site {
		siteSM3.WriteString(line(w.site[i][:], f.Path))
	}
	return w.about([]about{
		{deletedFile, []byte(deleted.String())}, {siteSumsFile, site.Bytes()}, {siteSM3File, siteSM3.Bytes()}, {formerFile, was.Bytes()},
	})
}

// An about is a file about the bundle.
type about struct {
	name string
	b    []byte
}

// about writes what is about the bundle into the last volume. The number of volumes is
// known once there is room for all of it in one.
func (w *writer) about(files []about) error {
	names, sizes := []string{manifestFile, readmeFile, sumsFile, sm3File}, []int64{2 << 10, 16 << 10, 0, 0}
	for _, f := range files {
		names, sizes = append(names, f.name), append(sizes, int64(len(f.b)))
	}
	for i := range 2 {
		sizes[2+i] = int64(w.sha.Len()) + 16*128
	}
	if err := w.room(names, sizes); err != nil {
		return err
	}
	w.manifest.Volumes = len(w.volumes)
	files = append(files, about{manifestFile, encoded(w.manifest)}, about{readmeFile, []byte(w.o.Readme(w.manifest))})
	for _, f := range files {
		s, _, err := sumsOf(bytes.NewReader(f.b))
		if err != nil {
			return err
		}
		w.sha.WriteString(line(s.sha256[:], f.name))
		w.sm3.WriteString(line(s.sm3[:], f.name))
	}
	for _, f := range append(files, about{sumsFile, w.sha.Bytes()}, about{sm3File, w.sm3.Bytes()}) {
		if err := w.add(f.name, bytes.NewReader(f.b)); err != nil {
			return err
		}
	}
	return w.close(true)
}

// put writes one file of the site.
func (w *writer) put(f inventory.File) error {
	if err := w.room([]string{f.Path}, []int64{f.Size}); err != nil {
		return err
	}
	r, err := w.o.Source(f.Path)
	if err != nil {
		return err
	}
	i, _ := slices.BinarySearchFunc(w.o.Site, f.Path, func(f inventory.File, p string) int { return strings.Compare(f.Path, p) })
	w.sha.WriteString(line(f.Sum[:], f.Path))
	w.sm3.WriteString(line(w.site[i][:], f.Path))
	return errors.Join(w.add(f.Path, inventory.Proof(r, f.Sum)), r.Close())
}

// discard removes what is written and has no name yet.
func (w *writer) discard() (err error) {
	if w.zip != nil {
		err = w.file.Close()
	}
	for _, v := range w.volumes {
		err = errors.Join(err, os.Remove(v))
	}
	return err
}

// publish gives the volumes their names.
func (w *writer) publish() (names []string, err error) {
	base := strings.TrimSuffix(w.o.Name, ".zip")
	for i, v := range w.volumes {
		name := w.o.Name
		if len(w.volumes) > 1 {
			name = base + "-" + strconv.Itoa(i+1) + ".zip"
		}
		if err := os.Rename(v, name); err != nil {
			w.volumes = w.volumes[i:]
			for _, n := range names { // a part of a bundle is none
				err = errors.Join(err, os.Remove(n))
			}
			return nil, errors.Join(err, w.discard())
		}
		names = append(names, name)
	}
	return names, nil
}
