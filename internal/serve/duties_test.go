package serve_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gongbao/internal/gazette"
)

func TestWorkingLedger(t *testing.T) {
	_, url := previewOn(t, gazette.NewDate(2026, 11, 27))
	get := func(path string) (int, string) {
		t.Helper()
		resp, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b)
	}
	code, page := get("-duties")
	late, rest, ok := strings.Cut(page, "duty.list.open")
	if code != http.StatusOK || !ok {
		t.Fatalf("%d %s", code, page)
	}
	if !strings.Contains(late, "2026-10-08") || !strings.Contains(late, "content/documents/2026/sfg-5.md") {
		t.Errorf("what is late is not there: %s", late)
	}
	if !strings.Contains(rest, "duty.list.unprinted") || !strings.Contains(rest, `href="/documents/`) {
		t.Errorf("what waits is not there: %s", rest)
	}
	if code, home := get(""); code != http.StatusOK || strings.Contains(home, "-duties") {
		t.Errorf("the home page names the ledger (%d)", code)
	}
}
