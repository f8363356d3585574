package deploy

import (
	"context"
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
// is a *Problem, and so is what nobody knows.
func ParseAddress(text, root string) (Address, error) {
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		if !filepath.IsAbs(text) {
			text = filepath.Join(root, text)
		}
		return Address{Folder: filepath.Clean(text)}, nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return Address{}, &Problem{Key: "address", Args: []string{scheme + "://…"}} // the error would repeat a password
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

// Open opens the target of an address. To look at a folder (read) it is neither made
// nor locked.
func Open(ctx context.Context, a Address, read bool) (Target, error) {
	switch {
	case a.URL == nil && read:
		return ReadFolder(a.Folder)
	case a.URL == nil:
		return OpenFolder(a.Folder, true)
	case a.URL.Scheme == "sftp":
		return openServer(ctx, a.URL)
	}
	return openBucket(ctx, a.URL)
}
