// Package mirror takes the documents of another gazette into a site, from its built
// output alone: a folder, or an address on any server of files.
//
// A mirror, mirror/<code>/, is a site of its own: config.toml and registers as far as
// addresses and statuses depend on them, the content files of documents and issues
// with their attachments, and a ledger that holds their ids and addresses. pull.json
// beside them says how far it was read. It is written by Pull and by nobody else.
//
// The first time everything is taken from the files of the years, later what the
// change log names. Whatever the log does not explain, because the origin was built
// since its last record or its ledger was rewritten, is found by comparing the files
// of the years again. Every file is checked against the SHA-256 that was announced.
package mirror

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/config"
	"gongbao/internal/ledger"
	"gongbao/internal/lock"
	"gongbao/internal/render"
	"gongbao/internal/render/dataset"
	"gongbao/internal/source"
)

// Options say what to pull.
type Options struct {
	Root  string // of the site
	Code  string // of the mirror: its folder in mirror/
	From  string // the origin: a folder, or an address with http(s)://
	Whole bool   // compare everything, also where the log says that nothing happened
	// Progress is told how many documents were looked at; may be nil.
	Progress func(done int)
}

// A Result is what a pull did.
type Result struct {
	Added, Changed, Deleted, Kept int // documents
	Whole                         bool
	Refused                       []Refusal
}

// A Refusal is a document, or a file of one, that was not taken; what the mirror had
// of it stays. Reason is a key of the texts: "path", "taken", "hash", "absent", "data".
type Refusal struct{ What, Reason string }

// ErrBusy says that another run writes the same mirror.
var ErrBusy = errors.New("another run writes the mirror")

// A NoDataError says that the origin is no gazette, or does not publish its data.
type NoDataError struct {
	From string
	Err  error
}

func (e *NoDataError) Error() string { return e.From + ": " + e.Err.Error() }
func (e *NoDataError) Unwrap() error { return e.Err }

// Pull brings a mirror up to its origin. An error means that it could not go on:
// what it took until then stays, and the next run goes on from there.
func Pull(ctx context.Context, o Options) (r Result, err error) {
	locks := filepath.Join(o.Root, ".gongbao")
	if err := os.MkdirAll(locks, 0o755); err != nil {
		return r, err
	}
	held, err := lock.Try(filepath.Join(locks, "pull-"+o.Code+".lock"))
	switch {
	case errors.Is(err, lock.ErrHeld):
		return r, ErrBusy
	case err == nil:
		defer func() { err = errors.Join(err, held.Close()) }()
	case !errors.Is(err, errors.ErrUnsupported):
		return r, err
	}
	from, err := openOrigin(o.From)
	if err != nil {
		return r, &NoDataError{o.From, err}
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	p := &pull{o: o, from: from, looked: map[string]bool{}, taken: map[string]string{}, files: map[string]int{}}
	data, err := p.announced(ctx) // before there is a folder for it
	if err != nil {
		return r, err
	}
	dir := filepath.Join(o.Root, config.MirrorFolder, o.Code)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return r, err
	}
	if p.store.root, err = os.OpenRoot(dir); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.store.root.Close()) }()
	err = p.run(ctx, data)
	return p.Result, err
}

// A pull is one run.
type pull struct {
	Result
	o     Options
	from  origin
	store store
	state *state
	// looked are the documents that this run has seen, by id; taken the ids of all by
	// the paths of their content files.
	looked map[string]bool
	taken  map[string]string
	files  map[string]int // how many documents have a file, by its path
	done   int
}

func (p *pull) run(ctx context.Context, data announced) error {
	var err error
	if p.state, err = p.store.read(); err != nil {
		return err
	}
	p.lost()
	for id, d := range p.state.Documents {
		p.taken[d.Path] = id
		for name := range d.Files {
			p.files[name]++
		}
	}
	log, err := p.readLog(ctx)
	if err != nil {
		return err
	}
	if err := p.gazette(ctx, data); err != nil {
		return err
	}
	if p.o.Whole || !log.follows {
		err = p.whole(ctx, data, log)
	} else if err = p.follow(ctx, log); errors.As(err, new(*sumError)) || errors.Is(err, errAbsent) {
		err = p.whole(ctx, data, log) // built since the last record
	}
	if p.state.Origin = p.o.From; err == nil && len(p.Refused) == 0 { // else they are asked for again
		p.state.Seq, p.state.Sum = log.head.Seq, log.head.Sum
	}
	if err == nil && len(p.Refused) == 0 {
		err = p.sweep()
	}
	p.Kept = len(p.state.Documents) - p.Added - p.Changed
	return errors.Join(err, p.store.keep(p.state))
}

// lost forgets documents whose files somebody took away: they are taken again. With
// Whole nothing is believed of what was taken before.
func (p *pull) lost() {
	lost := p.o.Whole
	for id, d := range p.state.Documents {
		if !p.store.has("content/" + d.Path) {
			delete(p.state.Documents, id)
			lost = true
		}
	}
	if lost {
		clear(p.state.Years)
		p.state.Seq, p.state.Gazette, p.state.Issues = 0, "", ""
	}
}

// sweep removes what stands among the documents and issues and is of none: what a
// pull left that was killed, or whose state was lost. A document that its origin has
// withdrawn meanwhile must not stay.
func (p *pull) sweep() error {
	return p.store.sweep(func(name string) bool {
		return p.taken[name] != "" || p.files[name] > 0 || slices.Contains(p.state.Printed, name)
	}, "documents", "issues")
}

// takes reports whether a path of an origin may be one of a content file in a
// folder of the mirror: it is somebody else's, and may want to leave it.
func takes(name, folder string) bool {
	return strings.HasPrefix(name, folder+"/") && strings.HasSuffix(name, ".md") && portable(name)
}

// portable reports whether all systems can have a path, inside a folder.
func portable(name string) bool {
	if !source.SafePath(name) {
		return false
	}
	for _, part := range strings.Split(name, "/") {
		base, _, _ := strings.Cut(strings.ToLower(part), ".")
		if len(part) > 200 || part[0] == '.' || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasSuffix(part, ".part") || reserved[base] {
			return false
		}
	}
	return true
}

// reserved are names that Windows gives to devices.
var reserved = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true,
	"com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

func (p *pull) refuse(what, reason string) { p.Refused = append(p.Refused, Refusal{what, reason}) }

// whole compares all documents with the files of the years. Years whose file was
// taken before are passed over.
func (p *pull) whole(ctx context.Context, l announced, log *log) error {
	p.Whole = true
	seen, unread := map[string]bool{}, false
	for _, name := range sorted(l) {
		if !strings.HasPrefix(name, "data/documents/") {
			continue
		}
		if p.state.Years[name] == l[name].sum {
			for id, d := range p.state.Documents {
				seen[id] = seen[id] || d.Year == name
			}
			continue
		}
		if p.state.Years[name] != "" { // until all of it is taken again, also where this run is killed
			delete(p.state.Years, name)
			if err := p.store.keep(p.state); err != nil {
				return err
			}
		}
		refused := len(p.Refused)
		if err := p.year(ctx, name, l[name], log, seen); err != nil {
			return err
		}
		if len(p.Refused) == refused {
			p.state.Years[name] = l[name].sum
		}
		unread = unread || slices.Contains(p.Refused[refused:], Refusal{name, "data"})
		if err := p.store.keep(p.state); err != nil {
			return err
		}
	}
	for _, id := range sorted(p.state.Documents) {
		c := log.last[id]
		if !seen[id] && (!unread || c != nil && c.Event == ledger.Withdrawn) { // else it may be one that could not be read
			if err := p.drop(id, c); err != nil {
				return err
			}
		}
	}
	for id, c := range log.last {
		if _, has := p.state.Documents[id]; !has && c.Event == ledger.Withdrawn {
			p.bury(c, nil)
		}
	}
	return nil
}

// year takes the documents of the file of a year.
func (p *pull) year(ctx context.Context, name string, l file, log *log, seen map[string]bool) error {
	f, err := spool(ctx, p.from, name, l.sum, l.size)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<20), limit)
	lines.Split(wholeLines)
	for lines.Scan() {
		d, err := decode[dataset.Document](lines.Bytes())
		if err != nil {
			p.refuse(name, "data")
			continue
		}
		seen[d.ID] = true
		if err := p.take(ctx, d, lines.Bytes(), name, log.last[d.ID]); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// wholeLines are lines with their ends: as such they are files with hashes.
func wholeLines(b []byte, last bool) (advance int, line []byte, err error) {
	if n := bytes.IndexByte(b, '\n') + 1; n > 0 {
		return n, b[:n], nil
	}
	if last && len(b) > 0 {
		return len(b), b, nil
	}
	return 0, nil, nil
}

// follow takes what the log names.
func (p *pull) follow(ctx context.Context, log *log) error {
	for _, id := range sorted(log.last) {
		c := log.last[id]
		if c.Event == ledger.Withdrawn {
			if err := p.drop(id, c); err != nil {
				return err
			}
			p.bury(c, nil)
			continue
		}
		at := c.Address + render.JSON.File
		if !portable(at) {
			p.refuse(id, "path")
			continue
		}
		sum := c.Files[render.JSON.File]
		if sum == "" {
			return &sumError{at}
		}
		b, err := fetch(ctx, p.from, at, sum)
		if err != nil {
			return err
		}
		d, err := decode[dataset.Document](b)
		if err != nil || d.ID != id {
			p.refuse(id, "data")
			continue
		}
		if err := p.take(ctx, d, b, "", c); err != nil {
			return err
		}
		clear(p.state.Years) // they are others now
	}
	return nil
}
