package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// webTools are the words of the tools around a document, without spaces.
var webTools = words(`大 中 小 特大 默认 字号 字体 字体大小 字体显示 文字大小 大小 打印 打印本页 打印此页 打印本文 打印文章 打印页面
	打印预览 关闭 关闭窗口 关闭本页 关闭此页 关闭页面 关闭本窗口 收藏 收藏本页 收藏此页 加入收藏 收藏本站 推荐 推荐给好友 推荐朋友 分享 分享到
	分享本页 返回 返回顶部 返回首页 返回列表 返回上页 返回上一页 回到顶部 顶部 TOP top 首页 上一篇 下一篇 上一条 下一条 上一页 下一页 相关文档
	相关链接 相关新闻 相关信息 相关文章 相关文件 相关报道 相关阅读 相关解读 内容纠错 我要纠错 纠错 复制链接 复制本页 繁体 繁体版 简体 简体版 繁體
	English RSS RSS订阅 微信 微博 新浪微博 腾讯微博 QQ空间 人人网 更多 设为首页 网站地图 网站导航 联系我们 无障碍 无障碍浏览 扫一扫 手机版
	背景色 保护视力色 视力保护色 评论 我要评论 发表评论 浏览次数 访问次数 点击数 点击次数 浏览量 阅读量 点击率 阅读次数 浏览 阅读 点击 次
	语音播报 朗读 正文 当前位置 您的位置 本站搜索 站内搜索 搜索 登录 注册 退出 A- A+ A 【 】 下载 保存 转发 举报 投诉 发送 发送给好友
	请选择 相关附件 文档附件 附件下载 全文 分享到： 扫一扫在手机打开当前页 用手机打开当前页 回复 查看 楼主 只看该作者 发表于 倒序浏览 电梯直达`)

var (
	webCrumb  = regexp.MustCompile(`^[您你]?(现在|当前|目前|所在)?(的)?(所在)?(的)?(当前)?位置[：:>》]?|^(首页|网站首页)\s*(>|》|›|»|-|/|→|&gt;)`)
	webFoot   = regexp.MustCompile(`版权所有|ICP\s*备|Copyright|©|公网安备|网站标识码|技术支持|分辨率|您是第.{0,12}位|你是第.{0,12}位|备案号|备案编号|网站声明|隐私声明|网站管理`)
	webHost   = regexp.MustCompile(`主办\s*(单位)?\s*[：:]|承办\s*(单位)?\s*[：:]|制作.{0,4}维护.{0,4}[：:]|^(地址|联系地址|通讯地址)\s*[：:].*(邮编|邮政编码|电话)`)
	webShared = regexp.MustCompile(`^[【\[(（]?(上一[篇条页]|下一[篇条页]|分享到|分享至|扫一扫|相关(文档|链接|新闻|信息|文章|文件|报道|阅读|解读))\s*[：:】\])）]?`)
	webViews  = regexp.MustCompile(`^(查看|回复|浏览|阅读|点击|访问|人气)(次数|数|量|率)?\s*[：:]\s*[0-9]*\s*次?$|^(本文|本页|该文|此文)?(已被|共被|被)?(浏览|阅读|点击|访问)了?\s*[0-9]+\s*次$`)
	webError  = regexp.MustCompile(`(?i)404|not found|页面(不存在|没有找到|未找到|已删除|无法)|(访问|请求)的(页面|文件|内容|地址).{0,12}(不存在|已被?删除|找不到)|无法(找到|显示)该?(网页|页面)|500 - internal|服务器错误|系统维护`)
)

func isToolMark(r rune) bool {
	return zh.IsSpace(r) || strings.ContainsRune("|｜·•>》›»→：:【】[]［］（）()〔〕/\\-－—_,，、.。↑↓←×✕+&;", r)
}

// isNoise reports whether a segment is a tool of the page, whatever stands
// around it.
func isNoise(g *webSeg) bool {
	if g.noise == 0 {
		g.noise = 'n'
		if g.n > 0 && g.n <= 200 && looksLikeNoise(g) {
			g.noise = 'y'
		}
	}
	return g.noise == 'y'
}

func looksLikeNoise(g *webSeg) bool {
	t := trimSpace(g.text)
	if g.n > 60 && !webCrumb.MatchString(t) && !webShared.MatchString(t) {
		return false
	}
	if webCrumb.MatchString(t) || webShared.MatchString(t) || webViews.MatchString(t) {
		return true
	}
	tool := false
	for _, w := range strings.FieldsFunc(t, isToolMark) {
		switch {
		case webTools[w]:
			tool = true
		case isDigits(w):
		default:
			return false
		}
	}
	// A lone word in running text (中、次) is a tool only where it is a link or in brackets.
	if tool && g.links == 0 && g.n <= 2 && len(strings.FieldsFunc(t, isToolMark)) == 1 && !strings.HasPrefix(t, "[") && !strings.HasPrefix(t, "【") {
		return g.n == 2 && webTools[t] && t != "全文" && t != "正文"
	}
	return tool || strings.TrimFunc(t, isToolMark) == ""
}

// isFooter reports whether a line is one of the foot of a page. Sentences of a
// document may hold the same words.
func isFooter(text string) bool {
	return isOwnFooter(text) || len(text) < 1000 && !strings.Contains(text, "。") && webHost.MatchString(text)
}

// isOwnFooter reports whether a line says what only sites say, not documents
// that name a host or an address.
func isOwnFooter(text string) bool {
	return len(text) < 1000 && !strings.Contains(text, "。") && webFoot.MatchString(text)
}

func isDigits(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return s != ""
}

// webTail are the forms of what stands below the text and belongs to it.
var webTail = regexp.MustCompile(`^[(（【]?此?(件|文)?(主动|依申请|不予)?公开(发布)?|^(抄送|报送|分送|主送|主题词|附件|附：|印发|联系人|联系电话)|印发$|^[(（]联系人|(政府|办公厅|办公室|委员会|局|厅|部|院|会|处|中心|公司|大学|学院|支队|总队)$`)

// webOrgan is the end of the name of an organ.
var webOrgan = regexp.MustCompile(`(政府|办公厅|办公室|委员会|委|局|厅|部|院|会|处)$`)

// belongs reports whether a segment below the text is part of the document.
func (g *webSeg) belongs() bool {
	t := trimSpace(g.text)
	if isNoise(g) || isFooter(t) || g.links*2 > g.n {
		return false
	}
	return webDay.MatchString(t) || webTail.MatchString(webKey(t)) && utf8.RuneCountInString(t) <= 200
}

var webFile = regexp.MustCompile(`(?i)\.(docx?|xlsx?|pptx?|pdf|wps|et|dps|zip|rar|7z|ofd|ceb|txt|csv|jpg|tif)([?#&].*)?$`)

// webFiles is the line above the links to attachments.
var webFiles = regexp.MustCompile(`^(相关|文档)?附件(下载|列表)?[：:]?$`)

// fileLink returns the first link of a segment to a file, or "".
func (g *webSeg) fileLink() string {
	for _, r := range g.runs {
		if r.Link != "" && isFile(r.Link) {
			return r.Link
		}
	}
	return ""
}

func isFile(to string) bool { return len(to) < 2000 && webFile.MatchString(to) }
