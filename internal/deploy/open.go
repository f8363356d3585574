package deploy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
)

// An Address is where a target is: a folder, or a URL.
type Address struct {
	Folder string   // "" for a URL
	URL    *url.URL // nil for a folder
}

// ParseAddress reads a folder, file:///folder, sftp://user@host:port/folder or
// s3://bucket/prefix?…. A relative folder is one of root. What has a password in it
// is a *Problem, and so is what nobody knows: also user@host:/folder, as scp writes it,
// which would else make a folder of that name here.
func ParseAddress(text, root string) (Address, error) {
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		if first, _, _ := strings.Cut(filepath.ToSlash(text), "/"); filepath.VolumeName(text) == "" && strings.Contains(first, ":") {
			if at := strings.LastIndex(text, "@"); at >= 0 {
				text = "…" + text[at:] // a password may stand before it
			}
			return Address{}, &Problem{Key: "address", Args: []string{text}}
		}
		if !filepath.IsAbs(text) {
			text = filepath.Join(root, text)
		}
		return Address{Folder: filepath.Clean(text)}, nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return Address{}, &Problem{Key: "address", Args: []string{scheme + "://…"}} // the error would repeat a password
	}
	if scheme == "s3" && u.User != nil {
		return Address{}, &Problem{Key: "s3-password"}
	}
	if _, has := u.User.Password(); has {
		return Address{}, &Problem{Key: "password", Args: []string{u.Redacted(), EnvPassword}}
	}
	switch {
	case scheme == "file" && u.Host == "" && u.Path != "":
		name := filepath.FromSlash(u.Path)
		if rest := strings.TrimPrefix(u.Path, "/"); filepath.IsAbs(filepath.FromSlash(rest)) {
			name = filepath.FromSlash(rest) // file:///D:/web
		}
		return Address{Folder: filepath.Clean(name)}, nil
	case (scheme == "sftp" || scheme == "s3") && u.Hostname() != "":
		return Address{URL: u}, nil
	}
	return Address{}, &Problem{Key: "address", Args: []string{text}}
}

// String is the address without anything that is only for this machine.
func (a Address) String() string {
	if a.URL == nil {
		return a.Folder
	}
	u := *a.URL
	u.RawQuery = ""
	return u.String()
}

// Open opens the target of an address. To look at it (read) nothing is made or locked;
// a folder that is not there is an empty one then.
func Open(ctx context.Context, a Address, read bool) (Target, error) {
	switch {
	case a.URL == nil && read:
		t, err := ReadFolder(a.Folder)
		if errors.Is(err, fs.ErrNotExist) {
			return nowhere{}, nil
		}
		return t, err
	case a.URL == nil:
		return OpenFolder(a.Folder)
	case a.URL.Scheme == "sftp":
		return openServer(ctx, a.URL, read)
	}
	return openBucket(ctx, a.URL)
}

// nowhere is a folder that is not there yet, to look at.
type nowhere struct{}

func (nowhere) Put(context.Context, string, io.Reader, Form) error { return fs.ErrPermission }
func (nowhere) Get(context.Context, string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }
func (nowhere) Has(context.Context, string) (bool, error)          { return false, nil }
func (nowhere) Delete(context.Context, string) error               { return nil }
func (nowhere) Prune(context.Context, string) error                { return nil }
func (nowhere) List(context.Context, func(string)) error           { return nil }
func (nowhere) Embeds() bool                                       { return false }
func (nowhere) Tidy(context.Context) error                         { return nil }
func (nowhere) Close() error                                       { return nil }
