// Package ledger is the record of publication (台账): what was published when,
// under which address and with which hash. It is content: committed,
// append-only, one JSON object a line in content/data/ledger/<year>.ndjson.
//
//	{"v":1,"at":"2023-05-22T10:30:00+08:00","event":"published","id":"documents/2023/sfbf-12",
//	 "address":"documents/sfbf/2023/12/","number":"示府办发〔2023〕12号","text_hash":"…","files":{"…":"…"}}
//
// The id is fixed at the first record and never changes. `record` appends;
// build only reads, and publishes the lines as the change log of the site.
package ledger

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"

	"gongbao/internal/diag"
)

// The events of a line.
const (
	Published   = "published"
	Republished = "republished" // new text, or back after it was withdrawn
	Corrected   = "corrected"   // new text, with a new one of [[corrections]]
	Moved       = "moved"       // new address; the old one keeps a redirect
	Restated    = "status"      // another status, or another day on which it ends
	Updated     = "updated"     // anything else that index.json says
	Withdrawn   = "withdrawn"
)

// Events are all of them.
func Events() []string {
	return []string{Published, Republished, Corrected, Moved, Restated, Updated, Withdrawn}
}

// A Status is what a document said of itself when it was recorded: the words of
// its index.json.
type Status struct {
	// "none" where the document claims no force, "superseded" of a text in whose place
	// a newer one of its work stands.
	Force string `json:"force"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Text  string `json:"text"`
	Shelf string `json:"shelf"`
}

// A Line is one line of the ledger.
type Line struct {
	V         int    `json:"v"`
	At        string `json:"at"` // RFC 3339, +08:00
	Event     string `json:"event"`
	ID        string `json:"id"`
	Address   string `json:"address"`
	Path      string `json:"path,omitempty"` // in content/ at that time, where it is not the id
	Title     string `json:"title,omitempty"`
	Number    string `json:"number,omitempty"`
	Published string `json:"published,omitempty"`
	TextHash  string `json:"text_hash"`

	// Status and Corrections, how many there were, are absent in lines of before.
	Status      *Status           `json:"status,omitempty"`
	Corrections int               `json:"corrections,omitempty"`
	Files       map[string]string `json:"files,omitempty"`

	Pos diag.Pos `json:"-"`
	// Sum chains the lines: SHA-256 of the sum before and the bytes of the line. Two
	// ledgers with the same sum at a line are the same up to it.
	Sum [sha256.Size]byte `json:"-"`
}

// A Record is what the ledger knows of one document: its newest line and the
// addresses it had before.
type Record struct {
	Last      Line
	First     Line
	TextAt    string   // At of the first line with the text of the last
	Addresses []string // all addresses, oldest first, without repetition
	places    []diag.Pos
}

// Pos returns the line that recorded an address of the document first, or that
// of its newest line for another address.
func (r *Record) Pos(address string) diag.Pos {
	if i := slices.Index(r.Addresses, address); i >= 0 {
		return r.places[i]
	}
	return r.Last.Pos
}

// A Ledger is the whole record, by id.
type Ledger struct {
	records  map[string]*Record
	lines    []Line
	withheld map[string]Withheld // by number
	posts    map[string][]Post   // by id
}

// Read adds the lines of one file. name is its path from the site's root; files
// are read in the order of their names. Lines that cannot be read are findings;
// the others count.
func (l *Ledger) Read(name string, data []byte) []diag.Finding {
	var findings []diag.Finding
	if l.records == nil {
		l.records = map[string]*Record{}
	}
	for i, raw := range bytes.Split(data, []byte{'\n'}) {
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		pos := diag.Pos{File: name, Line: i + 1, Col: 1}
		if isMark(raw) {
			findings = append(findings, diag.New("ledger-conflict", pos))
			continue
		}
		if read := l.reader(name); read != nil {
			if wrong := read(raw, pos); wrong != "" {
				findings = append(findings, diag.New("ledger-line", pos, wrong))
			}
			continue
		}
		var line Line
		if err := json.Unmarshal(raw, &line); err != nil {
			findings = append(findings, diag.New("ledger-line", pos, err.Error()))
			continue
		}
		if line.V != 1 || line.ID == "" || line.Address == "" || !safe(line.Address) {
			findings = append(findings, diag.New("ledger-line", pos, "v, id, address"))
			continue
		}
		line.Pos, line.Sum = pos, l.chain(raw)
		l.add(line)
	}
	return findings
}

// isMark reports whether a line is one that git puts between two versions that it
// could not merge.
func isMark(line []byte) bool {
	return slices.ContainsFunc([]string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"}, func(mark string) bool { return bytes.HasPrefix(line, []byte(mark)) })
}

// reader returns what reads the lines of a file that is not about publication; nil
// for those that are.
func (l *Ledger) reader(name string) func(raw []byte, pos diag.Pos) (wrong string) {
	switch name {
	case WithheldFile:
		return l.readWithheld
	case PostsFile:
		return l.readPost
	}
	return nil
}

// safe refuses addresses that leave the site or cannot be files: the ledger is
// a file of people.
func safe(address string) bool {
	folder, ok := strings.CutSuffix(address, "/")
	return ok && fs.ValidPath(folder) && folder != "." && !strings.ContainsFunc(folder, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == '\\' || r == ':'
	})
}

func (l *Ledger) chain(raw []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	if n := len(l.lines); n > 0 {
		h.Write(l.lines[n-1].Sum[:])
	}
	h.Write(bytes.TrimSpace(raw))
	h.Sum(sum[:0])
	return sum
}

func (l *Ledger) add(line Line) {
	l.lines = append(l.lines, line)
	r := l.records[line.ID]
	if r == nil {
		r = &Record{First: line}
		l.records[line.ID] = r
	}
	if r.TextAt == "" || r.Last.TextHash != line.TextHash {
		r.TextAt = line.At
	}
	r.Last = line
	if !slices.Contains(r.Addresses, line.Address) {
		r.Addresses = append(r.Addresses, line.Address)
		r.places = append(r.places, line.Pos)
	}
}

// Get returns the record of an id, or nil.
func (l *Ledger) Get(id string) *Record { return l.records[id] }

// Records returns all records ordered by id.
func (l *Ledger) Records() []*Record { return l.Without(func(string) bool { return false }) }

// Lines returns all lines of documents in their order. They are not to be changed.
func (l *Ledger) Lines() []Line { return l.lines }

// Under puts all addresses into a folder, which ends in a slash: where the site of
// the ledger is shown as a part of another.
func (l *Ledger) Under(folder string) {
	for _, r := range l.records {
		r.First.Address, r.Last.Address = folder+r.First.Address, folder+r.Last.Address
		for i, a := range r.Addresses {
			r.Addresses[i] = folder + a
		}
	}
}

// Without returns the records of documents whose id is not known, by id.
func (l *Ledger) Without(known func(id string) bool) []*Record {
	var out []*Record
	for _, r := range l.records {
		if !known(r.Last.ID) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *Record) int { return cmp.Compare(a.Last.ID, b.Last.ID) })
	return out
}

// Len returns the number of documents on record.
func (l *Ledger) Len() int { return len(l.records) }

// Append returns the text to append to a ledger file for the given lines.
func Append(lines []Line) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, line := range lines {
		if err := enc.Encode(line); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
