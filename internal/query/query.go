// Package query reads what a reader types into a search box, and scores what it
// finds. The browser's client (layouts/assets/search.js) reads and scores in the
// same way; testdata/queries.txt is run in both.
//
// All is done on folded streams (zh.Stream): how a thing is written does not
// count. A query may be several things at once: 2023 36号 is a number, and two
// terms. All readings are looked up.
package query

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A Query is what was typed, in all its readings.
type Query struct {
	Terms  []string // streams, none empty, each once: a document must have all of them
	Whole  string   // the stream of all that was typed: what a title may equal
	Number *Number  // as 发文字号, or nil
	Issue  *Issue   // as a place in an issue, or nil
	// Article is the anchor of an article (art_5) named behind what else was typed, which
	// then is Title; both "" if there is none.
	Article, Title string
}

// A Number is a document number as people remember it: any part may be left out
// but the serial.
type Number struct {
	Series string // stream of what stands before, "" for any
	Year   int    // 0: none, as in orders
	Serial int
}

// An Issue is 2023年第6期第12页.
type Issue struct {
	Year, No int
	Page     int // 0: none
}

const maxTerms = 8

// MaxNamed is how many titles may hold Query.Title: what more titles hold (条例,
// 管理办法) names no document, and its article none.
const MaxNamed = 20

var (
	issuePattern   = regexp.MustCompile(`^(?:(?:.*[^0-9])?((?:19|20|21)[0-9]{2})年第?|[^0-9第]*第)([0-9十]{1,3})期(?:第?([0-9十百]{1,4})页)?$`)
	articlePattern = regexp.MustCompile(`^(.+?)第([0-9十百千]{1,7})条(?:第[0-9十]{1,3}款)?(?:第[0-9十]{1,3}项)?$`)
	yearNumber     = regexp.MustCompile(`^(.*?[^0-9第])?第?((?:19|20|21)[0-9]{2})年?第?([0-9]{1,6}|[0-9十百千]{1,7})号?(?:令|公告|通告)?$`)
	ordinalNumber  = regexp.MustCompile(`^(.*?)第([0-9十百千]{1,7})号(?:令|公告|通告)?$`)
	orderNumber    = regexp.MustCompile(`^(.*令)([0-9]{1,6})$`)
	plainNumber    = regexp.MustCompile(`^(.*?[^0-9])?([0-9]{1,6})号(?:令|公告|通告)?$`)
)

// Parse reads what was typed.
func Parse(typed string) Query {
	q := Query{Whole: zh.Stream(typed)}
	seen := map[string]bool{}
	for _, word := range strings.Fields(typed) { // what is invisible parts no words
		if s := zh.Stream(word); s != "" && !seen[s] && len(q.Terms) < maxTerms {
			seen[s] = true
			q.Terms = append(q.Terms, s)
		}
	}
	q.Number = parseNumber(q.Whole)
	if m := issuePattern.FindStringSubmatch(q.Whole); m != nil {
		q.Issue = &Issue{Year: numeral(m[1]), No: numeral(m[2]), Page: numeral(m[3])}
	}
	if m := articlePattern.FindStringSubmatch(q.Whole); m != nil && utf8.RuneCountInString(m[1]) > 1 {
		q.Title, q.Article = m[1], "art_"+strconv.Itoa(numeral(m[2]))
	}
	return q
}

// parseNumber reads a stream as a document number: 内府办函202336号, 202336, 国务院令第711号,
// 国务院令711, 第10号. It returns nil for anything else. A year must be followed by a
// serial; without a year, 号 or 令 must be written. gazette.ParseNumber reads what is
// written in documents, and would know none of these.
func parseNumber(stream string) *Number {
	if m := yearNumber.FindStringSubmatch(stream); m != nil {
		if n := numeral(m[3]); n > 0 && n < 1e6 {
			return &Number{Series: m[1], Year: numeral(m[2]), Serial: n}
		}
	}
	for _, p := range []*regexp.Regexp{ordinalNumber, plainNumber, orderNumber} {
		if m := p.FindStringSubmatch(stream); m != nil {
			if n := numeral(m[2]); n > 0 && n < 1e6 {
				return &Number{Series: m[1], Serial: n}
			}
		}
	}
	return nil
}

// numeral is the value of digits, or of a Chinese numeral whose digits the
// stream has made Arabic, which zh.ParseNumeral does not read: 36, 3十6, 7百1十1. 0
// for anything else.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	sum, digit := 0, 0
	for i, r := range s {
		unit := 0
		switch r {
		case '十':
			unit = 10
		case '百':
			unit = 100
		case '千':
			unit = 1000
		default:
			if digit > 9 || r < '0' || r > '9' {
				return 0
			}
			digit = digit*10 + int(r-'0')
			continue
		}
		if digit == 0 && i == 0 {
			digit = 1
		}
		sum += digit * unit
		digit = 0
	}
	return sum + digit
}

// Key is the key of a number's year and serial in the exact lookups: 2023-36.
func (n Number) Key() string { return strconv.Itoa(n.Year) + "-" + strconv.Itoa(n.Serial) }

// Fit says how well a document's series, as a stream, answers the query's: 2 for
// the same or any, 1 if it holds it, 0 if not.
func (n Number) Fit(series string) int {
	switch {
	case n.Series == "" || n.Series == series:
		return 2
	case strings.Contains(series, n.Series):
		return 1
	}
	return 0
}

// A Match is how a document answers a query.
type Match struct {
	Number int  // Fit of the number, 0 if the query is none or has another
	Title  bool // all that was typed is its title
	Heads  int  // terms that its title or number holds
	Terms  int  // terms of the query; those not in heads are in the body
	Ended  bool // it is no longer in force, or a newer text has superseded it
	Year   int  // in which it came out, 0 if not known
}

// Score is the document's place among the results: the higher the better; of
// equal ones the newer stands first. An exact number comes before all, then the
// title, then titles and numbers that hold the terms; then what is in force, then
// what is newer. Only whole numbers, so that two programs agree.
func (m Match) Score() int {
	s := 0
	switch m.Number {
	case 2:
		s += 8000
	case 1:
		s += 6000
	}
	if m.Title {
		s += 3000
	}
	if m.Terms > 0 {
		s += m.Heads * 1000 / m.Terms
	}
	if !m.Ended {
		s += 500
	}
	return s + max(0, min(m.Year-1900, 400))
}
