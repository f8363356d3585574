package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestHostilePDFEnd reads files that ask for far more work than their size: the
// work is bounded, so that they come to an end.
func TestHostilePDFEnd(t *testing.T) {
	branches := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 100 0 R>>endobj trailer<</Root 1 0 R>>\n"
	for i := range 38 {
		branches += fmt.Sprintf("%d 0 obj<</Kids %d 0 R>>endobj %d 0 obj[<</Kids %d 0 R>><</Kids %d 0 R>>]endobj\n", 100+i, 200+i, 200+i, 201+i, 201+i)
	}
	many := strings.Repeat("<0000><ffff><00410042>\n", 40_000)
	for name, s := range map[string]string{
		"streams without end":         "%PDF-1.4\n" + strings.Repeat("1 0 obj<</Type/XRef>>stream\n", 1_000),
		"objects without end":         "%PDF-1.4\n" + strings.Repeat("1 0 obj<</ObjStm[ ", 60_000),
		"trailers without end":        "%PDF-1.4\n" + strings.Repeat("trailer<<[", 1_000),
		"pages that branch":           branches,
		"ranges of a map":             "%PDF" + string(makePDF("9000 0 obj<</Subtype/Type0/ToUnicode 9001 0 R>>endobj 9001 0 obj<<>>stream\nbegin "+many+"endbfrange\nendstream", "BT /F1 1 Tf "+strings.Repeat("(abcdefgh) Tj ", 10_000))),
		"content that many pages use": string(makePDF(ucsFont, strings.Repeat("q ", 200_000))) + strings.Repeat("\n", 10) + manyPages(1000),
		"contents of many pieces":     string(makePDF(ucsFont, "")) + "\n10 0 obj<</Type/Page/Contents[" + strings.Repeat("7 0 R ", 40_000) + "]>>endobj 7 0 obj<<>>stream\n" + strings.Repeat("q ", 10_000) + "\nendstream endobj",
	} {
		_, err := readPDF([]byte(s), Options{})
		if p, ok := errors.AsType[*Problem](err); err != nil && (!ok || p.Detail == "panic") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// manyPages replaces the tree by pages that all show the content of the first.
func manyPages(n int) string {
	return fmt.Sprintf("2 0 obj<</Kids[%s]>>endobj", strings.Repeat("<</Type/Page/Contents 11 0 R>>", n))
}
