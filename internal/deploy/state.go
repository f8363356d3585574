package deploy

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// A Head is the first line of a state or journal, behind which the list of files
// stands as sha256sum writes it. A file whose sum is all zeros is ours with bytes
// that nobody knows: an interrupted run may or may not have put it.
type Head struct {
	Form     string     `json:"form"`  // stateForm
	Site     render.Sum `json:"-"`     // of the list
	Sum      string     `json:"sum"`   // Site, in hexadecimal
	From     string     `json:"from"`  // of a journal: the Sum of the state on which it builds
	Files    int        `json:"files"` // lines of the list
	Compress []string   `json:"compress"`
	Batch    int        `json:"batch,omitempty"` // of a journal: steps between two marks of progress
	Run      string     `json:"run"`             // of which the state or journal is; no two are the same
	By       string     `json:"by"`              // a mark of the machine and folder from which it came; whoever can read the site can read it
	Of       string     `json:"of"`              // the site: its address, else its title; "" for not known
	At       string     `json:"at"`              // RFC 3339
	Version  string     `json:"tool"`            // of gongbao
}

const stateForm = "gongbao deployed 1"

// A state is what stands at a target, or is about to.
type state struct {
	Head
	List inventory.List
}

// errDamaged is a state or journal that is not whole.
var errDamaged = errors.New("damaged")

// headLimit is the longest first line.
const headLimit = 1 << 16

// readState reads what encode wrote. The error is errDamaged for anything else.
func readState(r io.Reader) (*state, error) {
	in := bufio.NewReaderSize(r, headLimit)
	line, err := in.ReadSlice('\n')
	var s state
	if err != nil || json.Unmarshal(line, &s.Head) != nil || s.Form != stateForm {
		return nil, fmt.Errorf("%w: its first line", errDamaged)
	}
	if s.List, err = inventory.Read(in); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if s.Site = s.List.Sum(); s.Site.String() != s.Sum || s.Files != len(s.List) {
		return nil, fmt.Errorf("%w: the list is not the one that its first line speaks of", errDamaged)
	}
	s.Compress = slices.DeleteFunc(s.Compress, func(e string) bool { return !slices.Contains(Encodings(), e) })
	return &s, nil
}

func (s *state) encode() []byte {
	s.Form, s.Site, s.Files = stateForm, s.List.Sum(), len(s.List)
	s.Sum = s.Site.String()
	b, err := json.Marshal(s.Head)
	if err != nil {
		panic(err) // strings and numbers
	}
	out := bytes.NewBuffer(append(b, '\n'))
	_, _ = s.List.WriteTo(out) // into memory
	return out.Bytes()
}

// load reads a state or journal of a target; nil where there is none.
func load(ctx context.Context, t Target, name string) (*state, error) {
	r, err := t.Get(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s, err := readState(r)
	return s, errors.Join(err, r.Close())
}

func (s *state) save(ctx context.Context, t Target, name string) error {
	return t.Put(ctx, name, bytes.NewReader(s.encode()), Form{Durable: true})
}

// saveProgress says how many batches of a run are done, unless another run has taken
// over.
func saveProgress(ctx context.Context, t Target, run string, done int) error {
	now, _, err := loadProgress(ctx, t)
	if err != nil {
		return err
	}
	if now != run && done > 0 {
		return &Problem{Key: "overtaken"}
	}
	return t.Put(ctx, progressName, strings.NewReader(run+" "+strconv.Itoa(done)+"\n"), Form{Durable: true})
}

// loadProgress returns the run that is at work and how many of its batches are done.
func loadProgress(ctx context.Context, t Target) (run string, done int, err error) {
	r, err := t.Get(ctx, progressName)
	if errors.Is(err, fs.ErrNotExist) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, err
	}
	b, err := io.ReadAll(io.LimitReader(r, 200))
	if err = errors.Join(err, r.Close()); err != nil {
		return "", 0, err
	}
	run, count, _ := strings.Cut(strings.TrimSpace(string(b)), " ")
	if done, err = strconv.Atoi(count); err != nil || done < 0 {
		return run, 0, nil // of no known batch: all may or may not be done
	}
	return run, done, nil
}

// A standing is what is known of a target before a run.
type standing struct {
	list     inventory.List // ours; the zero sum where the bytes are not known
	compress []string       // beside or on the files, or perhaps so
	state    *state         // nil where there is none, or it is damaged
	journal  *state         // of a run that did not end; nil for none
	damaged  bool
	guessed  bool            // which compressed files stand is not known
	there    map[string]bool // all files at the target, where they were listed; else nil
}

// stands reads what is known of a target. A run that did not end counts as far as it
// got: the batch behind may or may not be done, and so its files are not known.
func stands(ctx context.Context, t Target) (standing, error) {
	var s standing
	var err error
	if s.state, err = load(ctx, t, stateName); errors.Is(err, errDamaged) {
		s.damaged = true
	} else if err != nil {
		return s, err
	}
	if s.journal, err = load(ctx, t, journalName); errors.Is(err, errDamaged) {
		s.journal = nil // what is not whole was never begun
	} else if err != nil {
		return s, err
	}
	if s.state != nil {
		s.list, s.compress = s.state.List, s.state.Compress
	}
	if s.journal == nil || s.damaged {
		return s, nil
	}
	if s.state != nil && s.state.Run == s.journal.Run {
		s.journal = nil // ended, or worked in by the run that went on
		return s, nil
	}
	run, done, err := loadProgress(ctx, t)
	if err != nil {
		return s, err
	}
	if run != s.journal.Run {
		done = 0
	}
	if s.journal.From != s.list.Sum().String() {
		s.damaged = true // a journal of another state: somebody put files back
		return s, nil
	}
	batches := inventory.Batches(s.steps(s.journal), max(s.journal.Batch, 1))
	done = min(done, len(batches))
	s.list = inventory.Done(s.list, slices.Concat(batches[:done]...))
	if done < len(batches) {
		if s.list, err = halfDone(ctx, t, s.list, batches[done]); err != nil {
			return s, err
		}
	}
	if !slices.Equal(s.compress, s.journal.Compress) {
		// Some stand with the compressed files of before, some with those of now.
		rest := slices.DeleteFunc(slices.Concat(batches[done:]...), func(step inventory.Step) bool { return !step.Stood })
		s.list = unknown(s.list, rest)
	}
	s.compress = union(s.compress, s.journal.Compress)
	return s, nil
}

// beside are the codings in which a file may stand beside that of a step.
func (s standing) beside(step inventory.Step) []string {
	switch {
	case s.there != nil:
		return slices.DeleteFunc(Encodings(), func(e string) bool { return !s.there[step.Path+"."+e] })
	case s.guessed, step.Stood && step.Was == render.Sum{}:
		return Encodings()
	}
	return s.compress
}

// steps are those of a run from what stands to another state.
func (s standing) steps(to *state) []inventory.Step {
	var again func(inventory.File) bool
	if !slices.Equal(s.compress, to.Compress) {
		again = func(f inventory.File) bool { return compressible(f.Path) }
	}
	return inventory.Plan(s.list, to.List, again)
}

// halfDone is a list after a batch of which nobody knows which steps were done: what
// is there has bytes that nobody knows.
func halfDone(ctx context.Context, t Target, l inventory.List, batch []inventory.Step) (inventory.List, error) {
	there := make([]bool, len(batch))
	err := each(ctx, len(batch), func(ctx context.Context, i int) (err error) {
		there[i], err = t.Has(ctx, batch[i].Path)
		return err
	})
	var gone, left []inventory.Step
	for i, s := range batch {
		if there[i] {
			left = append(left, s)
		} else {
			gone = append(gone, inventory.Step{File: s.File, Phase: inventory.OldFiles})
		}
	}
	return unknown(inventory.Done(l, gone), left), err
}

// unknown is a list in which the files of steps are there, with bytes that nobody knows.
func unknown(l inventory.List, steps []inventory.Step) inventory.List {
	marked := make([]inventory.Step, len(steps))
	for i, s := range steps {
		marked[i] = inventory.Step{File: inventory.File{Path: s.Path}, Phase: inventory.Files}
	}
	return inventory.Done(l, marked)
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, e := range b {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	slices.Sort(out)
	return out
}

// A Known is what the state at a target says.
type Known struct {
	Files    inventory.List // that gongbao put there; the zero sum where the bytes are not known
	Whole    bool           // it is there, whole, and no run was interrupted
	State    string         // Head.Sum; "" where it is not known
	Compress []string       // Head.Compress
	To       string         // Head.Sum to which an interrupted run was leading; "" for none
}

// Stands returns what the state at a target says.
func Stands(ctx context.Context, t Target) (k Known, err error) {
	s, err := stands(ctx, t)
	if err != nil {
		return k, err
	}
	k.Files = s.list
	if s.state != nil {
		k.State, k.Compress = s.state.Sum, s.state.Compress
	}
	if s.journal != nil {
		k.To = s.journal.Sum
	}
	k.Whole = s.state != nil && s.journal == nil && !s.damaged
	return k, nil
}

// Sums reads files of a target. The sum of one that is not there is zero.
func Sums(ctx context.Context, t Target, names []string) ([]render.Sum, error) {
	sums := make([]render.Sum, len(names))
	err := each(ctx, len(names), func(ctx context.Context, i int) (err error) {
		sums[i], err = sumAt(ctx, t, names[i])
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	})
	return sums, err
}
