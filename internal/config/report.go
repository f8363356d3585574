package config

import "gongbao/internal/toml"

// A ReportRow is a row of table 3 of the annual report on openness
// (收到和处理政府信息公开申请情况). The form changes from time to time: [[report.rows]] of
// config.toml takes the place of all rows.
type ReportRow struct {
	Key   string // of data/requests.toml; "" for a heading
	Label string
	Kind  string // "head", "received", "carried_in", "result", "total" or "carried_out"
}

// defaultReport are the rows of the form in use (standards §8).
func defaultReport() []ReportRow {
	return []ReportRow{
		{"received", "一、本年新收政府信息公开申请数量", "received"},
		{"carried_in", "二、上年结转政府信息公开申请数量", "carried_in"},
		{"", "三、本年度办理结果", "head"},
		{"granted", "（一）予以公开", "result"},
		{"partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "result"},
		{"", "（三）不予公开", "head"},
		{"refused_secret", "1.属于国家秘密", "result"},
		{"refused_law", "2.其他法律行政法规禁止公开", "result"},
		{"refused_safety", "3.危及“三安全一稳定”", "result"},
		{"refused_third", "4.保护第三方合法权益", "result"},
		{"refused_internal", "5.属于三类内部事务信息", "result"},
		{"refused_process", "6.属于四类过程性信息", "result"},
		{"refused_files", "7.属于行政执法案卷", "result"},
		{"refused_inquiry", "8.属于行政查询事项", "result"},
		{"", "（四）无法提供", "head"},
		{"absent", "1.本机关不掌握相关政府信息", "result"},
		{"making", "2.没有现成信息需要另行制作", "result"},
		{"unclear", "3.补正后申请内容仍不明确", "result"},
		{"", "（五）不予处理", "head"},
		{"petition", "1.信访举报投诉类申请", "result"},
		{"repeated", "2.重复申请", "result"},
		{"publication", "3.要求提供公开出版物", "result"},
		{"abusive", "4.无正当理由大量反复申请", "result"},
		{"confirmation", "5.要求行政机关确认或重新出具已获取信息", "result"},
		{"", "（六）其他处理", "head"},
		{"late_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "result"},
		{"unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "result"},
		{"other", "3.其他", "result"},
		{"", "（七）总计", "total"},
		{"carried_out", "四、结转下年度继续办理", "carried_out"},
	}
}

// report reads [report].
func (p parser) report(t *toml.Table, rows *[]ReportRow) {
	var own []ReportRow
	for _, r := range p.Tables(t, "rows") {
		x := ReportRow{Kind: "result"}
		p.Require(r, "label")
		p.String(r, "key", &x.Key)
		p.String(r, "label", &x.Label)
		p.oneOf(r, "kind", &x.Kind, "head", "received", "carried_in", "result", "total", "carried_out")
		p.Unknown(r)
		own = append(own, x)
	}
	p.Unknown(t)
	if own != nil {
		*rows = own
	}
}
