package deploy

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"gongbao/internal/inventory"
	"gongbao/internal/render"
)

// A Difference is what stands at a target and should not, or the other way round: paths,
// sorted, never nil. Foreign files are none of gongbao's business and no fault.
type Difference struct {
	Missing  []string `json:"missing"`  // not there
	Changed  []string `json:"changed"`  // there with other bytes; a compressed file whose file is another, too
	Leftover []string `json:"leftover"` // ought to be deleted
	Foreign  []string `json:"foreign"`  // gongbao did not put them there
	Right    int      `json:"right"`    // files that are there as they should be
}

// Same reports whether all that should stand stands, and nothing that should not.
func (d Difference) Same() bool { return len(d.Missing)+len(d.Changed)+len(d.Leftover) == 0 }

// Check reads every file of a target and compares it with a list. gone are paths that
// stood once and should be no more; what the target's own state names counts as such.
func Check(ctx context.Context, t Target, want inventory.List, gone []string, progress func(done, total int)) (Difference, error) {
	d := Difference{Missing: []string{}, Changed: []string{}, Leftover: []string{}, Foreign: []string{}}
	s, err := stands(ctx, t)
	if err != nil {
		return d, err
	}
	left := map[string]bool{}
	for _, f := range s.list {
		left[f.Path] = true
	}
	for _, p := range gone {
		left[p] = true
	}
	var there []string
	if err := t.List(ctx, func(name string) { there = append(there, name) }); err != nil {
		return d, err
	}
	slices.Sort(there)
	type kind struct {
		path string // whose bytes it has
		as   string // coding, where it is a compressed one
		want render.Sum
	}
	kinds := make([]kind, len(there))
	for i, name := range there {
		f, ok := want.Find(name)
		if !ok {
			for _, e := range Encodings() {
				if plain, cut := strings.CutSuffix(name, "."+e); cut && compressible(plain) {
					if f, ok = want.Find(plain); ok {
						kinds[i].as = coding(e)
					}
				}
			}
		}
		if ok {
			kinds[i].path, kinds[i].want = f.Path, f.Sum
		}
	}
	same := make([]bool, len(there))
	err = each(ctx, len(there), func(ctx context.Context, i int) error {
		if progress != nil && i%100 == 0 {
			progress(i, len(there))
		}
		if kinds[i].path == "" {
			return nil
		}
		var err error
		same[i], err = holds(ctx, t, there[i], kinds[i].as, kinds[i].want)
		return err
	})
	if err != nil {
		return d, err
	}
	found := map[string]bool{}
	for i, name := range there {
		switch {
		case ours(name) || strings.HasPrefix(name, inventory.Folder):
		case kinds[i].path == "" && left[name]:
			d.Leftover = append(d.Leftover, name)
		case kinds[i].path == "":
			d.Foreign = append(d.Foreign, name)
		case !same[i]:
			d.Changed = append(d.Changed, name)
		case kinds[i].as == "":
			d.Right++
		}
		if kinds[i].path == name {
			found[name] = true
		}
	}
	for _, f := range want {
		if !found[f.Path] {
			d.Missing = append(d.Missing, f.Path)
		}
	}
	return d, nil
}

// holds reports whether a file has the bytes of a sum, read through a coding.
func holds(ctx context.Context, t Target, name, as string, want render.Sum) (bool, error) {
	if as == "" {
		sum, err := sumAt(ctx, t, name)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return sum == want, err
	}
	r, err := t.Get(ctx, name)
	if err != nil {
		return false, err
	}
	defer r.Close()
	sum, err := sumOf(decoded(r, as))
	return sum == want, err
}
