package deploy_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"gongbao/internal/deploy"
)

func TestWhy(t *testing.T) {
	_, absent := os.Open(filepath.Join(t.TempDir(), "none"))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	_, refused := net.Dial("tcp", l.Addr().String())
	for _, c := range []struct {
		err  error
		want string
	}{
		{absent, "absent"},
		{refused, "unreachable"},
		{&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, "full"},
		{errors.Join(errors.New("x"), &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}), "read-only"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, "read-only"},
		{errors.New("x"), ""},
	} {
		if got := deploy.Why(c.err); got != c.want {
			t.Errorf("Why(%v) = %q, want %q", c.err, got, c.want)
		}
	}
}
