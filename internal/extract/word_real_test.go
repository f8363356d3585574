package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

const wordRealDocs = "../../../shared/corpus/realdocs"

// wordReal are the Word files of the corpus with the characters that may be
// lost or added, white space not counted.
var wordReal = map[string]int{"024": 0, "026": 0, "028": 0, "030": 0, "066": 0, "090": 0, "092": 0}

func realWord(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(wordRealDocs, "original", name+".docx"))
	if err != nil {
		t.Skipf("corpus/realdocs is not beside the repository: %v", err)
	}
	return b
}

// TestRealWordFilesLoseNothing compares with what a person says the text is.
func TestRealWordFilesLoseNothing(t *testing.T) {
	for name, bound := range wordReal {
		d, err := readWord(realWord(t, name), Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want, err := os.ReadFile(filepath.Join(wordRealDocs, "text", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		lost, added := wordCharDiff(wordInked(string(want)), wordInked(wordAllText(d)))
		if lost+added > bound {
			t.Errorf("%s: %d characters lost, %d added, of %d", name, lost, added, len(wordInked(string(want))))
		}
	}
}

func wordAllText(d *Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		for _, row := range block.Rows {
			for _, c := range row {
				b.WriteString(PlainText(c.Runs) + "\t")
			}
			b.WriteString("\n")
		}
		b.WriteString(PlainText(block.Runs) + "\n")
	}
	return b.String()
}

func wordInked(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' {
			return -1
		}
		return r
	}, s))
}

// wordCharDiff counts what stands in only one of two texts, in order: exact where
// they differ little.
func wordCharDiff(a, b []rune) (lost, added int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > 50_000_000 {
		return len(a), len(b)
	}
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return len(a) - row[len(b)], len(b) - row[len(b)]
}

func BenchmarkWordRealFiles(b *testing.B) {
	var files [][]byte
	for name := range wordReal {
		files = append(files, realWord(b, name))
	}
	n := 0
	for b.Loop() {
		for _, f := range files {
			if _, err := readWord(f, Options{}); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
}
