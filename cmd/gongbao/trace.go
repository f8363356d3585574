package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"text/tabwriter"
	"time"

	"gongbao/internal/build"
)

// The files of --trace. The profiles are for `go tool pprof`.
const (
	traceCPU    = "cpu.pprof"
	traceMemory = "memory.pprof" // all that was allocated
	traceStages = "stages.txt"
)

// startTrace begins to measure into a folder, which is made where it is not
// there. The caller must call stop.
func startTrace(dir string) (stop func() error, err error) {
	if dir == "" {
		return func() error { return nil }, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(dir, traceCPU))
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		err := f.Close()
		m, failed := os.Create(filepath.Join(dir, traceMemory))
		if failed != nil {
			return errors.Join(err, failed)
		}
		return errors.Join(err, pprof.Lookup("allocs").WriteTo(m, 0), m.Close())
	}, nil
}

// stageTable is what each stage of a build took, in columns.
func (a *app) stageTable(stages []build.Stage) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, a.strings.T("stage.head")+"\t")
	row := func(name string, s build.Stage) {
		done := ""
		if s.Done > 0 {
			done = fmt.Sprint(s.Done)
		}
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%d\t%s\t\n", name, s.Wall.Seconds(), s.CPU.Seconds(), s.Memory>>20, done)
	}
	var all build.Stage
	for _, s := range stages {
		row(a.strings.T("stage."+s.Name), s)
		all.Wall, all.CPU, all.Memory = all.Wall+s.Wall, all.CPU+s.CPU, max(all.Memory, s.Memory)
	}
	row(a.strings.T("stage.all"), all)
	_ = w.Flush() // into memory
	return b.String()
}

// reportStages says with -v how fast a build was, and with --trace where the
// time went.
func (a *app) reportStages(stages []build.Stage, documents int) error {
	if len(stages) == 0 || !a.Verb && a.Trace == "" {
		return nil
	}
	var wall, cpu time.Duration
	var memory uint64
	for _, s := range stages {
		wall, cpu, memory = wall+s.Wall, cpu+s.CPU, max(memory, s.Memory)
	}
	fmt.Fprintln(a.stderr, a.strings.T("build.speed", fmt.Sprintf("%.0f", float64(documents)/wall.Seconds()), fmt.Sprintf("%.2f", cpu.Seconds()), fmt.Sprint(memory>>20)))
	if a.Trace == "" {
		return nil
	}
	table := a.stageTable(stages)
	fmt.Fprint(a.stderr, table)
	return os.WriteFile(filepath.Join(a.Trace, traceStages), []byte(table), 0o644)
}
