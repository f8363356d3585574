package build

import (
	"path"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/render"
)

// An oldAddress is a redirect or a grave: an address that people wrote, and
// that a page which the site makes may have.
type oldAddress struct {
	written string
	pos     diag.Pos
}

// collisions reports files that two units would write, and files that would
// stand where another needs a folder. Names that a file system without cases
// cannot tell apart count as one. An old address that is in the way is the
// thing to mend, so it is reported where it is written.
func (s *Site) collisions(units []render.Unit) []diag.Finding {
	var out []diag.Finding
	old := s.oldAddresses()
	seen := make(map[string]bool, len(units))
	for i := range units {
		name := strings.ToLower(units[i].Path)
		if seen[name] {
			out = append(out, s.collision(old, units, i))
		}
		seen[name] = true
		for dir := path.Dir(name); dir != "." && len(old) > 0; dir = path.Dir(dir) {
			if o, ok := old[dir]; ok {
				out = append(out, diag.New("alias-conflict", o.pos, o.written, units[i].Path))
			}
		}
	}
	for i := range units {
		o, ok := old[strings.ToLower(units[i].Path)]
		for dir := path.Dir(units[i].Path); ok && dir != "."; dir = path.Dir(dir) {
			if _, isOld := old[strings.ToLower(dir)]; seen[strings.ToLower(dir)] && !isOld {
				out = append(out, diag.New("alias-conflict", o.pos, o.written, dir))
			}
		}
	}
	return out
}

// oldAddresses are all redirects and graves by the file that they write.
func (s *Site) oldAddresses() map[string]oldAddress {
	out := make(map[string]oldAddress, len(s.Catalog.Redirects)+len(s.Catalog.Graves))
	add := func(address, written string, pos diag.Pos) {
		file := strings.ToLower(address)
		if strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		out[file] = oldAddress{written, pos}
	}
	for _, r := range s.Catalog.Redirects {
		add(r.From, r.Written, r.Pos)
	}
	for _, g := range s.Catalog.Graves {
		add(g.Address, g.Address, g.Pos)
	}
	return out
}

// collision is the finding for a unit whose file an earlier one writes.
func (s *Site) collision(old map[string]oldAddress, units []render.Unit, i int) diag.Finding {
	name := units[i].Path
	first := slices.IndexFunc(units, func(u render.Unit) bool { return strings.EqualFold(u.Path, name) })
	if o, ok := old[strings.ToLower(name)]; ok {
		return diag.New("alias-conflict", o.pos, o.written, units[first].Path)
	}
	pos := diag.Pos{File: name}
	var owner *catalog.Entry
	for _, e := range s.Catalog.Entries {
		if strings.HasPrefix(name, e.Address) && (owner == nil || len(e.Address) > len(owner.Address)) {
			owner, pos = e, e.Start()
		}
	}
	return diag.New("address-duplicate", pos, name)
}
