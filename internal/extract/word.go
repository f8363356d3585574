package extract

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// HiddenText is the problem of text that Word does not print: somebody may
// have meant it to stand there.
const HiddenText ProblemKind = "hidden"

const (
	wordProblems = 200 // one file names no more
	wordQuote    = 40  // characters of the text that a problem quotes
)

// A wordReader reads one Word file.
type wordReader struct {
	pkg      *wordPackage
	doc      *Document
	main     string             // name of the part with the text
	rels     map[string]wordRel // of it
	root     map[string]wordRel // of the file
	styles   wordStyles
	numbers  wordNumbers
	line     int
	accept   bool
	keepAll  bool // text that is not printed stays
	keepTOC  bool
	noted    map[string]int // footnotes by part and ID, to their number
	notes    map[string]map[string]*wordNode
	noteRels map[string]map[string]wordRel
	pictures map[string]string // part to name
	names    map[string]int    // how often a name of pictures was asked for
	running  []string          // headers and footers, in the order of sections
	seen     map[Problem]bool
}

// readWord reads a .docx file, or .docm and .dotx, which differ in nothing
// that counts here. Paragraphs come as they are printed: with their numbers,
// without hidden text and fields' instructions; those without text give no
// block but count in Line. Where a page break stands inside a paragraph it is
// two blocks. Text boxes and pictures come right after the paragraph or table
// that holds them. Errors are of type *Problem.
func readWord(b []byte, o Options) (*Document, error) {
	pkg, err := openWord(b)
	if err != nil {
		return nil, err
	}
	r := &wordReader{
		pkg: pkg, doc: &Document{Format: Word}, accept: o.Accept,
		keepAll: slices.Contains(o.Off, Hidden), keepTOC: slices.Contains(o.Off, Furniture),
		noted: map[string]int{}, notes: map[string]map[string]*wordNode{}, noteRels: map[string]map[string]wordRel{},
		pictures: map[string]string{}, names: map[string]int{}, seen: map[Problem]bool{},
	}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.doc, nil
}

func (r *wordReader) read() error {
	text, err := r.open()
	if err != nil {
		return err
	}
	styles, err := r.part("styles")
	if err != nil {
		return err
	}
	r.styles = readStyles(styles)
	numbers, err := r.part("numbering")
	if err != nil {
		return err
	}
	r.numbers = readNumbers(numbers, r.styles)
	if err := r.body(text); err != nil {
		return err
	}
	if err := r.headers(); err != nil {
		return err
	}
	if err := r.comments(); err != nil {
		return err
	}
	r.warn()
	return r.properties()
}

// open finds the part with the text and its relationships.
func (r *wordReader) open() ([]byte, error) {
	var err error
	if r.root, err = r.pkg.rels(""); err != nil {
		return nil, err
	}
	r.main = "word/document.xml"
	if name := relatedPart(r.root, "officeDocument"); name != "" && r.pkg.has(name) {
		r.main = name
	}
	text, err := r.pkg.read(r.main)
	if errors.Is(err, errNoPart) {
		for _, other := range [][2]string{{"xl/workbook.xml", "xlsx"}, {"ppt/presentation.xml", "pptx"}, {"OFD.xml", "ofd"}, {"content.xml", "odt"}} {
			if r.pkg.has(other[0]) {
				return nil, &Problem{Kind: Mislabelled, Detail: other[1]}
			}
		}
		return nil, &Problem{Kind: Broken, Detail: r.main}
	}
	if err != nil {
		return nil, err
	}
	r.rels, err = r.pkg.rels(r.main)
	return text, err
}

// relatedPart is the part of that kind, "" for none.
func relatedPart(rels map[string]wordRel, kind string) string {
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		if rel := rels[id]; rel.kind == kind && !rel.external {
			return rel.target
		}
	}
	return ""
}

// part reads a part beside the text: nil where there is none, or where it is
// broken, which is a problem but no reason to stop.
func (r *wordReader) part(kind string) (*wordNode, error) {
	name := relatedPart(r.rels, kind)
	if name == "" {
		return nil, nil
	}
	return r.tree(name)
}

func (r *wordReader) tree(name string) (*wordNode, error) {
	n, err := r.pkg.tree(name)
	if tooLarge(err) {
		return nil, err
	}
	if err != nil {
		r.problem(Broken, name, 0)
		return nil, nil
	}
	return n, nil
}

// body reads the text, block by block.
func (r *wordReader) body(text []byte) error {
	x := newWordParser(text, r.main, &r.pkg.nodes)
	root, err := x.start()
	if err != nil {
		return err
	}
	if root == nil || root.name != "w:document" {
		return &Problem{Kind: Mislabelled, Detail: r.main}
	}
	f := &wordFlow{rels: r.rels}
	for {
		n, err := x.start()
		if err != nil {
			return err
		}
		if n == nil {
			break
		}
		if n.name != "w:body" {
			if err := x.fill(n); err != nil {
				return err
			}
			continue
		}
		for {
			k, err := x.start()
			if err != nil {
				return err
			}
			if k == nil {
				break
			}
			if err := x.fill(k); err != nil {
				return err
			}
			if err := r.block(f, k); err != nil {
				return err
			}
		}
	}
	r.close(f)
	r.doc.Blocks = f.blocks
	return nil
}

// headers takes headers and footers out of the text.
func (r *wordReader) headers() error {
	seen := map[string]bool{}
	for _, id := range r.running {
		rel := r.rels[id]
		if rel.target == "" || rel.external || seen[rel.target] {
			continue
		}
		seen[rel.target] = true
		root, err := r.tree(rel.target)
		if err != nil || root == nil {
			if err != nil {
				return err
			}
			continue
		}
		rels, err := r.pkg.rels(rel.target)
		if err != nil {
			return err
		}
		f := &wordFlow{rels: rels, inner: true, furniture: true}
		line := r.line
		if err := r.blocks(f, root); err != nil {
			return err
		}
		r.line = line
		if text := f.plain(r); strings.TrimSpace(text) != "" && !seen["="+text] {
			seen["="+text] = true
			r.doc.Removed = append(r.doc.Removed, Removed{Cleaner: Furniture, Text: text})
		}
	}
	return nil
}

// comments counts them.
func (r *wordReader) comments() error {
	root, err := r.part("comments")
	if err != nil || root == nil {
		return err
	}
	for n := root.first; n != nil; n = n.next {
		if n.name == "w:comment" {
			r.doc.Comments++
		}
	}
	return nil
}

// warn names what was neither run nor fetched.
func (r *wordReader) warn() {
	for name := range r.pkg.files {
		if strings.HasSuffix(name, "vbaproject.bin") {
			r.problem(Macros, "", 0)
			break
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.rels)) {
		if rel := r.rels[id]; rel.external && rel.kind != "hyperlink" {
			r.problem(External, rel.target, 0)
		}
	}
}

// problem notes a problem once.
func (r *wordReader) problem(kind ProblemKind, detail string, line int) {
	detail = clipped(detail, 200)
	key := Problem{Kind: kind, Detail: detail}
	if r.seen[key] || len(r.doc.Problems) >= wordProblems {
		return
	}
	r.seen[key] = true
	r.doc.Problems = append(r.doc.Problems, Problem{Kind: kind, Detail: detail, Line: line})
}

// change counts a tracked change.
func (r *wordReader) change(n *wordNode) {
	if r.doc.Changes++; r.doc.Changes == 1 && !r.accept {
		r.problem(Tracked, clipped(firstWords(n, wordQuote), wordQuote), max(r.line, 1))
	}
}

// firstWords are the first words of what is in an element.
func firstWords(n *wordNode, most int) string {
	s := ""
	for k := n.first; k != nil && len(s) < 4*most; k = k.next {
		switch k.name {
		case "":
			s += clipped(k.text, most)
		case "w:instrText":
		default:
			s += firstWords(k, most)
		}
	}
	return s
}

// clipped cuts a text after so many characters.
func clipped(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
