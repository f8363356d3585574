package scan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// surnames are those of nine tenths of all people, and the double ones.
const surnames = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦岳齐梅庄辛管祝左涂谷时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵇缪娄`

var doubleSurnames = []string{"欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "申屠", "夏侯", "端木"}

// notNames are endings that no name has but places and bodies do.
const notNames = `区县市省局部委会院校厅处镇乡村路街办科所站队中心室组社团库厂园场户人员级类项条款章号年月日元次名位型式法例定知告函见案划表册数率量额度`

// isName reports whether a text is a person's name: two to four characters that
// begin with a surname.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 || strings.Contains(s, "某") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(notNames, last) {
		return false
	}
	for _, d := range doubleSurnames {
		if rest, ok := strings.CutPrefix(s, d); ok {
			return rest != ""
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return n <= 3 && strings.ContainsRune(surnames, first)
}

var (
	// A name at the start of a line or sentence, or behind what a person is called.
	lead = regexp.MustCompile(`(?:^|[。；;\n]|联系人[：:]?|车主[：:]?|学生|患者|患儿|未成年人|儿童|幼儿|孤儿|户主|村民|居民|职工|低保户|发送给|专家|负责人[：:]?|当事人|申请人|受助人|救助对象|[0-9０-９]+[．.、）)])[\s\p{Z}]*(\p{Han}{2,4})(?:[\s\p{Z}]*[，,、（(：:。]|[\s\p{Z}]+)`)

	ill     = regexp.MustCompile(`患(?:有)?\p{Han}{0,10}(?:病|症|癌|瘤|炎|血|梗|衰竭)|[（(，,]\p{Han}{0,8}(?:病|症|癌|瘤|肝炎|肺炎|肾炎|结核|白血病|艾滋病)[）)，,。]|(?:肢体|智力|精神|听力|视力|言语|多重)残疾|残疾[一二三四]级|残疾证|低保(?:对象|户)|特困(?:供养|人员)?|(?:边缘易致贫|脱贫不稳定|建档立卡|低收入|重残)户?|因(?:病|残|灾|学)致贫|保障金|救助金额?|确诊|服刑|刑满释放|戒毒`)
	young   = regexp.MustCompile(`未成年人|学生|儿童|幼儿|监护人|就读于?|[一二三四五六七八九]年级|(?:小|中|大)班|\d班|幼儿园|小学|初中|孤儿|留守儿童`)
	birth   = regexp.MustCompile(`(20[0-9]{2})[年.\-/][0-9]{1,2}(?:[月.\-/](?:[0-9]{1,2}日?)?)?[\s\p{Z}]*(?:出?生)?|[0-9]{1,2}周?岁`)
	driving = regexp.MustCompile(`车牌|号牌|牌照|机动车|小型汽车|驾驶`)
)

// titles are what persons are called before their names.
var titles = []string{"学生", "患者", "车主", "户主", "儿童", "村民", "居民", "专家", "孤儿", "职工", "幼儿"}

// persons finds what is said of persons by name: an illness, a child, a car, a
// mail box.
func persons(s string) []Hit {
	if !mayName(s) || !tells(s) {
		return nil
	}
	return named(s)
}

// mayName reports whether a line may have a name where lead looks for one: at the
// end of a run of Han, which is short or goes on behind what a person is called.
// It is cheap, and lead is not.
func mayName(s string) bool {
	start, n := 0, 0
	for i, r := range s {
		if isHan(r) {
			if n == 0 {
				start = i
			}
			n++
			continue
		}
		if n >= 2 && endsInName(s[start:i], n) {
			return true
		}
		n = 0
	}
	return false
}

// endsInName reports whether a run of n characters, of which nothing before it is
// Han, may end in a name.
func endsInName(run string, n int) bool {
	at := len(run)
	for k := 1; k <= min(n, 4); k++ {
		_, w := utf8.DecodeLastRuneInString(run[:at])
		at -= w
		if k < 2 {
			continue
		}
		if k < n && !endsLabel(run[:at]) {
			continue
		}
		name := run[at:]
		if isName(name) || slices.ContainsFunc(titles, func(t string) bool { return strings.HasPrefix(name, t) }) {
			return true
		}
	}
	return false
}

// labels are the words before a name in lead.
var labels = strings.Fields("联系人 车主 学生 患者 患儿 未成年人 儿童 幼儿 孤儿 户主 村民 居民 职工 低保户 发送给 专家 负责人 当事人 申请人 受助人 救助对象")

// endsLabel reports whether a text ends in one of labels.
func endsLabel(s string) bool {
	switch r, _ := utf8.DecodeLastRuneInString(s); r {
	case '人', '主', '生', '者', '儿', '童', '民', '工', '户', '给', '家', '象':
		return slices.ContainsFunc(labels, func(l string) bool { return strings.HasSuffix(s, l) })
	}
	return false
}

// isHan is \p{Han}.
func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// illWords are words and characters of which what ill matches has one.
var illWords = strings.Fields("残疾 病 症 癌 瘤 炎 结核 患 低保 特困 致贫 脱贫不稳定 建档立卡 低收入 重残 保障金 救助金 确诊 服刑 刑满释放 戒毒")

// tells reports whether a line may tell what is looked for beside a name: of a
// child its birth or guardian, an illness, a number plate, a mail box. It is
// cheap, and the patterns are not.
func tells(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == '@' || c >= 'A' && c <= 'Z' || c == '2' && strings.HasPrefix(s[i:], "20") {
			return true
		}
	}
	for _, w := range []string{"岁", "监护人", "未成年"} {
		if zh.Contains(s, w) {
			return true
		}
	}
	return slices.ContainsFunc(illWords, func(w string) bool { return zh.Contains(s, w) })
}

// named is persons without that look.
func named(s string) []Hit {
	m := lead.FindAllStringSubmatchIndex(s, -1)
	if m == nil {
		return nil
	}
	var out []Hit
	for _, at := range m {
		for _, title := range titles { // 学生赵博
			if strings.HasPrefix(s[at[2]:at[3]], title) {
				at[2] += len(title)
				break
			}
		}
		if !isName(s[at[2]:at[3]]) {
			continue
		}
		// Up to the next sentence it is this person who is spoken of.
		rest := s[at[3]:]
		if i := strings.IndexAny(rest, "。；;"); i >= 0 {
			rest = rest[:i]
		}
		before := s[at[0]:at[2]]
		name := Hit{Start: at[2], End: at[3], Masked: maskName(s[at[2]:at[3]])}
		switch {
		case young.MatchString(before+rest) && (birth.MatchString(rest) || strings.Contains(rest, "监护人") || strings.Contains(before, "未成年")):
			name.Rule = Minor
			out = append(out, name)
		case ill.MatchString(rest + "。"):
			name.Rule = Sensitive
			out = append(out, name)
		}
		if p := plate.FindStringIndex(rest); p != nil && driving.MatchString(rest) {
			out = append(out, Hit{Rule: Contact, Start: at[3] + p[0], End: at[3] + p[1], Masked: mask(rest[p[0]:p[1]])})
		}
		if p := email.FindStringIndex(rest); p != nil && !strings.Contains(rest[p[0]:p[1]], "gov.cn") {
			out = append(out, Hit{Rule: Contact, Start: at[3] + p[0], End: at[3] + p[1], Masked: mask(rest[p[0]:p[1]])})
		}
	}
	return out
}
