package typeset

import (
	"math"
	"strings"
)

// balanced bounds the length of a text that is balanced: the work grows with
// its length times the square of the length of a line.
const balanced = 400

// What it costs to set a title otherwise than one would wish, in squares of an
// em by which a line differs from the mean.
const (
	anyEnd   = 48  // a line ends between two characters
	wordEnd  = 90  // in a word that titles have
	markEnd  = 4   // at a bracket, or before 关于
	pairEnd  = 6   // before 和, behind 的
	tiny     = 400 // a line of one or two characters
	hollow   = 12  // lines that grow again: the form of an hourglass
	oblong   = 5   // two lines of one length
	likeness = 3   // half ems by which lines differ, else they are of one length
	oneMore  = 10  // a line more than needed
	formed   = 4   // lines up to which a title has a form
)

// titleWords are words that a title does not divide.
var titleWords = strings.Fields(`通知 公告 通告 决定 决议 意见 办法 条例 规定 细则 规则 方案 规划 计划 制度 纪要 批复 命令 公报
	管理 工作 建设 实施 若干 暂行 试行 进一步 加强 推进 促进 发展 改革 服务 保障 监督 检查 行政 政府 人民 办公 国务 国家 全国 全市 全省
	公布 印发 转发 修改 废止 开展 完善 规范 落实 做好 关于 有关 部分 问题 措施 行动 安全 生产 经济 社会 企业 市场 投资 环境 保护 教育 科技 文化
	卫生 健康 城市 农村 农业 工业 交通 运输 资源 土地 住房 财政 税收 金融 价格 就业 公共 机构 部门 单位 人员 干部 领导 小组 委员 会议 信息 公开 电子 城乡 房屋 事件 行业 事业 单位 产业
	数据 技术 标准 质量 体系 能力 机制 项目 资金 专项 重点 重大 中心 应急 预案 防治 污染 生态 食品 药品 医疗 养老 社区 区域 高质量 现代化 一体化`)

// titleVerbs stand before what a title is about.
var titleVerbs = strings.Fields(`印发 转发 公布 发布 废止 修改 加强 推进 促进 做好 规范 完善 加快 落实 实施 批准 同意 授予 表彰`)

// A title is a text that is being balanced. A piece is what may stand on one
// line: from the end with the number from to that with the number to.
type title struct {
	gs    []glyph
	ends  []int     // glyphs behind which a line may end, from 0
	sums  []Length  // width before each end
	solid []Length  // the same without the spaces at the end
	words []int     // characters before each end that are more than marks
	wants []float64 // what it costs to end there
	width Length
	em    Length
}

type piece struct{ from, to int }

// balance breaks a title into as few lines as possible, of like length and a
// form that is a trapezium or a rhombus, at good places. GB/T 9704-2012 7.3.1:
// 回行时要做到词意完整，排列对称，长短适宜，标题排列应当使用梯形或菱形. It returns nil
// where the text is too long, or has no place to break.
func balance(gs []glyph, width Length) []line {
	if len(gs) > balanced {
		return nil
	}
	t := newTitle(gs, width)
	n, at := 0, 0
	for e := 1; e < len(t.ends); e++ { // as few lines as possible
		if t.length(piece{e - 1, e}) > width {
			return nil
		}
		if n == 0 || t.length(piece{at, e}) > width {
			n, at = n+1, e-1
		}
	}
	ls, cost := t.best(n)
	if n == 1 || n > formed {
		return ls
	}
	if more, other := t.best(n + 1); other+oneMore < cost { // 词意完整 comes first
		return more
	}
	return ls
}

func newTitle(gs []glyph, width Length) *title {
	t := &title{gs: gs, width: width, em: largest(gs), ends: []int{0}, sums: []Length{0}, solid: []Length{0}, words: []int{0}, wants: []float64{0}}
	var sum, solid Length
	words := 0
	for i := range gs {
		sum = plus(sum, gs[i].width)
		switch gs[i].class {
		case blank, wish:
		case han, word:
			words++
			fallthrough
		default:
			solid = sum - gs[i].gap
		}
		if i+1 == len(gs) || gs[i].last {
			t.ends = append(t.ends, i+1)
			t.sums, t.solid, t.words = append(t.sums, sum), append(t.solid, solid), append(t.words, words)
			t.wants = append(t.wants, t.penalty(i+1))
		}
	}
	return t
}

func (t *title) length(p piece) Length { return max(0, t.solid[p.to]-t.sums[p.from]) }

// A step is the best way to end with a piece: its cost, and where it came from,
// for lines that have only grown and for those that have begun to shrink.
type step struct {
	cost [2]float64
	back [2]int32
}

// best finds the best n lines.
func (t *title) best(n int) ([]line, float64) {
	var pieces []piece
	first := make([]int, len(t.ends)+1) // piece, by its end
	for e := 1; e < len(t.ends); e++ {
		first[e] = len(pieces)
		b := e - 1
		for b > 0 && t.length(piece{b - 1, e}) <= t.width {
			b--
		}
		for ; b < e; b++ {
			pieces = append(pieces, piece{b, e})
		}
	}
	first[len(t.ends)] = len(pieces)
	mean := float64(t.solid[len(t.solid)-1]) / float64(max(1, n))
	own := make([]float64, len(pieces))
	for i, p := range pieces {
		own[i] = t.cost(p, mean)
	}
	steps := make([][]step, n)
	for k := range steps {
		steps[k] = make([]step, len(pieces))
		for i, p := range pieces {
			s := step{cost: [2]float64{math.Inf(1), math.Inf(1)}}
			if k == 0 {
				if p.from == 0 {
					s.cost[0] = own[i]
				}
			} else if p.from > 0 {
				t.follow(&s, steps[k-1], pieces, first[p.from], first[p.from+1], p, own[i], n <= formed)
			}
			steps[k][i] = s
		}
	}
	return t.trace(steps, pieces, first[len(t.ends)-1])
}

// follow finds the best piece before p among those that end where p begins.
func (t *title) follow(s *step, before []step, pieces []piece, lo, hi int, p piece, own float64, formed bool) {
	for j := lo; j < hi; j++ {
		b := &before[j]
		grows := (t.length(p) - t.length(pieces[j])) * 2
		for phase := range 2 {
			cost := b.cost[phase] + own
			if math.IsInf(cost, 1) {
				continue
			}
			next := phase
			switch {
			case !formed:
			case grows <= -likeness*t.em:
				next = 1
			case grows < likeness*t.em:
				cost += oblong
			case phase == 1:
				cost += hollow
			}
			if cost < s.cost[next] {
				s.cost[next], s.back[next] = cost, int32(j*2+phase)
			}
		}
	}
}

// trace reads the lines back from the last steps.
func (t *title) trace(steps [][]step, pieces []piece, from int) ([]line, float64) {
	n := len(steps)
	at, best := -1, math.Inf(1)
	if n == 0 {
		return nil, best
	}
	for i := from; i < len(pieces); i++ {
		for phase, c := range steps[n-1][i].cost {
			if c < best {
				at, best = i*2+phase, c
			}
		}
	}
	if at < 0 {
		return nil, best
	}
	ls := make([]line, n)
	for k := n - 1; k >= 0; k-- {
		p := pieces[at/2]
		ls[k] = line{from: t.ends[p.from], to: t.ends[p.to], width: t.width, last: true}
		at = int(steps[k][at/2].back[at%2])
	}
	return ls, best
}

// cost is what a line costs by itself: by the square of what it differs from
// the mean, and by where it ends.
func (t *title) cost(p piece, mean float64) float64 {
	off := (float64(t.length(p)) - mean) / float64(t.em)
	cost := math.Round(off*off*64)/64 + t.wants[p.to]
	if t.words[p.to]-t.words[p.from] <= 2 {
		cost += tiny
	}
	return cost
}

// penalty is what it costs to end a line of a title before a glyph.
func (t *title) penalty(end int) float64 {
	gs := t.gs
	if end == len(gs) || gs[end-1].class == wish {
		return 0
	}
	switch a, b := &gs[end-1], &gs[end]; {
	case a.class == closer, a.class == stop, a.class == mark, a.class == blank, b.class == open:
		return markEnd
	case hasPrefix(gs[end:], "关于") > 0:
		return markEnd
	case strings.ContainsRune("和与及暨或", b.r), a.r == '的' && b.class == han:
		return pairEnd
	}
	for _, w := range titleVerbs {
		if endsWith(gs[:end], w) {
			return pairEnd
		}
	}
	for _, w := range titleWords {
		for cut := range w {
			if cut > 0 && endsWith(gs[:end], w[:cut]) && hasPrefix(gs[end:], w[cut:]) > 0 {
				return wordEnd
			}
		}
	}
	return anyEnd
}

func endsWith(gs []glyph, s string) bool {
	n := strings.Count(s, "") - 1
	return n <= len(gs) && hasPrefix(gs[len(gs)-n:], s) > 0
}
