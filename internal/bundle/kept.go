package bundle

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
)

// A Record says when a site went out in which state. Its list is kept beside it, so
// that a bundle can build on it.
type Record struct {
	Sum    string `json:"sum"`    // of the state
	At     string `json:"at"`     // RFC 3339
	Commit string `json:"commit"` // of git, when it went out; "" where there is none
	How    string `json:"how"`    // "bundle" or "deploy"
	To     string `json:"to"`     // file or target
	Files  int    `json:"files"`
}

// keptEach is how many records are kept of bundles and of each target: a list of 250,000
// files takes ten megabytes.
const keptEach = 30

// A Kept is a folder of former states.
type Kept struct{ Dir string }

func (k Kept) index() string        { return filepath.Join(k.Dir, "states.ndjson") }
func (k Kept) file(r Record) string { return filepath.Join(k.Dir, r.Sum+".gz") }
func sameLine(a, b Record) bool     { return a.How == b.How && (a.How == "bundle" || a.To == b.To) }
func isHex(s string) bool           { _, err := hex.DecodeString(s); return err == nil }
func isSum(s string) bool           { return len(s) == 64 && isHex(s) && strings.ToLower(s) == s }
func byTime(a, b Record) int        { return cmp.Compare(a.At, b.At) }
func (r Record) day() string        { return r.At[:min(len(r.At), len(time.DateOnly))] }
func (r Record) isCommit(s string) bool {
	return len(s) >= prefixLeast && strings.HasPrefix(r.Commit, s)
}
func (r Record) isState(s string) bool { return len(s) >= prefixLeast && strings.HasPrefix(r.Sum, s) }

// prefixLeast is how much of a hash must be written.
const prefixLeast = 6

// Records returns what is known of former states, oldest first. Lines that are damaged
// are passed over.
func (k Kept) Records() ([]Record, error) {
	b, err := os.ReadFile(k.index())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []Record
	for line := range bytes.Lines(b) {
		var r Record
		if json.Unmarshal(line, &r) == nil && isSum(r.Sum) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, byTime)
	return out, err
}

// Add keeps a state, and lets go of the oldest. Where it is what went out the same way
// last time, the record of that time counts.
func (k Kept) Add(r Record, l inventory.List) error {
	old, err := k.Records()
	if err != nil {
		return err
	}
	r.Sum, r.Files = l.Sum().String(), len(l)
	if err := os.MkdirAll(k.Dir, 0o755); err != nil {
		return err
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = l.WriteTo(z)
	if err := errors.Join(err, z.Close(), write(k.file(r), packed.Bytes())); err != nil {
		return err
	}
	var like, out []Record
	for _, o := range old {
		if sameLine(o, r) {
			like = append(like, o)
		} else {
			out = append(out, o)
		}
	}
	if n := len(like); n > 0 && like[n-1].Sum == r.Sum && like[n-1].Commit == r.Commit {
		return nil
	}
	like = append(like, r)
	out = append(out, like[max(len(like)-keptEach, 0):]...)
	slices.SortStableFunc(out, byTime)
	var index bytes.Buffer
	for _, o := range out {
		line, err := json.Marshal(o)
		if err != nil {
			return err
		}
		index.Write(append(line, '\n'))
	}
	if err := write(k.index(), index.Bytes()); err != nil {
		return err
	}
	for _, o := range old {
		if !slices.ContainsFunc(out, func(r Record) bool { return r.Sum == o.Sum }) {
			if err := os.Remove(k.file(o)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// write writes a file beside its place and moves it there.
func write(name string, b []byte) error {
	if err := os.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// Since finds the former state that somebody means: by a bundle (its last zip file, or
// its SITE.SHA256SUMS), by the beginning of the state's hash or of a commit, or by a day,
// YYYY-MM-DD: what had gone out by its end, in a bundle if any had, since who gets
// bundles has not got what was deployed elsewhere. What nobody knows is a *deploy.Problem.
func (k Kept) Since(text string) (Record, inventory.List, error) {
	info, err := os.Stat(text)
	if err != nil && strings.ContainsAny(text, `./\`) {
		return Record{}, nil, err // no hash and no day
	}
	if err == nil && info.Mode().IsRegular() {
		l, err := listOf(text)
		return Record{To: text, Sum: l.Sum().String(), Files: len(l)}, l, err
	}
	records, err := k.Records()
	if err != nil {
		return Record{}, nil, err
	}
	_, noDay := time.Parse(time.DateOnly, text)
	low := strings.ToLower(text)
	var fit []Record
	for _, r := range records {
		if noDay == nil && r.day() <= text || noDay != nil && (r.isState(low) || r.isCommit(low)) {
			fit = append(fit, r)
		}
	}
	switch {
	case noDay != nil && strings.Trim(low, "0123456789abcdef") != "":
		return Record{}, nil, problem("since", text)
	case len(fit) == 0 && len(records) == 0:
		return Record{}, nil, problem("since-none", text)
	case len(fit) == 0:
		return Record{}, nil, problem("since-unknown", text, records[0].day(), records[len(records)-1].day())
	}
	isBundle := func(r Record) bool { return r.How == "bundle" }
	if noDay == nil && slices.ContainsFunc(fit, isBundle) {
		fit = slices.DeleteFunc(fit, func(r Record) bool { return !isBundle(r) })
	}
	if noDay != nil {
		for _, r := range fit {
			if r.isState(low) != fit[0].isState(low) || r.isState(low) && r.Sum != fit[0].Sum || !r.isState(low) && r.Commit != fit[0].Commit {
				return Record{}, nil, problem("since-ambiguous", text)
			}
		}
	}
	r := fit[len(fit)-1]
	l, err := readPacked(k.file(r))
	if err == nil && l.Sum().String() != r.Sum {
		err = problem("since-damaged", k.file(r))
	}
	return r, l, err
}

func readPacked(name string) (inventory.List, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, &deploy.Problem{Key: "bundle-since-damaged", Args: []string{name}, Cause: err}
	}
	l, err := inventory.Read(z)
	if err != nil {
		return nil, &deploy.Problem{Key: "bundle-since-damaged", Args: []string{name}, Cause: err}
	}
	return l, nil
}

// listOf reads the list of a bundle, or a list.
func listOf(name string) (inventory.List, error) {
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		return listOfZip(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l, err := inventory.Read(f)
	if err != nil {
		return nil, &deploy.Problem{Key: "bundle-list", Args: []string{name, name}, Cause: err}
	}
	return l, nil
}
