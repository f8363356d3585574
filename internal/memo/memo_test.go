package memo_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongbao/internal/digest"
	"gongbao/internal/lock"
	"gongbao/internal/markup"
	"gongbao/internal/memo"
)

var begin = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string, mode memo.Mode) *memo.Memo {
	t.Helper()
	m, err := memo.Open(dir, mode, begin)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func shut(t *testing.T, m *memo.Memo) {
	t.Helper()
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
}

// raw is the file number i.
func raw(i int) (name string, b []byte) {
	return fmt.Sprintf("documents/2023/%d.md", i), fmt.Appendf(nil, "+++\ntitle = \"办法%d\"\n+++\n\n第一条 正文%d。\n", i, i)
}

func key(i int) digest.Hash { return digest.Hash{byte(i), byte(i >> 8), 1} }

// fill puts the digests of files from up to below to.
func fill(t *testing.T, m *memo.Memo, from, to int) {
	t.Helper()
	p := markup.NewParser()
	var buf []byte
	for i := from; i < to; i++ {
		name, b := raw(i)
		d, f := digest.New(p, name, b)
		var err error
		if buf, err = m.Put(buf, key(i), d, f); err != nil {
			t.Fatal(err)
		}
	}
}

// has reports which files the memo has; what it gives must be what was put.
func has(t *testing.T, m *memo.Memo, n int) (found int) {
	t.Helper()
	var r memo.Reader
	var buf []byte
	p := markup.NewParser()
	for i := range n {
		d := m.Digest(&r, key(i))
		if d == nil {
			continue
		}
		name, b := raw(i)
		want, f := digest.New(p, name, b)
		if d.Path != want.Path || d.TextHash != want.TextHash || d.Title() != want.Title() {
			t.Fatalf("digest %d = %s %q", i, d.Path, d.Title())
		}
		if got, err := m.Fragment(&buf, key(i)); err == nil && !bytes.Equal(got.HTML, f.HTML) {
			t.Fatalf("fragment %d = %q, want %q", i, got.HTML, f.HTML)
		}
		found++
	}
	return found
}

func TestNextRunFindsAll(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 30)
	if err := m.PutBlob(key(99), []byte("页码")); err != nil {
		t.Fatal(err)
	}
	if n := has(t, m, 30); n != 30 {
		t.Errorf("the run that put them has %d", n)
	}
	shut(t, m)
	m = open(t, dir, memo.ReadWrite)
	defer shut(t, m)
	if n := has(t, m, 40); n != 30 {
		t.Errorf("the next run has %d", n)
	}
	if b := m.Blob(key(99)); string(b) != "页码" {
		t.Errorf("blob = %q", b)
	}
	fill(t, m, 30, 40)
	if n := has(t, m, 40); n != 40 {
		t.Errorf("with 10 more it has %d", n)
	}
}

// A run that ends without Close, and a file that was cut or damaged anywhere,
// cost records and never give a wrong one.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 12)
	shut(t, m)
	kept := map[string][]byte{}
	for _, name := range []string{"memo.digests.0", "memo.bodies.0", "memo.index"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = b
	}
	r := rand.New(rand.NewPCG(1, 1))
	for name := range kept {
		for range 300 {
			at := t.TempDir()
			for n, b := range kept {
				if n == name {
					b = bytes.Clone(b)
					if i := r.IntN(len(b)); r.IntN(2) == 0 {
						b = b[:i]
					} else {
						b[i] ^= byte(1 + r.IntN(255))
					}
				}
				if err := os.WriteFile(filepath.Join(at, n), b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			m := open(t, at, memo.ReadWrite)
			has(t, m, 12)
			fill(t, m, 0, 12)
			if n := has(t, m, 12); n != 12 {
				t.Fatalf("%s damaged: filled again it has %d of 12", name, n)
			}
			shut(t, m)
			m = open(t, at, memo.ReadWrite)
			if n := has(t, m, 12); n != 12 {
				t.Fatalf("%s damaged: the run after has %d of 12", name, n)
			}
			shut(t, m)
		}
	}
}

// A second run reads while the first writes; what it adds is its own.
func TestBesideARunThatWrites(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 5)
	shut(t, m)
	first := open(t, dir, memo.ReadWrite)
	second := open(t, dir, memo.ReadWrite)
	if n := has(t, second, 10); n != 5 {
		t.Errorf("the second run has %d of 5", n)
	}
	fill(t, second, 5, 8)
	fill(t, first, 5, 10)
	if n := has(t, second, 10); n != 8 {
		t.Errorf("the second run has %d of its 8", n)
	}
	shut(t, first)
	if n := has(t, second, 10); n != 8 {
		t.Errorf("once the first is done the second has %d of its 8", n)
	}
	shut(t, second)
	m = open(t, dir, memo.ReadWrite)
	defer shut(t, m)
	if n := has(t, m, 10); n != 10 {
		t.Errorf("the next run has %d of 10", n)
	}
}

func TestReadOnlyAndFreshLeaveNothing(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 3)
	shut(t, m)
	for mode, want := range map[memo.Mode]int{memo.ReadOnly: 3, memo.Fresh: 0} {
		m := open(t, dir, mode)
		if n := has(t, m, 3); n != want {
			t.Errorf("mode %d has %d, want %d", mode, n, want)
		}
		fill(t, m, 3, 6)
		shut(t, m)
		m = open(t, dir, memo.ReadWrite)
		if n := has(t, m, 6); n != 3 {
			t.Errorf("after mode %d the memo has %d, want 3", mode, n)
		}
		shut(t, m)
	}
}

// What no run uses goes after a while, and the files become smaller.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 3)
	big := make([]byte, 3<<20)
	for i := range 2 {
		if err := m.PutBlob(key(50+i), big); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, m)
	for run := range 60 {
		m := open(t, dir, memo.ReadWrite)
		if n := has(t, m, 3); n != 3 {
			t.Fatalf("run %d has %d of 3", run, n)
		}
		if err := m.PutBlob(key(1000+run), []byte("x")); err != nil {
			t.Fatal(err)
		}
		shut(t, m)
	}
	var size int64
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 1<<20 {
		t.Errorf("%d bytes are left", size)
	}
	if len(entries) != 4 { // index, lock, two logs
		t.Errorf("%d files are left", len(entries))
	}
	m = open(t, dir, memo.ReadWrite)
	defer shut(t, m)
	if n := has(t, m, 3); n != 3 {
		t.Errorf("afterwards it has %d of 3", n)
	}
}

func TestForgetLeavesNoText(t *testing.T) {
	dir := t.TempDir()
	if err := memo.Forget(filepath.Join(dir, "none")); err != nil {
		t.Errorf("of a folder that is not there: %v", err)
	}
	m := open(t, dir, memo.ReadWrite)
	fill(t, m, 0, 3)
	if err := memo.Forget(dir); !errors.Is(err, lock.ErrHeld) {
		t.Errorf("while a run adds to it: %v", err)
	}
	shut(t, m)
	if err := memo.Forget(dir); err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 || names[0].Name() != "memo.lock" {
		t.Errorf("left: %v, %v", names, err)
	}
	m = open(t, dir, memo.ReadWrite)
	if n := has(t, m, 3); n > 0 {
		t.Errorf("%d digests are known", n)
	}
	shut(t, m)
}

func TestStamps(t *testing.T) {
	dir := t.TempDir()
	old := memo.Stamp{Size: 5, Changed: begin.Add(-time.Hour).UnixNano(), Inode: 7}
	late := memo.Stamp{Size: 5, Changed: begin.Add(-time.Second).UnixNano()}
	m := open(t, dir, memo.ReadWrite)
	m.Note("a.md", old, key(1))
	m.Note("b.md", late, key(2))
	m.Note("gone.md", old, key(3))
	shut(t, m)
	for range 2 { // the second time they are only kept
		m = open(t, dir, memo.ReadWrite)
		if k, ok := m.Known("a.md", old); !ok || k != key(1) {
			t.Errorf("Known = %v, %v", k, ok)
		}
		if _, ok := m.Known("a.md", memo.Stamp{Size: 5, Changed: old.Changed + 1, Inode: 7}); ok {
			t.Error("a file that changed is known")
		}
		if _, ok := m.Known("b.md", late); ok {
			t.Error("a file that changed a second before the run is known")
		}
		shut(t, m)
	}
	m = open(t, dir, memo.ReadWrite)
	defer shut(t, m)
	if _, ok := m.Known("gone.md", old); ok {
		t.Error("the stamp of a file that nobody saw is kept")
	}
}

func FuzzIndex(f *testing.F) {
	dir := f.TempDir()
	m, err := memo.Open(dir, memo.ReadWrite, begin)
	if err != nil {
		f.Fatal(err)
	}
	if err := errOf(m.PutBlob(key(1), []byte("x")), m.Close()); err != nil {
		f.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "memo.index"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		if places, stamps, err := memo.ReadIndex(b); err == nil && places+stamps > len(b) {
			t.Errorf("%d bytes hold %d places and %d stamps", len(b), places, stamps)
		}
	})
}

func errOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
