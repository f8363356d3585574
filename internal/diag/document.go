package diag

import (
	"fmt"
	"io"
	"strings"
)

// Document writes the table of all rules as Markdown: what each finds, how
// severe it is, on what it rests and what to do.
func Document(w io.Writer, s Strings) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", s.T("rules.title"), s.T("rules.intro"))
	family := ""
	for _, r := range Rules() {
		name, _, _ := strings.Cut(r.ID, "-")
		if name != family {
			family = name
			fmt.Fprintf(&b, "\n## %s\n\n| %s | %s | %s | %s | %s |\n|---|---|---|---|---|\n", family, s.T("rules.id"), s.T("rules.severity"), s.T("rules.finds"), s.T("rules.basis"), s.T("rules.remedy"))
		}
		hint := ""
		if key := "hint." + r.ID; s.Has(key) {
			hint = s.Pattern(key)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r.ID, s.T("severity."+r.Severity.String()), cell(s.Pattern("rule."+r.ID)), cell(r.Source), cell(hint))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Pattern returns a text in which … stands for its arguments.
func (s Strings) Pattern(key string) string {
	return Fill(s[key], "…", "…", "…", "…", "…", "…")
}

// cell is a text as a cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "<<", "`<<`", "^^", "`^^`").Replace(s)
}
