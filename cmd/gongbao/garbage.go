package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// The collector does not run until the program has roomyMemory: most runs end
// before that. From there on it runs when garbage is a percentage of what lives,
// but not before the heap is roomyHeap again. The percentage falls as a site
// grows: in a large site what lives is most of the memory, and room for as much
// garbage again doubles it. Measured on 35,000 documents.
const (
	roomyMemory  = 512 << 20
	roomyHeap    = 400 << 20
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
	afterCollection()
}

// afterCollection says, after each collection, when the next one is due: it finds
// this garbage. One that was under way when the program began may find it, too,
// and does not count.
func afterCollection() {
	runtime.SetFinalizer(&[16]byte{}, func(*[16]byte) {
		memory := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/gc/heap/live:bytes"}}
		metrics.Read(memory)
		if live := int64(memory[1].Value.Uint64()); memory[0].Value.Uint64() > roomyMemory/2 && live > 0 {
			debug.SetMemoryLimit(math.MaxInt64)
			debug.SetGCPercent(int(max(garbagePercent.Load(), 100*(roomyHeap-live)/live)))
		}
		afterCollection()
	})
}

// sized is told how many content files a command reads.
func sized(files int) {
	garbagePercent.Store(int64(min(max(mostGarbage*fullGarbage/max(files, 1), leastGarbage), mostGarbage)))
}
