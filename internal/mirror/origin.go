package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"gongbao/internal/render"
)

// limit bounds a file that is read whole, in bytes.
const limit = 256 << 20

// errAbsent is what an origin says of a file that it does not have.
var errAbsent = errors.New("not there")

// An origin is a built gazette: a folder, or an address.
type origin interface {
	open(ctx context.Context, path string) (io.ReadCloser, error)
	io.Closer
}

// IsWeb reports whether an origin is an address, not a folder.
func IsWeb(from string) bool {
	return strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://")
}

// openOrigin opens the gazette at an http(s) address or in a folder.
func openOrigin(from string) (origin, error) {
	if IsWeb(from) {
		u, err := url.Parse(from)
		if err != nil {
			return nil, err
		}
		u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html"), "/") + "/"
		return &web{base: u, patience: patience, client: &http.Client{Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: patience, TLSHandshakeTimeout: patience,
		}}}, nil
	}
	root, err := os.OpenRoot(from)
	if err != nil {
		return nil, err
	}
	return folder{root}, nil
}

// A folder is the output of a build.
type folder struct{ *os.Root }

func (f folder) open(_ context.Context, path string) (io.ReadCloser, error) {
	file, err := f.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errAbsent
	}
	return file, err
}

// A web is a gazette on a server. Any server of files will do.
type web struct {
	base     *url.URL
	client   *http.Client
	patience time.Duration // how long it may send nothing
}

func (w *web) Close() error {
	w.client.CloseIdleConnections()
	return nil
}

// attempts are how often a file is asked for, with a longer pause each time.
const attempts = 4

func (w *web) open(ctx context.Context, path string) (io.ReadCloser, error) {
	u := w.base.JoinPath(path)
	var err error
	for i := range attempts {
		if i > 0 {
			select {
			case <-time.After(time.Second << i):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		var body io.ReadCloser
		var again bool
		if body, again, err = w.get(ctx, u.String()); err == nil || !again {
			return body, err
		}
	}
	return nil, err
}

// get asks once; again says that another time may bring it.
func (w *web) get(ctx context.Context, address string) (body io.ReadCloser, again bool, err error) {
	inner, stop := context.WithCancelCause(ctx)
	defer func() {
		if body == nil {
			stop(nil)
		}
	}()
	r, err := http.NewRequestWithContext(inner, http.MethodGet, address, nil)
	if err != nil {
		return nil, false, err
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, ctx.Err() == nil, err
	}
	switch {
	case answer.StatusCode == http.StatusOK:
		timer := time.AfterFunc(w.patience, func() { stop(errSilent) })
		return &patient{answer.Body, inner, timer, w.patience, stop}, false, nil
	case answer.StatusCode == http.StatusNotFound, answer.StatusCode == http.StatusGone:
		err = errAbsent
	default:
		err = fmt.Errorf("%s: %s", address, answer.Status)
	}
	again = answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests
	return nil, again, errors.Join(err, answer.Body.Close())
}

// patience is that with servers, unless a test has less.
const patience = time.Minute

// errSilent ends an answer of which nothing more came.
var errSilent = errors.New("the server sends nothing more")

// A patient is the body of an answer that ends where the server falls silent.
type patient struct {
	io.ReadCloser
	ctx   context.Context // of the answer
	timer *time.Timer
	most  time.Duration
	stop  context.CancelCauseFunc
}

func (p *patient) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	switch {
	case err == nil:
		p.timer.Reset(p.most)
	case context.Cause(p.ctx) == errSilent:
		err = errSilent
	}
	return n, err
}

func (p *patient) Close() error {
	p.timer.Stop()
	defer p.stop(nil)
	return p.ReadCloser.Close()
}

// fetch reads a file whole, and checks that it is the one of a sum; "" for any.
func fetch(ctx context.Context, o origin, path, sum string) ([]byte, error) {
	r, err := o.open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	case len(b) > limit:
		return nil, fmt.Errorf("%s: more than %d bytes", path, limit)
	case sum != "" && render.SumOf(b).String() != sum:
		return nil, &sumError{path}
	}
	return b, nil
}

// A sumError says that a file is not what the data of its gazette say.
type sumError struct{ path string }

func (e *sumError) Error() string {
	return e.path + ": not the file with the SHA-256 that was announced"
}

// A spooled is a copy of a file of an origin that lasts until it is closed.
type spooled struct{ *os.File }

func (s spooled) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }

// spool copies a file that is too large for the memory, checks size and sum, and
// returns it, read from its beginning.
func spool(ctx context.Context, o origin, path, sum string, size int) (s spooled, err error) {
	r, err := o.open(ctx, path)
	if err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	defer r.Close()
	f, err := os.CreateTemp("", "gongbao-pull-*")
	if err != nil {
		return s, err
	}
	s = spooled{f}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(r, int64(size)+1))
	if err == nil && hex.EncodeToString(h.Sum(nil)) != sum {
		err = &sumError{path}
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return s, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	return s, nil
}
