package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"gongbao/internal/config"
)

// How long files must be quiet before a change is taken up: an editor writes a
// file in several steps, a branch switch writes hundreds.
const (
	quiet     = 12 * time.Millisecond
	quietMany = 120 * time.Millisecond
	many      = 8 // files
	// mostWait is how long a change waits where files never are quiet.
	mostWait = 2 * time.Second
)

// A watcher says which files of a site have changed.
type watcher struct {
	root    string
	notify  *fsnotify.Watcher
	changes chan []string // paths from the root, with slashes; nil: any
	done    chan struct{}
}

func newWatcher(root string) (*watcher, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{root: root, notify: n, changes: make(chan []string), done: make(chan struct{})}
	_ = n.Add(root) // config.toml; not being told of changes is no reason to stop
	for _, dir := range watched {
		w.addTree(filepath.Join(root, dir))
	}
	go w.run()
	return w, nil
}

// watched are the folders of a site whose files a preview shows.
var watched = []string{"content", "layouts", config.MirrorFolder}

func (w *watcher) close() {
	_ = w.notify.Close()
	<-w.done
}

// addTree watches a folder and those in it.
func (w *watcher) addTree(dir string) {
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = w.notify.Add(p)
		}
		return nil
	})
}

// run gathers changes until files are quiet.
func (w *watcher) run() {
	defer close(w.done)
	var names map[string]bool
	var any bool
	var since time.Time
	var send chan []string
	var batch []string
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case e, ok := <-w.notify.Events:
			if !ok {
				return
			}
			name, counts := w.name(e)
			if !counts {
				continue
			}
			if e.Has(fsnotify.Create) && isDir(e.Name) {
				w.addTree(e.Name) // its files may have been there before it was watched
				any = true
			}
			if names == nil {
				names, since = map[string]bool{}, time.Now()
			}
			names[name] = true
			wait := quiet
			if len(names) > many || any {
				wait = quietMany
			}
			timer.Reset(max(min(wait, mostWait-time.Since(since)), 0))
		case <-w.notify.Errors: // an event was lost
			any = true
			if names == nil {
				names, since = map[string]bool{}, time.Now()
			}
			timer.Reset(quietMany)
		case <-timer.C:
			if batch != nil || send != nil { // the one before is not taken yet
				for _, n := range batch {
					names[n] = true
				}
				any = any || batch == nil
			}
			batch = nil
			if !any {
				for n := range names {
					batch = append(batch, n)
				}
			}
			names, any, send = nil, false, w.changes
		case send <- batch:
			batch, send = nil, nil
		}
	}
}

// name is the path of what an event is about, from the root; counts is false for
// what the site does not show.
func (w *watcher) name(e fsnotify.Event) (name string, counts bool) {
	rel, err := filepath.Rel(w.root, e.Name)
	if err != nil || ignored(rel) || e.Op == fsnotify.Chmod {
		return "", false
	}
	name = filepath.ToSlash(rel)
	if name == config.Name {
		return name, true
	}
	for _, dir := range watched {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return name, true
		}
	}
	return "", false
}

// ignored are the files that editors write beside the one they edit.
func ignored(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") ||
		strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".tmp") || strings.HasSuffix(base, ".swx") || base == "4913"
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
