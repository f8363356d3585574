package build

import (
	"runtime/metrics"
	"time"
)

// A Stage is what one stage of a run took.
type Stage struct {
	Name   string        // the key of its name in the texts is "stage." and this
	Wall   time.Duration // on the clock
	CPU    time.Duration // of all cores, user and system; 0 where the system does not tell
	Memory uint64        // bytes, the most that the process had by its end; where the system does not tell, what it had then
	Done   int           // files read, resolved, listed or written; 0 where it does not count
}

// stages takes the time of a run. The zero value has begun with nothing.
type stages struct {
	list  []Stage
	name  string
	wall  time.Time
	cpu   time.Duration
	count int
}

// next ends the stage that runs and begins another; "" begins none.
func (s *stages) next(name string) {
	now, cpu := time.Now(), processTime()
	if s.name != "" {
		s.list = append(s.list, Stage{Name: s.name, Wall: now.Sub(s.wall), CPU: cpu - s.cpu, Memory: peakMemory(), Done: s.count})
	}
	s.name, s.wall, s.cpu, s.count = name, now, cpu, 0
}

// memory is what the process has from the system at this moment.
func memory() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64() - m[1].Value.Uint64()
}
