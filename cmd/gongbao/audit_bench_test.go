package main

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkAudit measures the inspection of a built site of 1,133 real documents and
// 31 times as many, the whole command.
func BenchmarkAudit(b *testing.B) {
	for _, copies := range []int{1, 31} {
		b.Run(fmt.Sprintf("documents=%d", 1133*copies), func(b *testing.B) {
			root, _ := benchSite(b, copies)
			if code := run([]string{"-C", root, "-q", "build", "--no-pdf", "--as-of", "2026-11-23"}, io.Discard, io.Discard); code != exitDone {
				b.Fatalf("build = %d", code)
			}
			for b.Loop() {
				if code := run([]string{"-C", root, "-q", "audit", "--as-of", "2026-11-23"}, io.Discard, io.Discard); code != exitDone {
					b.Fatalf("audit = %d", code)
				}
			}
		})
	}
}
