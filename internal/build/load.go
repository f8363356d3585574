package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/extract"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/markup"
	"gongbao/internal/memo"
	"gongbao/internal/source"
)

// loaded is what was read from the disk.
type loaded struct {
	root     *os.Root
	config   config.Config
	data     source.Data
	ledger   ledger.Ledger
	digests  []*digest.Digest
	memo     *memo.Memo
	keys     map[string]digest.Hash   // of the memo, by content path
	stamps   map[string]memo.Stamp    // of files that are not content, by content path
	locks    map[string]*gazette.Lock // of sealed issues, by the issue's content path
	findings []diag.Finding
	digested int
	hashes   sync.Map // path from the root → []byte

	registers hash.Hash // of content/data/
	mounted   []byte    // hash of what the site knows of its mounts; nil for none
	stampedAs string    // before the paths of files where the memo knows their stamps
	records   hash.Hash // of the ledger and the locks
}

func load(ctx context.Context, o Options, m *memo.Memo, w *walk) (*loaded, error) {
	root, err := os.OpenRoot(o.Root)
	if err != nil {
		return nil, err
	}
	l := &loaded{root: root, stampedAs: o.stampedAs(), registers: sha256.New(), records: sha256.New(), memo: m, keys: map[string]digest.Hash{}, stamps: map[string]memo.Stamp{}, locks: map[string]*gazette.Lock{}}
	if err := l.read(ctx, o, w); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return l, nil
}

// read reads config, registers, ledger and content.
func (l *loaded) read(ctx context.Context, o Options, w *walk) error {
	b, err := l.root.ReadFile(config.Name)
	if err != nil {
		return fmt.Errorf("read %s: %w", config.Name, err)
	}
	c, findings := config.Parse(b)
	l.config, l.findings = c, findings
	files, err := l.sort(w)
	if err != nil {
		return err
	}
	if o.Files != nil {
		o.Files(len(files), len(c.Data.Formats))
	}
	return l.digest(ctx, files, o.Progress)
}

// sort lists what was walked of content/ by path, and reads the registers and the
// ledger.
func (l *loaded) sort(w *walk) ([]contentFile, error) {
	files := make([]contentFile, 0, len(w.files))
	for i := range w.files {
		f := &w.files[i]
		name := strings.TrimPrefix(f.path, "content/")
		add := func() { files = append(files, contentFile{name, f.stamp, f.gone == nil}) }
		switch {
		case f.path == "content" && f.unread != nil:
			return nil, fmt.Errorf("read content/: %w", f.unread)
		case hidden(path.Dir(name)):
		case f.mode&fs.ModeSymlink != 0:
			l.report("symlink", f.path, name)
		case hidden(name):
		case f.unread != nil:
			l.report("file-unreadable", f.path, reason(f.unread))
		case strings.HasPrefix(name, "data/"):
			if err := l.register(f.path, name); err != nil {
				return nil, err
			}
		case source.LockedIssue(name) != "":
			l.lock(f.path, name)
		case source.TypeOf(name) != "":
			add()
		case f.gone == nil:
			l.stamps[name] = f.stamp
			switch {
			case !digest.IsAttachment(name):
			case f.stamp.Size <= source.MaxSize:
				add()
			default:
				l.report("scan-skipped", f.path, "skipped."+string(extract.Large))
			}
		}
	}
	// A walk has what is in a/ before a-b.md, though - comes before /.
	slices.SortFunc(files, func(a, b contentFile) int { return strings.Compare(a.path, b.path) })
	return files, nil
}

// registerSum is the hash of the registers, and of what mounts are as registers.
func (l *loaded) registerSum() []byte { return append(l.registers.Sum(nil), l.mounted...) }

// stampedAs is what the stamps of the files of a mirror stand under in the memo, which
// it shares with the site.
func (o Options) stampedAs() string {
	if o.mount == nil {
		return ""
	}
	return o.mount.Folder()
}

// hidden reports whether a path in content/, or a folder in it, has a name that
// begins with a dot.
func hidden(name string) bool {
	return len(name) > 1 && name[0] == '.' || strings.Contains(name, "/.")
}

func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func (l *loaded) report(rule, file string, args ...string) {
	l.findings = append(l.findings, diag.New(rule, diag.Pos{File: file}, args...))
}

func (l *loaded) register(p, name string) error {
	b, err := l.root.ReadFile(p)
	if err != nil {
		l.report("file-unreadable", p, reason(err))
		return nil
	}
	if path.Ext(name) == ".toml" { // of the ledger pages show ids and addresses, nothing else
		fmt.Fprintf(l.registers, "%s %d\n", name, len(b))
		l.registers.Write(b)
	} else {
		l.record(name, b)
	}
	switch {
	case path.Ext(name) == ".toml":
		l.findings = append(l.findings, source.ReadData(&l.data, strings.TrimPrefix(name, "data/"), b)...)
		if source.IsPublished(strings.TrimPrefix(name, "data/")) {
			l.findings = append(l.findings, digest.Register(name, b)...)
		}
	case strings.HasPrefix(name, "data/ledger/") && path.Ext(name) == ".ndjson":
		l.findings = append(l.findings, l.ledger.Read(p, b)...)
	}
	return nil
}

func (l *loaded) record(name string, b []byte) {
	fmt.Fprintf(l.records, "%s %d\n", name, len(b))
	l.records.Write(b)
}

// lock reads the lock of a sealed issue.
func (l *loaded) lock(p, name string) {
	b, err := l.root.ReadFile(p)
	if err != nil {
		l.report("file-unreadable", p, reason(err))
		return
	}
	l.record(name, b)
	lock, found := source.ReadLock(name, b)
	l.findings = append(l.findings, found...)
	if lock != nil {
		l.locks[source.LockedIssue(name)] = lock
	}
}

// A contentFile is a file of content/ as the walk found it.
type contentFile struct {
	path    string // in content/
	stamp   memo.Stamp
	stamped bool
}

// digest reads all content files, those that the memo knows from there: by
// their stamp, or else by what is in them.
func (l *loaded) digest(ctx context.Context, list []contentFile, progress func(string, int, int)) error {
	l.digests = make([]*digest.Digest, len(list))
	keys := make([]digest.Hash, len(list))
	anew := make([]bool, len(list))
	unread := make([]error, len(list))
	openers := make(chan *opener, maxProcs())
	err := each(ctx, len(list), func() func(int) error {
		p := markup.NewParser()
		p.Reuse()
		files := &opener{root: l.root}
		openers <- files
		var record []byte
		var r memo.Reader
		return func(i int) error {
			if progress != nil {
				progress("read", i, len(list))
			}
			f := list[i]
			if f.stamped {
				if k, ok := l.memo.Known(l.stampedAs+f.path, f.stamp); ok {
					if l.digests[i] = l.memo.Digest(&r, k); l.digests[i] != nil {
						keys[i] = k
						return nil
					}
				}
			}
			raw, err := files.read("content/"+f.path, f.stamp.Size)
			if err != nil {
				unread[i] = err
				return nil
			}
			keys[i] = memoKey(f.path, raw)
			if f.stamped && int64(len(raw)) == f.stamp.Size {
				l.memo.Note(l.stampedAs+f.path, f.stamp, keys[i])
			}
			if l.digests[i] = l.memo.Digest(&r, keys[i]); l.digests[i] != nil {
				return nil
			}
			d, fragment := digest.New(p, f.path, raw)
			l.digests[i], anew[i] = d, true
			record, err = l.memo.Put(record, keys[i], d, fragment)
			return err
		}
	})
	close(openers)
	for o := range openers {
		o.close()
	}
	kept := l.digests[:0]
	for i, d := range l.digests {
		if unread[i] != nil {
			l.report("file-unreadable", source.Name(list[i].path), reason(unread[i]))
			continue
		}
		if d == nil {
			continue // interrupted
		}
		kept = append(kept, d)
		l.keys[d.Path] = keys[i] // d.Path, so that files can go
		if anew[i] {
			l.digested++
		}
	}
	l.digests = kept
	return err
}

// memoKey is the hash of what a digest depends on.
func memoKey(path string, raw []byte) digest.Hash {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\x00", digest.Version, path)
	h.Write(raw)
	return digest.Hash(h.Sum(nil))
}

// all are the findings of all files, and those of reading them.
func (l *loaded) all() []diag.Finding {
	out := slices.Clone(l.findings)
	for _, d := range l.digests {
		out = append(out, d.Findings...)
	}
	return out
}

func (l *loaded) hasFile(contentPath string) bool {
	_, ok := l.stamps[contentPath]
	return ok
}

func (l *loaded) size(contentPath string) int64 { return l.stamps[contentPath].Size }

// fileHash returns the hash of a file that is copied as it is; nil if it
// cannot be read, which its unit then reports.
func (l *loaded) fileHash(name string) []byte {
	if v, ok := l.hashes.Load(name); ok {
		return v.([]byte)
	}
	at := l.stampedAs + "file:" + name
	stamp, stamped := l.stamps[strings.TrimPrefix(name, "content/")]
	sum, known := digest.Hash{}, false
	if stamped {
		sum, known = l.memo.Known(at, stamp)
	}
	if !known {
		b, err := l.root.ReadFile(name)
		if err != nil {
			return nil
		}
		if sum = sha256.Sum256(b); stamped && int64(len(b)) == stamp.Size {
			l.memo.Note(at, stamp, sum)
		}
	}
	l.hashes.Store(name, sum[:])
	return sum[:]
}

// each calls the function that start returns for 0 to n-1, from as many
// goroutines as there are cores; start is called once in each. It stops at the
// first error or when ctx ends.
func each(ctx context.Context, n int, start func() func(int) error) error {
	workers := min(maxProcs(), n)
	errs := make([]error, workers)
	var next counter
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			work := start()
			for i := next.take(); i < n; i = next.take() {
				if errs[w] = ctx.Err(); errs[w] == nil {
					errs[w] = work(i)
				}
				if errs[w] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
