package mirror

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// stateFile says what a mirror holds and how far it has read.
const stateFile = "pull.json"

// A state is what a mirror holds. It is written after the files that it speaks of:
// what an interrupted pull left is taken again or found to be right.
type state struct {
	V         int                 `json:"v"`
	Origin    string              `json:"origin"`
	Seq       int                 `json:"seq"` // of the change log up to which it was read
	Sum       string              `json:"sum,omitempty"`
	Gazette   string              `json:"gazette,omitempty"` // SHA-256 of data/gazette.json
	Issues    string              `json:"issues,omitempty"`  // of data/issues.ndjson
	Years     map[string]string   `json:"years,omitempty"`   // of the files of the years that were taken whole
	Documents map[string]document `json:"documents,omitempty"`
	Withdrawn map[string]gone     `json:"withdrawn,omitempty"`
	Printed   []string            `json:"printed,omitempty"` // paths of the issues
}

// A document is one that the mirror has.
type document struct {
	Path      string            `json:"path"` // of its content file
	Address   string            `json:"address"`
	Before    []string          `json:"before,omitempty"` // addresses that it had, the oldest first
	Year      string            `json:"year,omitempty"`   // the file of the year it came with
	SHA256    string            `json:"sha256"`           // of its index.json
	At        string            `json:"at,omitempty"`     // of the last event that told of it
	Number    string            `json:"number,omitempty"`
	Published string            `json:"published,omitempty"`
	TextHash  string            `json:"text_hash"`
	Files     map[string]string `json:"files,omitempty"` // SHA-256 by path in content/
}

// gone is a document that was withdrawn.
type gone struct {
	At        string   `json:"at"`
	Address   string   `json:"address"`
	Before    []string `json:"before,omitempty"`
	Number    string   `json:"number,omitempty"`
	Published string   `json:"published,omitempty"`
	TextHash  string   `json:"text_hash"`
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// A store is the folder of a mirror. Nothing is written outside it, links in it
// lead nowhere, and every file is the old one or the new one.
type store struct{ root *os.Root }

func (s store) read() (*state, error) {
	st := &state{V: 1}
	b, err := s.root.ReadFile(stateFile)
	if errors.Is(err, fs.ErrNotExist) {
		return st.ready(), nil
	}
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(b, st) != nil || st.V != 1 {
		return (&state{V: 1}).ready(), nil // everything is looked at again
	}
	return st.ready(), nil
}

func (st *state) ready() *state {
	if st.Documents == nil {
		st.Documents = map[string]document{}
	}
	if st.Withdrawn == nil {
		st.Withdrawn = map[string]gone{}
	}
	if st.Years == nil {
		st.Years = map[string]string{}
	}
	return st
}

func (s store) keep(st *state) error {
	lines, err := ledgerOf(st)
	if err != nil {
		return err
	}
	if err := s.write(ledgerFile, lines); err != nil {
		return err
	}
	b, err := json.MarshalIndent(st, "", " ")
	if err != nil {
		return err
	}
	return s.write(stateFile, append(b, '\n'))
}

// write puts a file in the place of one that may stand there.
func (s store) write(name string, b []byte) error {
	if err := s.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	temp := name + ".part"
	if err := s.root.WriteFile(temp, b, 0o644); err != nil {
		return err
	}
	return s.root.Rename(temp, name)
}

// has reports whether there is a file.
func (s store) has(name string) bool {
	info, err := s.root.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

// sweep removes all files of folders of content/ but those that are kept, which it
// asks for by their paths in content/.
func (s store) sweep(keep func(name string) bool, folders ...string) error {
	var left []string
	for _, folder := range folders {
		err := fs.WalkDir(s.root.FS(), "content/"+folder, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !keep(strings.TrimPrefix(name, "content/")) {
				left = append(left, name)
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, name := range left {
		if err := s.remove(name); err != nil {
			return err
		}
	}
	return nil
}

// remove takes a file away, and the folders that it leaves empty.
func (s store) remove(name string) error {
	if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "." && dir != "content"; dir = path.Dir(dir) {
		if s.root.Remove(dir) != nil {
			break // something else stands in it
		}
	}
	return nil
}
