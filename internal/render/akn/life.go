package akn

import "gongbao/internal/gazette"

// An event is the first day of an interval of a status, or the day of the text.
type event struct {
	date, kind string
	source     string // eId of a reference
	interval   int    // that it begins; -1 for the day of the text
}

// events are the day of the text and the first days of its intervals.
func (d *document) events() []event {
	out := []event{{d.workDate(), "generation", "original", -1}}
	for i, iv := range d.e.Intervals {
		if iv.From.IsZero() {
			continue
		}
		kind := "amendment"
		if iv.Force.Ended() {
			kind = "repeal"
		}
		source := "original"
		if iv.Cause >= 0 && iv.Cause < len(d.e.Effects) {
			if by := d.Catalog.Entry(d.e.Effects[iv.Cause].By); by != nil && by != d.e && by.Type == gazette.TypeDocument {
				source = "cause_" + itoa(i+1)
			}
		}
		out = append(out, event{iv.From.String(), kind, source, i})
	}
	return out
}

func (d *document) lifecycle(events []event) {
	d.open("lifecycle", "source", "#gongbao")
	d.line()
	for i, x := range events {
		d.empty("eventRef", "eId", "event_"+itoa(i+1), "date", x.date, "type", x.kind, "source", "#"+x.source)
		d.line()
	}
	d.close("lifecycle")
	d.line()
}

// temporal writes the status over all days. A group runs from its event to that
// of the next: the end is the first day on which it is no longer so.
func (d *document) temporal(events []event) {
	at := func(interval int) string {
		for i, x := range events {
			if x.interval == interval {
				return "#event_" + itoa(i+1)
			}
		}
		return ""
	}
	open := false
	for i, iv := range d.e.Intervals {
		if iv.Force == gazette.NoForce {
			continue
		}
		if !open {
			d.open("temporalData", "source", "#gongbao")
			d.line()
			open = true
		}
		d.open("temporalGroup", "eId", "interval_"+itoa(i+1))
		d.empty("timeInterval", "start", at(i), "end", at(i+1), "refersTo", "#"+string(iv.Force))
		d.close("temporalGroup")
		d.line()
	}
	if open {
		d.close("temporalData")
		d.line()
	}
}
