package html

// An Event is one day in the life of a document.
type Event struct {
	Date string
	What string // 公布, 施行, 修改 …
	By   []Link // the document that did it, the issue that printed it
}

// Aids are what the script needs to copy, to cite and to read aloud. They hold
// no status word: what is copied freezes (design §4).
type Aids struct {
	Cite    string // 《title》（number）
	Address string // of the work: the page's address that never changes; "" without base_url
	Text    string // of this text among several of the work, absolute or relative; "" for a single text
	Status  bool   // there is a status to look up
	Audio   File   // the site's own recording, read instead of a synthetic voice
}
