package compare_test

import (
	"strings"
	"testing"

	"gongbao/internal/compare"
)

const policy = `第一条　为了规范公共停车场的建设和管理，方便公众出行，制定本办法。

第二条　政府投资建设的公共停车场，首小时免费停放，超过一小时的按照公示标准收取费用。

第三条　经营者应当在入口处设置收费公示牌，不得拒收现金。
`

func TestCopied(t *testing.T) {
	const copied = "新办法这样规定。\n\n政府投资建设的公共停车场，首小时免费停放，\n超过一小时的按照公示标准收取费用。经营者应当在入口处设置收费公示牌，不得拒收现金。\n"
	share, ps := compare.Copied(copied, policy, nil, 3)
	if share < 0.85 || share >= 1 {
		t.Errorf("share = %.2f", share)
	}
	if len(ps) != 2 {
		t.Fatalf("%d passages", len(ps))
	}
	p := ps[0]
	if !strings.HasPrefix(p.Text, "政府投资建设") || !strings.HasSuffix(p.Text, "收取费用") || p.Line != 3 || p.Col != 1 || p.End != 21 || p.SourceLine != 3 || p.SourceCol != 5 {
		t.Errorf("%+v", p)
	}
}

func TestOwnWordsAreNotCopied(t *testing.T) {
	for _, x := range []string{
		"以前停车最怕开到门口才知道满了。新办法让政府投资的停车场第一个小时不收钱，收费牌要挂在入口。",
		"经营者不得拒收现金。", // shorter than a passage
		"", "　\n",
	} {
		if share, ps := compare.Copied(x, policy, nil, 3); share != 0 || len(ps) != 0 {
			t.Errorf("%q: %.2f %v", x, share, ps)
		}
	}
}

func TestNamesAreNobodysWords(t *testing.T) {
	const name = "示范市公共停车场建设管理和收费标准暂行办法"
	of := "关于印发《" + name + "》的通知"
	text := "《" + name + "》五月起施行，老年车主最关心现金还能不能用，答案是能。"
	if share, _ := compare.Copied(text, of, []string{name}, 3); share != 0 {
		t.Errorf("share = %.2f", share)
	}
	if share, _ := compare.Copied(text, of, nil, 3); share == 0 {
		t.Error("without the name nothing is copied")
	}
}

func FuzzCopied(f *testing.F) {
	f.Add(policy, policy)
	f.Add("a\n甲", "乙")
	f.Fuzz(func(t *testing.T, a, b string) {
		share, ps := compare.Copied(a, b, []string{"停车场"}, 2)
		if share < 0 || share > 1 || len(ps) > 2 {
			t.Errorf("share %f, %d passages", share, len(ps))
		}
		for _, p := range ps {
			if !strings.Contains(a, p.Text) || p.Line < 1 || p.Col < 1 || p.End <= p.Col {
				t.Errorf("%+v", p)
			}
		}
	})
}
