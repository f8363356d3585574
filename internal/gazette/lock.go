package gazette

import "strconv"

// A Lock is what `issue seal` writes down of a printed issue (封存): from then
// on its pages and texts are fixed, because paper cannot be changed.
type Lock struct {
	Sealed    Date
	Paper     string // "A4" or "16K"
	Pages     int    // of the whole file
	PDF       string // SHA-256 of the file as printed, in hexadecimal
	Fonts     string // hash of the fonts
	Imprint   []ImprintLine
	Documents []LockedDocument
}

// A LockedDocument is one document of a sealed issue.
type LockedDocument struct {
	ID          string // that of the ledger, else the path in content/ without its ending
	Title       string
	First, Last int    // pages
	Text        string // hash of the text, in hexadecimal
	Line        int    // in the file of the lock, 0 for one that was not read
}

// Papers are the sizes on which an issue is printed: A4 and 大16开, 210×285 mm.
func Papers() []string { return []string{"A4", "16K"} }

// Span writes a stretch of pages or numbers: 3–5, or 3.
func Span(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}
