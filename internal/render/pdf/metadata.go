package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/gazette"
	"gongbao/internal/press"
)

// producer is the program that makes the file.
const producer = "gongbao"

// metadata writes what the file says about itself twice, in the old form and
// as XMP; PDF/A wants both to say the same.
func (f *finisher) metadata() error {
	in := f.book.Info
	in.Title, in.Author, in.Subject, in.Keywords = clean(in.Title), clean(in.Author), clean(in.Subject), clean(in.Keywords)
	in.Language = clean(in.Language)
	info := types.Dict{"Producer": unicodeString(producer), "Creator": unicodeString(producer)}
	for k, v := range map[string]string{"Title": in.Title, "Author": in.Author, "Subject": in.Subject, "Keywords": in.Keywords} {
		if v != "" {
			info[k] = unicodeString(v)
		}
	}
	if !in.Date.IsZero() {
		info["CreationDate"] = types.StringLiteral(pdfDate(in.Date))
		info["ModDate"] = types.StringLiteral(pdfDate(in.Date))
	}
	if f.book.Purpose == press.Print {
		info["Trapped"] = types.Name("False")
	}
	f.info = f.add(info)
	entries := types.Dict{"Type": types.Name("Metadata"), "Subtype": types.Name("XML")}
	f.catalog["Metadata"] = f.add(plain(entries, []byte(xmp(in, f.book.Purpose == press.Archive))))
	return nil
}

// pdfDate returns the beginning of a day in China.
func pdfDate(d gazette.Date) string {
	return fmt.Sprintf("D:%04d%02d%02d000000+08'00'", d.Year, d.Month, d.Day)
}

// xmp returns metadata as a packet that nobody is to change in place.
func xmp(in press.Info, archive bool) string {
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n")
	part := func(prefix, namespace string, properties ...string) {
		if text := strings.Join(properties, ""); text != "" {
			fmt.Fprintf(&b, "<rdf:Description rdf:about=\"\" xmlns:%s=\"%s\">\n%s</rdf:Description>\n", prefix, namespace, text)
		}
	}
	if archive {
		part("pdfaid", "http://www.aiim.org/pdfa/ns/id/", property("pdfaid:part", "1"), property("pdfaid:conformance", "B"))
	}
	part("dc", "http://purl.org/dc/elements/1.1/",
		property("dc:format", "application/pdf"),
		list("dc:title", "Alt", in.Title), list("dc:creator", "Seq", in.Author),
		list("dc:description", "Alt", in.Subject), list("dc:language", "Bag", in.Language))
	part("pdf", "http://ns.adobe.com/pdf/1.3/", property("pdf:Keywords", in.Keywords), property("pdf:Producer", producer))
	date := ""
	if !in.Date.IsZero() {
		date = in.Date.String() + "T00:00:00+08:00"
	}
	part("xmp", "http://ns.adobe.com/xap/1.0/",
		property("xmp:CreateDate", date), property("xmp:ModifyDate", date),
		property("xmp:MetadataDate", date), property("xmp:CreatorTool", producer))
	b.WriteString("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.String()
}

// property returns a property, or nothing without a value.
func property(name, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf("<%s>%s</%s>\n", name, escapeXML(value), name)
}

// list returns a property that is a list of one value.
func list(name, kind, value string) string {
	if value == "" {
		return ""
	}
	language := ""
	if kind == "Alt" {
		language = " xml:lang=\"x-default\""
	}
	return fmt.Sprintf("<%s><rdf:%s><rdf:li%s>%s</rdf:li></rdf:%s></%s>\n", name, kind, language, escapeXML(value), kind, name)
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// The printing condition for which CMYK is meant: offset on coated paper, what
// presses in China take for granted. There is no profile to embed.
const (
	condition     = "JC200103"
	conditionName = "Japan Color 2001 Coated"
)

// intent says what colours mean.
func (f *finisher) intent() error {
	in := types.Dict{
		"Type":         types.Name("OutputIntent"),
		"RegistryName": types.StringLiteral("http://www.color.org"),
	}
	if f.book.Purpose == press.Print {
		in["S"] = types.Name("GTS_PDFX")
		in["OutputConditionIdentifier"] = types.StringLiteral(condition)
		in["OutputCondition"] = types.StringLiteral(conditionName)
		in["Info"] = types.StringLiteral(conditionName)
		f.catalog["OutputIntents"] = array(in)
		return nil
	}
	profile, err := f.deflated(types.Dict{"N": types.Integer(3)}, srgb())
	if err != nil {
		return err
	}
	in["S"] = types.Name("GTS_PDFA1")
	in["OutputConditionIdentifier"] = types.StringLiteral("sRGB IEC61966-2.1")
	in["Info"] = types.StringLiteral("sRGB IEC61966-2.1")
	in["DestOutputProfile"] = f.add(profile)
	f.catalog["OutputIntents"] = array(in)
	return nil
}
