package leaks_test

import (
	"fmt"
	"strings"
)

// region is a real code of a district; the persons in it are not real.
func region(g *gen) string {
	return g.of("110101", "120102", "130102", "210102", "310104", "320102", "330102", "350102", "370102", "370283", "410102", "420106", "430102", "440305", "441702", "450102", "500103", "510104", "511002", "610102", "650102")
}

func day(g *gen, from, to int) (y, m, d int) {
	return g.between(from, to), g.between(1, 12), g.between(1, 28)
}

// citizen is an identity number of 18 characters. GB 11643: weights, modulo 11.
func citizen(g *gen) string {
	y, m, d := day(g, 1940, 2015)
	s := fmt.Sprintf("%s%04d%02d%02d%s", region(g), y, m, d, g.digits(3))
	return s + citizenCheck(s)
}

func citizenCheck(s string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11:][:1]
}

// endsInX draws until the check character is X, or until it is not.
func endsInX(g *gen, want bool) string {
	for {
		if s := citizen(g); strings.HasSuffix(s, "X") == want {
			return s
		}
	}
}

const creditChars = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// credit is a credit code of an organisation. GB 32100: weights 3^i, modulo 31.
func credit(g *gen, chars string) string {
	for {
		s := g.of("11", "12", "51", "52", "91", "92") + region(g)
		for range 9 {
			s += string(chars[g.IntN(len(chars))])
		}
		if c := creditCheck(s); strings.Contains(chars, c) {
			return s + c
		}
	}
}

func creditCheck(s string) string {
	sum, w := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditChars, s[i]) * w
		w = w * 3 % 31
	}
	return creditChars[(31-sum%31)%31:][:1]
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

// card draws numbers of n digits until Luhn's sum is right, or until it is not.
func card(g *gen, prefix string, n int, right bool) string {
	for {
		if s := prefix + g.digits(n-len(prefix)); luhn(s) == right {
			return s
		}
	}
}

func mobile(g *gen) string {
	return g.of("130", "135", "138", "139", "147", "150", "152", "158", "166", "173", "177", "182", "186", "188", "191", "198", "199") + g.digits(8)
}

// wide writes in full-width digits and letters.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r + 0xFEE0
		}
		return r
	}, s)
}

func spaced(g *gen, s string, cuts ...int) string {
	sep, out, last := g.of(" ", " ", "-", "\u00a0"), "", 0
	for _, c := range append(cuts, len(s)) {
		if last > 0 {
			out += sep
		}
		out, last = out+s[last:c], c
	}
	return out
}

func decimal(g *gen, low, high int) string { return fmt.Sprint(g.between(low, high)) }

func dateOf(y, m, d int) string { return fmt.Sprintf("%d年%d月%d日", y, m, d) }

// token invents a value of that name.
func (g *gen) token(name string) string {
	switch name {
	case "n":
		return decimal(g, 1, 99)
	case "big":
		return decimal(g, 100, 99999)
	case "year":
		return decimal(g, 2015, 2026)
	case "date":
		return dateOf(day(g, 2015, 2026))
	case "doc":
		return g.fill(g.of("示府办发〔{year}〕{n}号", "示府规〔{year}〕{n}号", "示教发〔{year}〕{n}号"))
	case "money":
		return fmt.Sprintf("%d.%02d", g.between(1, 9999999), g.IntN(100))
	case "district":
		return g.of("东岭区", "西河区", "南湖区", "北山县")
	case "road":
		return g.of("人民路", "和平街", "建设大道", "文化西路", "青年路", "解放南街")
	case "unit":
		return g.of("示范市教育局", "示范市民政局", "示范市财政局", "示范市住房和城乡建设局", "示范市公安局", "东岭区人民政府", "示范市政务服务中心", "示范市水务集团有限公司")
	case "school":
		return g.of("示范市第一小学", "东岭区实验小学", "西河区中心幼儿园", "南湖区第三小学")
	case "class":
		return g.of("三年级2班", "五年级（1）班", "六（3）班", "一年级4班", "大二班")
	case "tel":
		return fmt.Sprintf("0531-%d%s", g.between(2, 8), g.digits(7))
	case "name":
		return person(g)

	// Marks of secrecy.
	case "level":
		return g.of("绝密", "机密", "秘密")
	case "apart":
		return g.of("绝", "机", "秘") + g.of("　", "  ", " ") + "密"
	case "mark":
		return g.token("level") + g.of("★", "★", "★", "☆", "✯", " ★ ", "*") + g.of("10年", "30年", "长期", "6个月", "5 年", wide("20")+"年")
	case "star":
		return g.token("level") + "★" + g.of("", "", "启用前", "2030年5月1日解密", "公布前")
	case "copyNo":
		return fmt.Sprintf("%06d", g.between(1, 999))

	// Values of persons.
	case "id":
		return endsInX(g, false)
	case "idX":
		return strings.TrimSuffix(endsInX(g, true), "X") + g.of("X", "x")
	case "idWide":
		return wide(citizen(g))
	case "idSpaced":
		return spaced(g, citizen(g), [][]int{{6, 14}, {4, 8, 12, 16}, {14}, {6}, {3, 6, 10, 14}}[g.IntN(5)]...)
	case "id15":
		y, m, d := day(g, 1935, 1985)
		return fmt.Sprintf("%s%02d%02d%02d%s", region(g), y%100, m, d, g.digits(3))
	case "mobile":
		return mobile(g)
	case "mobile86":
		return g.of("+86 ", "+86-", "+86", "0086 ", "86-", "86", "(+86)", "＋86 ") + mobile(g)
	case "mobileApart":
		return spaced(g, mobile(g), [][]int{{3, 7}, {3, 7}, {3}, {7}}[g.IntN(4)]...)
	case "mobileWide":
		return wide(mobile(g))
	case "card":
		return card(g, g.of("622202", "621700", "622848", "621226", "623052"), g.between(0, 1)*3+16, true)
	case "cardApart":
		s := g.token("card")
		return spaced(g, s, []int{4, 8, 12, 16}[:(len(s)-1)/4]...)
	case "passport":
		return g.of("E", "E", "G", "D", "P") + g.digits(8)
	case "passportNew":
		return "E" + g.of("A", "B", "C", "H", "J", "K") + g.digits(7)
	case "plate":
		return g.of("鲁", "京", "川", "粤", "沪") + g.of("A", "B", "C", "K") + g.of("", "·", " ") + g.of(g.digits(5), "D"+g.digits(5), g.digits(3)+"QX", "F"+g.digits(4))
	case "mail":
		return g.of(g.digits(9), "wang", "li.ming", "zhang_") + g.digits(3) + "@" + g.of("qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "gmail.com", "139.com")
	case "house":
		return fmt.Sprintf(g.of("%d号阳光小区%d号楼%d单元%d室", "%d号院%d栋%d单元%d室", "%d号翠湖苑%d-%d-%d室", "%d号福安里%d幢%d门%d室"), g.between(1, 300), g.between(1, 30), g.between(1, 6), g.between(101, 2904))
	case "village":
		return fmt.Sprintf("柳树村%d组%d号", g.between(1, 12), g.between(1, 200))
	case "born":
		y, m, d := day(g, 2014, 2021)
		return g.of(dateOf(y, m, d), fmt.Sprintf("%d年%d月", y, m), fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%d.%d", y, m))
	case "bornDay":
		return dateOf(day(g, 2014, 2021))
	case "illness":
		return g.of("尿毒症", "肺癌", "急性白血病", "精神分裂症", "脑梗死", "艾滋病", "乙型肝炎", "先天性心脏病")
	case "disability":
		return g.of("肢体残疾", "视力残疾", "听力残疾", "智力残疾", "精神残疾") + g.of("一级", "二级", "三级", "四级")
	case "hardship":
		return g.of("低保户", "特困供养人员", "低收入家庭", "边缘易致贫户", "城乡低保对象")

	// Numbers which are of nobody.
	case "credit":
		return credit(g, creditChars)
	case "creditDigits":
		return credit(g, "0123456789")
	case "unitCard":
		return card(g, g.of("3700", "1602", "8112", "4000"), g.between(16, 19), false)
	case "d6", "d7", "d8", "d11", "d12", "d13", "d15", "d16", "d17", "d18":
		var n int
		fmt.Sscanf(name, "d%d", &n)
		return decimal(g, 1, 9) + g.digits(n-1)
	case "isbn":
		return isbn(g)
	case "decimal":
		return fmt.Sprintf("%d.%d", g.between(0, 9999), g.IntN(100))
	}
	panic("no token " + name)
}

func person(g *gen) string {
	given := strings.Split("伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂浩宇轩涵怡欣博文", "")
	s := g.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "欧阳") + g.of(given...)
	if g.IntN(3) > 0 {
		s += g.of(given...)
	}
	return s
}

// isbn is a book number with its check digit.
func isbn(g *gen) string {
	s, sum := "9787"+g.digits(8), 0
	for i := range s {
		sum += int(s[i]-'0') * (1 + i%2*2)
	}
	s += fmt.Sprint((10 - sum%10) % 10)
	return g.of(s, fmt.Sprintf("%s-%s-%s-%s-%s", s[:3], s[3:4], s[4:8], s[8:12], s[12:]))
}
