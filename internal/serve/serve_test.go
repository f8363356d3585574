package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/corpus"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/serve"
)

// A visit is a preview of a small site, and a page of it that is open.
type visit struct {
	t        testing.TB
	root     string
	url      string
	made     *corpus.Corpus
	messages chan state
}

type state struct {
	Version       int
	Wrong, AsOf   string
	Drafts, Local bool
}

func open(t testing.TB, documents int) *visit {
	t.Helper()
	v := &visit{t: t, root: t.TempDir(), messages: make(chan state, 100)}
	var err error
	if v.made, err = corpus.Write(v.root, corpus.Options{Seed: 2, Documents: documents}); err != nil {
		t.Fatal(err)
	}
	listening := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- serve.Run(ctx, serve.Options{
			Build: build.Options{Root: v.root, AsOf: gazette.NewDate(2026, 11, 23), Drafts: true}, Addr: "127.0.0.1:0",
			Listen:  func(urls []string) { listening <- urls[0] },
			Overlay: func(f diag.Finding) string { return fmt.Sprintf("%s %s\n", f.Pos, f.Rule) },
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	select {
	case v.url = <-listening:
	case err := <-done:
		t.Fatal(err)
	}
	resp, err := http.Get(v.url + "-events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	go func() {
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var s state
				if json.Unmarshal([]byte(data), &s) == nil {
					v.messages <- s
				}
			}
		}
	}()
	return v
}

func (v *visit) get(path string) (int, string) {
	v.t.Helper()
	resp, err := http.Get(v.url + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func (v *visit) file(name string) string { return filepath.Join(v.root, filepath.FromSlash(name)) }

func (v *visit) read(name string) string {
	v.t.Helper()
	b, err := os.ReadFile(v.file(name))
	if err != nil {
		v.t.Fatal(err)
	}
	return string(b)
}

func (v *visit) write(name, text string) {
	v.t.Helper()
	if err := os.MkdirAll(filepath.Dir(v.file(name)), 0o755); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(v.file(name), []byte(text), 0o644); err != nil {
		v.t.Fatal(err)
	}
}

// await waits for a message that is as wanted.
func (v *visit) await(what string, want func(s state) bool) {
	v.t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		select {
		case s := <-v.messages:
			if want(s) {
				return
			}
		case <-timeout:
			v.t.Fatalf("%s: no message says so", what)
		}
	}
}

// shows waits until a page has a text, or has it no more.
func (v *visit) shows(path, text string, want bool) {
	v.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		code, page := v.get(path)
		if code == http.StatusOK && strings.Contains(page, text) == want {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("%s (%d): %q is there: %v, want %v", path, code, text, !want, want)
		}
	}
}

// address is where the page of a document of corpus stands: documents/2023/s05-12.md
// has the series s05.
func address(path string) string {
	var year int
	var name string
	if _, err := fmt.Sscanf(path, "documents/%d/%s", &year, &name); err != nil {
		return ""
	}
	series, serial, _ := strings.Cut(strings.TrimSuffix(name, ".md"), "-")
	return fmt.Sprintf("documents/%s/%d/%s/", series, year, serial)
}

func TestSavesShow(t *testing.T) {
	v := open(t, 40)
	doc := v.made.Documents[len(v.made.Documents)-1]
	page, text := address(doc), v.read("content/"+doc)
	v.write("content/"+doc, text+"\n保存后的一句。\n")
	v.await("a body", func(s state) bool { return s.Version > 0 })
	v.shows(page, "保存后的一句", true)
	v.write("content/"+doc, strings.Replace(text, "title = \"", "title = \"改名后的", 1))
	v.shows(page, "改名后的", true)
	v.shows("documents/", "改名后的", true)
	v.write("config.toml", strings.ReplaceAll(v.read("config.toml"), "示范市人民政府公报", "新名公报"))
	v.shows("", "新名公报", true)
	v.write("content/pages/about.md", "+++\ntitle = \"关于\"\n+++\n\n新的一页。\n")
	v.shows("pages/about/", "新的一页", true)
	if err := os.Remove(v.file("content/pages/about.md")); err != nil {
		t.Fatal(err)
	}
	v.shows("sitemap/", "pages/about", false)
	v.write("content/data/topics.toml", v.read("content/data/topics.toml")+"\n[[topic]]\nname = \"新主题\"\ncode = \"xzt\"\n")
	v.write("content/"+doc, strings.Replace(text, "topics = [", "topics = [\"新主题\", ", 1))
	v.shows(page, "新主题", true)
}

func TestMistakesShowAndGo(t *testing.T) {
	v := open(t, 20)
	doc := "content/" + v.made.Documents[3]
	text := v.read(doc)
	v.write(doc, strings.Replace(text, "class = ", "klass = ", 1))
	v.await("the mistake", func(s state) bool { return strings.Contains(s.Wrong, doc+":4:1 key-unknown") })
	v.write(doc, text)
	v.await("the mended mistake", func(s state) bool { return s.Wrong == "" })
	footer := "layouts/partials/footer.html"
	v.write(footer, "{{define \"footer\"}}{{end")
	v.await("a broken layout", func(s state) bool { return strings.Contains(s.Wrong, "template") })
	if code, page := v.get(""); code != http.StatusOK || !strings.Contains(page, "示范市人民政府公报") {
		t.Errorf("with a broken layout the last good pages are gone (%d)", code)
	}
	v.write(footer, "{{define \"footer\"}}<footer>新的页脚</footer>{{end}}")
	v.await("the mended layout", func(s state) bool { return s.Wrong == "" })
	v.shows("", "新的页脚", true)
}

// An editor writes beside the file and renames; a branch switch changes hundreds
// of files, folders among them; none of it leaves the preview behind.
func TestStorms(t *testing.T) {
	v := open(t, 60)
	doc := v.made.Documents[5]
	text := v.read("content/" + doc)
	for i := range 30 { // as editors save
		temp := v.file("content/" + doc + "~")
		if err := os.WriteFile(temp, []byte(text+fmt.Sprintf("\n第%d版。\n", i)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(v.file("content/documents/4913"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(temp, v.file("content/"+doc)); err != nil {
			t.Fatal(err)
		}
	}
	v.shows(address(doc), "第29版。", true)
	for i := range 20 { // folders come and go
		from, to := fmt.Sprintf("content/documents/x%d", i), fmt.Sprintf("content/documents/x%d", i+1)
		if i == 0 {
			v.write(from+"/a.md", "+++\ntitle = \"游移的文件\"\ndisclosure = \"主动公开\"\nslug = \"yy\"\nsigned = 2026-11-01\n+++\n\n文。\n")
		}
		if err := os.Rename(v.file(from), v.file(to)); err != nil {
			t.Fatal(err)
		}
	}
	v.shows("documents/", "游移的文件", true)
	all := map[string]string{}
	for _, name := range v.made.Documents {
		all[name] = v.read("content/" + name)
	}
	for range 2 { // another branch and back
		for name := range all {
			if err := os.Remove(v.file("content/" + name)); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range all {
			v.write("content/"+name, text+"\n另一支。\n")
		}
	}
	v.shows(address(doc), "另一支。", true)
	for name, text := range all {
		v.write("content/"+name, text)
	}
	v.shows(address(doc), "另一支。", false)
}

func TestSwitch(t *testing.T) {
	v := open(t, 20)
	v.write("content/pages/later.md", "+++\ntitle = \"以后\"\ndraft = true\n+++\n\n草稿的一页。\n")
	v.shows("pages/later/", "草稿的一页", true)
	post := func(origin string, values url.Values) int {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, v.url+"-switch", strings.NewReader(values.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", origin)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	own := strings.TrimSuffix(v.url, "/")
	to := url.Values{"asOf": {"2030-01-01"}, "drafts": {"false"}}
	if code := post("http://stranger.example", to); code != http.StatusForbidden {
		t.Errorf("a stranger's page may switch (%d)", code)
	}
	if code := post(own, url.Values{"asOf": {"2030-13-01"}}); code != http.StatusBadRequest {
		t.Errorf("a day that is none: %d", code)
	}
	if code := post(own, to); code != http.StatusNoContent {
		t.Errorf("switch = %d", code)
	}
	v.await("the switch", func(s state) bool { return s.AsOf == "2030-01-01" && !s.Drafts && s.Local })
	if code, _ := v.get("pages/later/"); code != http.StatusNotFound {
		t.Errorf("without drafts the draft is there (%d)", code)
	}
	v.shows("status.json", "2030-01-01", true)
}

// What is not of the site is not served, whatever the path or the name asked for.
func TestServesTheSiteOnly(t *testing.T) {
	v := open(t, 12)
	if err := os.WriteFile(filepath.Join(filepath.Dir(v.root), "secret.txt"), []byte("秘密"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "documents/../../secret.txt", "config.toml", "content/data/issuers.toml",
		".gongbao/memo.index", "assets/../config.toml", "assets/%2e%2e/%2e%2e/config.toml", "//etc/passwd", "content/" + v.made.Documents[0],
		"documents/%00", strings.Repeat("x/", 3000), "documents/..\\..\\config.toml",
	} {
		r, err := http.NewRequest(http.MethodGet, v.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Opaque = "/" + path // as it stands
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue
		}
		b, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK || strings.Contains(string(b), "秘密") || strings.Contains(string(b), "[[issuer]]") {
			t.Errorf("%s is served (%d)", path, resp.StatusCode)
		}
	}
	r, err := http.NewRequest(http.MethodGet, v.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "stranger.example"
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a name of a stranger opens the preview (%d)", resp.StatusCode)
	}
}
