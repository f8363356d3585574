package html

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// calendarFile is the calendar of coming changes of status (RFC 5545). It is
// written only where [site] expiring asks for it: what is said to end on a day
// may be extended before.
const calendarFile = "status/upcoming.ics"

func (s *Site) calendarUnits() []render.Unit {
	if !s.cat.Config.Site.Expiring || len(s.cat.Changes()) == 0 {
		return nil
	}
	return []render.Unit{{
		Path: calendarFile, Wave: 2,
		Key: func() render.Key { return render.Hash(string(s.calendar()), s.seed) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			return render.Output{Bytes: s.calendar()}, nil
		},
	}}
}

func (s *Site) calendar() []byte {
	var b bytes.Buffer
	line := func(text string) { foldLine(&b, text) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//gongbao//" + s.in.Version + "//")
	line("X-WR-CALNAME:" + escapeText(s.cat.Config.Site.Title+s.strings.T("calendar.name")))
	for _, c := range s.cat.Changes() {
		for i, e := range c.Entries {
			s.event(line, c, e, c.Forces[i])
		}
	}
	line("END:VCALENDAR")
	return b.Bytes()
}

func (s *Site) event(line func(string), c catalog.Change, e *catalog.Entry, force gazette.Force) {
	day := strings.ReplaceAll(c.Day.String(), "-", "")
	line("BEGIN:VEVENT")
	line("UID:" + day + "-" + strings.ReplaceAll(e.Address, "/", "-") + "gongbao")
	line("DTSTAMP:" + day + "T000000Z") // of the change: the day of the build would change the file daily
	line("DTSTART;VALUE=DATE:" + day)
	line("SUMMARY:" + escapeText(s.strings.T("force."+string(force))+"：《"+e.Title()+"》"))
	if e.Document.Number != "" {
		line("DESCRIPTION:" + escapeText(e.Document.Number+" "+s.strings.T("calendar.note")))
	}
	if base := s.cat.Config.BaseURL; base != "" {
		line("URL:" + base + e.Address)
	}
	line("END:VEVENT")
}

// escapeText escapes a value of type TEXT (RFC 5545, 3.3.11).
func escapeText(s string) string {
	return strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\n", "\\n").Replace(s)
}

// foldLine writes a content line, folded at 75 octets between characters (RFC
// 5545, 3.1).
func foldLine(b *bytes.Buffer, text string) {
	n := 0
	for _, r := range text {
		w := utf8.RuneLen(r)
		if n+w > 74 {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += w
	}
	b.WriteString("\r\n")
}
