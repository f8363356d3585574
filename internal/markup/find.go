package markup

// A TitleMatch is a title in running text: s[Start:End] is 《…》 with its
// brackets, Title what stands between the outermost ones.
type TitleMatch struct {
	Start, End int
	Title      string
}

// FindTitles returns the outermost 《…》 of s in order; 〈〉, <> and 《》 inside
// belong to the title. A bracket that does not close within 600 bytes or on its
// line opens none.
func FindTitles(s string) []TitleMatch {
	spans := findTitles(s)
	if spans == nil {
		return nil
	}
	out := make([]TitleMatch, len(spans))
	for i, t := range spans {
		out[i] = TitleMatch{t.start, t.end, t.ref.Title}
	}
	return out
}

// Articles returns the number of 条 of the text itself, without those of its
// annexes.
func (t *Tree) Articles() int {
	n := 0
	var count func([]*Block)
	count = func(bs []*Block) {
		for _, b := range bs {
			switch b.Unit {
			case Component:
				continue
			case Article:
				n++
			default:
				count(b.Blocks)
			}
		}
	}
	count(t.Blocks)
	return n
}
