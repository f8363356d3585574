package extract

import (
	"errors"
	"path"
	"strconv"
	"strings"
)

// drawing reads a drawing, an old VML picture or an object: text boxes and
// pictures in it, in their order.
func (r *wordReader) drawing(f *wordFlow, n *wordNode) error {
	for k := n.first; k != nil; k = k.next {
		switch k.name {
		case "w:txbxContent":
			if err := r.box(f, k); err != nil {
				return err
			}
			continue
		case "mc:AlternateContent":
			if a := alternativeOf(k); a != nil {
				if err := r.drawing(f, a); err != nil {
					return err
				}
			}
			continue
		case "v:textpath": // ornamental lettering is text too
			if text := strings.TrimSpace(k.attr("string")); text != "" {
				inner := f.inside()
				r.emit(inner, text, Run{}, false)
				r.close(inner)
				f.after = append(f.after, inner.blocks...)
			}
		case "a:blip", "v:imagedata":
			if err := r.picture(f, k); err != nil {
				return err
			}
		case "o:OLEObject":
			r.problem(Embedded, k.attr("ProgID"), r.line)
		case "c:chart":
			r.problem(Embedded, "chart", r.line)
		case "dgm:relIds":
			r.problem(Embedded, "diagram", r.line)
		case "w:control":
			r.problem(Embedded, k.attr("w:name"), r.line)
		}
		if err := r.drawing(f, k); err != nil {
			return err
		}
	}
	return nil
}

// box reads the text of a text box.
func (r *wordReader) box(f *wordFlow, n *wordNode) error {
	inner := f.inside()
	inner.contents = 0
	if err := r.blocks(inner, n); err != nil {
		return err
	}
	r.close(inner)
	f.after = append(f.after, inner.blocks...)
	return nil
}

// picture reads a:blip and v:imagedata.
func (r *wordReader) picture(f *wordFlow, n *wordNode) error {
	if f.furniture {
		return nil
	}
	id := n.attr("r:embed")
	if id == "" {
		id = n.attr("r:id")
	}
	rel, ok := f.rels[id]
	if id == "" || ok && rel.external {
		if rel.external {
			r.away(f, rel.target)
			return nil
		}
		to := f.rels[n.attr("r:link")].target
		for _, name := range []string{"r:href", "o:href", "src"} {
			if to == "" {
				to = n.attr(name)
			}
		}
		if to != "" {
			r.away(f, to)
		}
		return nil
	}
	name, known := r.pictures[rel.target]
	if !known {
		b, err := r.pkg.read(rel.target)
		if tooLarge(err) {
			return err
		}
		if errors.Is(err, errNoPart) || err != nil || len(b) == 0 {
			r.problem(PictureLost, rel.target, r.line)
			return nil
		}
		name = r.name(rel.target)
		r.pictures[rel.target] = name
		r.doc.Pictures = append(r.doc.Pictures, Picture{Name: name, Data: b})
	}
	r.place(f, name)
	return nil
}

// away is a picture that is only named: it is not fetched.
func (r *wordReader) away(f *wordFlow, to string) {
	r.problem(External, to, r.line)
	name, known := r.pictures["="+to]
	if !known {
		to, _, _ = strings.Cut(to, "?")
		name = r.name(to)
		r.pictures["="+to] = name
		r.doc.Pictures = append(r.doc.Pictures, Picture{Name: name})
	}
	r.place(f, name)
}

func (r *wordReader) place(f *wordFlow, name string) {
	f.after = append(f.after, Block{
		Kind: PictureBlock, Picture: name, Line: r.line,
		Center: f.style.align == "center", Right: f.style.align == "right" || f.style.align == "end",
	})
}

// name is a name for a picture that is safe in any folder and not yet taken.
func (r *wordReader) name(part string) string {
	safe := strings.Map(func(c rune) rune {
		if c < 0x80 && letterOrNumber(c) || c == '-' || c == '_' || c == '.' {
			return c
		}
		return -1
	}, strings.ToLower(path.Base(strings.ReplaceAll(part, `\`, "/"))))
	ext := path.Ext(safe)
	if len(ext) > 6 {
		ext = ""
	}
	stem := strings.Trim(strings.TrimSuffix(safe, ext), ".")
	if stem == "" {
		stem = "picture"
	}
	stem = stem[:min(len(stem), 60)]
	name := stem + ext
	for r.names[name] > 0 {
		r.names[stem+ext]++
		name = stem + "-" + strconv.Itoa(r.names[stem+ext]) + ext
	}
	r.names[name] = 1
	return name
}
