package diag

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// The parts of SARIF 2.1.0 (OASIS) that findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string     `json:"id"`
		ShortDescription sarifText  `json:"shortDescription"`
		Help             *sarifText `json:"help,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// SARIF writes the findings as a SARIF 2.1.0 log: one run, with the rules that
// were broken, in the order of their first finding.
func SARIF(w io.Writer, fs []Finding, s Strings) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "gongbao", Rules: []sarifRule{}}
	index := map[string]int{}
	for _, f := range fs {
		i, ok := index[f.Rule]
		if !ok {
			i = len(run.Tool.Driver.Rules)
			index[f.Rule] = i
			rule, _ := Lookup(f.Rule)
			r := sarifRule{ID: f.Rule, ShortDescription: sarifText{rule.Source}}
			if key := "hint." + f.Rule; s.Has(key) {
				r.Help = &sarifText{s.Finding(key, f)}
			}
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r)
		}
		level := map[Severity]string{Error: "error", Warning: "warning"}[f.Severity]
		if level == "" {
			level = "note"
		}
		result := sarifResult{RuleID: f.Rule, RuleIndex: i, Level: level, Message: sarifText{s.Finding("rule."+f.Rule, f)}, Locations: []sarifLocation{location(f.Pos)}}
		for _, r := range f.Related {
			result.Related = append(result.Related, location(r.Pos))
		}
		run.Results = append(run.Results, result)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func location(p Pos) sarifLocation {
	l := sarifLocation{sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: p.File}).EscapedPath()}}}
	if p.Line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: p.Line, StartColumn: p.Col}
		if p.Col > 0 && p.End > p.Col {
			l.Physical.Region.EndColumn = p.End
		}
	}
	return l
}

// The form of JUnit that build servers read: there is no warning in it.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string     `xml:"classname,attr"`
		Name    string     `xml:"name,attr"`
		Failure *junitNote `xml:"failure"`
		Skipped *junitNote `xml:"skipped"`
	}
	junitNote struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes the findings as JUnit XML: a suite a file, a case a finding.
// Errors are failures, the others are skipped; a site without findings has one
// case that passed.
func JUnit(w io.Writer, fs []Finding, s Strings) error {
	out := junitSuites{Name: "gongbao"}
	at := map[string]int{}
	for _, f := range fs {
		i, ok := at[f.Pos.File]
		if !ok {
			i = len(out.Suites)
			at[f.Pos.File] = i
			out.Suites = append(out.Suites, junitSuite{Name: cleanXML(f.Pos.File)})
		}
		suite := &out.Suites[i]
		message := s.Finding("rule."+f.Rule, f)
		note := &junitNote{Message: cleanXML(message), Text: cleanXML(f.Pos.String() + ": " + message)}
		if key := "hint." + f.Rule; s.Has(key) {
			note.Text += "\n" + cleanXML(s.Finding(key, f))
		}
		c := junitCase{Class: cleanXML(f.Pos.File), Name: f.Rule}
		if f.Pos.Line > 0 {
			c.Name = fmt.Sprintf("%s (%d:%d)", f.Rule, f.Pos.Line, f.Pos.Col)
		}
		if f.Severity == Error {
			note.Type = f.Rule
			c.Failure = note
			suite.Failures++
			out.Failures++
		} else {
			c.Skipped = note
			suite.Skipped++
			out.Skipped++
		}
		suite.Cases = append(suite.Cases, c)
		suite.Tests++
		out.Tests++
	}
	if len(fs) == 0 {
		out.Tests, out.Suites = 1, []junitSuite{{Name: "gongbao", Tests: 1, Cases: []junitCase{{Class: "gongbao", Name: "check"}}}}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// cleanXML drops what XML cannot hold.
func cleanXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}
