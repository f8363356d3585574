// Package deploy puts a built site where readers get it: a folder, a server that is
// reached by SFTP, or storage that speaks S3.
//
// Run makes of what it put there last time what shall stand now, in the order of
// inventory.Plan. It knows what stands from a file that it leaves at the target
// (stateName), so nothing is listed, nothing but changes is sent, and nothing is
// deleted or overwritten that it did not put there itself.
//
// Before the first change it leaves a journal of what it is about to do, and after
// each batch how far it is. Whoever runs it again after a broken line goes on from
// there, even if the site was built anew in between.
//
// Two runs at once: on one machine the second waits for nobody and is refused, by a
// lock of the operating system where the target is a folder and by one of the site
// (the command's) everywhere. A journal of another machine is respected until
// somebody says that it is over (Options.TakeOver); a run that finds its journal
// taken over between two batches stops.
package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"gongbao/internal/inventory"
)

// A Target is a place for a site. Names are paths with slashes, from the root of the
// site. Methods may be called from several goroutines.
type Target interface {
	// Put makes r the file of a name, of which nobody sees a part: it is the old file
	// or the new one. Where r ends with an error the old one stays.
	Put(ctx context.Context, name string, r io.Reader, how Form) error
	// Get opens a file, without its content coding. The error is fs.ErrNotExist
	// where there is none.
	Get(ctx context.Context, name string) (io.ReadCloser, error)
	// Has reports whether there is a file, or a link; a folder is none.
	Has(ctx context.Context, name string) (bool, error)
	// Delete removes a file. One that is not there is no error.
	Delete(ctx context.Context, name string) error
	// Prune removes the folders that are empty without a file. Nothing is put meanwhile.
	Prune(ctx context.Context, name string) error
	// List calls each with the name of every file, in any order.
	List(ctx context.Context, each func(name string)) error
	// Embeds reports whether a file has its content coding on itself; else compressed
	// files stand beside it.
	Embeds() bool
	// Tidy removes what interrupted runs left half written.
	Tidy(ctx context.Context) error
	Close() error
}

// A Form is how a file is kept.
type Form struct {
	Encoding string // "" , "gzip" or "br": of the bytes that are put
	Durable  bool   // must outlive a power failure before Put returns
}

// A Problem is what keeps a delivery from being done, as people need to know it:
// its text has the key "deploy." and Key. Paths are some of the files that it is
// about, Count is how many there are.
type Problem struct {
	Key   string
	Args  []string
	Paths []string
	Count int
	Cause error // may be nil
}

func (p *Problem) Error() string {
	text := strings.Join(append([]string{p.Key}, p.Args...), " ")
	if p.Count > 0 {
		text += fmt.Sprintf(": %d files, %s", p.Count, strings.Join(p.Paths, " "))
	}
	if p.Cause != nil {
		text += ": " + p.Cause.Error()
	}
	return text
}

func (p *Problem) Unwrap() error { return p.Cause }

// shown is how many paths a Problem has at most.
const shown = 10

func about(key string, paths []string, args ...string) *Problem {
	return &Problem{Key: key, Args: args, Paths: paths[:min(len(paths), shown)], Count: len(paths)}
}

// A Source opens a file of the site that is delivered.
type Source func(path string) (io.ReadCloser, error)

// names of what is kept at a target.
const (
	stateName    = inventory.Mark + "deployed"  // what stands
	journalName  = inventory.Mark + "deploying" // what a run is about to make stand
	progressName = inventory.Mark + "progress"  // how far it is
	lockName     = inventory.Mark + "lock"      // in folders
	stagingName  = inventory.Mark + "staging"   // where files are written before they get their names
)

// staged is where a file is written before it gets its name: the same place each time,
// so that a run that goes on writes over what it left.
func staged(name string) string {
	sum := sha256.Sum256([]byte(name))
	return stagingName + "/" + hex.EncodeToString(sum[:12])
}

// ours reports whether a file at a target is not of the site but kept by this
// package.
func ours(name string) bool { return strings.HasPrefix(name, inventory.Mark) }
