package font

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
)

// Folder is the folder of a site's own fonts. Faces whose file is in it stand
// before those of the system.
const Folder = "fonts/"

// configName is the file in which [pdf.fonts] stands.
const configName = "config.toml"

// Assign decides which of the faces serves each role. want is [pdf.fonts]: the
// name of a family or of a file, which may end in #2 for the face of that index.
// The choice depends on names, weights and the order of faces only: first what
// is configured, then the site's own fonts of the role, then the system's; a
// role that none is made for is served by a stand-in. Each chain goes on with
// the role's other faces, 宋, 黑, 楷, and every other family. Faces that must not
// be embedded are in no chain.
func Assign(faces []*Face, want map[Role]string) (*Set, []diag.Finding) {
	a := assigner{want: want}
	list := listed()
	for i, f := range faces {
		a.all = append(a.all, &candidate{Face: f, trait: traitOf(f, list), site: strings.HasPrefix(f.file, Folder), order: i})
	}
	for _, r := range Roles() {
		a.own = append(a.own, a.ofRole(r))
	}
	s := &Set{}
	for _, r := range Roles() {
		served := a.serve(r)
		chain := a.chain(r, served.Face)
		if len(chain) > 0 {
			served.Fallbacks = chain[1:]
		}
		s.chains, s.served = append(s.chains, chain), append(s.served, served)
	}
	if !a.chinese() {
		a.findings = slices.DeleteFunc(a.findings, func(f diag.Finding) bool { return f.Rule == "font-standin" })
		a.report("font-none")
	}
	return s, diag.Sort(a.findings)
}

// A candidate is a face with what decides about it.
type candidate struct {
	*Face
	trait
	site  bool
	order int
	tried bool
	good  bool
}

type assigner struct {
	want     map[Role]string
	all      []*candidate
	own      [][]*candidate // by role: those made for it, the best first
	findings []diag.Finding
}

func (a *assigner) report(rule string, args ...string) {
	a.findings = append(a.findings, diag.New(rule, diag.Pos{File: configName}, args...))
}

// The weights: of text, and of what stands in for 小标宋.
const regular, bold = 400, 600

// compare orders faces: the site's own, upright ones, the preferred families,
// the weight nearest to the one that is looked for.
func compare(weight int) func(x, y *candidate) int {
	distance := func(c *candidate) int { return max(c.weight-weight, weight-c.weight) }
	number := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return func(x, y *candidate) int {
		return cmp.Or(
			number(y.site)-number(x.site),
			number(x.foreign)-number(y.foreign),
			number(x.italic)-number(y.italic),
			number(!x.known)-number(!y.known),
			x.place-y.place,
			distance(x)-distance(y),
			x.order-y.order,
		)
	}
}

// ofRole returns the faces made for a role.
func (a *assigner) ofRole(r Role) []*candidate {
	var out []*candidate
	for _, c := range a.all {
		if c.known && c.role == r && !c.foreign {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, compare(regular))
	return out
}

// usable reports whether a face can set Chinese text, and looks at one glyph
// of it.
func (c *candidate) usable() bool {
	if !c.tried {
		c.tried = true
		for _, r := range "国务发门" { // written otherwise where fonts are not made for the mainland
			if !c.Has(r) {
				return false
			}
		}
		g, err := c.glyph(c.metrics.chars.glyph('国'))
		c.good = err == nil && len(g.data) > 0
	}
	return c.good
}

// first returns the first usable face that may be embedded. It reports those
// that would have served r but for their licence.
func (a *assigner) first(r Role, cs []*candidate) *candidate {
	refused := map[string]bool{}
	for _, c := range cs {
		switch {
		case !c.Embeddable():
			if !refused[c.file] && c.usable() {
				refused[c.file] = true
				a.report("font-licence", c.Name(), c.file)
			}
		case c.usable():
			return c
		}
	}
	return nil
}

// serve finds the face of a role.
func (a *assigner) serve(r Role) Served {
	s := Served{Role: r}
	if name := a.want[r]; name != "" {
		if c := a.configured(r, name); c != nil {
			s.Face, s.Configured = c.Face, true
			return s
		}
	}
	if c := a.first(r, a.own[r]); c != nil {
		s.Face = c.Face
		return s
	}
	c := a.standin(r)
	if c == nil {
		return s
	}
	s.Face, s.Standin = c.Face, true
	a.report("font-standin", "type.font-"+r.String(), c.Name(), r.String())
	return s
}

// configured returns the face that config.toml names, nil with a finding if
// there is none that can be used.
func (a *assigner) configured(r Role, name string) *candidate {
	weight := regular
	if r == Biaosong {
		weight = bold
	}
	var found []*candidate
	for _, c := range a.all {
		if c.called(name) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, compare(weight))
	for _, c := range found {
		if c.Embeddable() && c.load().glyphs > 0 {
			return c
		}
	}
	if len(found) > 0 && !found[0].Embeddable() {
		a.report("font-licence", found[0].Name(), found[0].file)
		return nil
	}
	a.report("font-missing", r.String(), name, Folder)
	return nil
}

// called reports whether name is one of the face's families, its full name, or
// its file.
func (c *candidate) called(name string) bool {
	if file, index, ok := strings.Cut(name, "#"); ok {
		n, err := strconv.Atoi(index)
		return err == nil && n == c.index && c.called(file)
	}
	return NamesFile(name, c.file) || slices.ContainsFunc(c.families, func(f string) bool { return fold(f) == fold(name) })
}

// NamesFile reports whether a value of [pdf.fonts] means a file: it is the
// file's whole path, its name, or its name without the ending.
func NamesFile(name, file string) bool {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	return name == file || strings.EqualFold(name, base) || strings.EqualFold(name, strings.TrimSuffix(base, path.Ext(base)))
}

// standin returns the face that comes nearest to a role that nothing is made
// for.
func (a *assigner) standin(r Role) *candidate {
	near := map[Role][]Role{
		Song: {Fangsong, Kai, Hei}, Fangsong: {Song, Kai, Hei}, Hei: {Song, Fangsong, Kai},
		Kai: {Fangsong, Song, Hei}, Biaosong: {Song, Hei, Fangsong, Kai},
	}
	if r == Biaosong || r == Hei { // a bold 宋 comes nearer
		heavy := slices.DeleteFunc(slices.Clone(a.own[Song]), func(c *candidate) bool { return c.weight < bold })
		slices.SortStableFunc(heavy, compare(bold))
		if c := firstGood(heavy); c != nil {
			return c
		}
	}
	for _, n := range near[r] {
		if c := firstGood(a.own[n]); c != nil {
			return c
		}
	}
	rest := slices.Clone(a.all)
	slices.SortStableFunc(rest, compare(regular))
	return firstGood(rest)
}

func firstGood(cs []*candidate) *candidate {
	for _, c := range cs {
		if c.Embeddable() && c.usable() {
			return c
		}
	}
	return nil
}

// chain returns the faces in which a character of a role is looked for: one of
// each family, each face once.
func (a *assigner) chain(r Role, head *Face) []*Face {
	if head == nil {
		return a.others(nil, map[string]bool{})
	}
	seen := map[string]bool{family(head): true}
	chain := []*Face{head}
	for _, role := range []Role{r, Song, Hei, Kai} {
		for _, c := range a.own[role] {
			if !seen[family(c.Face)] && c.Embeddable() && c.usable() {
				seen[family(c.Face)] = true
				chain = append(chain, c.Face)
			}
		}
	}
	return a.others(chain, seen)
}

// others appends a face of every family that is not in the chain yet. In the
// collections of a family that is in it, the faces of other countries have the
// same characters.
func (a *assigner) others(chain []*Face, seen map[string]bool) []*Face {
	covered := map[string]bool{}
	for _, c := range a.all {
		if seen[family(c.Face)] {
			covered[c.file] = true
		}
	}
	rest := slices.Clone(a.all)
	slices.SortStableFunc(rest, compare(regular))
	for _, c := range rest {
		if !seen[family(c.Face)] && c.Embeddable() && !(c.foreign && covered[c.file]) {
			seen[family(c.Face)] = true
			chain = append(chain, c.Face)
		}
	}
	return chain
}

// family is what the faces of one family have in common.
func family(f *Face) string {
	if len(f.families) > 0 {
		return fold(f.families[0])
	}
	return f.file + "#" + strconv.Itoa(f.index)
}

// chinese reports whether any face can set Chinese text.
func (a *assigner) chinese() bool {
	return slices.ContainsFunc(a.all, func(c *candidate) bool { return c.Embeddable() && c.usable() })
}
