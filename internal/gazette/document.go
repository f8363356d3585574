package gazette

// A Document (公文、文件) is what the front matter of an official document says,
// in the words of design §2. Empty fields are absent. What can be computed is
// never required.
type Document struct {
	Title        string
	Number       string // 发文字号 as written
	Class        Class
	Kind         string // 文种
	Form         string // 文件形式
	Issuers      []string
	Signed       Date // 成文日期
	Printed      Date // 印发日期
	Promulgated  Date // 公布日期
	Published    DateTime
	Effective    Date // 施行日期
	Expires      Date // the last day in force
	ValidFor     Period
	Disclosure   Disclosure
	Registration string // 登记号
	Index        string // 索引号
	Topics       []string
	Level        string
	Addressees   []string // 主送机关
	CopyTo       []string // 抄送
	Signer       string
	Drafter      string // 起草/实施单位
	Contact      string
	Summary      string
	Keywords     []string
	Tags         []string
	Attachments  []Attachment
	Origin       Origin
	Aliases      []string
	Slug         string
	VersionOf    string // path in content/ of the work's first text
	TextNone     bool   // text = "none": the text is not at hand
	Reprinted    bool
	Abridged     bool // 有删减
	Draft        bool
	Archived     Date
	Withdrawn    Withdrawal
	Relations    []Relation
	Corrections  []Correction
	Reviews      []Review // never published
	Reply        Reply
	Ignore       []string
}

// An Attachment is a file beside the document.
type Attachment struct {
	File, Title string
}

// An Origin is the source of a reprint (来源).
type Origin struct {
	Name, URL string
}

// A Withdrawal (撤下) takes a document off the site; its number stays.
type Withdrawal struct {
	Date   Date
	Reason string
}

// A Relation (关系) is one [[relations]] entry. From is the day from which it
// works; zero means the day on which the document that states it takes effect.
type Relation struct {
	Kind     RelationKind
	Target   string // number, path in content/, 《title》 or id of an external document
	From     Date
	Until    Date // suspends; extends: the new last day in force
	Articles []string
}

// A Correction (更正) is one [[corrections]] entry of a published text.
type Correction struct {
	Date Date
	What string
}

// A Review is one step of 公开前审查.
type Review struct {
	Step, By string
	On       Date
}

// An Article is content about documents: interpretation, question,
// consultation, response or page.
type Article struct {
	Title       string
	About       []string // number, path or 《title》 of documents
	Forms       []string // 解读形式
	Author      string
	Issuers     []string
	Published   DateTime
	Opens       Date // consultation
	Closes      Date
	Feedback    string // path in content/ of the page with 意见采纳情况
	Period      string // response: the month "2006-01"
	Channels    []Channel
	Contact     string
	Summary     string
	Keywords    []string
	Tags        []string
	Attachments []Attachment
	Aliases     []string
	Slug        string
	Draft       bool
	Archived    Date
	Ignore      []string
}

// InterpretationForms are the forms of 政策解读 that design §3 knows.
func InterpretationForms() []string {
	return []string{"文字", "图文", "视频", "音频", "媒体", "专家", "发布会", "问答", "负责人"}
}

// An Issue (期) is one number of the gazette.
type Issue struct {
	Title    string
	Year, No int
	Running  int // 总号, 0 where unknown
	Date     Date
	Sections []IssueSection
	Imprint  []ImprintLine
	PDF      string // a scan beside the file
	Pages    int    // of the scan, 0 where unknown
	Index    bool   // prints the index of its year (年度索引)
	Draft    bool
	Aliases  []string
	Ignore   []string
	Words    []string // PeriodicalWords in what the issue says of itself, in the order of the file
}

// An IssueSection (栏目) of an issue.
type IssueSection struct {
	Title     string
	Documents []IssueEntry
}

// An IssueEntry names a document of an issue, with its first page and the number
// of its pages where they are known from a scan.
type IssueEntry struct {
	Document    string
	Page, Pages int
}
