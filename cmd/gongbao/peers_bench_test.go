package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/corpus"
)

// peerDocuments is the size of the corpus on which peers are measured.
const peerDocuments = 3_500

// BenchmarkPeers builds one corpus from nothing with gongbao, with Hugo, and
// makes the search of Hugo's pages with Pagefind: CPU seconds and peak memory of
// whole processes, in one run. GONGBAO_HUGO and GONGBAO_PAGEFIND name the
// programs; else they are looked for in PATH. One that is not there is left out.
func BenchmarkPeers(b *testing.B) {
	root, hugo := b.TempDir(), b.TempDir()
	if _, err := corpus.Write(root, corpus.Options{Seed: 1, Documents: peerDocuments}); err != nil {
		b.Fatal(err)
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "hugo.txtar"))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range archive.Files {
		name := filepath.Join(hugo, filepath.FromSlash(f.Name))
		if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
			err = os.WriteFile(name, f.Data, 0o644)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	for _, folder := range []string{"documents", "interpretations"} {
		if err := os.CopyFS(filepath.Join(hugo, "content", folder), os.DirFS(filepath.Join(root, "content", folder))); err != nil {
			b.Fatal(err)
		}
	}
	program := filepath.Join(b.TempDir(), "gongbao")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	peer(b, "gongbao", program, []string{filepath.Join(root, "public"), filepath.Join(root, ".gongbao")},
		"-C", root, "build", "--no-pdf", "-q", "--as-of", "2026-11-23")
	peer(b, "hugo", found("GONGBAO_HUGO", "hugo"), []string{filepath.Join(hugo, "public")}, "--source", hugo, "--quiet")
	peer(b, "pagefind", found("GONGBAO_PAGEFIND", "pagefind"), []string{filepath.Join(hugo, "public", "pagefind")}, "--site", filepath.Join(hugo, "public"))
}

func found(variable, name string) string {
	if p := os.Getenv(variable); p != "" {
		return p
	}
	p, _ := exec.LookPath(name) // "": it is left out
	return p
}

// peer measures a program, from nothing each time.
func peer(b *testing.B, name, program string, made []string, args ...string) {
	b.Run(name, func(b *testing.B) {
		if program == "" {
			b.Skip("not installed: set GONGBAO_" + strings.ToUpper(name))
		}
		var cpu, memory float64
		n := 0
		for b.Loop() {
			b.StopTimer()
			for _, dir := range made {
				if err := os.RemoveAll(dir); err != nil {
					b.Fatal(err)
				}
			}
			c := exec.Command(program, args...)
			var said bytes.Buffer
			c.Stdout, c.Stderr = &said, &said
			b.StartTimer()
			if err := c.Run(); err != nil {
				b.Fatalf("%v\n%s", err, said.String())
			}
			cpu += (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
			memory, n = max(memory, peakOf(c.ProcessState)), n+1
		}
		b.ReportMetric(cpu/float64(n), "cpu-s/op")
		b.ReportMetric(memory, "MB")
	})
}
