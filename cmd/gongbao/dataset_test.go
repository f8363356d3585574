package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongbao/internal/gazette"
	"gongbao/internal/render/dataset"
	"gongbao/internal/source"
)

func readDocument(t *testing.T, name string) dataset.Document {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var d dataset.Document
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// pageFacts are the rows of the table of facts of a page, by their names, and the
// force that its status has; "none" for no status.
func pageFacts(t *testing.T, name string) (rows map[string]string, force string, days []string) {
	t.Helper()
	doc := parsed(t, name)
	rows, force = map[string]string{}, "none"
	key := ""
	var walk func(n *html.Node, facts, status bool)
	walk = func(n *html.Node, facts, status bool) {
		if n.Type == html.ElementNode {
			switch {
			case attr(n, "class") == "side":
				facts = true
			case attr(n, "id") == "status":
				status, force = true, strings.TrimPrefix(attr(n, "class"), "status ")
			case facts && n.Data == "dt":
				key = strings.TrimSpace(text(n))
				rows[key] = ""
			case facts && n.Data == "dd":
				rows[key] = strings.Join(strings.Fields(rows[key]+" "+text(n)), " ")
			case status && n.Data == "time":
				days = append(days, text(n))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, facts, status)
		}
	}
	walk(doc, false, false)
	return rows, force, days
}

// pageNames are what the page calls the fields.
var pageNames = map[string]func(d *dataset.Document) string{
	"索引号":  func(d *dataset.Document) string { return d.Index },
	"发文字号": func(d *dataset.Document) string { return d.Number },
	"文件类别": func(d *dataset.Document) string { return d.Class },
	"成文日期": func(d *dataset.Document) string { return d.Signed },
	"印发日期": func(d *dataset.Document) string { return d.Printed },
	"公布日期": func(d *dataset.Document) string { return d.Promulgated },
	"发布日期": func(d *dataset.Document) string { return strings.Split(d.Published, "T")[0] },
	"公开属性": func(d *dataset.Document) string { return d.Disclosure },
	"登记号":  func(d *dataset.Document) string { return d.Registration },
	"签发人":  func(d *dataset.Document) string { return d.Signer },
	"发文机关": func(d *dataset.Document) string { return strings.Join(d.Issuers, " ") },
	"文种":   func(d *dataset.Document) string { return d.Kind },
	"主题词":  func(d *dataset.Document) string { return strings.Join(d.Keywords, " ") },
}

// The data of every document say what its page says: title, number, every field
// that both have, the status, the text with its anchors; and every file that they
// name is there with its hash.
func TestDataIsThePage(t *testing.T) {
	for name, root := range map[string]func(t *testing.T) (content, public string){
		"sample": func(t *testing.T) (string, string) { return "../../content", buildSample(t) },
		"corpus": func(t *testing.T) (string, string) {
			root := readCorpus(t)
			return filepath.Join(root, "content"), filepath.Join(root, "public")
		},
	} {
		t.Run(name, func(t *testing.T) {
			content, public := root(t)
			compared := map[string]int{}
			folders := pagesOf(t, public)
			for _, dir := range folders {
				agree(t, content, public, dir, compared)
			}
			if len(folders) < 50 || compared["发文字号"] == 0 || compared["成文日期"] == 0 || compared["status"] == 0 {
				t.Errorf("%d documents, compared: %v", len(folders), compared)
			}
			t.Log(len(folders), "documents, compared:", compared)
		})
	}
}

func agree(t *testing.T, content, public, dir string, compared map[string]int) {
	t.Helper()
	page := filepath.Join(dir, "index.html")
	d := readDocument(t, filepath.Join(dir, "index.json"))
	body, law := readBody(t, page), readAKN(t, filepath.Join(dir, "index.akn.xml"))
	if body.title != d.Title || body.number != d.Number {
		t.Errorf("%s: %q %q, on the page %q %q", dir, d.Title, d.Number, body.title, body.number)
	}
	rows, force, days := pageFacts(t, page)
	for key, field := range pageNames {
		if shown, ok := rows[key]; ok {
			compared[key]++
			if got := strings.Join(strings.Fields(field(&d)), " "); got != shown {
				t.Errorf("%s: %s is %q, on the page %q", dir, key, got, shown)
			}
		}
	}
	if force != "none" || d.Status.Force != "none" {
		compared["status"]++
	}
	if force != d.Status.Force {
		t.Errorf("%s: %s, on the page %s", dir, d.Status.Force, force)
	}
	for _, day := range days {
		if d.Status.Force == "pending" { // the page names the first day in force
			on, err := gazette.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			day = on.AddDays(-1).String()
		}
		if day != d.Status.From && day != d.Status.To {
			t.Errorf("%s: %s to %s, on the page %v", dir, d.Status.From, d.Status.To, days)
		}
	}
	var intervals []string
	for _, iv := range d.Intervals {
		if iv.Force != "none" {
			intervals = append(intervals, iv.From+"…"+iv.To+" "+iv.Force)
		}
	}
	if !slices.Equal(intervals, law.intervals) {
		t.Errorf("%s: intervals %v, in Akoma Ntoso %v", dir, intervals, law.intervals)
	}
	var ids []string
	var walk func(ps []dataset.Part)
	walk = func(ps []dataset.Part) {
		for _, p := range ps {
			if p.ID != "" {
				ids = append(ids, p.ID)
			}
			walk(p.Parts)
		}
	}
	walk(d.Parts)
	slices.Sort(ids)
	if !slices.Equal(ids, body.ids) {
		t.Errorf("%s: anchors differ: %v", dir, differing(body.ids, ids))
	}
	raw, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(d.Path)))
	if err != nil {
		t.Fatal(err)
	}
	if f := source.Read(d.Path, raw); string(f.Body) != d.Markdown {
		t.Errorf("%s: the Markdown is not that of %s", dir, d.Path)
	}
	if d.Address != filepath.ToSlash(strings.TrimPrefix(dir, public+string(filepath.Separator)))+"/" {
		t.Errorf("%s: its address is %s", dir, d.Address)
	}
	for _, f := range d.Files {
		b, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(f.Path)))
		sum := sha256.Sum256(b)
		if err != nil || hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(b)) != f.Size {
			t.Errorf("%s: %s is not what it says: %v", dir, f.Path, err)
		}
	}
	if len(d.Files) < 3 {
		t.Errorf("%s names %d files", dir, len(d.Files))
	}
}
