package extract
import ("testing";"os";"fmt";"path/filepath";"os/exec";"time";"unicode")
func TestSweepPDF(t *testing.T){
 root:="/root/go/pkg/mod/github.com/pdfcpu/pdfcpu@v0.15.0/pkg"
 filepath.Walk(root, func(p string, fi os.FileInfo, err error) error {
  if filepath.Ext(p)!=".pdf" {return nil}
  b,_:=os.ReadFile(p); t0:=time.Now(); d,err:=readPDF(b,Options{Off:[]string{Furniture}}); dt:=time.Since(t0)
  out,_:=exec.Command("pdftotext",p,"-").Output()
  cnt:=func(s string)(m map[rune]int,n int){m=map[rune]int{};for _,r:=range s{ if !unicode.IsSpace(r)&&r!=12{m[r]++;n++}};return}
  w,wn:=cnt(string(out)); g:=map[rune]int{};gn:=0
  if d!=nil { s:=""; for _,x:=range d.Blocks{s+=PlainText(x.Runs)+"\n"}; g,gn=cnt(s) }
  lost,add:=0,0
  for r,n:=range w { if n>g[r]{lost+=n-g[r]} }
  for r,n:=range g { if n>w[r]{add+=n-w[r]} }
  np:=0; if d!=nil {np=len(d.Problems)}
  fmt.Printf("%-45s %6dK %8s err=%v want=%d got=%d lost=%d add=%d probs=%d\n",filepath.Base(p),len(b)>>10,dt.Round(time.Millisecond),err,wn,gn,lost,add,np)
  return nil })
}
