package pdf

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// A finisher makes a book of what gopdf drew.
type finisher struct {
	*document
	book      *press.Book
	faces     *faces
	margin    typeset.Length
	pages     []types.IndirectRef
	marks     map[string]target
	catalog   types.Dict
	resources types.IndirectRef
}

// A target is where links and bookmarks lead.
type target struct {
	page int
	y    typeset.Length
}

// finish sets the objects right.
func finish(d *document, b *press.Book, fs *faces, pictures []*pixels) error {
	f := &finisher{document: d, book: b, faces: fs, margin: margin(b)}
	if err := f.open(); err != nil {
		return err
	}
	steps := []func() error{
		func() error { return f.fonts() },
		func() error { return f.pictures(pictures) },
		f.eachPage, f.pageTree, f.outline, f.labels, f.metadata, f.intent,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	f.catalog["ViewerPreferences"] = types.Dict{"DisplayDocTitle": types.Boolean(true)}
	if l := clean(b.Info.Language); l != "" {
		f.catalog["Lang"] = types.StringLiteral(escapeASCII(l))
	}
	return nil
}

// open finds pages, resources and marks.
func (f *finisher) open() error {
	var err error
	if f.catalog, err = f.dict(f.root, "the catalog"); err != nil {
		return err
	}
	tree, err := f.dict(f.catalog["Pages"], "the page tree")
	if err != nil {
		return err
	}
	kids, _ := f.get(tree["Kids"]).(types.Array)
	if len(kids) != len(f.book.Pages) {
		return fmt.Errorf("%d pages of %d were drawn", len(kids), len(f.book.Pages))
	}
	for _, k := range kids {
		r, ok := k.(types.IndirectRef)
		if !ok {
			return fmt.Errorf("a page of what was drawn is no reference")
		}
		f.pages = append(f.pages, r)
	}
	f.marks = map[string]target{}
	for i := range f.book.Pages {
		for _, m := range f.book.Pages[i].Marks {
			if _, ok := f.marks[m.Name]; !ok {
				f.marks[m.Name] = target{i, m.Y}
			}
		}
	}
	return f.openResources()
}

// openResources finds the resources, which all pages share, and leaves in them
// what there is.
func (f *finisher) openResources() error {
	page, err := f.dict(f.pages[0], "a page")
	if err != nil {
		return err
	}
	if f.resources, err = f.reference(page, "Resources"); err != nil {
		return err
	}
	res, err := f.dict(f.resources, "the resources")
	if err != nil {
		return err
	}
	for k, v := range res {
		if v, ok := v.(types.Dict); ok && len(v) == 0 {
			delete(res, k)
		}
	}
	if f.book.Purpose == press.Print {
		res["ExtGState"] = types.Dict{
			"Over":  types.Dict{"OP": types.Boolean(true), "op": types.Boolean(true), "OPM": types.Integer(1)},
			"Knock": types.Dict{"OP": types.Boolean(false), "op": types.Boolean(false)},
		}
	}
	return nil
}

// eachPage rewrites content streams, and sets boxes and links.
func (f *finisher) eachPage() error {
	w := &rewriter{fonts: map[string]*face{}, overprint: f.book.Purpose == press.Print}
	for _, face := range f.faces.list {
		w.fonts[face.name] = face
	}
	for i, ref := range f.pages {
		page, err := f.dict(ref, "a page")
		if err != nil {
			return err
		}
		if err := f.content(page, w); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
		f.boxes(page, &f.book.Pages[i])
		if links := f.links(&f.book.Pages[i]); len(links) > 0 {
			page["Annots"] = links
		}
	}
	return nil
}

func (f *finisher) content(page types.Dict, w *rewriter) error {
	ref, err := f.reference(page, "Contents")
	if err != nil {
		return err
	}
	s, err := f.stream(ref, "the content")
	if err != nil {
		return err
	}
	text, err := w.rewrite(s.Raw)
	if err != nil {
		return err
	}
	short, err := f.deflated(types.Dict{}, text)
	f.set(ref, short)
	return err
}

// boxes sets the sizes of the sheet, and for print of what is cut from it.
func (f *finisher) boxes(page types.Dict, p *typeset.Page) {
	m := int64(f.margin)
	w, h := int64(p.Width)+2*m, int64(p.Height)+2*m
	box := func(inset int64) types.Object {
		return array(points(inset), points(inset), points(w-inset), points(h-inset))
	}
	page["MediaBox"] = box(0)
	delete(page, "TrimBox")
	if f.book.Purpose == press.Print {
		page["TrimBox"] = box(m)
		page["BleedBox"] = box(m - int64(f.book.Bleed))
	}
}

// perNode is how many pages share a node of the page tree; arrays of PDF/A-1
// may not have more than 8,191 entries.
const perNode = 64

// pageTree makes a tree of pages where there are many.
func (f *finisher) pageTree() error {
	root, err := f.reference(f.catalog, "Pages")
	if err != nil {
		return err
	}
	level := f.pages
	counts := make([]int, len(level))
	for i := range counts {
		counts[i] = 1
	}
	for len(level) > perNode {
		level, counts = f.treeLevel(level, counts)
	}
	return f.node(root, level, counts)
}

func (f *finisher) treeLevel(level []types.IndirectRef, counts []int) (above []types.IndirectRef, sums []int) {
	for at := 0; at < len(level); at += perNode {
		end := min(at+perNode, len(level))
		ref := f.add(types.Dict{})
		_ = f.node(ref, level[at:end], counts[at:end])
		sum := 0
		for _, c := range counts[at:end] {
			sum += c
		}
		above, sums = append(above, ref), append(sums, sum)
	}
	return above, sums
}

// node makes a node of the page tree.
func (f *finisher) node(ref types.IndirectRef, kids []types.IndirectRef, counts []int) error {
	node := types.Dict{"Type": types.Name("Pages")}
	list, count := types.Array{}, 0
	for i, k := range kids {
		kid, err := f.dict(k, "a page")
		if err != nil {
			return err
		}
		kid["Parent"] = ref
		list, count = append(list, k), count+counts[i]
	}
	node["Kids"], node["Count"] = list, types.Integer(count)
	f.set(ref, node)
	return nil
}
