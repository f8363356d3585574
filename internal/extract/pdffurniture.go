package extract

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	// folioDashed is never anything but a folio.
	folioDashed = regexp.MustCompile(`^([—–\-－―─·•~]\s*)+\d{1,4}(\s*[—–\-－―─·•~])+$`)
	folioWords  = regexp.MustCompile(`^(第\s*\d{1,4}\s*页([\s,，/、]*(共|总)\s*\d{1,4}\s*页)?|(共|总)\s*\d{1,4}\s*页[\s,，/、]*第\s*\d{1,4}\s*页|(?i:page)\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?)$`)
	folioBare   = regexp.MustCompile(`^(\d{1,4}(\s*/\s*\d{1,4})?|[ivxIVX]{1,6})$`)

	// What a browser prints around a page.
	printURL   = regexp.MustCompile(`(https?|file)://\S*`)
	printTime  = regexp.MustCompile(`\d{4}[年/.\-]\d{1,2}[月/.\-]\d{1,2}日?,?\s*((星期|周)[一二三四五六日天])?\s*((上|下)午|AM|PM)?\s*\d{1,2}:\d{2}(:\d{2})?\s*(AM|PM)?`)
	printPage  = regexp.MustCompile(`第\s*\d{1,4}\s*页[\s,，/]*共\s*\d{1,4}\s*页|\b\d{1,3}\s*/\s*\d{1,3}\b|(?i:page)\s*\d+\s*of\s*\d+`)
	pdfNumbers = regexp.MustCompile(`\d+`)
)

const (
	edgeFolio = 0.16 // of the height of the page: where folios stand
	edgeHead  = 0.11 // where running heads and feet stand
	edgePrint = 0.07 // where a browser prints
	edgeLines = 4    // lines of an edge that are looked at
)

// An edgeLine is a line at the head or foot of a page, by its distance from it.
type edgeLine struct {
	at   int // in lines
	page int // index
	from float64
	foot bool
	rank int // from outside
}

// furniture returns which lines are running heads, folios and marks of a
// printing browser.
func furniture(lines []pdfLine, pages []*pdfPage) []bool {
	gone := make([]bool, len(lines))
	edges := edgesOf(lines, pages)
	repeats := repeated(lines, edges, len(pages))
	folios := map[bool]int{} // bare ones, by foot
	for _, e := range edges {
		if e.rank == 0 && e.from < edgeFolio && folioBare.MatchString(lines[e.at].text) {
			folios[e.foot]++
		}
	}
	open := map[[2]int]bool{} // an edge where something else than furniture was met
	for _, e := range edges {
		key := [2]int{e.page, 0}
		if e.foot {
			key[1] = 1
		}
		l := &lines[e.at]
		t := l.text
		bare := folioBare.MatchString(t) && folios[e.foot] >= 2 && 2*folios[e.foot] >= len(pages)
		is := l.extra ||
			e.from < edgeFolio && (folioDashed.MatchString(t) || folioWords.MatchString(t) || bare) ||
			e.from < edgePrint && printed(t) ||
			e.from < edgeHead && repeats[e.at]
		switch {
		case is && !open[key]:
			gone[e.at] = true
		case !is:
			open[key] = true
		}
	}
	return gone
}

// edgesOf returns the outermost lines of each page, from outside.
func edgesOf(lines []pdfLine, pages []*pdfPage) []edgeLine {
	var out []edgeLine
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && lines[to].page == lines[from].page {
			to++
		}
		n := lines[from].page - 1
		height := pages[n].height
		var at []int
		for i := from; i < to; i++ {
			if turn := lines[i].glyphs[0].turn; turn == 0 {
				at = append(at, i)
			}
		}
		slices.SortStableFunc(at, func(a, b int) int {
			return int(math.Copysign(1, lines[b].y-lines[a].y))
		})
		for r := range min(len(at), edgeLines) {
			out = append(out, edgeLine{at: at[r], page: n, from: (height - lines[at[r]].y) / height, rank: r})
		}
		for r := range min(len(at), edgeLines) {
			i := at[len(at)-1-r]
			out = append(out, edgeLine{at: i, page: n, from: lines[i].y / height, foot: true, rank: r})
		}
		from = to
	}
	return out
}

// printed reports whether a line is what a browser prints around a page.
func printed(t string) bool {
	url, when, page := printURL.MatchString(t), printTime.MatchString(t), printPage.MatchString(t)
	rest := printPage.ReplaceAllString(printTime.ReplaceAllString(printURL.ReplaceAllString(t, ""), ""), "")
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return url || when || page
	}
	// The title of the page stands beside the address or the time.
	return (url || when) && len([]rune(rest)) <= 60 && !strings.ContainsAny(rest, "。；：")
}

// repeated returns the lines that stand at the same height of most pages, or of
// most left or right ones; numbers in them may count pages.
func repeated(lines []pdfLine, edges []edgeLine, pages int) map[int]bool {
	type place struct {
		text string
		foot bool
	}
	found := map[place][]edgeLine{}
	for _, e := range edges {
		if e.from > edgeHead {
			continue
		}
		text := strings.ReplaceAll(lines[e.at].text, " ", "")
		if pages >= 3 {
			text = pdfNumbers.ReplaceAllStringFunc(text, func(s string) string {
				if n, _ := strconv.Atoi(s); n > 0 && len(s) < 5 && abs(n-e.page) < 600 {
					return "p" + strconv.Itoa(n-e.page)
				}
				return s
			})
		}
		if strings.HasPrefix(text, "附") || strings.HasPrefix(text, "表") {
			continue
		}
		k := place{text, e.foot}
		found[k] = append(found[k], e)
	}
	out := map[int]bool{}
	for _, es := range found {
		first := lines[es[0].at].y
		var same []int
		for _, e := range es {
			if math.Abs(lines[e.at].y-first) < 4 {
				same = append(same, e.at)
			}
		}
		if len(same) < 2 || 5*len(same) < 2*pages {
			continue
		}
		for _, at := range same {
			out[at] = true
		}
	}
	return out
}
