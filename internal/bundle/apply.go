package bundle

import (
	"cmp"
	"context"
	"io"
	"slices"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// Apply loads a bundle into a folder that holds the state on which it builds, or that
// an interrupted loading of it left. Options are those of deploy.Run but for what the
// bundle itself says. It touches nothing before everything is right:
//
//   - the bundle: Verify is asked first;
//   - files of the site that are not in the bundle stand in the folder as the lists say,
//     else another bundle comes before this one;
//   - files that it replaces or deletes are those of the former state, unless
//     Options.Overwrite is set.
//
// Options.Compress is what it was unless it is set. A folder whose own state says that it
// is the right one is believed as to files that are not touched.
func Apply(ctx context.Context, t deploy.Target, b *Bundle, o deploy.Options) (deploy.Report, error) {
	if err := b.Verify(ctx, o.Progress); err != nil {
		return deploy.Report{}, err
	}
	now, err := deploy.Stands(ctx, t)
	if err != nil {
		return deploy.Report{}, err
	}
	o.Site, o.Of = b.Site, cmp.Or(b.Manifest.BaseURL, b.Manifest.Title)
	o.Source = func(path string) (io.ReadCloser, error) {
		if b.files[path] == nil {
			return t.Get(ctx, path) // it only gets or loses compressed files
		}
		return b.Source(path)
	}
	if o.Compress == nil {
		o.Compress = now.Compress
	}
	if b.From == nil {
		return deploy.Run(ctx, t, o)
	}
	if now.To == b.Manifest.To || now.Whole && now.State == b.Manifest.To {
		return deploy.Run(ctx, t, o) // goes on, or finds nothing to do
	}
	known := now.Whole && now.State == b.Manifest.From
	found, err := b.base(ctx, t, now, known, o.Overwrite)
	if err != nil {
		return deploy.Report{}, err
	}
	if !known {
		o.Stood = found
	}
	return deploy.Run(ctx, t, o)
}

// base looks whether a folder is at the state on which the bundle builds, file by file:
// those that the bundle touches, and unless it is known to be all others. now is what the
// folder says itself. It returns what stands of either state.
func (b *Bundle) base(ctx context.Context, t deploy.Target, now deploy.Known, known, overwrite bool) (inventory.List, error) {
	touched := map[string]bool{}
	for _, s := range inventory.Plan(b.From, b.Site, nil) {
		touched[s.Path] = true
	}
	var look []string
	for p := range touched {
		look = append(look, p)
	}
	if !known {
		for _, f := range b.From {
			if !touched[f.Path] {
				look = append(look, f.Path)
			}
		}
	}
	slices.Sort(look)
	there, err := deploy.Sums(ctx, t, look)
	if err != nil {
		return nil, err
	}
	spelt := map[string]render.Sum{} // what goes, by all spellings of its name
	for _, p := range b.Deleted {
		was, _ := b.From.Find(p)
		spelt[inventory.Fold(p)] = was.Sum
	}
	var found []inventory.File
	var base, own []string // wrong ones
	for i, p := range look {
		was, stood := b.From.Find(p)
		will, stays := b.Site.Find(p)
		sum := there[i]
		right := sum == was.Sum && stood || sum == will.Sum && stays || sum == (render.Sum{}) && (!stood || !stays)
		switch {
		case right || touched[p] && overwrite || !stood && sum == spelt[inventory.Fold(p)]:
		case !touched[p] || sum == (render.Sum{}) || isOf(now.Files, p, sum):
			base = append(base, p) // of another edition, not by another hand
		default:
			own = append(own, p)
		}
		if sum != (render.Sum{}) && stood {
			found = append(found, inventory.File{Path: p, Sum: sum})
		}
	}
	switch {
	case len(base) > 0:
		return nil, &deploy.Problem{Key: "bundle-base", Args: []string{short(cmp.Or(now.State, "?")), short(b.Manifest.From)}, Paths: base[:min(len(base), 10)], Count: len(base)}
	case len(own) > 0:
		return nil, &deploy.Problem{Key: "foreign", Paths: own[:min(len(own), 10)], Count: len(own)}
	}
	return inventory.New(found)
}

// isOf reports whether a list has a file of these bytes.
func isOf(l inventory.List, path string, sum render.Sum) bool {
	f, ok := l.Find(path)
	return ok && f.Sum == sum
}

// short is the beginning of the name of a state, as people read it.
func short(state string) string { return state[:min(len(state), 12)] }
