package extract

import (
	"strings"
	"unicode/utf8"
)

const wordFormula = 20_000 // bytes of a formula that is written as one

// mathText writes a formula on one line: a/b, x², √(x+1), ∑_(i=1)^n.
func mathText(n *wordNode) string {
	var b strings.Builder
	if mathPlain(&b, n); b.Len() > wordFormula {
		return b.String()
	}
	return mathPart(n)
}

// mathPlain is the text of a formula without its signs.
func mathPlain(b *strings.Builder, n *wordNode) {
	for k := n.first; k != nil; k = k.next {
		switch k.name {
		case "m:t", "w:t":
			b.WriteString(k.content())
		case "w:del", "w:moveFrom":
		default:
			mathPlain(b, k)
		}
	}
}

func mathPart(n *wordNode) string {
	if n == nil {
		return ""
	}
	switch n.name {
	case "m:t", "w:t":
		return n.content()
	case "m:f":
		return mathFraction(mathPart(n.child("m:num")), mathPart(n.child("m:den")))
	case "m:sSup":
		return mathPart(n.child("m:e")) + mathExponent(mathPart(n.child("m:sup")))
	case "m:sSub":
		return mathPart(n.child("m:e")) + subscript(mathPart(n.child("m:sub")))
	case "m:sSubSup":
		return mathPart(n.child("m:e")) + subscript(mathPart(n.child("m:sub"))) + mathExponent(mathPart(n.child("m:sup")))
	case "m:sPre":
		return subscript(mathPart(n.child("m:sub"))) + mathExponent(mathPart(n.child("m:sup"))) + mathPart(n.child("m:e"))
	case "m:rad":
		degree := mathPart(n.child("m:deg"))
		if up, ok := superscript(degree); ok {
			degree = up
		}
		return degree + "√" + mathGroup(mathPart(n.child("m:e")))
	case "m:nary":
		sign := "∫"
		if c := n.child("m:naryPr").child("m:chr"); c != nil {
			sign = c.attr("m:val")
		}
		return sign + subscript(mathPart(n.child("m:sub"))) + mathExponent(mathPart(n.child("m:sup"))) + mathPart(n.child("m:e"))
	case "m:d":
		return mathBrackets(n)
	case "m:limLow":
		return mathPart(n.child("m:e")) + subscript(mathPart(n.child("m:lim")))
	case "m:limUpp":
		return mathPart(n.child("m:e")) + mathExponent(mathPart(n.child("m:lim")))
	case "m:m":
		return mathList(n, "m:mr", "; ")
	case "m:mr":
		return mathList(n, "m:e", ", ")
	case "m:eqArr":
		return mathList(n, "m:e", "; ")
	case "w:del", "w:moveFrom", "w:rPr", "m:rPr", "m:ctrlPr", "w:instrText", "w:delText":
		return ""
	}
	var b strings.Builder
	for k := n.first; k != nil; k = k.next {
		b.WriteString(mathPart(k))
	}
	return b.String()
}

func mathList(n *wordNode, name, between string) string {
	var parts []string
	for k := n.first; k != nil; k = k.next {
		if k.name == name {
			parts = append(parts, mathPart(k))
		}
	}
	return strings.Join(parts, between)
}

func mathBrackets(n *wordNode) string {
	begin, end, between := "(", ")", "|"
	props := n.child("m:dPr")
	for name, to := range map[string]*string{"m:begChr": &begin, "m:endChr": &end, "m:sepChr": &between} {
		if c := props.child(name); c != nil {
			*to = c.attr("m:val")
		}
	}
	return begin + mathList(n, "m:e", between) + end
}

func mathFraction(num, den string) string { return mathGroup(num) + "/" + mathGroup(den) }

// mathGroup puts brackets around what is more than one thing.
func mathGroup(s string) string {
	plain := !strings.ContainsFunc(s, func(r rune) bool { return !letterOrNumber(r) && r != '.' && r != '√' })
	if plain || utf8.RuneCountInString(s) < 2 || strings.HasPrefix(s, "(") && strings.IndexByte(s, ')') == len(s)-1 {
		return s
	}
	return "(" + s + ")"
}

func mathExponent(s string) string {
	if s == "" {
		return ""
	}
	if up, ok := superscript(s); ok {
		return up
	}
	return "^" + mathGroup(s)
}

func subscript(s string) string {
	if s == "" {
		return ""
	}
	return "_" + mathGroup(s)
}

// superscript raises digits; others have no raised form in every typeface.
func superscript(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '1':
			b.WriteRune('¹')
		case r == '2' || r == '3':
			b.WriteRune('²' + r - '2')
		case r == '0' || r >= '4' && r <= '9':
			b.WriteRune('⁰' + r - '0')
		case r == '-' || r == '−':
			b.WriteRune('⁻')
		default:
			return "", false
		}
	}
	return b.String(), b.Len() > 0
}
