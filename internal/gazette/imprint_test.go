package gazette_test

import (
	"fmt"
	"strings"
	"testing"

	"gongbao/internal/gazette"
)

func TestNumbersOfPeriodicals(t *testing.T) {
	for s, want := range map[string]bool{
		"ISSN 1004-3438": true, "1004-3438": true, "ISSN1004-3438": true, "2434-561X": true,
		"1004-3439": false, "1004-343X": false, "10043438": false, "ISSN 1004-34380": false, "ISBN 1004-3438": false, "": false,
	} {
		if got := gazette.ValidISSN(s); got != want {
			t.Errorf("ValidISSN(%q) = %v, want %v", s, got, want)
		}
	}
	for s, want := range map[string]bool{
		"CN 51-1727/D": true, "CN51-1727/D": true, "11-1611/D": true, "CN 65-0001": true, "CN 10-1234/TP3": true, "CN 10-1234/TP": true, "CN 10-1234/G4": true,
		"CN 66-1727/D": false, "CN 09-1727/D": false, "CN 51-172/D": false, "CN(H)51-1727/D": false, "": false,
	} {
		if got := gazette.ValidCN(s); got != want {
			t.Errorf("ValidCN(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestPeriodicalWordsStandInOrderAndNeverByAccident(t *testing.T) {
	for text, want := range map[string]string{
		"本刊自本期起编印，刊号不变，杂志另行。": "本刊@0 刊号@9 杂志@14",
		"本刊刊号":       "本刊@0 刊号@2",
		"以公布的文本刊登":   "",
		"电子版本刊登":     "",
		"由其出版本刊":     "本刊@4",
		"编印本刊":       "本刊@2",
		"复杂志愿服务":     "",
		"《示范杂志》":     "杂志@3",
		"本期刊登、本市公报刊": "",
		"":           "",
	} {
		var got []string
		for _, m := range gazette.PeriodicalWords(text) {
			got = append(got, fmt.Sprintf("%s@%d", m.Word, m.At))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("PeriodicalWords(%q) = %q, want %q", text, s, want)
		}
	}
}

func TestRequiredLinesCanBeWritten(t *testing.T) {
	known := " name no date " + strings.Join(gazette.ImprintKeys(), " ") + " "
	for _, rules := range []string{gazette.ImprintCN, gazette.ImprintPermit} {
		for _, key := range gazette.RequiredImprint(rules) {
			if !strings.Contains(known, " "+key+" ") {
				t.Errorf("%s requires %q, which nothing sets", rules, key)
			}
		}
	}
	if len(gazette.RequiredImprint("")) > 0 {
		t.Error("lines are required without rules")
	}
}

func TestIssueIsCitedByYearAndNumber(t *testing.T) {
	for _, c := range []struct {
		issue gazette.Issue
		want  string
	}{{gazette.Issue{Year: 2023, No: 6}, "2023年第6期"}, {gazette.Issue{Year: 2023, No: 6, Running: 120}, "2023年第6期（总第120期）"}} {
		if got := c.issue.Number(); got != c.want {
			t.Errorf("Number() = %q, want %q", got, c.want)
		}
	}
}
