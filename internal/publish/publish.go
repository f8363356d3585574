// Package publish puts rendered files into the output folder so that an
// interrupted run leaves the old site or the new one.
//
// Files are staged beside the output, on its own file system. When all of them
// are there, a journal is written that says what to move and what to delete;
// from then on the run is decided, and the next Open finishes what is left of
// it. Without a journal, staged files are thrown away. The manifest remembers
// path and key of every file that gongbao wrote; other files in the output
// are never touched, except in folders that are claimed.
package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/render"
)

const journalName = "journal"

// A Publisher writes one output folder. Stage may be called from several
// goroutines; the other methods may not.
type Publisher struct {
	dir, staging, manifest string
	old                    map[string]File
	live                   int      // about how many bytes of the manifest count
	stood                  []byte   // the manifest as it was read
	blank                  bool     // there was none
	folders                sync.Map // of the staged files that were made, by name
}

// A File is what the manifest remembers of a file.
type File struct {
	Key    render.Key
	Inputs catalog.Print // zero for none
	Facts  render.Facts
}

// A Result counts what a commit did.
type Result struct {
	Written, Deleted, Kept int
}

// Open readies an output folder, which need not exist. state is the folder of
// the site in which the manifest of this output is kept. An interrupted run is
// finished or thrown away first.
func Open(dir, state string) (*Publisher, error) {
	p, err := at(dir, state)
	if err != nil {
		return nil, err
	}
	if err := p.recover(); err != nil {
		return nil, fmt.Errorf("finish the interrupted run: %w", err)
	}
	if p.stood, err = os.ReadFile(p.manifest); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	p.blank = len(p.stood) == 0
	p.old, p.live = parseManifest(p.stood)
	return p, nil
}

// at names the places of an output folder.
func at(dir, state string) (*Publisher, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	return &Publisher{
		dir:      abs,
		staging:  filepath.Join(filepath.Dir(abs), "."+filepath.Base(abs)+".staging"),
		manifest: filepath.Join(state, "manifest-"+short(abs)),
	}, nil
}

// Forget removes the manifest of an output that is no longer there.
func Forget(dir, state string) error {
	p, err := at(dir, state)
	if err != nil {
		return err
	}
	if err := os.Remove(p.manifest); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// short names a folder; the name stays the same for ever, or manifests would be
// lost.
func short(s string) string {
	b, _ := json.Marshal(s) // a string
	k := sha256.Sum256(append(b, '\n'))
	return hex.EncodeToString(k[:6])
}

// Fresh reports whether a file with this key stands in the output already.
func (p *Publisher) Fresh(path string, key render.Key) bool {
	f, ok := p.old[path]
	return ok && f.Key == key && isFile(p.target(path))
}

// Old returns what the manifest has of a file that stands in the output.
func (p *Publisher) Old(path string) (File, bool) {
	f, ok := p.old[path]
	return f, ok && isFile(p.target(path))
}

// Known returns what the manifest has of a file, whether it stands or not.
func (p *Publisher) Known(path string) (File, bool) {
	f, ok := p.old[path]
	return f, ok
}

// Sum returns the hash of the manifest as it was read, or as Commit left it: no
// two editions of a site have the same.
func (p *Publisher) Sum() string {
	sum := sha256.Sum256(p.stood)
	return hex.EncodeToString(sum[:])
}

// Same reports whether a file that gongbao wrote stands in the output with these
// bytes: it need not be written, whatever its key was.
func (p *Publisher) Same(path string, b []byte) bool {
	if _, ok := p.old[path]; !ok {
		return false
	}
	info, err := os.Lstat(p.target(path))
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(b)) {
		return false
	}
	old, err := os.ReadFile(p.target(path))
	return err == nil && bytes.Equal(old, b)
}

func (p *Publisher) target(path string) string { return filepath.Join(p.dir, filepath.FromSlash(path)) }

// Stage writes one file beside the output. path must be local.
func (p *Publisher) Stage(path string, b []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return fmt.Errorf("path %q leaves the output folder", path)
	}
	name := filepath.Join(p.staging, "files", filepath.FromSlash(path))
	if err := p.folder(filepath.Dir(name)); err != nil {
		return err
	}
	return os.WriteFile(name, b, 0o644)
}

// folder makes a folder of the staged files, unless it was made.
func (p *Publisher) folder(name string) error {
	if _, ok := p.folders.Load(name); ok {
		return nil
	}
	parent, err := filepath.Dir(name), error(nil)
	if _, ok := p.folders.Load(parent); ok {
		if err = os.Mkdir(name, 0o755); errors.Is(err, fs.ErrExist) {
			err = nil // made by another goroutine; where it is a file, writing fails
		}
	} else if len(name) > len(p.staging) {
		if err = p.folder(parent); err == nil {
			return p.folder(name)
		}
	} else {
		err = os.MkdirAll(name, 0o755)
	}
	if err == nil {
		p.folders.Store(name, nil)
	}
	return err
}

// Commit makes the staged files and the deletion of files that are no longer
// produced take effect. units are all files of the site by path.
func (p *Publisher) Commit(units map[string]File, staged []string) (Result, error) {
	r := Result{Written: len(staged), Kept: len(units) - len(staged)}
	var gone []string
	for path := range p.old {
		if _, ok := units[path]; !ok {
			gone = append(gone, path)
		}
	}
	slices.Sort(gone)
	r.Deleted = len(gone)
	if len(staged) == 0 && len(gone) == 0 && maps.Equal(p.old, units) {
		return r, nil
	}
	b := extended(p.stood, p.old, units)
	if b == nil {
		b = manifestOf(units)
	}
	if err := p.move(b, gone); err != nil {
		return r, err
	}
	p.old, p.stood, p.live = units, b, 0
	for path := range units {
		p.live += recordSize(path)
	}
	return r, nil
}

// CommitSome is Commit of some files of the site, of which all others stay what
// they are.
func (p *Publisher) CommitSome(units map[string]File, staged []string) (Result, error) {
	var changed []string
	more := 0
	for path, f := range units {
		was, ok := p.old[path]
		if !ok {
			more += recordSize(path)
		}
		if !ok || was != f {
			changed = append(changed, path)
		}
	}
	r := Result{Written: len(staged)}
	if len(staged) > 0 || len(changed) > 0 {
		b := extend(p.stood, p.live+more, units, changed)
		for _, path := range changed {
			p.old[path] = units[path]
		}
		if b == nil {
			b = manifestOf(p.old)
		}
		if err := p.move(b, nil); err != nil {
			return r, err
		}
		p.stood, p.live = b, p.live+more
	}
	r.Kept = len(p.old) - len(staged)
	return r, nil
}

// move makes a manifest, the staged files and deletions take effect.
func (p *Publisher) move(manifest []byte, gone []string) error {
	if err := os.MkdirAll(filepath.Join(p.staging, "files"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.staging, "manifest"), manifest, 0o644); err != nil {
		return err
	}
	if err := p.writeJournal(gone); err != nil {
		return err
	}
	return p.replay(gone)
}

// Discard throws staged files away: nothing is published when there are errors.
func (p *Publisher) Discard() error { return p.clear() }

// clear removes what is staged.
func (p *Publisher) clear() error {
	p.folders.Clear()
	return os.RemoveAll(p.staging)
}

// writeJournal writes the deletions and a closing line; without the closing
// line the journal does not count.
func (p *Publisher) writeJournal(gone []string) error {
	var b bytes.Buffer
	fmt.Fprintln(&b, p.manifest)
	for _, path := range gone {
		fmt.Fprintln(&b, path)
	}
	b.WriteString("end\n")
	f, err := os.Create(filepath.Join(p.staging, journalName))
	if err != nil {
		return err
	}
	if _, err = f.Write(b.Bytes()); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// recover finishes or throws away what an interrupted run left.
func (p *Publisher) recover() error {
	b, err := os.ReadFile(filepath.Join(p.staging, journalName))
	lines := strings.Split(string(b), "\n")
	if err != nil || len(lines) < 3 || lines[len(lines)-2] != "end" {
		return p.clear()
	}
	p.manifest = lines[0]
	return p.replay(lines[1 : len(lines)-2])
}

// replay moves the staged files in and deletes. It may be repeated: what is
// moved already is no longer staged.
func (p *Publisher) replay(gone []string) error {
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return err
	}
	for _, path := range gone {
		if !filepath.IsLocal(filepath.FromSlash(path)) {
			continue
		}
		if err := os.Remove(p.target(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		p.prune(filepath.Dir(p.target(path)))
	}
	if err := moveTree(filepath.Join(p.staging, "files"), p.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.manifest), 0o755); err != nil {
		return err
	}
	staged := filepath.Join(p.staging, "manifest")
	if b, err := os.ReadFile(staged); err == nil {
		// The state folder may be on another file system than the output.
		if err := os.WriteFile(p.manifest+".new", b, 0o644); err != nil {
			return err
		}
		if err := os.Rename(p.manifest+".new", p.manifest); err != nil {
			return err
		}
	}
	return p.clear()
}

// prune removes folders that became empty.
func (p *Publisher) prune(dir string) {
	for dir != p.dir && strings.HasPrefix(dir, p.dir) {
		if os.Remove(dir) != nil {
			return
		}
		dir = filepath.Dir(dir)
	}
}

// moveTree moves what is in src into dst. A folder that dst does not have is
// moved whole.
func moveTree(src, dst string) error {
	entries, err := os.ReadDir(src)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		from, to := filepath.Join(src, e.Name()), filepath.Join(dst, e.Name())
		info, err := os.Lstat(to)
		switch {
		case e.IsDir() && err == nil && info.IsDir():
			if err := moveTree(from, to); err != nil {
				return err
			}
			continue
		case err == nil && info.IsDir() != e.IsDir():
			if err := os.RemoveAll(to); err != nil {
				return err
			}
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
	}
	return nil
}
