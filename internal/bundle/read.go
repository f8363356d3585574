package bundle

import (
	"archive/zip"
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// A Bundle is a bundle that was opened: what is said in it holds together. That its
// files have the bytes of their sums, Verify says.
type Bundle struct {
	Manifest Manifest
	Site     inventory.List // the state to which it leads
	From     inventory.List // the state on which it builds; nil for a bundle of the whole site
	Deleted  []string       // in order

	files   map[string]*zip.File // of the site
	about   map[string]*zip.File
	closers []io.Closer
}

// Limits of what is about a bundle, in bytes: more is no bundle of a site.
const (
	smallLimit = 1 << 20   // of JSON
	listLimit  = 512 << 20 // of lists: five million files
)

// Zip files from elsewhere can be made to unpack to any size. Nothing compresses to less
// than a thousandth, and sites do not come near the second. Entries that share their
// bytes claim more of them than the file has.
const (
	ratioEntry = 1100
	ratioWhole = 250
	wholeFrom  = 1 << 30
)

// Open opens the zip files of a bundle, in any order. What is not a whole bundle, or
// one that nobody should unpack, is a *deploy.Problem.
func Open(names ...string) (*Bundle, error) {
	b := &Bundle{files: map[string]*zip.File{}, about: map[string]*zip.File{}}
	if err := b.open(names); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Close closes the zip files.
func (b *Bundle) Close() (err error) {
	for _, c := range b.closers {
		err = errors.Join(err, c.Close())
	}
	return err
}

func (b *Bundle) open(names []string) error {
	volumes := map[int]Volume{}
	for _, name := range names {
		z, err := zip.OpenReader(name)
		if errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err != nil {
			return &deploy.Problem{Key: "bundle-zip", Args: []string{name}, Cause: err}
		}
		b.closers = append(b.closers, z)
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		v, err := b.volume(name, info.Size(), z)
		if err != nil {
			return err
		}
		if _, twice := volumes[v.Number]; twice {
			return problem("twice", name, strconv.Itoa(v.Number))
		}
		volumes[v.Number] = v
	}
	if err := b.manifest(names[0], volumes); err != nil {
		return err
	}
	return b.lists(names[0])
}

// volume takes in the entries of a zip file of so many bytes.
func (b *Bundle) volume(name string, size int64, z *zip.ReadCloser) (v Volume, err error) {
	var packed, unpacked uint64
	var own *zip.File
	for _, f := range z.File {
		if f.CompressedSize64 > uint64(size)-packed {
			return v, problem("bomb", name, f.Name)
		}
		packed, unpacked = packed+f.CompressedSize64, unpacked+f.UncompressedSize64
		to := b.files
		switch {
		case strings.HasPrefix(f.Name, inventory.Folder) && f.Name == volumeFile:
			own = f
			continue
		case strings.HasPrefix(f.Name, inventory.Folder):
			to = b.about
		case !inventory.ValidPath(f.Name):
			return v, problem("path", name, strconv.Quote(f.Name))
		}
		if !f.Mode().IsRegular() || f.Method != zip.Store && f.Method != zip.Deflate || f.Flags&1 != 0 {
			return v, problem("entry", name, f.Name)
		}
		if f.UncompressedSize64 > ratioEntry*f.CompressedSize64+1024 || f.UncompressedSize64 > 1<<42 {
			return v, problem("bomb", name, f.Name)
		}
		if to[f.Name] != nil {
			return v, problem("entry-twice", name, f.Name)
		}
		to[f.Name] = f
	}
	if unpacked > wholeFrom && unpacked > ratioWhole*packed {
		return v, problem("bomb", name, name)
	}
	if own == nil {
		return v, problem("none", name)
	}
	if err := readJSON(own, &v); err != nil || v.Form != Form || v.Number < 1 {
		return v, problem("none", name)
	}
	return v, nil
}

func readJSON(f *zip.File, to any) error {
	if f == nil || f.UncompressedSize64 > smallLimit {
		return fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	err = json.NewDecoder(r).Decode(to)
	return errors.Join(err, r.Close())
}

// manifest reads the manifest and looks whether all volumes are there.
func (b *Bundle) manifest(name string, volumes map[int]Volume) error {
	m := &b.Manifest
	if b.about[manifestFile] == nil {
		return problem("last", name)
	}
	if err := readJSON(b.about[manifestFile], m); err != nil || m.Form != Form {
		return problem("none", name)
	}
	for i := 1; i <= m.Volumes; i++ {
		v, ok := volumes[i]
		if !ok {
			return problem("volume-missing", name, strconv.Itoa(i), strconv.Itoa(m.Volumes))
		}
		if v.To != m.To || v.From != m.From {
			return problem("other", name, strconv.Itoa(i))
		}
	}
	if len(volumes) != m.Volumes {
		return problem("other", name, strconv.Itoa(m.Volumes+1))
	}
	return nil
}

// lists reads the lists and looks whether they, the manifest and the files agree.
func (b *Bundle) lists(name string) (err error) {
	var former inventory.List
	if b.Site, err = b.list(name, siteSumsFile); err == nil {
		former, err = b.list(name, formerFile)
	}
	if err == nil {
		b.Deleted, err = b.deleted(name)
	}
	if err != nil {
		return err
	}
	bad := func(what string) error { return problem("disagrees", name, what) }
	bytes := int64(0)
	from := make([]inventory.File, 0, len(b.Site))
	for i, f := range b.Site {
		z := b.files[f.Path]
		was, stood := former.Find(f.Path)
		switch {
		case z != nil:
			bytes += int64(z.UncompressedSize64)
			b.Site[i].Size = int64(z.UncompressedSize64)
			if stood {
				from = append(from, was)
			}
		case stood:
			return bad(f.Path)
		default:
			from = append(from, f)
		}
	}
	for p := range b.files {
		if _, ok := b.Site.Find(p); !ok {
			return bad(p)
		}
	}
	for _, p := range b.Deleted {
		was, stood := former.Find(p)
		if _, stays := b.Site.Find(p); stays || !stood {
			return bad(p)
		}
		from = append(from, was)
	}
	m := b.Manifest
	if b.Site.Sum().String() != m.To || len(b.Site) != m.SiteFiles {
		return bad(siteSumsFile)
	}
	if len(b.files) != m.Files || bytes != m.Bytes || len(b.Deleted) != m.Deleted || len(former) > m.Files+m.Deleted {
		return bad(manifestFile)
	}
	if m.From == "" {
		if len(from) > 0 {
			return bad(formerFile)
		}
		return nil
	}
	if b.From, err = inventory.New(from); err != nil || b.From.Sum().String() != m.From {
		return bad(formerFile)
	}
	return nil
}

func (b *Bundle) list(name, file string) (inventory.List, error) {
	r, err := b.read(name, file)
	if err != nil {
		return nil, err
	}
	l, err := inventory.Read(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, &deploy.Problem{Key: "bundle-list", Args: []string{name, file}, Cause: err}
	}
	return l, nil
}

func (b *Bundle) deleted(name string) (out []string, err error) {
	r, err := b.read(name, deletedFile)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		p := strings.TrimSuffix(lines.Text(), "\r")
		if !inventory.ValidPath(p) {
			err = fmt.Errorf("path %q cannot be of a site", p)
			break
		}
		out = append(out, p)
	}
	if sorted := slices.Sorted(slices.Values(out)); len(slices.Compact(sorted)) != len(out) {
		err = cmp.Or(err, inventory.ErrOrder)
	}
	if err = errors.Join(err, lines.Err(), r.Close()); err != nil {
		return nil, &deploy.Problem{Key: "bundle-list", Args: []string{name, deletedFile}, Cause: err}
	}
	return out, nil
}

func (b *Bundle) read(name, file string) (io.ReadCloser, error) {
	f := b.about[file]
	if f == nil || f.UncompressedSize64 > listLimit {
		return nil, problem("lacks", name, file)
	}
	return f.Open()
}

// Source opens a file of the site that is in the bundle.
func (b *Bundle) Source(path string) (io.ReadCloser, error) {
	f := b.files[path]
	if f == nil {
		return nil, fmt.Errorf("%s is not in the bundle: %w", path, fs.ErrNotExist)
	}
	return f.Open()
}

// Verify reads every file of the bundle. One whose bytes are not those of its sum is a
// *deploy.Problem.
func (b *Bundle) Verify(ctx context.Context, progress func(done, total int)) error {
	var wrong []string
	done := 0
	for _, f := range b.Site {
		z := b.files[f.Path]
		if z == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if proved(z, f.Sum) != nil {
			wrong = append(wrong, f.Path)
		}
		if done++; progress != nil && done%200 == 0 {
			progress(done, len(b.files))
		}
	}
	if len(wrong) > 0 {
		return &deploy.Problem{Key: "bundle-sum", Paths: wrong[:min(len(wrong), 10)], Count: len(wrong)}
	}
	return nil
}

// proved reads an entry, and returns an error where it has another sum.
func proved(z *zip.File, want render.Sum) error {
	r, err := z.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, inventory.Proof(r, want))
	return errors.Join(err, r.Close())
}

// listOfZip reads the state to which a bundle leads out of its last zip file, without
// looking at the others.
func listOfZip(name string) (inventory.List, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, &deploy.Problem{Key: "bundle-zip", Args: []string{name}, Cause: err}
	}
	b := &Bundle{files: map[string]*zip.File{}, about: map[string]*zip.File{}, closers: []io.Closer{z}}
	defer b.Close()
	if _, err := b.volume(name, info.Size(), z); err != nil {
		return nil, err
	}
	if err := readJSON(b.about[manifestFile], &b.Manifest); err != nil {
		return nil, problem("last", name)
	}
	l, err := b.list(name, siteSumsFile)
	if err == nil && l.Sum().String() != b.Manifest.To {
		err = problem("disagrees", name, siteSumsFile)
	}
	return l, err
}
