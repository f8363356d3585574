package duty

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// Findings reports the duties that are late or were done late, and what is owed
// without a day: forms of interpretation, figures of answers, replies with their
// facts, nothing that explains what has ended.
func Findings(c *catalog.Catalog) []diag.Finding {
	r := reporter{cat: c}
	for _, d := range All(c) {
		r.duty(d)
	}
	r.forms()
	r.share()
	r.ended()
	r.figures()
	r.replies()
	r.posted()
	r.years()
	return r.findings
}

type reporter struct {
	cat      *catalog.Catalog
	findings []diag.Finding
	guessed  []int // years whose free days are not entered
}

func (r *reporter) report(f diag.Finding) { r.findings = append(r.findings, f) }

// duty reports one that is late. Where free days of its time are not known, it
// may be in time: then it is only mentioned.
func (r *reporter) duty(d Duty) {
	state := d.State(r.cat.AsOf)
	if state != Late && state != DoneLate {
		return
	}
	var f diag.Finding
	switch {
	case d.Kind == Publish:
		f = diag.New("publication-late", d.Entry.Pos("published"), d.From.String(), d.Due.String(), d.Done.String())
	case d.Kind == Explain && state == Late:
		f = diag.New("interpretation-missing", d.Entry.Start(), d.From.String(), d.Due.String())
	case d.Kind == Explain:
		f = diag.New("interpretation-late", d.Answer.Pos("published"), d.From.String(), d.Due.String(), d.Done.String())
		f.Related = []diag.Related{{Pos: d.Entry.Pos("published")}}
	case d.Kind == Feedback && state == Late:
		f = diag.New("feedback-missing", d.Entry.Start(), d.From.String(), d.Due.String())
	case d.Kind == Feedback:
		f = diag.New("feedback-late", d.Entry.Pos("feedback"), d.From.String(), d.Due.String(), d.Done.String())
	case d.Kind == Respond && state == Late:
		f = diag.New("response-missing", d.Entry.Start(), d.Name, d.Due.String())
	case d.Kind == Respond:
		f = diag.New("response-late", d.Answer.Pos("published"), d.Name, d.Due.String(), d.Done.String())
	case d.Kind == Post && state == Late:
		f = diag.New("post-missing", d.Entry.Pos("published"), d.From.String(), d.By, d.Due.String())
	case d.Kind == Post:
		f = diag.New("post-late", d.Entry.Pos("published"), d.From.String(), d.By, d.Due.String(), d.Done.String())
	default:
		return // of the others check tells where they are written
	}
	if d.Guessed > 0 {
		f.Severity = diag.Info
		if !slices.Contains(r.guessed, d.Guessed) {
			r.guessed = append(r.guessed, d.Guessed)
		}
	}
	r.report(f)
}

// years reports the years whose free days would have mattered.
func (r *reporter) years() {
	for _, y := range r.guessed {
		r.report(diag.New("calendar-year", diag.Pos{File: source.Name("data/calendar.toml"), Line: 1, Col: 1}, strconv.Itoa(y)))
	}
}

// forms reports documents of a government or its office that are explained, but
// not both in writing and with pictures.
func (r *reporter) forms() {
	for _, e := range r.cat.Documents {
		on := e.Document.Published.Date
		if e != oldest(e) || !asked(r.cat, on) || !NeedsExplaining(r.cat, e) || !Governmental(r.cat, e) {
			continue
		}
		if !r.cat.AsOf.After(r.cat.Data.Calendar.Add(on, explainDays)) {
			continue
		}
		has := Forms(e)
		if len(has) == 0 {
			continue // reported as a whole
		}
		var missing []string
		for _, f := range []string{"文字", "图文"} {
			if !slices.Contains(has, f) {
				missing = append(missing, f)
			}
		}
		if missing != nil {
			f := diag.New("interpretation-form", e.Start(), strings.Join(has, " "), strings.Join(missing, " "))
			for _, a := range Interpretations(e) {
				f.Related = append(f.Related, diag.Related{Pos: a.Start()})
			}
			r.report(f)
		}
	}
}

// share reports a year in which less than half of the documents are explained
// otherwise than in writing, and whose documents no leader explained.
func (r *reporter) share() {
	since := r.cat.Config.Gate.Since
	if since.IsZero() {
		return
	}
	from := gazette.NewDate(int(r.cat.AsOf.Year), 1, 1)
	if from.Before(since) {
		from = since
	}
	to := r.cat.AsOf
	s := ShareOf(r.cat, from, to)
	year := strconv.Itoa(int(to.Year))
	pos := diag.Pos{File: "config.toml"}
	if !s.Reached() {
		f := diag.New("interpretation-share", pos, year, strconv.Itoa(len(s.Diverse)), strconv.Itoa(len(s.Documents)), strconv.Itoa(s.Percent()), "duty.of."+s.Of)
		for _, e := range slices.Concat(s.Silent, s.Plain) {
			f.Related = append(f.Related, diag.Related{Pos: e.Start()})
		}
		r.report(f)
	}
	var of, without []*catalog.Entry
	for _, e := range s.Documents {
		if !Governmental(r.cat, e) || !NeedsExplaining(r.cat, e) {
			continue
		}
		of = append(of, e)
		if !slices.Contains(Forms(e), "负责人") {
			without = append(without, e)
		}
	}
	if len(without) > 0 {
		f := diag.New("interpretation-leader", pos, year, strconv.Itoa(len(of)), strconv.Itoa(len(without)))
		for _, e := range without {
			f.Related = append(f.Related, diag.Related{Pos: e.Start()})
		}
		r.report(f)
	}
}

// ended reports questions and interpretations online of which every document has
// ended.
func (r *reporter) ended() {
	for _, typ := range []gazette.Type{gazette.TypeInterpretation, gazette.TypeQuestion} {
		for _, e := range r.cat.Articles[typ] {
			if e.Shelf != gazette.Online || len(e.About) == 0 {
				continue
			}
			all := true
			var related []diag.Related
			for _, t := range e.About {
				switch {
				case t.Entry != nil && t.Entry.Newest().State.Force.Ended():
					related = append(related, diag.Related{Pos: t.Entry.Newest().Start()})
				case t.External != nil && gazette.Force(t.External.Force).Ended():
					related = append(related, diag.Related{Pos: t.External.Pos})
				default:
					all = false
				}
			}
			if all {
				f := diag.New("about-ended", e.Pos("about.0"), e.Article.About[0])
				f.Related = related
				r.report(f)
			}
		}
	}
}

// figures reports months of answers that have no figures by channel.
func (r *reporter) figures() {
	first := map[string]*catalog.Entry{}
	for _, e := range slices.Backward(r.cat.Articles[gazette.TypeResponse]) { // oldest first
		if o := first[e.Article.Period]; o != nil && len(e.Article.Channels) > 0 && len(o.Article.Channels) > 0 {
			f := diag.New("response-duplicate", e.Pos("period"), e.Article.Period)
			f.Related = []diag.Related{{Pos: o.Pos("period")}}
			r.report(f)
		} else if e.Article.Period != "" && o == nil {
			first[e.Article.Period] = e
		}
		if len(e.Article.Channels) == 0 && e.Article.Period != "" && asked(r.cat, e.Published().Date) {
			r.report(diag.New("response-figures", e.Start(), e.Article.Period))
		}
	}
}

// replies reports replies to proposals whose session, number or undertaker is not
// known, and two to one proposal by one undertaker.
func (r *reporter) replies() {
	type proposal struct{ level, to, session, no, by string }
	first := map[proposal]*catalog.Entry{}
	for _, e := range slices.Backward(r.cat.Documents) { // oldest first
		if !e.Answers || e.Shelf == gazette.Withdrawn {
			continue
		}
		x, _ := e.Document.Answered()
		var missing []string
		for _, f := range []struct{ key, value string }{{"session", x.Session}, {"no", x.No}, {"undertaker", strings.Join(x.Undertaker, "")}} {
			if f.value == "" {
				missing = append(missing, f.key)
			}
		}
		if missing != nil {
			r.report(diag.New("reply-incomplete", e.Pos("reply"), strings.Join(missing, " ")))
			continue
		}
		p := proposal{level(e.Title()), x.To, x.Session, strings.TrimLeft(x.No, "0"), strings.Join(x.Undertaker, "、")}
		if o := first[p]; o != nil && o.SameWork(e) {
			continue
		} else if o != nil {
			f := diag.New("reply-duplicate", e.Pos("reply"), x.Session, x.No, x.To)
			f.Related = []diag.Related{{Pos: o.Start()}}
			r.report(f)
			continue
		}
		first[p] = e
	}
}

var (
	levelOf = regexp.MustCompile(`([省市县区州旗盟])(?:政协|人大|人民代表大会)?第?[0-9０-９零〇一二三四五六七八九十百]+届`)
	recess  = regexp.MustCompile(`闭会`)
)

// level tells apart proposals that share their numbers: those of the congress of a
// province from those of its city, and those made between sessions.
func level(title string) string {
	out := recess.FindString(title)
	if m := levelOf.FindStringSubmatch(title); m != nil {
		out += m[1]
	}
	return out
}
