package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// The collector does not run until the program has roomyMemory: most runs end
// before that. From there on it runs when garbage is a percentage of what lives,
// which falls as a site grows: in a large site what lives is most of the memory,
// and room for as much garbage again doubles it. Measured on 35,000 documents.
const (
	roomyMemory  = 512 << 20
	mostGarbage  = 100
	leastGarbage = 35
	fullGarbage  = 20_000 // content files up to which it is the most
)

// garbagePercent is what counts once the memory is no longer roomy.
var garbagePercent atomic.Int64

// collectLate sets the collector for a run. GOGC and GOMEMLIMIT, where they are
// set, say it instead.
func collectLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	garbagePercent.Store(mostGarbage)
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(roomyMemory)
	// The first collection, which the limit brings about, finds this garbage.
	runtime.SetFinalizer(&[16]byte{}, func(*[16]byte) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(int(garbagePercent.Load()))
	})
}

// sized is told how many content files a command reads.
func sized(files int) {
	garbagePercent.Store(int64(min(max(mostGarbage*fullGarbage/max(files, 1), leastGarbage), mostGarbage)))
}
