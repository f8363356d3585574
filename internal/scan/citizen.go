package scan

import (
	"strings"

	"gongbao/internal/gazette"
)

// provinces are the first two digits of 行政区划代码 (GB/T 2260).
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"

func province(digits string) bool { return strings.Contains(provinces, digits[:2]) }

// citizen reports whether 18 digits are a 公民身份号码: place, day of birth and check
// digit (GB 11643-1999). Where the text says that it is one, a wrong check digit
// is somebody's mistake, not another number.
func citizen(n number, said bool) bool {
	d := n.digits
	if n.x && len(d) != 17 || !n.x && len(d) != 18 || !province(d) || (d[6:8] != "19" && d[6:8] != "20" && d[6:8] != "18") || !birthday(d[6:14]) {
		return false
	}
	if said {
		return true
	}
	return checkDigit(d[:17]) == last(n)
}

func last(n number) byte {
	if n.x {
		return 'X'
	}
	return n.digits[17]
}

// checkDigit is that of GB 11643-1999, ISO 7064 MOD 11-2.
func checkDigit(d string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i := range weights {
		sum += int(d[i]-'0') * weights[i]
	}
	return "10X98765432"[sum%11]
}

func birthday(d string) bool {
	_, err := gazette.ParseDate(d[:4] + "-" + d[4:6] + "-" + d[6:])
	return err == nil && d >= "1880"
}

// formerCitizen reports a number of 15 digits, as given out until 1999.
func formerCitizen(d string) bool { return province(d) && birthday("19"+d[6:12]) }

// bankCard reports a number that a bank may have given a person: its range and
// its check digit (ISO/IEC 7812).
func bankCard(d string) bool {
	switch {
	case strings.HasPrefix(d, "62"), strings.HasPrefix(d, "9558"), strings.HasPrefix(d, "60"), strings.HasPrefix(d, "4"), d[0] == '5' && d[1] >= '1' && d[1] <= '5', strings.HasPrefix(d, "35"), strings.HasPrefix(d, "81"):
	default:
		return false
	}
	sum, double := 0, false
	for i := len(d) - 1; i >= 0; i-- {
		v := int(d[i] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
		double = !double
	}
	return sum%10 == 0
}
