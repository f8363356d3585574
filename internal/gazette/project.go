package gazette

import "strings"

// A ProjectClass is one of the eight classes of information on a major project
// (重大建设项目, 国办发〔2017〕94号), in the order of its life.
type ProjectClass string

// The classes.
const (
	ApprovalService ProjectClass = "批准服务信息"
	ApprovalResult  ProjectClass = "批准结果信息"
	Tender          ProjectClass = "招标投标信息"
	LandTaking      ProjectClass = "征收土地信息"
	DesignChange    ProjectClass = "重大设计变更信息"
	Construction    ProjectClass = "施工有关信息"
	Supervision     ProjectClass = "质量安全监督信息"
	Completion      ProjectClass = "竣工有关信息"
)

// ProjectClasses returns the classes in order.
func ProjectClasses() []ProjectClass {
	return []ProjectClass{ApprovalService, ApprovalResult, Tender, LandTaking, DesignChange, Construction, Supervision, Completion}
}

// Short is the name of a class without 信息: the stage of a project is written so.
func (c ProjectClass) Short() string {
	return strings.TrimSuffix(strings.TrimSuffix(string(c), "信息"), "有关")
}

// ParseProjectClass reads a class in full or short: 施工有关信息, 施工信息, 施工.
func ParseProjectClass(s string) (c ProjectClass, ok bool) {
	short := ProjectClass(strings.TrimSpace(s)).Short()
	for _, c := range ProjectClasses() {
		if c.Short() == short {
			return c, true
		}
	}
	return "", false
}
