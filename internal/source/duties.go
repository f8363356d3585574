package source

import (
	"regexp"
	"slices"
	"strconv"

	"gongbao/internal/calendar"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Requests are the figures of 依申请公开 (data/requests.toml): numbers only, nothing
// of an applicant.
type Requests struct {
	Periods []Figures // as written
	Asked   []Asked
}

// Figures are those of a quarter, or of a whole year where Quarter is 0.
type Figures struct {
	Year, Quarter int
	// Rows are lines of tables 3 and 4 of the annual report by key: six columns of
	// applicants (自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他), or four results
	// of 复议 and 诉讼 (维持, 纠正, 其他, 尚未审结).
	Rows    map[string][]int
	Numbers map[string]string // of table 2: decisions, and fees in units of 10,000 yuan
	RowPos  map[string]diag.Pos
	Pos     diag.Pos
}

// Asked says how often a document was asked for in a year.
type Asked struct {
	Document string // number, 《title》 or path
	Year     int
	Count    int
	Pos      diag.Pos
}

// The keys of table 2 that no content has.
func numberKeys() []string { return []string{"permits", "penalties", "coercions", "fees"} }

func (d *decoder) requests(root *toml.Table, r *Requests) {
	for _, key := range []string{"quarter", "year"} {
		for _, t := range d.Tables(root, key) {
			x := Figures{Pos: t.Pos, Rows: map[string][]int{}, Numbers: map[string]string{}, RowPos: map[string]diag.Pos{}}
			d.Require(t, "year")
			d.count(t, "year", &x.Year, 1949, 9999)
			if key == "quarter" {
				d.Require(t, "quarter")
				d.count(t, "quarter", &x.Quarter, 1, 4)
			}
			d.figures(t, &x)
			if x.Year > 0 && (key == "year" || x.Quarter > 0) {
				r.Periods = append(r.Periods, x)
			}
		}
	}
	for _, t := range d.Tables(root, "asked") {
		x := Asked{Pos: t.Pos}
		d.Require(t, "document", "year", "count")
		d.String(t, "document", &x.Document)
		d.count(t, "year", &x.Year, 1949, 9999)
		d.count(t, "count", &x.Count, 1, 1_000_000)
		d.Unknown(t)
		r.Asked = append(r.Asked, x)
	}
}

// maxFigure keeps sums of figures from overflowing.
const maxFigure = 1_000_000_000

// figures reads the rows of a period. Which keys there are config.toml says, and
// check tells of others.
func (d *decoder) figures(t *toml.Table, x *Figures) {
	for i := range t.Entries {
		e := &t.Entries[i]
		switch {
		case e.Key == "year" || e.Key == "quarter":
			continue
		case slices.Contains(numberKeys(), e.Key):
			if !plainNumber.MatchString(e.Value.Text) || e.Value.Kind == toml.String {
				d.finding("key-value", e.Value.Pos, e.Key, e.Value.Text, "0 12 3.5")
			} else {
				x.Numbers[e.Key] = e.Value.Text
			}
			d.Skip(t, e.Key)
			continue
		}
		var row []int
		d.Ints(t, e.Key, &row)
		if e.Value.Kind != toml.Array || len(row) != len(e.Value.Array) {
			continue // reported
		}
		if n := len(row); n != 6 && n != 4 || slices.Min(row) < 0 || slices.Max(row) > maxFigure {
			d.finding("key-value", e.Value.Pos, e.Key, strconv.Itoa(n), "[0, 0, 0, 0, 0, 0]")
			continue
		}
		x.Rows[e.Key], x.RowPos[e.Key] = row, e.Pos
	}
}

// calendar reads the arrangement of free days: [[holiday]] and [[workday]] with
// date, and until for a stretch.
func (d *decoder) calendar(root *toml.Table, c *calendar.Calendar) {
	for _, kind := range []struct {
		key   string
		enter func(...gazette.Date)
	}{{"holiday", c.Free}, {"workday", c.Work}} {
		for _, t := range d.Tables(root, kind.key) {
			var from, until gazette.Date
			var name string
			d.Require(t, "date")
			d.date(t, "date", &from)
			d.date(t, "until", &until)
			d.String(t, "name", &name)
			d.Unknown(t)
			if until.IsZero() {
				until = from
			}
			if n := until.DaysSince(from); !from.IsZero() && (n < 0 || n > 31) {
				d.finding("key-value", t.KeyPos("until"), "until", until.String(), from.String()+"–"+from.AddDays(31).String())
				continue
			}
			for day := from; !day.IsZero() && !day.After(until); day = day.AddDays(1) {
				kind.enter(day)
			}
		}
	}
}

func (d *decoder) reply(t *toml.Table, doc *gazette.Document) {
	r := d.Table(t, "reply")
	if r == nil {
		return
	}
	doc.Reply.To = d.word(r, "to", gazette.Proposals())
	d.String(r, "session", &doc.Reply.Session)
	d.String(r, "no", &doc.Reply.No)
	d.Strings(r, "undertaker", &doc.Reply.Undertaker)
	doc.Reply.Result = d.word(r, "result", gazette.Results())
	d.Unknown(r)
	d.file.Positions["reply"] = r.Pos
}

// plainNumber is a number that is not negative.
var plainNumber = regexp.MustCompile(`^\d{1,12}(?:\.\d{1,6})?$`)

var monthForm = regexp.MustCompile(`^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$`)

// month reads a month: "2006-01".
func (d *decoder) month(t *toml.Table, key string, dst *string) {
	d.String(t, key, dst)
	if *dst != "" && !monthForm.MatchString(*dst) {
		d.finding("key-value", t.KeyPos(key), key, *dst, "2026-01")
		*dst = ""
	}
	d.mark(t, "", key)
}

// channels reads the figures of a month of answers (回应).
func (d *decoder) channels(t *toml.Table, a *gazette.Article) {
	for _, c := range d.Tables(t, "channels") {
		x := gazette.Channel{OnTime: -1, Satisfied: -1}
		d.Require(c, "name", "received", "closed")
		d.String(c, "name", &x.Name)
		d.count(c, "received", &x.Received, 0, maxFigure)
		d.count(c, "closed", &x.Closed, 0, maxFigure)
		d.count(c, "on_time", &x.OnTime, 0, maxFigure)
		d.count(c, "satisfied", &x.Satisfied, 0, maxFigure)
		d.Unknown(c)
		if x.OnTime > x.Closed || x.Satisfied > x.Closed {
			d.finding("response-sum", c.Pos, x.Name, strconv.Itoa(x.Closed))
		}
		if x.Name == "" {
			continue
		}
		if slices.ContainsFunc(a.Channels, func(o gazette.Channel) bool { return o.Name == x.Name }) {
			d.finding("response-twice", c.Pos, x.Name)
			continue
		}
		d.file.Positions["channels."+strconv.Itoa(len(a.Channels))] = c.Pos
		a.Channels = append(a.Channels, x)
	}
}
