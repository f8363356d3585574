package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/memo"
	"gongbao/internal/render"
)

// A last is what the last run for an output left behind: if nothing that it
// depended on looks different from outside, there is nothing to do, and what it
// found is found again. It depends on stamps, not on what is in the files: a
// fresh checkout takes the whole pass, in which the memo knows most files.
type last struct {
	Folder   string // the output
	Inputs   string // hash of the stamps of all that was read
	Output   string // hash of the names in the output
	More     []string
	Findings []diag.Finding
	Summary  Summary
	Kept     int // files of the site
	Causes   causes
}

// causes are what a build depends on, in few parts.
type causes struct {
	Program, Layouts, Config, Registers, Mounts string
	AsOf                                        gazette.Date
	Drafts                                      bool
}

// A Cause is why a build had something to do.
type Cause struct {
	Name string // "first", "content", "program", "layouts", "config", "registers", "mounts", "day", "drafts"; its key in the texts is "cause." and this
	Args []string
}

// because compares what a build depends on with what the last one did.
func (s *Site) because(old last) []Cause {
	now := s.causes()
	if old.Causes == (causes{}) {
		return []Cause{{Name: "first"}}
	}
	var out []Cause
	if s.Digested > 0 {
		out = append(out, Cause{"content", []string{strconv.Itoa(s.Digested)}})
	}
	for _, c := range []struct {
		name     string
		was, are string
	}{
		{"program", old.Causes.Program, now.Program}, {"layouts", old.Causes.Layouts, now.Layouts},
		{"config", old.Causes.Config, now.Config}, {"registers", old.Causes.Registers, now.Registers},
		{"mounts", old.Causes.Mounts, now.Mounts},
	} {
		if c.was != c.are {
			out = append(out, Cause{Name: c.name})
		}
	}
	if old.Causes.AsOf != now.AsOf {
		out = append(out, Cause{"day", []string{old.Causes.AsOf.String(), now.AsOf.String()}})
	}
	if old.Causes.Drafts != now.Drafts {
		out = append(out, Cause{Name: "drafts"})
	}
	return out
}

func (s *Site) causes() causes {
	config := render.Hash(s.Config)
	return causes{
		Program: Version, Layouts: hex.EncodeToString(s.seed), Config: hex.EncodeToString(config[:]),
		Registers: hex.EncodeToString(s.load.registers.Sum(nil)), Mounts: hex.EncodeToString(s.load.mounted), AsOf: s.Options.AsOf, Drafts: s.Options.Drafts,
	}
}

// settled is how much older than a run a change must be to be told from a later
// one by its stamp.
const settled = memo.Settled

// errUnsettled says that something changed so lately that its stamp says
// nothing.
var errUnsettled = errors.New("changed a moment ago")

// unchanged returns what the last run left, and whether nothing has changed
// since. w and out are what stands there now.
func (o Options) unchanged(w *walk, out *folders) (last, bool) {
	name, err := o.stateName("last")
	if err != nil {
		return last{}, false
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return last{}, false
	}
	var l last
	if json.Unmarshal(b, &l) != nil {
		return last{}, false
	}
	if o.NoCache || l.Inputs == "" {
		return l, false
	}
	if in, err := o.stampInputs(w, l.More); err != nil || in != l.Inputs {
		return l, false
	}
	names, err := out.look()
	return l, err == nil && names == l.Output
}

// remember keeps what a run found, or forgets the run before, where that does
// not hold any more. A run that cannot remember is none the worse. Of content/ it
// keeps what was walked before it was read: what has changed since is another.
func (o Options) remember(r *Result, more []string, c causes, names string, w *walk) error {
	name, err := o.stateName("last")
	if err != nil {
		return err
	}
	folder, err := filepath.Abs(o.Output)
	if err != nil {
		return err
	}
	l := last{Folder: folder, Causes: c}
	inputs, err := o.stampInputs(w, more)
	switch {
	case errors.Is(err, errUnsettled) || o.NoCache: // the next run looks at everything
	case err != nil:
		return err
	default:
		l = last{Folder: folder, Inputs: inputs, Output: names, More: more, Findings: r.Findings, Summary: r.Summary, Kept: r.Written + r.Kept, Causes: c}
	}
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	return writeState(name, b)
}

// stampInputs is the hash of the stamps of everything that a build reads: the
// site, the fonts, the program, the options. Of content/ these are those of a
// walk. more are files of the site that are not in its folders.
func (o Options) stampInputs(w *walk, more []string) (string, error) {
	s := stamper{h: sha256.New(), before: w.began.UnixNano() - settled}
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	b, err := json.Marshal([]any{Version, o.AsOf, o.Drafts, o.NoPDF, o.Strict, fontFolders()})
	if err != nil {
		return "", err
	}
	s.h.Write(b)
	s.file(program)
	s.file(filepath.Join(o.Root, config.Name))
	for _, name := range more {
		s.file(filepath.Join(o.Root, filepath.FromSlash(name)))
	}
	w.add(&s)
	for _, code := range slices.Sorted(maps.Keys(w.mirrors)) {
		s.file(filepath.Join(o.Root, config.MirrorFolder, code, config.Name))
	}
	for _, dir := range []string{"layouts", strings.TrimSuffix(font.Folder, "/")} {
		s.tree(filepath.Join(o.Root, dir))
	}
	for _, dir := range fontFolders() {
		s.tree(dir)
	}
	return hex.EncodeToString(s.h.Sum(nil)), s.err
}

// A stamper adds the stamps of files to a hash.
type stamper struct {
	h      hash.Hash
	before int64 // changes after it count as too late
	err    error
}

// tree adds a folder; one that is not there is added as that.
func (s *stamper) tree(dir string) {
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			s.add(p, info)
		}
		if s.err != nil {
			return fs.SkipAll
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.fail(err)
	}
}

func (s *stamper) file(name string) {
	info, err := os.Stat(name)
	if err != nil {
		s.h.Write([]byte(name + "\x00-"))
		return
	}
	s.add(name, info)
}

func (s *stamper) add(name string, info fs.FileInfo) {
	s.stamp(name, memo.StampOf(info), info.Mode())
}

func (s *stamper) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *stamper) stamp(name string, stamp memo.Stamp, mode fs.FileMode) {
	if stamp.Changed > s.before {
		s.fail(errUnsettled)
	}
	b := append(make([]byte, 0, len(name)+32), name...)
	b = append(b, 0)
	for _, n := range []int64{stamp.Size, stamp.Changed, stamp.Inode, int64(mode)} {
		b = binary.AppendVarint(b, n)
	}
	s.h.Write(b)
}

// looked are the files of the site outside content/ and layouts/ that were
// looked at by name.
func (l *loaded) looked() []string {
	var out []string
	l.hashes.Range(func(k, _ any) bool {
		if name := k.(string); !strings.HasPrefix(name, "content/") && !strings.HasPrefix(name, "layouts/") {
			out = append(out, name)
		}
		return true
	})
	slices.Sort(out)
	return out
}
