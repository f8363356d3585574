package extract

import "strings"

// noteMark reads the mark of a footnote or an endnote, and the note with it.
func (r *wordReader) noteMark(f *wordFlow, n *wordNode, hidden bool) error {
	if f.note || f.furniture || f.mute || f.instruct > 0 || f.contents > 0 || f.line || hidden && !r.keepAll {
		return nil
	}
	kind := strings.TrimSuffix(strings.TrimPrefix(n.name, "w:"), "Reference") // footnote
	if err := r.loadNotes(kind); err != nil {
		return err
	}
	key := kind + n.attr("w:id")
	number := r.noted[key]
	if number == 0 {
		note := r.notes[kind][n.attr("w:id")]
		if note == nil {
			r.problem(Broken, kind+" "+n.attr("w:id"), r.line)
			return nil
		}
		number = len(r.doc.Notes) + 1
		r.noted[key] = number
		r.doc.Notes = append(r.doc.Notes, Note{Number: number})
		inner := f.inside()
		inner.note, inner.rels = true, r.noteRels[kind]
		line := r.line
		if err := r.blocks(inner, note); err != nil {
			return err
		}
		r.line = line
		runs, pictures := r.flatten(inner)
		if len(runs) > 0 {
			runs[0].Text = strings.TrimLeft(runs[0].Text, " \t")
		}
		r.doc.Notes[number-1].Runs = runs
		f.after = append(f.after, pictures...)
	}
	f.text.mark(number)
	return nil
}

func (r *wordReader) loadNotes(kind string) error {
	if r.notes[kind] != nil {
		return nil
	}
	r.notes[kind] = map[string]*wordNode{}
	root, err := r.part(kind + "s")
	if err != nil || root == nil {
		return err
	}
	if r.noteRels[kind], err = r.pkg.rels(relatedPart(r.rels, kind+"s")); err != nil {
		return err
	}
	for n := root.first; n != nil; n = n.next {
		if n.name == "w:"+kind {
			r.notes[kind][n.attr("w:id")] = n
		}
	}
	return nil
}
