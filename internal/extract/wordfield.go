package extract

import (
	"strconv"
	"strings"
)

const wordInstruction = 8192 // bytes of the instruction of a field that are read

// A wordField is an open field: first its instruction, then the result that
// is printed.
type wordField struct {
	instruction []byte
	begin       *wordNode
	result      bool
	contents    bool
	link        string // of it, or of the field around
}

func (r *wordReader) fieldBegins(f *wordFlow, n *wordNode) {
	link := ""
	if len(f.fields) > 0 {
		link = f.fields[len(f.fields)-1].link
	}
	f.fields = append(f.fields, wordField{begin: n, link: link})
	f.instruct++
}

func (r *wordReader) fieldInstruction(f *wordFlow, s string) {
	if n := len(f.fields); n > 0 && !f.fields[n-1].result && len(f.fields[n-1].instruction)+len(s) <= wordInstruction {
		f.fields[n-1].instruction = append(f.fields[n-1].instruction, s...)
	}
}

func (r *wordReader) fieldSeparates(f *wordFlow) {
	n := len(f.fields)
	if n == 0 || f.fields[n-1].result {
		return
	}
	field := &f.fields[n-1]
	field.result = true
	f.instruct--
	text := string(field.instruction)
	switch fieldName(text) {
	case "HYPERLINK":
		if to := fieldLink(text); to != "" {
			field.link = to
		}
	case "TOC":
		if !r.keepTOC && f.instruct == 0 {
			field.contents = true
			f.contents++
		}
	}
}

func (r *wordReader) fieldEnds(f *wordFlow) {
	n := len(f.fields)
	if n == 0 {
		return
	}
	field := &f.fields[n-1]
	if field.contents {
		f.contents--
	}
	show := ""
	if !field.result {
		f.instruct--
		show = r.shown(field)
	}
	f.fields = f.fields[:n-1]
	r.emit(f, show, Run{}, false)
}

// fieldName is the first word of an instruction.
func fieldName(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return ""
	}
	return strings.ToUpper(words[0])
}

// fieldLink reads the address out of HYPERLINK "http://…" \o "…".
func fieldLink(s string) string {
	_, s, _ = strings.Cut(strings.TrimSpace(s), " ")
	s = strings.TrimSpace(s)
	if quoted, ok := strings.CutPrefix(s, `"`); ok {
		s, _, _ = strings.Cut(quoted, `"`)
		return safeLink(s)
	}
	if s == "" || s[0] == '\\' {
		return ""
	}
	s, _, _ = strings.Cut(s, " ")
	return safeLink(s)
}

// shown is what a field prints that has no result of its own.
func (r *wordReader) shown(f *wordField) string {
	text := strings.TrimSpace(string(f.instruction))
	switch fieldName(text) {
	case "EQ":
		return equation(strings.TrimSpace(text[2:]))
	case "SYMBOL":
		words := strings.Fields(text)
		font := ""
		if _, after, ok := strings.Cut(text, `\f`); ok {
			font = strings.Trim(strings.TrimSpace(after), `"`)
			font, _, _ = strings.Cut(font, `"`)
		}
		if len(words) < 2 {
			return ""
		}
		if c, err := strconv.ParseInt(words[1], 0, 22); err == nil && c > 0 {
			return r.symbol(font, rune(c))
		}
	case "FORMCHECKBOX":
		box := f.begin.child("w:ffData").child("w:checkBox")
		state := box.child("w:checked")
		if state == nil {
			state = box.child("w:default")
		}
		if toggled(state) == turnedOn {
			return "☑"
		}
		return "☐"
	case "FORMDROPDOWN":
		list := f.begin.child("w:ffData").child("w:ddList")
		at, _ := strconv.Atoi(list.val("w:result"))
		for k := list.firstChild(); k != nil; k = k.next {
			if k.name != "w:listEntry" {
				continue
			}
			if at--; at < 0 {
				return k.attr("w:val")
			}
		}
	}
	return ""
}

func (n *wordNode) firstChild() *wordNode {
	if n == nil {
		return nil
	}
	return n.first
}

// equation linearises an EQ field: \o\ac(○,21) is a number in a circle, \f(a,b)
// a fraction, and of the others what stands in them.
func equation(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:at])
		s = s[at+1:]
		open := strings.IndexByte(s, '(')
		if open < 0 {
			break
		}
		options := strings.ToLower(s[:open])
		args, rest := equationArguments(s[open+1:])
		s = rest
		switch first := strings.TrimSpace(options); {
		case strings.HasPrefix(first, "o"):
			b.WriteString(overlaid(args))
		case strings.HasPrefix(first, "f") && len(args) == 2:
			b.WriteString(mathFraction(flatArgument(args[0]), flatArgument(args[1])))
		case strings.HasPrefix(first, "r") && len(args) > 0:
			b.WriteString("√" + mathGroup(flatArgument(args[len(args)-1])))
		default:
			for _, a := range args {
				b.WriteString(flatArgument(a))
			}
		}
	}
	return b.String()
}

// flatArgument is the text of an argument with nothing but the text of what it nests.
func flatArgument(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:at])
		_, s, _ = strings.Cut(s[at:], "(")
	}
	return strings.TrimSpace(strings.NewReplacer("(", "", ")", "").Replace(b.String()))
}

// overlaid reads characters printed over each other: a number in a circle is
// one character.
func overlaid(args []string) string {
	text, circle := "", false
	for _, a := range args {
		switch a = flatArgument(a); a {
		case "○", "〇", "◯", "O":
			circle = true
		default:
			text += a
		}
	}
	if n, err := strconv.Atoi(text); err == nil && circle && n >= 1 {
		switch {
		case n <= 20:
			return string(rune('①' + n - 1))
		case n <= 35:
			return string(rune('㉑' + n - 21))
		case n <= 50:
			return string(rune('㊱' + n - 36))
		}
	}
	if text == "" && circle {
		return "○"
	}
	return text
}

// equationArguments splits at commas up to the bracket that closes.
func equationArguments(s string) (args []string, rest string) {
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return append(args, s[from:i]), s[i+1:]
			}
			depth--
		case ',', ';':
			if depth == 0 {
				args, from = append(args, s[from:i]), i+1
			}
		}
	}
	return append(args, s[from:]), ""
}
