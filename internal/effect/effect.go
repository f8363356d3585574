// Package effect reads out of the text of an official document what it says of
// its own force and of the force of others: 施行, 有效期, 废止, 宣布失效, 延长有效期,
// 暂停执行, 继续有效, 修改, 更正, and the lists of cleanup decisions.
//
//	r := effect.Read(tree, "示范市停车场管理办法")
//	r.Effective  // 自2023年6月18日起施行
//	r.Statements // 《示范市停车场管理暂行办法》同时废止
//
// Each reading carries the exact sentence and its line. What is read is what
// the text says, nothing is computed here: 自印发之日起30日后 stays an event and a
// period, and whose document 《…》 is the catalog decides.
//
// The wordings are those of reference/standards.md §5.3, and the silence is on
// the traps of §5.4: the 有效期 of a licence, rules about how documents are
// repealed, repealed texts that are only told of. Only sentences with a
// triggering character are looked at, so that reading costs little.
package effect

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// An Event is a day that a text names without its date.
type Event uint8

// The events. Printing is 自印发之日: it counts from printed, else signed.
// Publication is 自公布之日, 发布, 颁布: from promulgated, else the issue (design §2).
const (
	NoEvent     Event = iota
	Publication       // 公布、发布、颁布、公告
	Printing          // 印发、下发
	Adoption          // 通过、批准
	OwnStart          // 本办法施行之日
)

// A When is a day as a text states it: a date, or an event and the time after
// it (自印发之日起30日后: Printing, 30 days). NoYear means that the text names month
// and day only; Date then has year 4, a leap year; see InYearOf.
type When struct {
	Date   gazette.Date
	Event  Event
	After  gazette.Period
	NoYear bool
}

// IsZero reports whether nothing is stated.
func (w When) IsZero() bool { return w == When{} }

// An End is the end of validity as a text states it: the last day in force, or
// a length. Both are zero where the text states none.
type End struct {
	Date gazette.Date
	For  gazette.Period
}

// IsZero reports whether nothing is stated.
func (e End) IsZero() bool { return e == End{} }

// A Place is where a reading stands: the exact sentence, the line in the file
// and the anchor of the article or paragraph. Read knows the line of the
// paragraph only; Locate finds the sentence in it.
type Place struct {
	Quote  string
	Line   int
	Col    int // in characters, from 1; 0: not known
	Anchor string
}

// A Statement says what the document does to another one.
type Statement struct {
	Place
	Kind   gazette.RelationKind
	Title  string       // as written between the outermost 《》, or the item of a list
	Number string       // as written, or ""
	Issued gazette.Date // the first date that the text attaches to the target
	Year   int          // of its making, where no day is attached: 2021年印发的; 0 for none
	Issuer string       // who made the target, as the text says: 北京市人民代表大会常务委员会; or ""

	Part     bool     // only articles, a subject or cases are meant
	Articles []string // 第三条, as far as named; Part is true then
	From     When     // zero: the day on which this document takes effect
	Until    End      // extends, suspends, continues
	Via      string   // the wording: 同时废止
	Closed   bool     // the wording is in the closed list of design §4: it may count without a person
	Listed   bool     // in a list or table of a cleanup decision
}

// An Amendment is a line of the 题注: when, and by what, the text was changed.
type Amendment struct {
	Place
	Date gazette.Date
	By   string // title of the amending decision, or ""
}

// A Reading is what one text says.
type Reading struct {
	Effective  When
	EffectiveP Place
	Expires    End
	ExpiresP   Place
	Statements []Statement
	Amendments []Amendment
	Unlisted   Place // 凡未列入…一律废止: what is not listed is to end
}

// Read reads a parsed body; footnotes and quotations state nothing. title is that of the document; it tells own clauses
// from others and amending decisions from amended texts.
func Read(t *markup.Tree, title string) Reading {
	r := newReader(title)
	walk(t.Blocks, "", r.block)
	out := r.finish()
	if slices.ContainsFunc(out.Statements, func(x Statement) bool { return x.Closed && ends(x.Kind) }) {
		walk(t.Blocks, "", r.leftOpen)
	}
	return out
}

// Locate finds the line and column of what was read in the source of the body,
// whose first line is firstLine of the file. Where mark-up stands inside a
// sentence the place stays that of its paragraph.
func (r *Reading) Locate(src []byte, firstLine int) {
	places := []*Place{&r.EffectiveP, &r.ExpiresP, &r.Unlisted}
	for i := range r.Statements {
		places = append(places, &r.Statements[i].Place)
	}
	for i := range r.Amendments {
		places = append(places, &r.Amendments[i].Place)
	}
	line, at := firstLine, 0
	slices.SortStableFunc(places, func(a, b *Place) int { return cmp.Compare(a.Line, b.Line) })
	for _, p := range places {
		if p.Quote == "" {
			continue
		}
		for line < p.Line {
			i := bytes.IndexByte(src[at:], '\n')
			if i < 0 {
				return
			}
			line, at = line+1, at+i+1
		}
		block := src[at:]
		if i := bytes.Index(block, []byte("\n\n")); i >= 0 {
			block = block[:i]
		}
		i := bytes.Index(block, []byte(p.Quote))
		if i < 0 {
			continue
		}
		head := block[:i]
		p.Line += bytes.Count(head, []byte{'\n'})
		p.Col = utf8.RuneCount(head[bytes.LastIndexByte(head, '\n')+1:]) + 1
	}
}

// walk calls f for each block with the anchor of the nearest unit around it.
func walk(bs []*markup.Block, anchor string, f func(*markup.Block, string)) {
	for _, b := range bs {
		a := anchor
		if b.ID != "" {
			a = b.ID
		}
		if b.Kind == markup.Quote {
			continue // what is quoted states nothing
		}
		f(b, a)
		walk(b.Blocks, a, f)
	}
}

// InYearOf gives a day without a year (自3月1日起) the year of the signing: the
// first such day on or after it. It is zero if signed is.
func (w When) InYearOf(signed gazette.Date) gazette.Date {
	if signed.IsZero() {
		return gazette.Date{}
	}
	d := gazette.NewDate(int(signed.Year), int(w.Date.Month), int(w.Date.Day))
	if d.Before(signed) {
		d = gazette.NewDate(int(signed.Year)+1, int(w.Date.Month), int(w.Date.Day))
	}
	return d
}
