package deploy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"

	"gongbao/internal/render"
)

// A bucket is a target in object storage.
type bucket struct{ b *blob.Bucket }

// s3Options are the options that an address s3://… may have, of those that gocloud.dev
// knows; none is a secret. Keys come from the environment or ~/.aws.
var s3Options = []string{
	"accelerate", "disable_https", "dualstack", "endpoint", "hostname_immutable", "profile", "region",
	"request_checksum_calculation", "response_checksum_validation", "use_path_style",
}

// openBucket opens s3://bucket/prefix?endpoint=…&region=….
func openBucket(ctx context.Context, u *url.URL) (Target, error) {
	q := u.Query()
	for k := range q {
		if !slices.Contains(s3Options, k) {
			return nil, &Problem{Key: "option", Args: []string{k, strings.Join(s3Options, ", ")}}
		}
	}
	if endpoint := q.Get("endpoint"); endpoint != "" {
		// A bucket is no part of an IP address, as it is of a name.
		if e, err := url.Parse(endpoint); err == nil && net.ParseIP(e.Hostname()) != nil && q.Get("use_path_style") == "" {
			q.Set("use_path_style", "true")
		}
		// What is not Amazon's seldom knows its newer checksums, and asks for a region
		// only because the signature has one.
		for k, v := range map[string]string{"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required", "region": "us-east-1"} {
			if q.Get(k) == "" {
				q.Set(k, v)
			}
		}
	}
	if err := hasKeys(ctx, q.Get("profile")); err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "s3", Host: u.Host, RawQuery: q.Encode()}
	b, err := blob.OpenBucket(ctx, address.String())
	if err != nil {
		return nil, err
	}
	if prefix := strings.Trim(u.Path, "/"); prefix != "" {
		b = blob.PrefixedBucket(b, prefix+"/")
	}
	return &bucket{b}, nil
}

// hasKeys returns a *Problem where this machine has no keys. Else the library would ask
// Amazon's address for machines in its cloud (169.254.169.254), which nobody wrote down.
func hasKeys(ctx context.Context, profile string) error {
	c, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile))
	if err != nil {
		return &Problem{Key: "s3-keys", Cause: err}
	}
	if aws.IsCredentialsProvider(c.Credentials, (*ec2rolecreds.Provider)(nil)) {
		return &Problem{Key: "s3-keys"}
	}
	return nil
}

// memoryLimit is the largest file that is read before it is put; a larger one that
// turns out not to be what it should is taken back in the middle.
const memoryLimit = 8 << 20

func (b *bucket) Put(ctx context.Context, name string, r io.Reader, how Form) error {
	first, err := io.ReadAll(io.LimitReader(r, memoryLimit))
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w, err := b.b.NewWriter(ctx, name, &blob.WriterOptions{
		ContentType: contentType(name), ContentEncoding: how.Encoding, CacheControl: cacheControl(name), DisableContentTypeDetection: true,
	})
	if err != nil {
		return err
	}
	if _, err = w.Write(first); err == nil && len(first) == memoryLimit {
		_, err = io.Copy(w, r)
	}
	if err != nil {
		stop() // nothing is put
		return errors.Join(err, ignoreCanceled(w.Close()))
	}
	return w.Close()
}

func ignoreCanceled(err error) error {
	if gcerrors.Code(err) == gcerrors.Canceled || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// contentType is what the storage says of a file. Texts are all UTF-8.
func contentType(name string) string {
	t := render.MediaType(name)
	if strings.HasPrefix(t, "text/") {
		t += "; charset=utf-8"
	}
	return t
}

// cacheControl is how long a file may be kept unasked: style sheets and scripts for
// ever, since pages ask for them by hash, pictures and documents for an hour, what says
// what holds today not at all.
func cacheControl(name string) string {
	ext := path.Ext(name)
	switch {
	case strings.HasPrefix(name, "assets/") && (ext == ".css" || ext == ".js"):
		return "public, max-age=31536000, immutable"
	case slices.Contains(textual, ext) && ext != ".svg", strings.HasPrefix(path.Base(name), "."):
		return "no-cache"
	}
	return "public, max-age=3600"
}

func (b *bucket) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	r, err := b.b.NewReader(ctx, name, nil)
	if err != nil {
		return nil, missing(err)
	}
	var object s3.GetObjectOutput
	coding := ""
	if r.As(&object) && object.ContentEncoding != nil {
		coding = *object.ContentEncoding
	}
	return struct {
		io.Reader
		io.Closer
	}{decoded(r, coding), r}, nil
}

// missing makes fs.ErrNotExist of what the storage says.
func missing(err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return fs.ErrNotExist
	}
	return err
}

func (b *bucket) Has(ctx context.Context, name string) (bool, error) { return b.b.Exists(ctx, name) }

func (b *bucket) Delete(ctx context.Context, name string) error {
	if err := missing(b.b.Delete(ctx, name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (b *bucket) List(ctx context.Context, each func(string)) error {
	for it := b.b.List(nil); ; {
		o, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		each(o.Key)
	}
}

func (b *bucket) Embeds() bool                        { return true }
func (b *bucket) Prune(context.Context, string) error { return nil }
func (b *bucket) Tidy(context.Context) error          { return nil }
func (b *bucket) Close() error                        { return b.b.Close() }
