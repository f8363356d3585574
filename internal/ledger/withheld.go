package ledger

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
)

// WithheldFile is where the documents that are not public are on record, from the
// site's root. Nothing of it is published but how many there are.
const WithheldFile = "content/data/ledger/withheld.ndjson"

// NotPublished is the event of a line in WithheldFile.
const NotPublished = "withheld"

// A Withheld is a document that exists for the record only: its text is not in
// content/, because what was ever committed cannot be taken back. It has no
// title: a title can say too much.
//
//	{"v":1,"at":"2026-11-27T09:00:00+08:00","event":"withheld","number":"示府办发〔2026〕3号",
//	 "attribute":"不予公开","reason":"过程性信息","review":"2027-11-30"}
//
// A later line of the same number takes the place of the earlier.
type Withheld struct {
	V         int      `json:"v"`
	At        string   `json:"at"` // RFC 3339, +08:00
	Event     string   `json:"event"`
	Number    string   `json:"number"`
	Attribute string   `json:"attribute"`        // 依申请公开, 不予公开
	Reason    string   `json:"reason,omitempty"` // of gazette.Reasons
	Review    string   `json:"review,omitempty"` // the day on which it is looked at again
	Verdict   string   `json:"verdict,omitempty"`
	Pos       diag.Pos `json:"-"`
}

// Withheld returns the newest line of each number, ordered by number, but for
// those that became public since.
func (l *Ledger) Withheld() []Withheld {
	ws := slices.SortedFunc(maps.Values(l.withheld), func(a, b Withheld) int { return cmp.Compare(a.Number, b.Number) })
	return slices.DeleteFunc(ws, func(w Withheld) bool { return w.Attribute == string(gazette.Public) })
}

// readWithheld takes a line of WithheldFile; it returns what is wrong with it, or
// "".
func (l *Ledger) readWithheld(raw []byte, pos diag.Pos) string {
	var w Withheld
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields() // a title would be one
	if err := d.Decode(&w); err != nil {
		return err.Error()
	}
	if w.V != 1 || w.Number == "" || w.Attribute == "" {
		return "v, number, attribute"
	}
	w.Pos = pos
	if l.withheld == nil {
		l.withheld = map[string]Withheld{}
	}
	l.withheld[w.Number] = w
	return ""
}

// AppendWithheld returns the text to append to WithheldFile for the given lines.
func AppendWithheld(lines []Withheld) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, w := range lines {
		w.V, w.Event = 1, NotPublished
		if err := enc.Encode(w); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
