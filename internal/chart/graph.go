package chart

// A Side is where a document stands to the one in the middle.
type Side int

// The sides: what the document stands on, what it changes, what changes it, what
// follows from it.
const (
	Above Side = iota
	Left
	Right
	Below
	Sides // how many there are
)

// A Node is a document as a picture needs it.
type Node struct {
	Label string   // what it has to do with the one in the middle
	Ways  []string // its title, and shorter forms of it: the first that fits is shown, else the last, cut
}

// A Line is a line of text; X and Y are the beginning of its base line.
type Line struct {
	X, Y int
	Text string
}

// A Box is a node with its place.
type Box struct {
	Side       Side
	Node       int // index in the nodes of its side; of More how many are shown
	More       int // how many nodes are not shown; 0 for a box of a node
	X, Y, W, H int
	Label      Line
	Lines      []Line
}

// A Path is a line from one point to another.
type Path [2][2]int

// A Tip is the head of an arrow: its point, and where it looks.
type Tip struct{ X, Y, DX, DY int }

// A Graph is a picture: one upright form, of the width of a phone, that also
// stands on a wide page.
type Graph struct {
	W, H   int
	Middle Box
	Boxes  []Box
	Paths  []Path
	Tips   []Tip
}

// Measures of a graph, in units of which a phone is GraphWidth wide.
const (
	GraphWidth = 336
	TextSize   = 14 // of titles
	LabelSize  = 12
	mostNodes  = 12 // boxes around the middle
	mostSide   = 5  // on one side
	leastBox   = 44
	pad        = 9
	leading    = 19
	gap        = 10
	stem       = 22 // between the middle and what stands above or below
	gutter     = 32 // between left and right
)

// Surround lays out the documents around one, at most mostNodes of them; nodes are
// by side, the most important first. more words the box of n that are left out.
func Surround(middle Node, nodes [Sides][]Node, more func(side Side, n int) string) Graph {
	g := Graph{W: GraphWidth}
	shown := shares([Sides]int{len(nodes[Above]), len(nodes[Left]), len(nodes[Right]), len(nodes[Below])})
	y := 1
	for i := range shown[Above] {
		b := box(Above, i, nodes[Above], shown[Above], more, GraphWidth-2, 2)
		y = g.put(b, 1, y) + gap
	}
	if shown[Above] > 0 {
		y += stem - gap
		g.Paths = append(g.Paths, Path{{GraphWidth / 2, y - stem}, {GraphWidth / 2, y - 1}})
		g.Tips = append(g.Tips, Tip{GraphWidth / 2, y - 1, 0, 1})
	}
	g.Middle = fill(Box{W: GraphWidth - 2}, middle, 2)
	g.Middle.X, g.Middle.Y = 1, y
	y += g.Middle.H
	y = g.wings(nodes, shown, more, y)
	if shown[Below] > 0 {
		at := trunk(shown)
		g.Paths = append(g.Paths, Path{{at, g.Middle.Y + g.Middle.H}, {at, y + stem - 1}})
		g.Tips = append(g.Tips, Tip{at, y + stem - 1, 0, 1})
		y += stem
		for i := range shown[Below] {
			b := box(Below, i, nodes[Below], shown[Below], more, GraphWidth-2, 2)
			y = g.put(b, 1, y) + gap
		}
		y -= gap
	}
	g.H = y + 1
	g.Middle.settle()
	for i := range g.Boxes {
		g.Boxes[i].settle()
	}
	return g
}

// settle moves the text of a box to where the box stands.
func (b *Box) settle() {
	move := func(l *Line) { l.X, l.Y = l.X+b.X, l.Y+b.Y }
	if b.Label.Text != "" {
		move(&b.Label)
	}
	for i := range b.Lines {
		move(&b.Lines[i])
	}
}

// shares says how many boxes each side has: one after the other has one more, so
// that no side crowds out the others.
func shares(have [Sides]int) (out [Sides]int) {
	for left := mostNodes; left > 0; {
		given := false
		for s := range out {
			if left > 0 && out[s] < min(have[s], mostSide) {
				out[s]++
				left--
				given = true
			}
		}
		if !given {
			break
		}
	}
	return out
}

// wings puts what is left and right below the middle, on both sides of a trunk,
// and returns where they end. Where there is one side only, it is wider.
func (g *Graph) wings(nodes [Sides][]Node, shown [Sides]int, more func(Side, int) string, y int) int {
	if shown[Left]+shown[Right] == 0 {
		return y
	}
	at, ends, last := trunk(shown), [2]int{y, y}, y
	for k, side := range []Side{Left, Right} {
		end := y + stem
		for i := range shown[side] {
			x, w := 1, at-gutter/2-1
			if side == Right {
				x = at + gutter/2
				w = GraphWidth - 1 - x
			}
			b := box(side, i, nodes[side], shown[side], more, w, 3)
			b.X, b.Y = x, end
			g.Boxes = append(g.Boxes, b)
			mid := end + b.H/2
			last = max(last, mid)
			if side == Left { // the middle acts on it
				g.Paths = append(g.Paths, Path{{at, mid}, {x + w + 1, mid}})
				g.Tips = append(g.Tips, Tip{x + w + 1, mid, -1, 0})
			} else {
				g.Paths = append(g.Paths, Path{{x, mid}, {at + 1, mid}})
				g.Tips = append(g.Tips, Tip{at + 1, mid, -1, 0})
			}
			end += b.H + gap
		}
		ends[k] = end - gap
	}
	if shown[Right] > 0 { // which acts on the middle
		g.Tips = append(g.Tips, Tip{at, y + 1, 0, -1})
	}
	if shown[Below] == 0 {
		g.Paths = append(g.Paths, Path{{at, y}, {at, last}})
	}
	return max(ends[0], ends[1])
}

// trunk is where the line down from the middle stands.
func trunk(shown [Sides]int) int {
	switch {
	case shown[Left] > 0 && shown[Right] == 0:
		return GraphWidth - gutter/2 - 1
	case shown[Right] > 0 && shown[Left] == 0:
		return gutter/2 + 1
	}
	return GraphWidth / 2
}

// put places a box and returns where it ends.
func (g *Graph) put(b Box, x, y int) int {
	b.X, b.Y = x, y
	g.Boxes = append(g.Boxes, b)
	return y + b.H
}

// box makes box i of a side of which n are shown: the last stands for the rest.
func box(side Side, i int, nodes []Node, n int, more func(Side, int) string, w, lines int) Box {
	if i == n-1 && n < len(nodes) {
		rest := len(nodes) - i
		return fill(Box{Side: side, Node: i, More: rest, W: w}, Node{Ways: []string{more(side, rest)}}, 2)
	}
	return fill(Box{Side: side, Node: i, W: w}, nodes[i], lines)
}

// fill sets the text of a box and its height; the box still stands at 0, 0.
func fill(b Box, n Node, most int) Box {
	room := (b.W - 2*pad) * Em / TextSize
	var lines []string
	for _, way := range n.Ways {
		var whole bool
		if lines, whole = wrap(way, room, most); whole {
			break
		}
	}
	y := pad
	if label := Wrap(n.Label, (b.W-2*pad)*Em/LabelSize, 1); len(label) > 0 {
		y += LabelSize
		b.Label = Line{pad, y - 1, label[0]}
		y += 5
	}
	for _, l := range lines {
		b.Lines = append(b.Lines, Line{pad, y + TextSize - 1, l})
		y += leading
	}
	b.H = y - (leading - TextSize) + pad
	if low := leastBox - b.H; low > 0 { // a finger must hit it
		for i := range b.Lines {
			b.Lines[i].Y += low / 2
		}
		b.H = leastBox
	}
	return b
}
