package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// The collector does not run until the memory is used that a run may use: most
// runs end before that. From there on it runs when garbage is a percentage of what
// lives, but not before the memory is used again. What may be used grows with a
// site, as what lives does; the percentage falls: in a large site room for as much
// garbage again doubles the memory. A limit of half as much again as what lives, less
// what is outside, has the process give back what was collected. More room for small
// sites saves no time: the system gives memory page by page, and that costs as much
// as collecting. Forms for programs make five times the garbage and little that lives:
// they have room of their own. Measured on 3,500, 35,000 and 100,000 documents.
const (
	roomyMemory  = 320 << 20
	roomyFile    = 6144 // more for each content file beyond roomyFiles
	roomyForm    = 2048 // and for each of its forms
	roomyFiles   = 5_000
	mostGarbage  = 100
	leastGarbage = 35
	outside      = 80 << 20
	fullGarbage  = 12_000 // content files up to which it is the most
)

// garbage is what counts in this run.
var garbage struct {
	percent atomic.Int64
	room    atomic.Int64
	forms   atomic.Int64 // room of the forms
	full    atomic.Bool  // the room has been used up once
	watch   sync.Once
}

// collectLate sets the collector for a run. GOGC and GOMEMLIMIT, where they are
// set, say it instead.
func collectLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		garbage.full.Store(true)
		return
	}
	garbage.full.Store(false) // a process of tests runs many commands
	sized(0, 0)
	debug.SetGCPercent(-1)
	garbage.watch.Do(afterCollection)
}

// afterCollection says, after each collection, when the next one is due: it finds
// this garbage. One that was under way when the program began may find it, too,
// and does not count.
func afterCollection() {
	runtime.SetFinalizer(&[16]byte{}, func(*[16]byte) {
		memory := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/gc/heap/live:bytes"}}
		metrics.Read(memory)
		room := garbage.room.Load()
		if live := int64(memory[1].Value.Uint64()); int64(memory[0].Value.Uint64()) > room/2 && live > 0 {
			garbage.full.Store(true)
			debug.SetMemoryLimit(max(room, live*3/2-outside+garbage.forms.Load()))
			heap := room * 4 / 5 // the rest is outside
			debug.SetGCPercent(int(max(garbage.percent.Load(), 100*(heap-live)/live)))
		}
		afterCollection()
	})
}

// sized is told how many content files a command reads, and how many forms it makes of
// each.
func sized(files, forms int) {
	garbage.percent.Store(int64(min(max(mostGarbage*fullGarbage/max(files, 1), leastGarbage), mostGarbage)))
	more := max(files-roomyFiles, 0)
	garbage.forms.Store(int64(roomyForm * forms * more))
	room := int64(roomyMemory+roomyFile*more) + garbage.forms.Load()
	garbage.room.Store(room)
	if !garbage.full.Load() {
		debug.SetMemoryLimit(room)
	}
}
