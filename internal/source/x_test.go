package source_test
import ("testing";"strings";"time";"gongbao/internal/source";"gongbao/internal/markup")
func TestX(t *testing.T){
 n := 200000
 for name, s := range map[string]string{"toml arrays":"+++\na = "+strings.Repeat("[",n)+"\n+++\n", "quotes":strings.Repeat(">",n)+"a\n", "lists":strings.Repeat("- ",n/10)+"a\n", "brackets":strings.Repeat("[",n)+"\n", "stars":strings.Repeat("*a ",n), "titles":strings.Repeat("《",n)+"\n", "emptytitle":"+++\ntitle = \"\"\n+++\nx\n"} {
  at := time.Now()
  done := make(chan bool)
  go func(){ f := source.Read("documents/a.md", []byte(s)); tr := markup.NewParser().Parse(f.Body, markup.Options{Official:true}); tr.HTML(2); t.Log(name, time.Since(at), len(f.Findings)); done<-true }()
  select { case <-done: case <-time.After(20*time.Second): t.Log(name, "over 20 s") }
 }
}
