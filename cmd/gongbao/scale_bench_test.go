package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongbao/internal/corpus"
)

// scaleSizes are how many documents BenchmarkScale takes; GONGBAO_BENCH lists
// others: GONGBAO_BENCH=1000,100000.
var scaleSizes = []int{1_000, 10_000}

// A scaled site is measured with the program itself, as a process.
type scaled struct {
	b             *testing.B
	program, root string
	made          *corpus.Corpus
	day           string
}

var wrote = regexp.MustCompile(`(\d+) files written`)

// build runs the program once and returns its CPU seconds, its peak memory in MB
// (0 where the system does not tell) and the files that it wrote.
func (s *scaled) build(args ...string) (cpu, memory float64, files int) {
	s.b.Helper()
	c := exec.Command(s.program, append([]string{"-C", s.root, "--lang", "en", "build", "--no-pdf", "--as-of", s.day}, args...)...)
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Run(); err != nil {
		s.b.Fatalf("%v\n%s", err, said.String())
	}
	if m := wrote.FindStringSubmatch(said.String()); m != nil {
		files, _ = strconv.Atoi(m[1])
	}
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), peakOf(c.ProcessState), files
}

// change edits the file of a document. The bytes before come back with undo.
func (s *scaled) change(path string, edit func(text string) string) (undo func()) {
	s.b.Helper()
	name := filepath.Join(s.root, "content", filepath.FromSlash(path))
	b, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, []byte(edit(string(b))), 0o644)
	}
	if err != nil {
		s.b.Fatal(err)
	}
	return func() {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			s.b.Fatal(err)
		}
	}
}

// measure runs a build after each preparation, which is not counted, and takes
// the preparation back with another build.
func (s *scaled) measure(name string, prepare func(i int) (undo func())) {
	outer := s.b
	defer func() { s.b = outer }()
	outer.Run(name, func(b *testing.B) {
		s.b = b
		var cpu, memory float64
		var files, n int
		for b.Loop() {
			b.StopTimer()
			undo := prepare(n)
			b.StartTimer()
			c, m, f := s.build()
			b.StopTimer()
			cpu, memory, files, n = cpu+c, max(memory, m), files+f, n+1
			if undo != nil {
				undo()
				s.build()
			}
			b.StartTimer()
		}
		b.ReportMetric(cpu/float64(n), "cpu-s/op")
		b.ReportMetric(memory, "MB")
		b.ReportMetric(float64(files)/float64(n), "files/op")
	})
}

// BenchmarkScale measures builds of generated gazettes, without PDFs: from
// nothing, with nothing changed, after edits, on the next day.
func BenchmarkScale(b *testing.B) {
	sizes := scaleSizes
	if list := os.Getenv("GONGBAO_BENCH"); list != "" {
		sizes = nil
		for _, s := range strings.Split(list, ",") {
			n, err := strconv.Atoi(s)
			if err != nil {
				b.Fatal(err)
			}
			sizes = append(sizes, n)
		}
	}
	program := filepath.Join(b.TempDir(), "gongbao")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("documents=%d", n), func(b *testing.B) {
			s := &scaled{b: b, program: program, root: b.TempDir(), day: "2026-11-23"}
			var err error
			if s.made, err = corpus.Write(s.root, corpus.Options{Seed: 1, Documents: n}); err != nil {
				b.Fatal(err)
			}
			s.all()
		})
	}
}

func (s *scaled) all() {
	documents := s.made.Documents
	old, recent := documents[len(documents)/2], documents[len(documents)-1]
	s.measure("clean", func(int) func() {
		for _, dir := range []string{"public", ".gongbao"} {
			if err := os.RemoveAll(filepath.Join(s.root, dir)); err != nil {
				s.b.Fatal(err)
			}
		}
		return nil
	})
	time.Sleep(3 * time.Second) // until changes can be told from later ones
	s.build()
	s.measure("unchanged", func(int) func() { return nil })
	body := func(path string) func(int) func() {
		return func(i int) func() {
			return s.change(path, func(text string) string {
				return strings.Replace(text, "第二条　", fmt.Sprintf("第二条　第%d次改动。", i), 1)
			})
		}
	}
	s.measure("edit-body", body(old))
	s.measure("edit-body-recent", body(recent))
	s.measure("edit-title", func(i int) func() {
		return s.change(old, func(text string) string {
			return strings.Replace(text, "title = \"", fmt.Sprintf("title = \"（第%d次）", i), 1)
		})
	})
	s.measure("edit-repeal", func(int) func() {
		return s.change(recent, func(text string) string {
			return strings.Replace(text, "\n+++\n\n", fmt.Sprintf("\n[[relations]]\nkind = \"repeals\"\ntarget = %q\n+++\n\n", old), 1)
		})
	})
	s.measure("edit-template", func(i int) func() {
		name := filepath.Join(s.root, "layouts", "partials", "footer.html")
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = os.WriteFile(name, fmt.Appendf(nil, "{{define \"footer\"}}<footer>%d</footer>{{end}}", i), 0o644)
		}
		if err != nil {
			s.b.Fatal(err)
		}
		return func() {
			if err := os.RemoveAll(filepath.Join(s.root, "layouts")); err != nil {
				s.b.Fatal(err)
			}
		}
	})
	s.measure("day-passes", func(int) func() {
		s.day = "2026-11-24"
		return func() { s.day = "2026-11-23" }
	})
}
