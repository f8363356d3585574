package qr_test

import (
	"strings"
	"testing"

	"gongbao/internal/qr"
)

// TestText reads the modules back out of the half blocks.
func TestText(t *testing.T) {
	c, err := qr.New("http://192.168.1.20:8080/")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(c.Text(), "\n"), "\n")
	for y := range c.Size {
		for x := range c.Size {
			row := []rune(lines[(y+qr.Quiet)/2])
			r := row[x+qr.Quiet]
			white := r == '█' || r == '▀' && (y+qr.Quiet)%2 == 0 || r == '▄' && (y+qr.Quiet)%2 == 1
			if white == c.Black(x, y) {
				t.Fatalf("module %d, %d is %q", x, y, r)
			}
		}
	}
	if len([]rune(lines[0])) != c.Size+2*qr.Quiet {
		t.Errorf("a line is %d wide, want %d", len([]rune(lines[0])), c.Size+2*qr.Quiet)
	}
}
