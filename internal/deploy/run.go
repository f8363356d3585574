package deploy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// batchSize is how many steps a run may have to do again after an interruption.
const batchSize = 200

// workers is how many files are on their way at the same time: waiting for an
// answer is most of what putting a small file takes.
const workers = 12

// Options say what to put to a target.
type Options struct {
	Site     inventory.List
	Source   Source
	Compress []string // of Encodings(); beside the files, or where the target embeds the first on them
	By       string   // machine and folder: whose interrupted run may be gone on with
	Of       string   // the site: its address, else its title
	Version  string   // of gongbao
	// Stood, unless nil, is what the caller knows to stand at the target, and to have
	// been put by gongbao; the target's own state is not asked.
	Stood     inventory.List
	DryRun    bool // say what would be done
	Rescan    bool // believe nothing: read all that is ours at the target and put what differs
	Overwrite bool // also replace files that gongbao did not put there
	TakeOver  bool // go on with the interrupted run of another machine
	Progress  func(done, total int)
}

// A Report says what a run did, or would do.
type Report struct {
	New, Changed, Deleted, Kept int
	Bytes                       int64            // of the files that were put, without compressed ones
	From, To                    render.Sum       // what stood, as far as known, and what stands
	Resumed                     bool             // it went on with a run that had been interrupted
	Damaged                     bool             // the target's own state was not whole; all was read
	Left                        []string         // ought to be deleted, but somebody has put another file there; sorted
	Steps                       []inventory.Step // in order
}

// Run makes the site stand at the target. A *Problem is what people can do something
// about; before any other error too, what was done is done, and the next run goes on.
func Run(ctx context.Context, t Target, o Options) (Report, error) {
	if t.Embeds() {
		o.Compress = o.Compress[:min(len(o.Compress), 1)]
	}
	o.Compress = union(nil, o.Compress)
	s, err := stands(ctx, t)
	if err != nil {
		return Report{}, err
	}
	if s.journal != nil && s.journal.By != o.By && !o.TakeOver {
		return Report{}, &Problem{Key: "busy", Args: []string{s.journal.By, s.journal.At}}
	}
	if s.state != nil && s.state.Of != "" && o.Of != "" && s.state.Of != o.Of && !o.Overwrite {
		return Report{}, &Problem{Key: "other-site", Args: []string{s.state.Of, o.Of}}
	}
	r := Report{Resumed: s.journal != nil, Damaged: s.damaged, To: o.Site.Sum()}
	if o.Stood != nil {
		s.list, s.compress, s.guessed = o.Stood, o.Compress, true
	} else if err := o.scan(ctx, t, &s); err != nil {
		return r, err
	}
	r.From = s.list.Sum()
	to := &state{List: o.Site, Head: Head{Compress: o.Compress, Run: rand.Text(), By: o.By, Of: o.Of, Version: o.Version, At: time.Now().UTC().Format(time.RFC3339)}}
	r.count(s.steps(to), o.Site)
	if err := o.foreign(ctx, t, r.Steps, s); err != nil {
		return r, err
	}
	if o.DryRun || len(r.Steps) == 0 && s.state != nil && s.journal == nil && s.state.Site == r.To {
		return r, nil
	}
	err = o.do(ctx, t, s, to, &r)
	return r, err
}

// count fills in a report.
func (r *Report) count(steps []inventory.Step, now inventory.List) {
	r.Steps, r.Kept = steps, len(now)
	for _, s := range steps {
		if s.Deletes() {
			r.Deleted++
			continue
		}
		r.Kept--
		r.Bytes += s.Size
		if s.Stood {
			r.Changed++
		} else {
			r.New++
		}
	}
}

// do carries out the steps of a report: journal, batches, state.
func (o Options) do(ctx context.Context, t Target, s standing, to *state, r *Report) error {
	// A journal builds on the state beside it. Where that is not what stands, it is set
	// right first, in the name of the run that did not end: then its journal no longer counts.
	if s.state == nil && len(s.list) > 0 || s.state != nil && (s.state.Site != s.list.Sum() || !slices.Equal(s.state.Compress, s.compress)) {
		now := &state{List: s.list, Head: Head{Compress: s.compress, Run: to.Run + " before", By: to.By, Of: to.Of, At: to.At, Version: to.Version}}
		if s.journal != nil {
			now.Run = s.journal.Run
		}
		if err := now.save(ctx, t, stateName); err != nil {
			return err
		}
	} else if s.damaged {
		if err := t.Delete(ctx, stateName); err != nil {
			return err
		}
	}
	journal := *to
	journal.From, journal.Batch = s.list.Sum().String(), batchSize
	if err := journal.save(ctx, t, journalName); err != nil {
		return err
	}
	if err := saveProgress(ctx, t, to.Run, 0); err != nil {
		return err
	}
	done := 0
	for i, batch := range inventory.Batches(r.Steps, batchSize) {
		left := make([]bool, len(batch))
		err := each(ctx, len(batch), func(ctx context.Context, i int) (err error) {
			left[i], err = o.step(ctx, t, batch[i], s.beside(batch[i]))
			return err
		})
		if err != nil {
			return err
		}
		for i, step := range batch {
			if left[i] {
				r.Left = append(r.Left, step.Path)
			}
		}
		if done += len(batch); o.Progress != nil {
			o.Progress(done, len(r.Steps))
		}
		if err := saveProgress(ctx, t, to.Run, i+1); err != nil {
			return err
		}
	}
	slices.Sort(r.Left)
	if err := to.save(ctx, t, stateName); err != nil {
		return err
	}
	return errors.Join(t.Delete(ctx, journalName), t.Delete(ctx, progressName), t.Tidy(ctx))
}

// step does one step. had are the codings in which a file may stand beside it. A file
// that ought to be deleted and is not what was put there is left.
func (o Options) step(ctx context.Context, t Target, s inventory.Step, had []string) (left bool, err error) {
	if s.Deletes() {
		left, err = o.remove(ctx, t, s, had)
	} else {
		err = o.put(ctx, t, s.File, had)
	}
	switch {
	case errors.Is(err, inventory.ErrChanged):
		p := about("output-changed", []string{s.Path})
		p.Cause = err
		return left, p
	case err != nil:
		return left, fmt.Errorf("%s: %w", s.Path, err)
	}
	return left, nil
}

// remove deletes a file and the compressed ones beside it.
func (o Options) remove(ctx context.Context, t Target, s inventory.Step, had []string) (left bool, err error) {
	if s.Was != (render.Sum{}) {
		sum, err := sumAt(ctx, t, s.Path)
		if !errors.Is(err, fs.ErrNotExist) && (err != nil || sum != s.Was) {
			return err == nil, err
		}
	}
	if err := o.dropVariants(ctx, t, s.Path, had); err != nil {
		return false, err
	}
	if err := t.Delete(ctx, s.Path); err != nil {
		return false, err
	}
	return false, t.Prune(ctx, s.Path)
}

// scan looks at the target itself where its state is not there, not whole or not
// believed. What stands with the bytes that it shall have is ours from now on.
func (o Options) scan(ctx context.Context, t Target, s *standing) error {
	if (s.state != nil || s.journal != nil) && !s.damaged && !o.Rescan {
		return nil
	}
	there := map[string]bool{}
	if err := t.List(ctx, func(name string) { there[name] = true }); err != nil {
		return err
	}
	s.there = there
	var names []string
	for _, f := range s.list {
		if there[f.Path] {
			names = append(names, f.Path)
		}
	}
	for _, f := range o.Site {
		if _, known := s.list.Find(f.Path); !known && there[f.Path] {
			names = append(names, f.Path)
		}
	}
	sums, err := Sums(ctx, t, names)
	if err != nil {
		return err
	}
	var found []inventory.File
	for i, name := range names {
		_, known := s.list.Find(name)
		if want, wanted := o.Site.Find(name); known || wanted && want.Sum == sums[i] {
			found = append(found, inventory.File{Path: name, Sum: sums[i]})
		}
	}
	if s.list, err = inventory.New(found); err != nil {
		return err
	}
	if t.Embeds() {
		return nil
	}
	s.compress = o.Compress
	return each(ctx, len(s.list), func(ctx context.Context, i int) error { return o.scanVariants(ctx, t, &s.list[i], there) })
}

// scanVariants looks at the compressed files beside a file. Where they are not the ones
// that shall stand, the file counts as one whose bytes nobody knows.
func (o Options) scanVariants(ctx context.Context, t Target, f *inventory.File, there map[string]bool) error {
	if !compressible(f.Path) {
		return nil
	}
	for _, e := range Encodings() {
		name := f.Path + "." + e
		right := there[name] == slices.Contains(o.Compress, e) || o.taken(f.Path, e)
		if right && there[name] && !o.taken(f.Path, e) {
			var err error
			if right, err = holds(ctx, t, name, coding(e), f.Sum); err != nil {
				return err
			}
		}
		if !right {
			f.Sum = render.Sum{}
			return nil
		}
	}
	return nil
}

// foreign finds files that gongbao did not put at the target, and that would be
// replaced.
func (o Options) foreign(ctx context.Context, t Target, steps []inventory.Step, at standing) error {
	if o.Overwrite {
		return nil
	}
	there := map[string]bool{} // by all spellings; Has knows which are one file
	for name := range at.there {
		there[inventory.Fold(name)] = true
	}
	spelt := map[string]render.Sum{} // what goes before another spelling of its name comes
	for _, s := range steps {
		if s.Phase == inventory.Clear {
			spelt[inventory.Fold(s.Path)] = s.Was
		}
	}
	taken := make([]bool, len(steps))
	err := each(ctx, len(steps), func(ctx context.Context, i int) error {
		s := steps[i]
		if s.Stood || s.Deletes() || at.there != nil && !there[inventory.Fold(s.Path)] {
			return nil
		}
		has, err := t.Has(ctx, s.Path)
		if err != nil || !has {
			return err
		}
		sum, err := sumAt(ctx, t, s.Path)
		was, ours := spelt[inventory.Fold(s.Path)]
		taken[i] = sum != s.Sum && (!ours || sum != was && was != render.Sum{})
		return err
	})
	if err != nil {
		return err
	}
	var paths []string
	for i, s := range steps {
		if taken[i] {
			paths = append(paths, s.Path)
		}
	}
	if len(paths) > 0 {
		return about("foreign", paths)
	}
	return nil
}

// each calls do for 0 to n-1 by some workers, and returns an error of one. Then no
// further ones are begun; what is on its way is not broken off, since it might arrive
// after all, and later than what the next run sends.
func each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	work, failed := make(chan int), make(chan error, n)
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for i := range work {
				if err := do(ctx, i); err != nil {
					failed <- err
				}
			}
		})
	}
	for i := 0; i < n && len(failed) == 0 && ctx.Err() == nil; i++ {
		work <- i
	}
	close(work)
	wg.Wait()
	if len(failed) > 0 {
		return <-failed
	}
	return ctx.Err()
}
