package diag

// A Rule is one kind of finding. Source names the law, standard or section of
// the design that the rule rests on.
type Rule struct {
	ID       string
	Severity Severity
	Source   string
}

// rules is the table of all rules; `check --list` prints it. The message and
// the remedy of each stand in strings/.
var rules = []Rule{
	{"address-duplicate", Error, "design §6"},
	{"address-moved", Warning, "design §6"},
	{"alias-conflict", Error, "design §6"},
	{"attachment-missing", Error, "design §3"},
	{"attachment-unread", Warning, "design §4"},
	{"body-empty", Warning, "design §3"},
	{"config-value", Error, "design §3"},
	{"consultation-dates", Error, "design §3"},
	{"date-impossible", Error, "design §3"},
	{"date-order", Warning, "standards §6.1"},
	{"derived", Info, "design §3"},
	{"derived-missing", Error, "design §3"},
	{"disclosure-body", Error, "政府信息公开条例第十四条至第十六条；design §1"},
	{"disclosure-missing", Warning, "政府信息公开条例第十四条至第十九条"},
	{"draft-skipped", Info, "design §3"},
	{"effect-ambiguous", Warning, "design §4"},
	{"effect-competence", Warning, "立法法第一百零七条；design §4"},
	{"effect-contradiction", Warning, "design §4"},
	{"effect-hollow", Warning, "design §4"},
	{"effect-late-extension", Warning, "design §4"},
	{"effect-proposed", Warning, "design §4"},
	{"effect-unresolved", Warning, "design §4"},
	{"embargo-skipped", Warning, "design §3"},
	{"encoding", Info, "design §3"},
	{"encoding-broken", Error, "design §3"},
	{"file-empty", Error, "design §3"},
	{"file-large", Error, "design §3"},
	{"file-unreadable", Error, "design §3"},
	{"font-broken", Warning, "design §3"},
	{"font-glyph", Error, "design §5"},
	{"font-licence", Warning, "OpenType OS/2 fsType"},
	{"font-missing", Error, "design §3"},
	{"font-none", Error, "design §5"},
	{"font-standin", Warning, "GB/T 9704-2012 5.2.2"},
	{"footnote-missing", Warning, "design §3"},
	{"footnote-unused", Warning, "design §3"},
	{"front-matter-open", Error, "design §3"},
	{"html-escaped", Warning, "design §3"},
	{"import-broken", Warning, "design §7"},
	{"import-embedded", Warning, "design §7"},
	{"import-encoding", Warning, "design §7"},
	{"import-encrypted", Warning, "design §7"},
	{"import-external", Warning, "design §7"},
	{"import-hidden", Warning, "design §7"},
	{"import-issue-row", Warning, "design §7"},
	{"import-large", Warning, "design §7"},
	{"import-listed", Warning, "design §7"},
	{"import-macros", Warning, "design §7"},
	{"import-mislabelled", Warning, "design §7"},
	{"import-near-text", Warning, "design §3"},
	{"import-no-list", Error, "design §7"},
	{"import-not-document", Warning, "design §7"},
	{"import-number-known", Error, "design §3"},
	{"import-picture-lost", Warning, "design §7"},
	{"import-same-text", Error, "design §3"},
	{"import-scan-missing", Warning, "design §7"},
	{"import-scanned", Warning, "design §7"},
	{"import-several-texts", Warning, "design §7"},
	{"import-tracked", Warning, "design §7"},
	{"import-unsupported", Warning, "design §7"},
	{"imprint-missing", Warning, "内部资料性出版物管理办法第十四条；期刊出版管理规定"},
	{"imprint-number", Warning, "GB/T 9999；ISO 3297"},
	{"imprint-word", Warning, "内部资料性出版物管理办法第十四条"},
	{"issue-date", Warning, "standards §4.2"},
	{"issue-document-missing", Error, "design §3"},
	{"issue-document-twice", Error, "standards §4.2"},
	{"issue-duplicate", Error, "standards §4.2"},
	{"issue-gap", Warning, "standards §4.2"},
	{"issue-pages", Warning, "design §3"},
	{"issue-running", Warning, "standards §4.2"},
	{"issuer-unknown", Warning, "design §3"},
	{"key-duplicate", Error, "design §3"},
	{"key-missing", Error, "design §3"},
	{"key-type", Error, "design §3"},
	{"key-unknown", Error, "design §3"},
	{"key-value", Error, "design §3"},
	{"ledger-line", Error, "design §3"},
	{"ledger-lost", Warning, "design §3"},
	{"link-broken", Error, "design §6"},
	{"link-remote-image", Warning, "design §6"},
	{"link-scheme", Warning, "design §6"},
	{"lock-orphan", Warning, "design §3"},
	{"lock-pages", Error, "design §3"},
	{"nesting-deep", Error, "design §3"},
	{"number-duplicate", Error, "design §3"},
	{"number-form", Warning, "GB/T 9704-2012 7.2.5"},
	{"page-moved", Error, "立法法第九十七条 (标准文本)"},
	{"path-unsafe", Error, "design §6"},
	{"picture-broken", Error, "design §3"},
	{"picture-coarse", Warning, "印刷通行要求"},
	{"published-backdated", Error, "国办秘函〔2019〕19号 (弄虚作假)"},
	{"relation-cycle", Error, "design §4"},
	{"relation-self", Error, "design §4"},
	{"relation-unresolved", Warning, "design §4"},
	{"sealed-changed", Error, "立法法第九十七条 (标准文本)"},
	{"sealed-file", Error, "立法法第九十七条 (标准文本)"},
	{"sealed-list", Error, "立法法第九十七条 (标准文本)"},
	{"series-unpinned", Error, "design §6"},
	{"sheet-columns", Error, "standards §5.5"},
	{"sheet-competence", Error, "立法法第一百零七条；design §4"},
	{"sheet-contradiction", Error, "design §4"},
	{"sheet-disposition", Error, "standards §5.5"},
	{"sheet-document", Error, "standards §5.5"},
	{"sheet-ended", Error, "design §4"},
	{"sheet-ends-soon", Warning, "standards §5.5"},
	{"sheet-twice", Error, "standards §5.5"},
	{"sheet-until", Error, "standards §5.5"},
	{"silent-edit", Error, "立法法第九十七条 (标准文本)"},
	{"symlink", Error, "design §3"},
	{"table-merge", Warning, "design §3"},
	{"target-ambiguous", Warning, "design §4"},
	{"template", Error, "design §3"},
	{"toml-syntax", Error, "design §3"},
	{"version-of-cycle", Error, "design §3"},
	{"version-of-missing", Error, "design §3"},
	{"withdrawn-missing", Info, "design §6"},
}

// Rules returns the table of all rules, ordered by ID. The caller must not
// change it.
func Rules() []Rule { return rules }

// Lookup returns the rule with the given ID.
func Lookup(id string) (Rule, bool) {
	for _, r := range rules {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}
