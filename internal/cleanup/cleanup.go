// Package cleanup finds what a cleanup (清理) has to look at on a day: normative
// documents in force that ought to end or change (Legal), and everything online
// that is out of date (Web). It says why, with the sentence that is the reason,
// and suggests; people decide in a sheet, and Apply turns the sheet into edits.
//
//	candidates := cleanup.Legal(cat, cleanup.Options{})
//	rows := cleanup.Work(candidates, words)                            // out to the drafters
//	plan, findings := cleanup.Apply(cat, decision, name, rows, words)  // back from them
//
// It is a pure function of the catalog, whose day is the day of the cleanup:
// same content and day, same candidates. It knows no status of its own; nothing
// it finds reaches the site before a published document says so.
package cleanup

import (
	"cmp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// A Disposition (清理意见) is what is to become of a document.
type Disposition string

// The dispositions, weakest first: the strongest of its reasons decides.
const (
	Keep   Disposition = "keep"   // 继续有效
	Amend  Disposition = "amend"  // 修改
	Lapse  Disposition = "lapse"  // 宣布失效
	Repeal Disposition = "repeal" // 废止
)

var dispositions = []Disposition{Keep, Amend, Lapse, Repeal}

// Dispositions returns all dispositions, weakest first.
func Dispositions() []Disposition { return slices.Clone(dispositions) }

// The rules of Legal, in the order in which reasons are given.
const (
	Superseded    = "superseded"     // 同一机关就同一事项已有新文件
	EndProposed   = "end-proposed"   // another text ends it, not accepted yet
	Hollow        = "hollow"         // every article is repealed
	PeriodOver    = "period-over"    // only where a rule of the jurisdiction gave the period
	TrialOver     = "trial-over"     // the same of 试行 and 暂行
	BasisEnded    = "basis-ended"    // its 依据 is no longer law
	BasisAmended  = "basis-amended"  // its 依据 was amended later
	IssuerGone    = "issuer-gone"    // drafter or issuer abolished or renamed
	PeriodEnding  = "period-ending"  // ends within six months: its evaluation is due
	EvaluationDue = "evaluation-due" // the evaluation falls due within six months
	Unreviewed    = "unreviewed"     // for N years
)

// suggested is the disposition that a rule speaks for.
var suggested = map[string]Disposition{
	Superseded: Repeal, EndProposed: Repeal, Hollow: Lapse, PeriodOver: Lapse, TrialOver: Lapse, BasisEnded: Repeal,
	BasisAmended: Amend, IssuerGone: Amend, PeriodEnding: Keep, EvaluationDue: Keep, Unreviewed: Keep,
}

// Rules returns the rules of Legal in the order in which reasons are given.
func Rules() []string {
	return []string{
		Superseded, EndProposed, Hollow, PeriodOver, TrialOver, BasisEnded, BasisAmended, IssuerGone, PeriodEnding, EvaluationDue, Unreviewed,
	}
}

// A Reason is why a document is a candidate: the rule, its arguments for the
// text cleanup.reason.<rule>, and, where it rests on a text, the sentence and
// its place.
type Reason struct {
	Rule  string
	Args  []string
	Quote string
	Path  string // content path of the document whose text it is; "" for none
	Line  int
}

// A Candidate is a document that the cleanup has to decide on.
type Candidate struct {
	Entry       *catalog.Entry
	Disposition Disposition
	Reasons     []Reason
	Last        gazette.Date // the last day in force; zero where none is known
	Until       gazette.Date // the new one, where a sheet gives it
}

// Drafter is who cleans the document up: 谁起草谁清理, 谁实施谁清理; the first issuer
// where no drafter is named.
func (c Candidate) Drafter() string { return responsible(c.Entry) }

func responsible(e *catalog.Entry) string {
	switch {
	case e.Document.Drafter != "":
		return e.Document.Drafter
	case len(e.Document.Issuers) > 0:
		return e.Document.Issuers[0]
	}
	return ""
}

// Options of Legal. The zero value means the defaults.
type Options struct {
	Years int // after which a document is to be reviewed; 0: 5
}

// months is the time before its end in which a document is to be evaluated
// (standards §5.1), and the reach of a cleanup.
const months = 6

// A survey is the state of one run.
type survey struct {
	cat      *catalog.Catalog
	on       gazette.Date
	years    int
	own      map[string]bool
	subjects subjects
}

// Legal returns the documents of the site's own issuers of the classes 规章 and
// 行政规范性文件 that are in force on the day of the catalog, or are to be verified,
// and that a rule speaks about; ordered by drafter, then oldest first.
//
// What a decision has settled stays out: a document with a certain end, and one
// that was kept on or after the day on which the reason arose.
func Legal(c *catalog.Catalog, o Options) []Candidate {
	s := survey{cat: c, on: c.AsOf, years: cmp.Or(o.Years, 5), own: ownIssuers(c)}
	var scope []*catalog.Entry
	for _, e := range c.Documents {
		if s.inScope(e) {
			scope = append(scope, e)
		}
	}
	s.subjects = s.subjectsOf(c.Documents)
	var out []Candidate
	for _, e := range scope {
		if x := s.candidate(e); len(x.Reasons) > 0 {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(strings.Compare(a.Drafter(), b.Drafter()), a.Entry.Date.Compare(b.Entry.Date), strings.Compare(a.Entry.Path, b.Entry.Path))
	})
	return out
}

// ownIssuers are the site's own issuers and those whose duties they took over.
func ownIssuers(c *catalog.Catalog) map[string]bool {
	own := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if own[name] {
			return
		}
		own[name] = true
		if i := c.Issuer(name); i != nil {
			for _, old := range i.Succeeds {
				add(old)
			}
		}
	}
	for _, name := range c.Config.Site.Issuers {
		add(name)
	}
	return own
}

// inScope reports whether a document is one of those that the cleanup covers.
func (s *survey) inScope(e *catalog.Entry) bool {
	class := e.Document.Class
	return (class == gazette.Rule || class == gazette.Normative) && e == e.Newest() && e.Shelf != gazette.Withdrawn &&
		s.standing(e) && slices.ContainsFunc(e.Document.Issuers, func(i string) bool { return s.own[i] || s.cat.UnderOwn(i) })
}

// standing reports whether a document is law on the day, as far as is known.
func (s *survey) standing(e *catalog.Entry) bool {
	switch e.State.Force {
	case gazette.InForce, gazette.Suspended, gazette.Unknown:
		return true
	}
	return false
}

func (s *survey) candidate(e *catalog.Entry) Candidate {
	x := Candidate{Entry: e}
	if last, cause := gazette.LastDay(e.Effects); cause >= 0 {
		x.Last = last
	}
	if settled(e) {
		return x
	}
	reviewed := s.reviewed(e)
	for _, rule := range []func(*catalog.Entry, gazette.Date) []Reason{
		s.superseded, s.proposed, s.hollow, s.period, s.basis, s.issuerGone, s.unreviewed,
	} {
		x.Reasons = append(x.Reasons, rule(e, reviewed)...)
	}
	order := Rules()
	slices.SortStableFunc(x.Reasons, func(a, b Reason) int {
		return cmp.Compare(slices.Index(order, a.Rule), slices.Index(order, b.Rule))
	})
	for _, r := range x.Reasons {
		if d := suggested[r.Rule]; x.Disposition == "" || slices.Index(dispositions, d) > slices.Index(dispositions, x.Disposition) {
			x.Disposition = d
		}
	}
	return x
}

// settled reports whether a certain end of the whole document is on record,
// also one that is still to come.
func settled(e *catalog.Entry) bool {
	return slices.ContainsFunc(e.Effects, func(x gazette.Effect) bool {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			return !x.Proposed && !x.Part && len(x.Articles) == 0 && !x.From.IsZero()
		}
		return false
	})
}

// reviewed is the last day on which somebody decided that a document stays: a
// certain 继续有效 or extension, or a result of a cleanup that names it (also
// among those that are to be amended). Zero for none. A decision that is on
// record counts before it works.
func (s *survey) reviewed(e *catalog.Entry) gazette.Date {
	var day gazette.Date
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Continues, gazette.Extends:
			if !x.Proposed && !x.Part && len(x.Articles) == 0 && x.From.After(day) {
				day = x.From
			}
		}
	}
	for _, by := range e.CitedBy {
		if s.cleansUp(by) && by.Date.After(day) && !by.Date.After(s.on) {
			day = by.Date
		}
	}
	return day
}

// cleansUp reports whether a document is the result of a cleanup: the title of
// an own one says 清理 (关于行政规范性文件清理结果的决定). Plans to clean up are none.
func (s *survey) cleansUp(e *catalog.Entry) bool {
	t := e.Document.Title
	if !strings.Contains(t, "清理") || e.Shelf == gazette.Withdrawn {
		return false
	}
	for _, w := range []string{"开展", "方案", "征求意见", "工作的通知", "部署"} {
		if strings.Contains(t, w) {
			return false
		}
	}
	return slices.ContainsFunc(e.Document.Issuers, func(i string) bool { return s.own[i] })
}

// later returns the later of two days.
func later(a, b gazette.Date) gazette.Date {
	if a.After(b) {
		return a
	}
	return b
}
