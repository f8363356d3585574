package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gongbao/internal/press"
)

// proofs is what was proofed last of one issue or document: its number (校次),
// and the sums of its paragraphs. It is kept in .gongbao/, which may go at any
// time: then proofs are counted from one again.
type proofs struct {
	Number int
	Texts  []uint64

	name string
}

// openProofs reads the proofs of what the flags name.
func openProofs(root, what string, official bool) (*proofs, error) {
	h := fnv.New64a()
	fmt.Fprint(h, what, official)
	p := &proofs{name: filepath.Join(root, ".gongbao", "proofs", fmt.Sprintf("%016x.json", h.Sum64()))}
	b, err := os.ReadFile(p.name)
	if err == nil && json.Unmarshal(b, p) != nil {
		p.Number, p.Texts = 0, nil // damaged: as if there were none
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return p, err
}

// texts are the paragraphs of the last proof; nil before the first.
func (p *proofs) texts() press.Texts {
	if p.Number == 0 {
		return nil
	}
	out := press.Texts{}
	for _, t := range p.Texts {
		out[t] = true
	}
	return out
}

// keep remembers a proof that was written.
func (p *proofs) keep(texts press.Texts) error {
	b, err := json.Marshal(proofs{Number: p.Number + 1, Texts: slices.Sorted(maps.Keys(texts))})
	if err == nil {
		err = os.MkdirAll(filepath.Dir(p.name), 0o755)
	}
	if err != nil {
		return err
	}
	return replace(p.name, b)
}
