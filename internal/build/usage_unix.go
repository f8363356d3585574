//go:build unix && !aix && !solaris

package build

import (
	"runtime"
	"syscall"
	"time"
)

// processTime is the CPU time that this process has taken.
func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most memory that this process has had, in bytes.
func peakMemory() uint64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil || u.Maxrss <= 0 {
		return memory()
	}
	n := uint64(u.Maxrss)
	if runtime.GOOS != "darwin" { // in bytes there, in KiB elsewhere
		n <<= 10
	}
	return n
}
