// Package zh knows how Chinese official text is written: encodings, brackets
// and widths, numerals, dates, white space. It is the one place where text is
// normalised; callers keep the original beside what they get from here.
//
// Four levels of looking at text are offered.
//
//   - [Decode] turns the bytes of a file into UTF-8 with LF line ends.
//   - [Fold] gives a key for loose comparison of titles and names: width,
//     case, kind of bracket, quote and dash, and white space do not count.
//   - [Stream] gives what a search sees: letters and numbers, simplified, without
//     punctuation.
//   - [ParseNumeral], [ScanDate] and [FindDates] read values out of text and
//     say where they stand, in bytes.
//
// The forms accepted are those found in real documents; the list is in
// reference/standards.md, §1.5 and §5.3. Nothing here knows what a document is.
//
//	zh.Fold("关于印发〈A办法〉的通知") == zh.Fold("关于印发《Ａ 办法》的通知") // true
//	n, size := zh.ParseNumeral("一百零五条")                              // 105, 12
//	zh.FindDates("自二○○四年十月一日起施行")[0].Year                          // 2004
package zh
