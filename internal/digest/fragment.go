package digest

import "gongbao/internal/markup"

// DecodeFragment reads the fragment that Append wrote. It keeps b, which must
// not change afterwards.
func DecodeFragment(b []byte) (*markup.Fragment, error) {
	c := &codec{in: b, reading: true}
	f := &markup.Fragment{}
	codeFragment(c, f)
	if !c.done() {
		return nil, errTorn
	}
	return f, nil
}

func codeFragment(c *codec, f *markup.Fragment) {
	c.bytes(&f.HTML)
	c.bytes(&f.Outline)
	list(c, &f.Slots, func(s *markup.Slot) {
		c.uint(&s.Start)
		c.uint(&s.End)
		c.uint(&s.Index)
		c.bool(&s.Link)
	})
}
