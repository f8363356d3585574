package source

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/zh"
)

// bodies are the endings of names of public bodies.
var bodies = []string{
	"人民政府", "人民政府办公厅", "人民政府办公室", "办公厅", "办公室", "委员会", "人民代表大会", "国务院", "部", "局", "厅", "署",
	"委", "院", "法院", "检察院", "银行", "总局", "管委会", "中心", "会", "办", "公司", "处", "政府",
}

// IsBody reports whether a text is the name of a public body, by its ending.
func IsBody(name string) bool {
	if len(name) < 6 || len(name) > 120 || strings.ContainsAny(name, "，。；：（）() 0123456789") {
		return false
	}
	for _, b := range bodies {
		if strings.HasSuffix(name, b) {
			return true
		}
	}
	return false
}

var region = regexp.MustCompile(`^[\p{Han}]{1,8}?(?:自治区|自治州|省|市|县|区|州)`)

// splitBodies cuts names that stand together without a space where the place
// they begin with begins again: 示范市财政局示范市民政局.
func splitBodies(name string) []string {
	place := region.FindString(name)
	if place == "" || !strings.Contains(name[len(place):], place) {
		return []string{name}
	}
	parts := strings.Split(name[len(place):], place)
	for i, p := range parts {
		if parts[i] = place + p; !IsBody(parts[i]) {
			return []string{name}
		}
	}
	return parts
}

// level is the kind of a place, with 各 and maybe an organisation before it: 各省,
// 共青团各省, or what stands between such and the name of a body: 自治区.
var level = regexp.MustCompile(`^(?:\p{Han}{0,6}各\p{Han}{0,2}|自治|直辖|直管|县级)[省市县区州盟旗镇乡]$`)

// splitCopies parts those that 抄送 names.
func splitCopies(text string) []string {
	var out []string
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,；;。", r) }) {
		if name = zh.CollapseSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// splitAddressees parts those that 主送 names.
func splitAddressees(text string) []string {
	text = strings.TrimRight(strings.TrimSpace(text), "：:")
	var out []string
	depth := 0
	start := 0
	for i, r := range text {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		case '，', ',', '、', '；':
			// 各县、市人民政府 is one addressee: only ， cuts unless there is none.
			if depth == 0 && (r != '、' || !strings.ContainsAny(text, "，,；")) {
				out = append(out, strings.TrimSpace(text[start:i]))
				start = i + len(string(r))
			}
		}
	}
	out = append(out, strings.TrimSpace(text[start:]))
	// 各市、县财政局 are the bureaus of both, 各省、自治区、直辖市人民政府 the
	// governments of all three: 各市 alone is addressed by nobody.
	for i := len(out) - 2; i >= 0; i-- {
		if level.MatchString(out[i]) && !strings.HasPrefix(out[i+1], "各") {
			out[i] += "、" + out[i+1]
			out = slices.Delete(out, i+1, i+2)
		}
	}
	return out
}
