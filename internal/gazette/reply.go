package gazette

import (
	"regexp"
	"strings"

	"gongbao/internal/zh"
)

// A Reply (建议提案答复) answers a numbered proposal of deputies to a people's
// congress (建议, 议案) or of members of the consultative conference (提案).
type Reply struct {
	To         string   // a word of Proposals
	Session    string   // 届次: 十四届人大三次会议, 十三届政协二次会议
	No         string   // 编号, as written: 123, 045, 20230123
	Undertaker []string // 承办单位; the issuers where absent
	Result     string   // 办理结果: a letter of Results
}

// Proposals are what can be replied to.
func Proposals() []string { return []string{"建议", "提案", "议案"} }

// Results are the classes of 办理结果: A solved or being solved, B in progress or
// planned, C and D explained, as local rules divide them.
func Results() []string { return []string{"A", "B", "C", "D"} }

// IsZero reports whether nothing is said of a reply.
func (r Reply) IsZero() bool {
	return r.To == "" && r.Session == "" && r.No == "" && len(r.Undertaker) == 0 && r.Result == ""
}

var (
	isReply     = regexp.MustCompile(`答复|复函|回复|办理(?:情况|意见)`)
	congress    = regexp.MustCompile(`人大|人民代表大会|政协|政治协商会议`)
	termOf      = regexp.MustCompile(`第?([0-9０-９零〇一二三四五六七八九十百]+)届`)
	meetingOf   = regexp.MustCompile(`第?([0-9０-９零〇一二三四五六七八九十百]+)次`)
	proposalOf  = regexp.MustCompile(`第?[ 　]*([0-9A-Z０-９\-—]+)[ 　]*号?[ 　]*(?:代表|委员|重点|集体|平时|闭会|政协|人大)*(建议|提案|议案)`)
	proposalsOf = regexp.MustCompile(`(建议|提案|议案)[ 　]*[（(]?第?[ 　]*([0-9A-Z０-９\-—]+)[ 　]*号`)
)

// ParseReply reads from a title what it answers: 关于市十四届人大三次会议第123号建议的
// 答复. ok is false for a title that answers no numbered proposal.
func ParseReply(title string) (r Reply, ok bool) {
	if !strings.Contains(title, "建议") && !strings.Contains(title, "提案") && !strings.Contains(title, "议案") || !isReply.MatchString(title) {
		return Reply{}, false // most titles, and patterns are slow
	}
	if m := proposalOf.FindStringSubmatch(title); m != nil {
		r.No, r.To = m[1], m[2]
	} else if m := proposalsOf.FindStringSubmatch(title); m != nil {
		r.To, r.No = m[1], m[2]
	} else {
		return Reply{}, false
	}
	r.No = zh.Fold(strings.ReplaceAll(r.No, "—", "-"))
	body := congress.FindString(title)
	if body == "" {
		return r, r.To != "建议" // 第3号建议 alone may be anybody's
	}
	name := "人大"
	if strings.HasPrefix(body, "政") {
		name = "政协"
	}
	term, meeting := ordinal(termOf, title), ordinal(meetingOf, title)
	if term != "" && meeting != "" {
		r.Session = term + "届" + name + meeting + "次会议"
	}
	return r, true
}

// ordinal is the number that a pattern finds, in Chinese.
func ordinal(p *regexp.Regexp, s string) string {
	m := p.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	n, size := zh.ParseNumeral(m[1])
	if size != len(m[1]) || n == 0 || n > 99 {
		return ""
	}
	return zh.Numeral(n)
}

// Answered is the reply that a document is, from its front matter and, where
// that says nothing, its title; ok is false for other documents.
func (d *Document) Answered() (r Reply, ok bool) {
	r, ok = ParseReply(d.Title)
	if x := d.Reply; !x.IsZero() {
		ok = true
		for _, f := range []struct{ to, from *string }{{&r.To, &x.To}, {&r.Session, &x.Session}, {&r.No, &x.No}, {&r.Result, &x.Result}} {
			if *f.from != "" {
				*f.to = *f.from
			}
		}
		r.Undertaker = x.Undertaker
	}
	if ok && len(r.Undertaker) == 0 {
		r.Undertaker = d.Issuers
	}
	return r, ok
}

// A Channel (渠道) is a way by which people asked something in a month, with what
// became of it.
type Channel struct {
	Name      string
	Received  int // 收到
	Closed    int // 办结
	OnTime    int // 按时办结; -1 where not said
	Satisfied int // 满意; -1 where not said
}
