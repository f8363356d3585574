package html

import (
	"html/template"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
	"unicode/utf8"
)

// A fragment is a small template that is executed many thousand times with
// views that differ only in their words. html/template takes about ten
// microseconds for a line of a list, so a fragment executes it once for every
// shape of view with marks in the place of words and afterwards puts the words
// where the marks were.
//
// Nothing is escaped here. Words go this way only if they hold no character that
// html/template would change, in places where it changed nothing of a mark full
// of punctuation, and in templates that do nothing with words but place them and
// ask whether they are set. All else is executed as usual.
type fragment struct {
	set   *template.Template
	name  string
	plain bool
	known sync.Map // shape → []string: text, mark's number as one byte, text …; nil for no short cut
}

// A shape is what a view has beside its words.
type shape struct {
	key   string // Row.Key
	badge Badge  // its Class and Label
	words int
	isSet uint32 // which words are not empty
}

func newFragment(set *template.Template, name string) *fragment {
	t := set.Lookup(name)
	return &fragment{set: set, name: name, plain: t != nil && t.Tree != nil && onlyPlaces(t.Tree.Root)}
}

// write executes the fragment with view. words are the view's texts; those with
// an even index are hrefs. build makes a view of the same shape from other words.
func (f *fragment) write(b *strings.Builder, k shape, words []string, view any, build func([]string) any) error {
	if !f.plain || len(words) > 26 {
		return f.set.ExecuteTemplate(b, f.name, view)
	}
	k.words = len(words)
	for i, w := range words {
		if w != "" {
			k.isSet |= 1 << i
		}
		if !verbatim(w, isHref(i, k)) {
			return f.set.ExecuteTemplate(b, f.name, view)
		}
	}
	v, ok := f.known.Load(k)
	if !ok {
		parts, err := f.learn(k, build)
		if err != nil {
			return err
		}
		v, _ = f.known.LoadOrStore(k, parts)
	}
	parts := v.([]string)
	if parts == nil {
		return f.set.ExecuteTemplate(b, f.name, view)
	}
	for i, p := range parts {
		if i%2 == 1 {
			p = words[p[0]]
		}
		b.WriteString(p)
	}
	return nil
}

// isHref says whether word i is an address: the first of a document, every
// other of a row.
func isHref(i int, k shape) bool { return i == 0 || k.key != "" && i%2 == 0 }

const markStart, markEnd = "gongbaoslot", "/._-x"

// learn executes the fragment with marks and cuts the result at them. It returns
// nil if html/template changed one of them.
func (f *fragment) learn(k shape, build func([]string) any) ([]string, error) {
	marks := make([]string, k.words)
	for i := range marks {
		if k.isSet&(1<<i) == 0 {
			continue
		}
		marks[i] = markStart + string(rune('a'+i)) + markEnd
		if !isHref(i, k) {
			marks[i] = markStart + string(rune('a'+i)) + "〔字〕　 !#$%()*,/:;=?@[\\]^_{|}~" + markEnd
		}
	}
	var b strings.Builder
	if err := f.set.ExecuteTemplate(&b, f.name, build(marks)); err != nil {
		return nil, err
	}
	parts, rest := []string(nil), b.String()
	for {
		before, after, found := strings.Cut(rest, markStart)
		parts = append(parts, before)
		if !found {
			return parts, nil
		}
		i := int(after[0]) - 'a'
		if i < 0 || i >= len(marks) {
			return nil, nil
		}
		if rest, found = strings.CutPrefix(after, marks[i][len(markStart):]); !found {
			return nil, nil
		}
		parts = append(parts, string(rune(i)))
	}
}

// verbatim says that html/template leaves s as it is.
func verbatim(s string, href bool) bool {
	if !href {
		return !strings.ContainsAny(s, "&<>\"'+`\x00") && utf8.ValidString(s)
	}
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '-' || s[i] > '9') && s[i] != '_' && s[i] != '#' {
			return false
		}
	}
	return true
}

// onlyPlaces says that a template does no more than place fields and ask
// whether they are set, so that its result depends on words in no other way.
func onlyPlaces(node parse.Node) bool {
	switch n := node.(type) {
	case *parse.TextNode, *parse.CommentNode:
		return true
	case *parse.ListNode:
		return n == nil || !slices.ContainsFunc(n.Nodes, func(n parse.Node) bool { return !onlyPlaces(n) })
	case *parse.ActionNode:
		return onlyFields(n.Pipe)
	case *parse.IfNode:
		return onlyFields(n.Pipe) && onlyPlaces(n.List) && onlyPlaces(n.ElseList)
	case *parse.WithNode:
		return onlyFields(n.Pipe) && onlyPlaces(n.List) && onlyPlaces(n.ElseList)
	case *parse.RangeNode:
		return onlyFields(n.Pipe) && onlyPlaces(n.List) && onlyPlaces(n.ElseList)
	}
	return false
}

// used are the fields that shapes and words cover.
var used = [...]string{"Href", "Title", "Number", "Date", "Issuer", "Note", "Badge", "Class", "Label", "Key", "Values", "Text"}

func onlyFields(pipe *parse.PipeNode) bool {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 {
		return false
	}
	args := pipe.Cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); ok {
		key := len(args) == 2 && args[1].String() == ".Key"
		if id.Ident != "or" && id.Ident != "and" && id.Ident != "not" && (id.Ident != "t" || !key) {
			return false
		}
		args = args[1:]
	}
	for _, arg := range args {
		field, ok := arg.(*parse.FieldNode)
		if !ok || slices.ContainsFunc(field.Ident, func(name string) bool { return !slices.Contains(used[:], name) }) {
			return false
		}
	}
	return true
}
