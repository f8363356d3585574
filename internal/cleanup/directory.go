package cleanup

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

// Directory is the 目录 of the normative documents of the own issuers in force
// on the day of the catalog, as a page of content/, and its path there. It is
// frozen: written once for its day, never again. decision is the document it goes
// with.
func Directory(c *catalog.Catalog, decision *catalog.Entry, w Words) (path string, page []byte, count int) {
	s := survey{cat: c, on: c.AsOf, own: ownIssuers(c)}
	var listed []*catalog.Entry
	for _, e := range slices.Backward(c.Documents) {
		if s.inScope(e) && slices.ContainsFunc(e.Document.Issuers, func(i string) bool { return s.own[i] }) && e.State.Force == gazette.InForce {
			listed = append(listed, e)
		}
	}
	var b strings.Builder
	b.WriteString("+++\ntitle = " + toml.Quote(w.T("cleanup.directory.title", c.AsOf.Zh())) + "\npublished = " + c.AsOf.String() + "\n+++\n\n")
	b.WriteString(w.T("cleanup.directory.intro", c.AsOf.Zh(), strconv.Itoa(len(listed))))
	if d := decision.Document; d.Number != "" {
		b.WriteString(w.T("cleanup.directory.decision", d.Title, d.Number))
	}
	b.WriteString("\n\n")
	columns := []string{colSerial, colTitle, colNumber, colRegistration, "promulgated", colEffective, colExpires, "responsible"}
	b.WriteString(tableRow(w.head("cleanup.column.", columns)) + "|" + strings.Repeat("---|", len(columns)) + "\n")
	for i, e := range listed {
		last, computed := e.LastDay()
		expires := last.String()
		if computed {
			expires = w.T("cleanup.directory.computed", expires)
		}
		b.WriteString(tableRow([]string{
			strconv.Itoa(i + 1), e.Title(), e.Document.Number, e.Document.Registration, issued(e).String(),
			effective(e), expires, responsible(e),
		}))
	}
	return "pages/ml-" + c.AsOf.String() + ".md", []byte(b.String()), len(listed)
}

func tableRow(cells []string) string {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(strings.ReplaceAll(c, "|", "\\|"), "\n", " ")
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}
