package extract
import ("testing";"os";"fmt";"strings")
func TestDumpPDF(t *testing.T){
 for _, p := range strings.Fields(os.Getenv("PDFDUMP")) {
  b,_:=os.ReadFile(p); d,err:=readPDF(b,Options{})
  fmt.Println("=====",p,err); if err!=nil {continue}
  fmt.Println(d.Fields,d.Problems)
  for _,x:=range d.Blocks { m:=""; if x.Break {m="#"}; if x.Center {m+="C"}; if x.Right {m+="R"}; fmt.Printf("%d\t%s\t%s\n",x.Line,m,PlainText(x.Runs)) }
  for _,r:=range d.Removed { fmt.Println("--",r.Line,r.Text) }
 }
}
