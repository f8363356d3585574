package html

import (
	"encoding/json"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// jsonInterval is one entry of Document.Intervals, for the reader's browser.
type jsonInterval struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Force  string `json:"force"`
	Label  string `json:"label"`
	Detail string `json:"detail"`
	Reason string `json:"reason,omitempty"`
}

// intervals is the list from which the browser picks; "" where there is none
// or nothing to pick.
func (s *Site) intervals(e *catalog.Entry) string {
	until := s.cat.SupersededFrom(e)
	if len(e.Intervals) < 2 && until.IsZero() {
		return ""
	}
	var out []jsonInterval
	for _, iv := range e.Intervals {
		if iv.Force == gazette.NoForce {
			continue
		}
		x := jsonInterval{From: iv.From.String(), To: iv.To.String(), Force: string(iv.Force), Label: s.strings.T("force." + string(iv.Force)), Detail: s.detail(iv)}
		if iv.Cause >= 0 {
			x.Reason = s.reason(e, e.Effects[iv.Cause])
			if by := s.cat.Entry(e.Effects[iv.Cause].By); by != nil {
				x.Reason += by.Cited()
			}
		}
		if !until.IsZero() && !iv.From.Before(until) {
			break
		}
		if !until.IsZero() && (iv.To.IsZero() || !iv.To.Before(until)) {
			x.To = until.AddDays(-1).String()
		}
		out = append(out, x)
	}
	if !until.IsZero() {
		out = append(out, jsonInterval{From: until.String(), Force: "superseded", Label: s.strings.T("force.superseded")})
	}
	b, err := json.Marshal(out)
	if err != nil {
		return ""
	}
	return string(b)
}
