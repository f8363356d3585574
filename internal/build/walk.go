package build

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"gongbao/internal/config"
	"gongbao/internal/memo"
)

// A walk is what stood in content/ after a run began, from outside: it is told
// from it whether anything has changed, and what is to be read.
type walk struct {
	began time.Time
	files []walked // in the order of fs.WalkDir, hidden ones too, without folders that could be read

	mirrors map[string]*walk // by the folder in mirror/
}

// A walked file is one of a walk, or a folder that could not be read.
type walked struct {
	path   string // from the site's root
	mode   fs.FileMode
	stamp  memo.Stamp
	unread error // of a folder
	gone   error // why there is no stamp
}

// walkContent walks a site that a run begins with, and its mirrors. Links are never
// followed: they could leave the site or loop.
func walkContent(root string, began time.Time) (*walk, error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	w := walkOf(dir.FS(), began)
	w.mirrors = map[string]*walk{}
	folders, _ := fs.ReadDir(dir.FS(), config.MirrorFolder) // where it cannot be read there is none
	for _, d := range folders {
		if d.IsDir() {
			sub, err := fs.Sub(dir.FS(), config.MirrorFolder+"/"+d.Name())
			if err != nil {
				return nil, errors.Join(err, dir.Close())
			}
			w.mirrors[d.Name()] = walkOf(sub, began)
		}
	}
	return w, dir.Close()
}

func walkOf(site fs.FS, began time.Time) *walk {
	w := &walk{began: began}
	_ = fs.WalkDir(site, "content", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			w.files = append(w.files, walked{path: p, mode: fs.ModeDir, unread: err})
		case !d.IsDir():
			f := walked{path: p, mode: d.Type()}
			if info, err := d.Info(); err != nil {
				f.gone = err
			} else {
				f.mode, f.stamp = info.Mode(), memo.StampOf(info)
			}
			w.files = append(w.files, f)
		}
		return nil
	})
	return w
}

// readable reports whether there is a content/ that could be read.
func (w *walk) readable() bool {
	return !slices.ContainsFunc(w.files, func(f walked) bool { return f.path == "content" && f.unread != nil })
}

// add adds what was walked to a stamper. A content/ that is not there is added
// as that.
func (w *walk) add(s *stamper) {
	for i := range w.files {
		switch f := &w.files[i]; {
		case f.unread != nil:
			if !errors.Is(f.unread, fs.ErrNotExist) {
				s.fail(f.unread)
			}
		case f.gone != nil:
			s.fail(f.gone)
		default:
			s.stamp(f.path, f.stamp, f.mode)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(w.mirrors)) {
		s.h.Write([]byte(code + "\x00"))
		w.mirrors[code].add(s)
	}
}
