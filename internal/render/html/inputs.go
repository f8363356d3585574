package html

import (
	"cmp"
	"encoding/binary"
	"encoding/json"

	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/render"
)

// FindInputs gives the units that are listed afterwards their Inputs. content is
// the hash of a content file, registers that of all registers.
func (s *Site) FindInputs(content func(contentPath string) digest.Hash, registers []byte) {
	s.content = content
	type list struct {
		Taxonomy, Name, Key, Address string
		Level                        int
	}
	lists := make([]list, len(s.cat.Lists))
	for i, l := range s.cat.Lists {
		lists[i] = list{l.Taxonomy, l.Name, l.Key, l.Address, l.Level}
	}
	site := render.Hash(struct {
		Config any
		Chrome *Chrome
		Lists  []list
		Search bool
	}{s.cat.Config, s.makeChrome(""), lists, s.in.Search != nil}, s.seed, registers)
	s.whole, s.prints = site[:], s.cat.Prints()
}

// Inputs is the print of what is said of an entry anywhere; zero where that is
// not known so cheaply.
func (s *Site) Inputs(e *catalog.Entry) catalog.Print {
	if s.prints == nil {
		return catalog.Print{}
	}
	return s.prints.Page(e, s.content(e.Path)).And(s.whole)
}

// inputs is the print of the page of an entry.
func (p *entryPage) inputs() catalog.Print {
	s, e := p.site, p.e
	of := s.Inputs(e)
	if of == (catalog.Print{}) {
		return of
	}
	b := make([]byte, 0, 256)
	for _, a := range e.Attachments() {
		b = binary.AppendVarint(b, s.in.Size(attachmentPath(e, a.File)))
	}
	b = s.appendFacts(b, e.Address+render.PDFFile)
	if e.Issue != nil {
		b = s.appendFacts(b, e.Issue.Address+"issue.pdf")
	}
	near := catalog.Print{}
	if newest := e.Newest(); s.subject(newest) != nil {
		if l, beside := s.beside(newest); l != nil {
			near = s.prints.List(beside, []byte(l.Address), binary.AppendVarint(nil, int64(cmp.Compare(len(l.Entries), len(beside)))))
		}
	}
	return of.And([]byte(p.file), b, near[:])
}

func (s *Site) appendFacts(b []byte, path string) []byte {
	f, ok := s.in.Facts(path)
	if !ok {
		return append(b, 0)
	}
	b = binary.AppendVarint(append(b, 1), int64(f.Pages))
	return binary.AppendVarint(b, int64(f.Size))
}

// innerInputs is the print of a page of a list that shows entries, and else only
// what is in with.
func (s *Site) innerInputs(es []*catalog.Entry, with any) catalog.Print {
	if s.prints == nil {
		return catalog.Print{}
	}
	b, err := json.Marshal(with)
	if err != nil {
		return catalog.Print{}
	}
	return s.prints.List(es, b, s.whole)
}
