//go:build !windows && (!unix || aix || solaris)

package build

import "time"

func processTime() time.Duration { return 0 }

func peakMemory() uint64 { return memory() }
