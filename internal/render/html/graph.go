package html

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/chart"
	"gongbao/internal/gazette"
)

// A Graph is a picture of the documents around a document. What it shows stands
// as text in the groups that DescribedBy names.
type Graph struct {
	W, H        int    // in its own units
	Wide, High  string // in em: it grows with the type
	DescribedBy string // ids on the page
	Lines       string // path data of lines and of heads of arrows
	Tips        string
	Boxes       []GraphBox
}

// A GraphBox is a document, or what stands for several.
type GraphBox struct {
	Class      string // "me", "more" or ""
	X, Y, W, H int
	Label      chart.Line
	Lines      []chart.Line
	Href       string // "" for none
	Name       string // all that the box stands for: role and whole title
}

// graphKinds are the relations that a picture shows, with the side of the document
// that has one and of the document that it is of. 引用 is left out: everybody cites.
var graphKinds = []struct {
	kind     gazette.RelationKind
	to, from chart.Side
}{
	{gazette.Repeals, chart.Left, chart.Right}, {gazette.Replaces, chart.Left, chart.Right}, {gazette.Lapses, chart.Left, chart.Right},
	{gazette.Amends, chart.Left, chart.Right}, {gazette.Extends, chart.Left, chart.Right}, {gazette.Continues, chart.Left, chart.Right},
	{gazette.Suspends, chart.Left, chart.Right}, {gazette.Resumes, chart.Left, chart.Right}, {gazette.Corrects, chart.Left, chart.Right},
	{gazette.BasedOn, chart.Above, chart.Below}, {gazette.Implements, chart.Above, chart.Below}, {gazette.Transmits, chart.Above, chart.Below},
	{gazette.RepliesTo, chart.Above, chart.Below}, {gazette.Interprets, chart.Above, chart.Below},
}

// A neighbour is a document around another one.
type neighbour struct {
	link   DocLink
	labels []string
}

// graph is the picture of what is around a document; nil where that is less than
// two: one arrow says nothing that the text does not say better.
func (s *Site) graph(file string, e *catalog.Entry) *Graph {
	around := s.neighbours(file, e)
	total := 0
	var nodes [chart.Sides][]chart.Node
	for side, ns := range around {
		total += len(ns)
		for _, n := range ns {
			nodes[side] = append(nodes[side], chart.Node{Label: s.roles(n), Ways: titleWays(n.link.Title)})
		}
	}
	if total < 2 {
		return nil
	}
	me := chart.Node{Label: s.strings.T("graph.me"), Ways: titleWays(e.Title())}
	picture := chart.Surround(me, nodes, func(_ chart.Side, n int) string { return s.strings.T("graph.more", itoa(n)) })
	g := &Graph{W: picture.W, H: picture.H, Wide: ems(picture.W), High: ems(picture.H), DescribedBy: "relations"}
	if len(e.AboutBy) > 0 {
		g.DescribedBy = "related"
		if len(e.Relations)+len(e.Inverse) > 0 {
			g.DescribedBy = "related relations"
		}
	}
	g.Lines, g.Tips = paths(picture)
	add := func(b chart.Box, class, name, href string) {
		g.Boxes = append(g.Boxes, GraphBox{class, b.X, b.Y, b.W, b.H, b.Label, b.Lines, href, name})
	}
	add(picture.Middle, "me", s.strings.T("graph.name", me.Label, e.Title()), "")
	for _, b := range picture.Boxes {
		if b.More > 0 {
			to := "#relations"
			if b.Side == chart.Below && len(e.AboutBy) > 0 {
				to = "#related"
			}
			add(b, "more", s.strings.T("graph.more-name", itoa(b.More)), to)
			continue
		}
		n := around[b.Side][b.Node]
		add(b, "", s.strings.T("graph.name", s.roles(n), n.link.Title), n.link.Href)
	}
	return g
}

// roles are what a neighbour has to do with the document.
func (s *Site) roles(n neighbour) string { return join(n.labels, s.strings.T("graph.and")) }

// neighbours are the documents around a document by side: what it does to others
// and others do to it, newest first, as its page lists them.
func (s *Site) neighbours(file string, e *catalog.Entry) (out [chart.Sides][]neighbour) {
	add := func(side chart.Side, l DocLink, label string) {
		i := slices.IndexFunc(out[side], func(n neighbour) bool { return n.link.Href == l.Href && n.link.Title == l.Title })
		if i < 0 {
			out[side] = append(out[side], neighbour{link: l, labels: []string{label}})
		} else if !slices.Contains(out[side][i].labels, label) {
			out[side][i].labels = append(out[side][i].labels, label)
		}
	}
	for _, t := range gazette.Types() {
		for _, a := range e.AboutBy {
			if a.Type == t {
				add(chart.Below, s.graphLink(file, a), s.strings.T("related."+t.Folder()))
			}
		}
	}
	for _, k := range graphKinds {
		for _, r := range e.Relations {
			if r.Kind == k.kind {
				l := DocLink{Title: strings.Trim(r.Relation.Target, "《》")}
				if r.Target.Known() {
					l = s.graphTarget(file, r.Target)
				}
				add(k.to, l, s.strings.T("graph."+string(k.kind)))
			}
		}
		for _, r := range e.Inverse {
			if r.Kind == k.kind {
				add(k.from, s.graphLink(file, r.By), s.strings.T("graph."+string(k.kind)+".inverse"))
			}
		}
	}
	return out
}

// graphLink is a docLink without what a picture does not show.
func (s *Site) graphLink(file string, e *catalog.Entry) DocLink {
	return DocLink{Title: e.Called(), Href: rel(file, e.Address+"index.html")}
}

func (s *Site) graphTarget(file string, t catalog.Target) DocLink {
	if t.Entry != nil {
		return s.graphLink(file, t.Entry)
	}
	return DocLink{Title: t.External.Title, Href: outside(file, t)}
}

// titleWays is a title in forms of which the first that fits is shown: whole, and
// without what all titles of an issuer begin and end with. A mark stands wherever
// something is left out.
func titleWays(title string) []string {
	ways := []string{title}
	core := title
	if _, rest, ok := strings.Cut(title, "关于"); ok {
		core = chart.Ellipsis + "关于" + rest
		if rest, ok := strings.CutPrefix(rest, "印发"); ok {
			core = chart.Ellipsis + strings.TrimSuffix(rest, "的通知")
			if strings.HasSuffix(rest, "的通知") {
				core += chart.Ellipsis
			}
		}
	}
	if core != title {
		ways = append(ways, core)
	}
	return ways
}

// paths are the lines and the heads of arrows of a picture as path data of SVG.
func paths(g chart.Graph) (lines, tips string) {
	var b, c strings.Builder
	num := func(b *strings.Builder, before string, x, y int) {
		b.WriteString(before + strconv.Itoa(x) + " " + strconv.Itoa(y))
	}
	for _, p := range g.Paths {
		num(&b, "M", p[0][0], p[0][1])
		num(&b, "L", p[1][0], p[1][1])
	}
	const long, half = 7, 4
	for _, t := range g.Tips {
		num(&c, "M", t.X, t.Y)
		num(&c, "l", -t.DX*long-t.DY*half, -t.DY*long-t.DX*half)
		num(&c, "l", 2*t.DY*half, 2*t.DX*half)
		c.WriteByte('z')
	}
	return b.String(), c.String()
}

// ems is a length of a picture in em, of which 16 units are one.
func ems(units int) string {
	return strconv.Itoa(units/16) + "." + strconv.Itoa(units%16*100/16/10) + strconv.Itoa(units%16*100/16%10) + "em"
}
