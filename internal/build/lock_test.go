package build_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongbao/internal/build"
)

func TestTwoBuildsDoNotWriteOneOutput(t *testing.T) {
	root := t.TempDir()
	newSite(3).write(t, root)
	out := filepath.Join(root, "public")
	release, err := build.Lock(root, out)
	if err != nil {
		t.Fatal(err)
	}
	before := time.Now().Add(-time.Minute)
	_, err = build.Build(t.Context(), build.Options{Root: root, AsOf: asOf})
	var locked *build.LockedError
	if !errors.As(err, &locked) {
		t.Fatalf("Build while another writes = %v, want a LockedError", err)
	}
	if locked.PID != os.Getpid() || locked.Output != out || locked.Since.Before(before) {
		t.Errorf("LockedError %+v, want process %d, output %s, now", locked, os.Getpid(), out)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("the second build wrote")
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf, Output: filepath.Join(root, "other")})
	if err := release(); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
}

// TestLockOfADeadProcessDoesNotCount leaves what a run leaves that was killed.
func TestLockOfADeadProcessDoesNotCount(t *testing.T) {
	root := t.TempDir()
	newSite(3).write(t, root)
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
	locks, err := filepath.Glob(filepath.Join(root, ".gongbao", "lock-*"))
	if err != nil || len(locks) != 1 {
		t.Fatalf("locks %v, %v", locks, err)
	}
	if err := os.WriteFile(locks[0], fmt.Appendf(nil, "%d %s\n", os.Getppid(), time.Now().Format(time.RFC3339)), 0o644); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, build.Options{Root: root, AsOf: asOf})
}
