package deploy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// A server is a target that is reached by SFTP. root is its folder there.
type server struct {
	conn    *ssh.Client
	c       *sftp.Client
	root    string
	folders sync.Map // that are there
	stop    func() bool
}

// grace is how long what is on its way may take after an interruption.
const grace = 5 * time.Second

// openServer opens sftp://user@host:port/folder; /~/ begins a folder of the user.
func openServer(ctx context.Context, u *url.URL, read bool) (Target, error) {
	conn, err := dial(ctx, u)
	if err != nil {
		return nil, err
	}
	c, err := sftp.NewClient(conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	s := &server{conn: conn, c: c, root: path.Clean("/" + u.Path)}
	s.stop = context.AfterFunc(ctx, func() { time.AfterFunc(grace, func() { conn.Close() }) })
	if rest, ok := strings.CutPrefix(s.root+"/", "/~/"); ok {
		s.root = path.Join(".", rest)
	}
	if s.root == "/" {
		err = &Problem{Key: "sftp-root"}
	} else if !read {
		err = s.mkdir(s.root)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *server) at(name string) string { return path.Join(s.root, name) }

// mkdir makes a folder of the server, unless it is known to be there.
func (s *server) mkdir(dir string) error {
	if _, ok := s.folders.Load(dir); ok {
		return nil
	}
	if err := s.c.MkdirAll(dir); err != nil {
		return err
	}
	s.folders.Store(dir, nil)
	return nil
}

func (s *server) Put(_ context.Context, name string, r io.Reader, how Form) error {
	tmp := s.at(staged(name))
	if err := errors.Join(s.mkdir(path.Dir(tmp)), s.mkdir(path.Dir(s.at(name)))); err != nil {
		return err
	}
	w, err := s.c.Create(tmp)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err == nil && how.Durable {
		if err = w.Sync(); unsupported(err) {
			err = nil
		}
	}
	if err = errors.Join(err, w.Close()); err == nil {
		err = s.rename(tmp, s.at(name))
	}
	if err != nil {
		return errors.Join(err, ignoreAbsent(s.c.Remove(tmp)))
	}
	return nil
}

// rename gives a file its name in one step. A server that cannot replace files so has
// the old one taken away first: then there is a moment without either.
func (s *server) rename(from, to string) error {
	err := s.c.PosixRename(from, to)
	if !unsupported(err) {
		return err
	}
	if err := ignoreAbsent(s.c.Remove(to)); err != nil {
		return err
	}
	return s.c.Rename(from, to)
}

func unsupported(err error) bool {
	var status *sftp.StatusError
	return errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxOpUnsupported
}

// lstat is Lstat of a name. Servers have no word for a path that leads through a file:
// there is nothing.
func (s *server) lstat(name string) (fs.FileInfo, error) {
	info, err := s.c.Lstat(s.at(name))
	var status *sftp.StatusError
	if errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if above, err := s.c.Lstat(s.at(dir)); err == nil && !above.IsDir() {
				return nil, fs.ErrNotExist
			}
		}
	}
	return info, err
}

func (s *server) Get(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := s.lstat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fs.ErrNotExist
	}
	if !info.Mode().IsRegular() {
		return io.NopCloser(strings.NewReader(irregular)), nil
	}
	return s.c.Open(s.at(name))
}

func (s *server) Has(_ context.Context, name string) (bool, error) {
	info, err := s.lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && !info.IsDir(), err
}

func (s *server) Delete(_ context.Context, name string) error {
	err := s.c.Remove(s.at(name))
	if err != nil {
		if has, failed := s.Has(context.Background(), name); failed == nil && !has {
			return nil
		}
	}
	return err
}

func (s *server) Prune(_ context.Context, name string) error {
	for dir := path.Dir(name); dir != "." && s.c.RemoveDirectory(s.at(dir)) == nil; {
		s.folders.Delete(s.at(dir))
		dir = path.Dir(dir)
	}
	return nil
}

func (s *server) List(ctx context.Context, each func(string)) error {
	if _, err := s.c.Stat(s.root); errors.Is(err, fs.ErrNotExist) {
		return nil // to look at
	}
	w := s.c.Walk(s.root)
	for w.Step() {
		if errors.Is(w.Err(), fs.ErrPermission) && w.Path() != s.root {
			continue // as list has it
		}
		if err := errors.Join(w.Err(), ctx.Err()); err != nil {
			return err
		}
		name := w.Path()
		if s.root != "." { // else paths have nothing before them, but perhaps a dot of their own
			name = strings.TrimPrefix(strings.TrimPrefix(name, s.root), "/")
		}
		switch {
		case w.Stat().IsDir() && name == stagingName:
			w.SkipDir()
		case !w.Stat().IsDir():
			each(name)
		}
	}
	return nil
}

func (s *server) Tidy(context.Context) error {
	s.folders.Delete(s.at(stagingName))
	return ignoreAbsent(s.c.RemoveAll(s.at(stagingName)))
}

func (s *server) Embeds() bool { return false }

func (s *server) Close() error {
	s.stop()
	return errors.Join(s.c.Close(), s.conn.Close())
}
