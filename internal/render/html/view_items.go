package html

// Items is the directory of public items (政务公开标准目录), or the part of one
// field. A large directory has Fields alone: each leads to its part.
type Items struct {
	Title  string
	Count  int
	Files  []File
	Fields []Term
	Parts  []ItemField
}

// An ItemField is a 试点领域; Name is "" where the page has only one.
type ItemField struct {
	Name, ID string
	Groups   []ItemGroup
}

// An ItemGroup is a 一级事项; First is "" for items without one.
type ItemGroup struct {
	First string
	Rows  []ItemRow
}

// An ItemRow is an item in the directory.
type ItemRow struct {
	Name      Link
	Content   string
	Basis     []Link
	Deadline  string
	Owner     string
	Channels  string
	Form      string // audience, method and levels
	Published string // how many, or why none; "" where it is all elsewhere
	Newest    string // day of the newest, or ""
	Elsewhere Link   // the other system, or empty
}

// An Item is the page of one public item.
type Item struct {
	Title     string
	Rows      []Row
	Elsewhere Link
	None      string    // why there are no Items
	Items     []DocLink // newest first
	More      Link      // to all of them
}

// A Project is the life of a major project (重大建设项目).
type Project struct {
	Title  string
	Rows   []Row
	Steps  []ProjectStep
	Others []DocLink // of no class
}

// A ProjectStep is a class of information; Current is that of the stage.
type ProjectStep struct {
	Name    string
	Current bool
	Items   []DocLink
}

// Bodies are the public bodies (公共企事业单位).
type Bodies struct {
	Title  string
	Bodies []Body
}

// A Body is a public body with what it published last.
type Body struct {
	Name  Link
	Items []DocLink
	More  Link
}
