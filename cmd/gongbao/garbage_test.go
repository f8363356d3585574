package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestCollectLateHasALimit runs the setting of the collector again and again, as
// commands in one process do: without a percentage there must be a limit.
func TestCollectLateHasALimit(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	for round := range 3 {
		collectLate()
		if p := debug.SetGCPercent(-1); p != -1 {
			t.Errorf("round %d: the collector waits for %d percent", round, p)
		}
		if l := debug.SetMemoryLimit(-1); l != roomyMemory {
			t.Errorf("round %d: the limit is %d, want %d", round, l, roomyMemory)
		}
		sized(100_000)
		if l := debug.SetMemoryLimit(-1); l != roomyMemory+80_000*roomyFile {
			t.Errorf("round %d: the limit of a large site is %d", round, l)
		}
		garbage.full.Store(true) // as after a collection of much
		debug.SetMemoryLimit(math.MaxInt64)
		runtime.GC()
	}
}
