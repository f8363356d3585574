package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongbao/internal/memo"
)

// A folder is what was in a folder of the output when it had a stamp: reading
// the names of all files takes five times as long as looking at their folders.
type folder struct {
	name  string
	stamp memo.Stamp // zero where it says nothing
	names [16]byte   // hash of the names in it, and which are folders
	in    []folder   // in the order of their names
}

// folders are what stands in an output: names only, as a file that was deleted
// by hand is missed, and one that was put there does no harm. What runs before
// have noted of a folder is believed while its stamp is what it was; then nothing
// has come into it, gone or got another name.
type folders struct {
	dir, state string
	before     int64 // changes after it count as too late for a stamp
	read       bool  // the state was, or must not be
	stored     []byte
	root       folder
	blind      bool // files came into folders here, and their stamps stayed
}

// folders are those of an output for a run that begins now.
func (o Options) folders(now time.Time) (*folders, error) {
	name, err := o.stateName("folders")
	if err != nil {
		return nil, err
	}
	return &folders{dir: o.Output, state: name, before: now.UnixNano() - settled, read: o.NoCache}, nil
}

// look returns the hash of the names of all files in the output, and notes what
// it finds.
func (f *folders) look() (string, error) {
	if !f.read {
		f.read = true
		f.stored, _ = os.ReadFile(f.state)
		f.root, f.blind, _ = readFolders(f.stored)
	}
	root, err := f.at(f.dir, "", f.root, true)
	if err != nil { // one that its folder speaks of is not there
		if root, err = f.at(f.dir, "", folder{}, true); err != nil {
			return "", err
		}
	}
	f.root = root
	h := sha256.New()
	f.root.hash(h.Write)
	return hex.EncodeToString(h.Sum(nil)), nil
}

var errNoFolder = errors.New("not a folder")

// at looks at a folder of which something may be known. The first may be reached
// by a link.
func (f *folders) at(dir, name string, was folder, first bool) (folder, error) {
	if was.stamp != (memo.Stamp{}) && !f.blind {
		stat := os.Lstat
		if first {
			stat = os.Stat
		}
		info, err := stat(dir)
		if err != nil {
			return folder{}, err
		}
		if !info.IsDir() {
			return folder{}, errNoFolder
		}
		if memo.StampOf(info) == was.stamp {
			return was, f.below(dir, &was, was)
		}
	}
	now, err := f.names(dir)
	if err != nil {
		return folder{}, err
	}
	now.name = name
	return now, f.below(dir, &now, was)
}

// below looks at the folders in a folder, of which was may know something.
func (f *folders) below(dir string, now *folder, was folder) error {
	in := make([]folder, len(now.in))
	rest := was.in
	for i, x := range now.in {
		for len(rest) > 0 && rest[0].name < x.name {
			rest = rest[1:]
		}
		known := folder{}
		if len(rest) > 0 && rest[0].name == x.name {
			known = rest[0]
		}
		var err error
		if in[i], err = f.at(dir+string(filepath.Separator)+x.name, x.name, known, false); err != nil {
			return err
		}
	}
	now.in = in
	return nil
}

// names reads the names in a folder. The stamp is taken before: what changes
// meanwhile has another one.
func (f *folders) names(dir string) (now folder, err error) {
	d, err := os.Open(dir)
	if err != nil {
		return now, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	info, err := d.Stat()
	if err != nil {
		return now, err
	}
	// Where folders have no numbers, their times may stay when a file goes.
	if s := memo.StampOf(info); s.Changed <= f.before && s.Inode != 0 {
		now.stamp = s
	}
	entries, err := d.ReadDir(-1)
	if err != nil {
		return now, err
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	var b []byte
	for _, e := range entries {
		kind := byte(0)
		if e.IsDir() {
			kind = 1
			now.in = append(now.in, folder{name: e.Name()})
		}
		b = append(append(b, e.Name()...), 0, kind)
	}
	sum := sha256.Sum256(b)
	now.names = [16]byte(sum[:])
	return now, nil
}

func (d *folder) hash(write func([]byte) (int, error)) {
	_, _ = write(d.names[:]) // of a hash
	for i := range d.in {
		d.in[i].hash(write)
	}
}

// published is told which files were put into the output after it was looked at.
// Their folders must have other stamps since; where they do not, no stamp is
// believed again.
func (f *folders) published(files []string) {
	for _, name := range files {
		d := f.root.find(path.Dir(name))
		if d == nil || d.stamp == (memo.Stamp{}) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(f.dir, filepath.FromSlash(path.Dir(name)))); err == nil && memo.StampOf(info) == d.stamp {
			f.blind = true
		}
	}
}

// find returns a folder by its path in the output, nil where it is not known.
func (d *folder) find(name string) *folder {
	if name == "." {
		return d
	}
	for part := range strings.SplitSeq(name, "/") {
		i, ok := slices.BinarySearchFunc(d.in, part, func(x folder, part string) int { return strings.Compare(x.name, part) })
		if !ok {
			return nil
		}
		d = &d.in[i]
	}
	return d
}

// keep keeps what was noted for the next runs.
func (f *folders) keep() error {
	if !f.read {
		return nil
	}
	b := appendFolders(f.root, f.blind)
	if bytes.Equal(b, f.stored) {
		return nil
	}
	f.stored = b
	return writeState(f.state, b)
}

// foldersForm begins the file of folders; other programs have other ones.
const foldersForm = "gongbao folders 1\n"

func appendFolders(root folder, blind bool) []byte {
	b := append(make([]byte, 0, 1<<20), foldersForm...)
	b = append(b, 0)
	if blind {
		b[len(b)-1] = 1
	}
	b = root.append(b)
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func (d *folder) append(b []byte) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(d.name))), d.name...)
	for _, n := range []int64{d.stamp.Size, d.stamp.Changed, d.stamp.Inode} {
		b = binary.AppendVarint(b, n)
	}
	b = append(b, d.names[:]...)
	b = binary.AppendUvarint(b, uint64(len(d.in)))
	for i := range d.in {
		b = d.in[i].append(b)
	}
	return b
}

// readFolders reads what appendFolders wrote; nothing is known where it is torn.
func readFolders(b []byte) (root folder, blind, ok bool) {
	n := len(b) - crc32.Size
	if n <= len(foldersForm) || !bytes.HasPrefix(b, []byte(foldersForm)) || crc32.ChecksumIEEE(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return folder{}, false, false
	}
	blind = b[len(foldersForm)] == 1
	b = b[len(foldersForm)+1 : n]
	r := folderReader{b: b, text: string(b)}
	r.folder(&root, 0)
	if r.bad || len(r.b) > 0 {
		return folder{}, false, false
	}
	return root, blind, true
}

type folderReader struct {
	b    []byte
	text string // ends as b does: names share its memory
	bad  bool
}

func (r *folderReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.b, r.bad = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *folderReader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.bad = r.bad || n <= 0
	r.take(uint64(max(n, 0)))
	return v
}

func (r *folderReader) int() int64 {
	v, n := binary.Varint(r.b)
	r.bad = r.bad || n <= 0
	r.take(uint64(max(n, 0)))
	return v
}

// mostDepth is how deep folders may lie: what is torn must not nest without end.
const mostDepth = 1000

func (r *folderReader) folder(d *folder, depth int) {
	size := r.uint()
	at := len(r.text) - len(r.b)
	d.name = r.text[at : at+len(r.take(size))]
	d.stamp = memo.Stamp{Size: r.int(), Changed: r.int(), Inode: r.int()}
	copy(d.names[:], r.take(uint64(len(d.names))))
	count := r.uint()
	if r.bad || depth > mostDepth || count > uint64(len(r.b)) {
		r.bad = true
		return
	}
	d.in = make([]folder, count)
	for i := range d.in {
		if r.folder(&d.in[i], depth+1); r.bad {
			return
		}
	}
}
