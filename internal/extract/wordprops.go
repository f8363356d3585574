package extract

import (
	"strings"
)

const wordFields = 200 // properties of a file that are given back

// properties reads what the file says of itself.
func (r *wordReader) properties() error {
	for _, part := range []struct{ kind, usual string }{
		{"core-properties", "docProps/core.xml"}, {"extended-properties", "docProps/app.xml"}, {"custom-properties", "docProps/custom.xml"},
	} {
		name := relatedPart(r.root, part.kind)
		if name == "" || !r.pkg.has(name) {
			name = part.usual
		}
		if !r.pkg.has(name) {
			continue
		}
		root, err := r.tree(name)
		if err != nil {
			return err
		}
		if root == nil {
			continue
		}
		for n := root.first; n != nil; n = n.next {
			r.property(n)
		}
	}
	return nil
}

func (r *wordReader) property(n *wordNode) {
	_, label, _ := strings.Cut(n.name, ":")
	value := n.content()
	switch n.name {
	case "dc:title", "dc:subject", "dc:creator", "cp:lastModifiedBy", "dcterms:created", "dcterms:modified", "cp:keywords":
	case "ep:Company":
		label = "company"
	case "op:property":
		label = n.attr("name")
		if strings.HasPrefix(label, "KSO") || strings.HasPrefix(label, "ICV") || strings.HasPrefix(label, "_") {
			return // versions of WPS
		}
		if n.first == nil {
			return
		}
		value = n.first.content()
	default:
		return
	}
	label, value = strings.Join(strings.Fields(label), ""), strings.TrimSpace(value)
	if label != "" && value != "" && len(r.doc.Fields) < wordFields {
		r.doc.Fields = append(r.doc.Fields, Field{Label: label, Value: value})
	}
}
