package deploy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gongbao/internal/lock"
)

// A folder is a target on a disk of this machine, or one that looks so. What leads
// out of it by a symbolic link is an error.
type folder struct {
	root *os.Root
	lock *os.File // nil where the file system has no locks
}

// OpenFolder opens a folder as a target, and makes it where it is not there. One that
// another run has open is a *Problem.
func OpenFolder(dir string) (Target, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{root: root}
	f.lock, err = lock.Try(filepath.Join(dir, lockName))
	switch {
	case errors.Is(err, lock.ErrHeld):
		err = &Problem{Key: "locked", Args: []string{dir}}
	case errors.Is(err, errors.ErrUnsupported):
		err = nil
	}
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

// ReadFolder opens a folder for reading, as Check does: nothing is locked or written.
func ReadFolder(dir string) (Target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{root: root}, nil
}

func (f *folder) Put(_ context.Context, name string, r io.Reader, how Form) error {
	tmp := staged(name)
	if err := f.root.MkdirAll(path.Dir(tmp), 0o755); err != nil {
		return err
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	w, err := f.root.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err == nil && how.Durable {
		err = w.Sync()
	}
	if err = errors.Join(err, w.Close()); err == nil {
		err = f.root.Rename(tmp, name)
	}
	if err != nil {
		return errors.Join(err, ignoreAbsent(f.root.Remove(tmp)))
	}
	return nil
}

func (f *folder) Get(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, absent(err)
	}
	if info.IsDir() {
		return nil, fs.ErrNotExist
	}
	if !info.Mode().IsRegular() {
		return io.NopCloser(strings.NewReader(irregular)), nil
	}
	return f.root.Open(name)
}

// irregular is what a link reads as where a file should be: no file of a
// site has these bytes.
const irregular = "\x00no regular file\x00"

func (f *folder) Has(_ context.Context, name string) (bool, error) {
	info, err := f.root.Lstat(name)
	if err = absent(err); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && !info.IsDir(), err
}

func (f *folder) Delete(_ context.Context, name string) error {
	return ignoreAbsent(f.root.Remove(name))
}

func (f *folder) Prune(_ context.Context, name string) error {
	for dir := path.Dir(name); dir != "." && f.root.Remove(dir) == nil; {
		dir = path.Dir(dir)
	}
	return nil
}

func (f *folder) List(ctx context.Context, each func(string)) error {
	return list(ctx, f.root.FS(), each)
}

// list calls each with the files of a folder. Folders that nobody may read are none of
// ours (lost+found, those of Windows at the root of a disk): they count as empty.
func list(ctx context.Context, fsys fs.FS, each func(string)) error {
	return fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrPermission) && p != ".":
			return fs.SkipDir
		case err != nil:
			return err
		case d.IsDir() && p == stagingName:
			return fs.SkipDir
		case !d.IsDir():
			each(p)
		}
		return ctx.Err()
	})
}

func (f *folder) Embeds() bool { return false }

func (f *folder) Tidy(context.Context) error { return f.root.RemoveAll(stagingName) }

func (f *folder) Close() error {
	var err error
	if f.lock != nil {
		err = f.lock.Close() // its file stays: a run that has just opened it would hold a lock on none
	}
	return errors.Join(err, f.root.Close())
}

// absent makes fs.ErrNotExist also of a path that leads through a file.
func absent(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) && isNotFolder(p.Err) {
		return fs.ErrNotExist
	}
	return err
}

func ignoreAbsent(err error) error {
	if errors.Is(absent(err), fs.ErrNotExist) {
		return nil
	}
	return err
}
