package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// aknSchema is the schema of Akoma Ntoso 3.0 (OASIS), beside the repository.
const aknSchema = "../../../shared/schemas/akn/akomantoso30.xsd"

// validAKN fails for every file that the schema does not allow.
func validAKN(t *testing.T, files []string) {
	t.Helper()
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Log("not validated: xmllint is not installed")
		return
	}
	if _, err := os.Stat(aknSchema); err != nil {
		t.Log("not validated: the schema is not beside the repository")
		return
	}
	for part := range slices.Chunk(files, 500) {
		out, err := exec.Command(lint, append([]string{"--nonet", "--noout", "--schema", aknSchema}, part...)...).CombinedOutput()
		if err == nil {
			continue
		}
		said := 0
		for line := range strings.Lines(string(out)) {
			if !strings.HasSuffix(strings.TrimSpace(line), " validates") && said < 20 {
				t.Error(strings.TrimSpace(line))
				said++
			}
		}
	}
}

// An aknText is what an Akoma Ntoso file says of a document.
type aknText struct {
	title, number string
	ids           []string // of its text
	words         string   // of its text, sorted by paragraph
	intervals     []string
}

func readAKN(t *testing.T, name string) aknText {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var a aknText
	var in []string
	var paragraphs []string
	inText := 0 // inside what is no metadata
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			tag := x.Name.Local
			in = append(in, tag)
			if tag == "interval" {
				a.intervals = append(a.intervals, value(x, "from")+"…"+value(x, "to")+" "+value(x, "force"))
			}
			switch {
			case tag == "meta":
				inText--
			case tag == "akomaNtoso":
				inText++
			case inText > 0:
				switch id := value(x, "eId"); {
				case id == "" || tag == "preface" || tag == "preamble" || tag == "conclusions" || tag == "list" || tag == "authorialNote":
				default:
					a.ids = append(a.ids, id)
				}
				switch tag {
				case "num", "heading", "p", "item":
					paragraphs = append(paragraphs, "")
				}
			}
		case xml.EndElement:
			in = in[:len(in)-1]
			if x.Name.Local == "meta" {
				inText++
			}
		case xml.CharData:
			text := string(x)
			switch {
			case inText < 1:
			case slices.Contains(in, "docNumber"):
				a.number += text
			case slices.Contains(in, "docTitle") && !slices.Contains(in, "attachments"):
				a.title += text
			case len(paragraphs) > 0:
				paragraphs[len(paragraphs)-1] += text
			}
		}
	}
	a.words = sortedRunes(strings.Join(paragraphs, ""))
	slices.Sort(a.ids)
	return a
}

// sortedRunes are the characters of a text without space, sorted: conclusions
// stand before annexes in one form and between them in the other.
func sortedRunes(s string) string {
	r := []rune(squeeze(s))
	slices.Sort(r)
	return string(r)
}

func value(x xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// A pageBody is the text of a document's page, with its anchors.
type pageBody struct {
	title, number, words string
	ids                  []string
}

func readBody(t *testing.T, name string) pageBody {
	t.Helper()
	doc := parsed(t, name)
	var p pageBody
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Type == html.ElementNode {
			class := attr(n, "class")
			switch {
			case n.Data == "h1":
				p.title = text(n)
			case class == "docnumber":
				p.number = text(n)
			case attr(n, "id") == "text":
				p.words, in = text(n), true
			case class == "notes" || class == "footnotes" || class == "mark" || class == "marks":
				return
			}
			if id := attr(n, "id"); in && id != "" && id != "text" && !strings.HasPrefix(id, "fn") {
				p.ids = append(p.ids, id)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, false)
	p.words = sortedRunes(p.words)
	slices.Sort(p.ids)
	return p
}

// pagesOf are the folders of the documents of a built site.
func pagesOf(t *testing.T, public string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(public, "documents"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "index.akn.xml" {
			out = append(out, filepath.Dir(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every document of the corpus says the same in Akoma Ntoso as on its page, and
// the schema allows all of it.
func TestAkomaNtosoIsThePage(t *testing.T) {
	root := readCorpus(t)
	folders := pagesOf(t, filepath.Join(root, "public"))
	if len(folders) < 1100 {
		t.Fatalf("%d documents", len(folders))
	}
	var files []string
	for _, dir := range folders {
		files = append(files, filepath.Join(dir, "index.akn.xml"))
		page, law := readBody(t, filepath.Join(dir, "index.html")), readAKN(t, files[len(files)-1])
		switch {
		case page.title != law.title, page.number != law.number:
			t.Errorf("%s: %q %q, on the page %q %q", dir, law.title, law.number, page.title, page.number)
		case !slices.Equal(page.ids, law.ids):
			t.Errorf("%s: anchors differ: %v", dir, differing(page.ids, law.ids))
		case page.words != law.words:
			t.Errorf("%s: texts differ: %s", dir, differing(strings.Split(page.words, ""), strings.Split(law.words, "")))
		}
	}
	validAKN(t, files)
}

// differing is what only one of two sorted lists has, the first few.
func differing(a, b []string) []string {
	var out []string
	for len(a)+len(b) > 0 && len(out) < 12 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			out = append(out, "-"+a[0])
			a = a[1:]
		case len(a) == 0 || b[0] < a[0]:
			out = append(out, "+"+b[0])
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return out
}
