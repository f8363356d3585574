package deploy_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"gongbao/internal/deploy"
)

// A sshServer is an SFTP server of this process, on a folder.
type sshServer struct {
	host  string
	home  string // where paths without / begin
	key   ssh.Signer
	known string       // a known_hosts that knows it
	limit atomic.Int64 // bytes that it takes before the line breaks; 0 for no limit
}

const password = "correct horse"

// limited is a connection that breaks.
type limited struct {
	net.Conn
	left *atomic.Int64
}

func (l limited) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	if l.left != nil && l.left.Add(-int64(n)) <= 0 {
		return 0, errors.Join(io.ErrUnexpectedEOF, l.Close())
	}
	return n, err
}

func signer(t *testing.T) (ssh.Signer, ed25519.PrivateKey) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s, private
}

func serveSSH(t *testing.T, user ssh.PublicKey) *sshServer {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("SSH_AUTH_SOCK", "")
	t.Setenv(deploy.EnvPassword, password)
	s := &sshServer{home: home}
	s.key, _ = signer(t)
	config := &ssh.ServerConfig{
		PasswordCallback: func(_ ssh.ConnMetadata, p []byte) (*ssh.Permissions, error) {
			if string(p) != password {
				return nil, errors.New("no")
			}
			return nil, nil
		},
		PublicKeyCallback: func(_ ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
			if user == nil || string(k.Marshal()) != string(user.Marshal()) {
				return nil, errors.New("no")
			}
			return nil, nil
		},
	}
	config.AddHostKey(s.key)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s.host = l.Addr().String()
	s.known = filepath.Join(home, "known")
	if err := os.WriteFile(s.known, []byte(knownhosts.Line([]string{s.host}, s.key.PublicKey())+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			line := limited{Conn: c}
			if n := s.limit.Load(); n > 0 {
				line.left = new(atomic.Int64)
				line.left.Store(n)
			}
			go serveConn(line, config, home)
		}
	}()
	return s
}

func serveConn(c net.Conn, config *ssh.ServerConfig, home string) {
	defer c.Close()
	conn, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	defer conn.Close()
	go ssh.DiscardRequests(requests)
	for ch := range channels {
		channel, requests, err := ch.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		server, err := sftp.NewServer(channel, sftp.WithServerWorkingDirectory(home))
		if err != nil {
			return
		}
		go func() { _ = server.Serve(); channel.Close() }()
	}
}

func (s *sshServer) open(t *testing.T, dir, query string) (deploy.Target, error) {
	t.Helper()
	a, err := deploy.ParseAddress("sftp://gazette@"+s.host+filepath.ToSlash(dir)+query, "")
	if err != nil {
		t.Fatal(err)
	}
	return deploy.Open(t.Context(), a, false)
}

// TestSFTP deploys edits to a server whose line breaks from time to time.
func TestSFTP(t *testing.T) {
	s := serveSSH(t, nil)
	dir := filepath.Join(t.TempDir(), "srv", "网站")
	r := mathrand.New(mathrand.NewPCG(5, 5))
	now, broken := site{}, 0
	for round := range deploy.Rounds(40) {
		now = edited(r, now)
		s.limit.Store(0)
		if round%3 == 1 {
			s.limit.Store(8000 + r.Int64N(60000))
		}
		target, err := s.open(t, dir, "?known_hosts="+s.known)
		if err == nil {
			o := now.options(t)
			o.Compress = []string{"gz"}
			_, err = deploy.Run(t.Context(), target, o)
			err = errors.Join(err, target.Close())
		}
		if s.limit.Load() > 0 && err != nil {
			broken++
			continue
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		got := public(tree(t, dir))
		for p := range got {
			if plain, ok := strings.CutSuffix(p, ".gz"); ok {
				if deploy.Decode(t, got[p], "gz") != now[plain] {
					t.Fatalf("round %d: %s is of another text", round, p)
				}
				delete(got, p)
			}
		}
		sameSite(t, fmt.Sprint("round ", round), got, now)
		if folders := empty(t, dir); len(folders) > 0 {
			t.Fatalf("round %d: empty folders %v", round, folders)
		}
	}
	if broken < deploy.Rounds(5) {
		t.Errorf("the line broke %d times", broken)
	}
}

// A folder of the user, and his own: what begins with a dot there keeps its name.
func TestFoldersOfTheUser(t *testing.T) {
	s := serveSSH(t, nil)
	now := site{"index.html": "1", ".well-known/security.txt": "2"}
	for path, dir := range map[string]string{"/~/": s.home, "/~/web": filepath.Join(s.home, "web")} {
		target, err := s.open(t, path, "?known_hosts="+s.known)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			o := now.options(t)
			o.Rescan = true
			if _, err := deploy.Run(t.Context(), target, o); err != nil {
				t.Fatal(err)
			}
		}
		d, err := deploy.Check(t.Context(), target, now.list(t), nil, nil)
		if err != nil || !d.Same() || d.Right != len(now) {
			t.Errorf("%s: Check = %+v, %v", path, d, err)
		}
		for _, p := range d.Foreign {
			if strings.HasPrefix(p, "gongbao-") || strings.HasPrefix(p, "well-known") {
				t.Errorf("%s: ours is foreign: %s", path, p)
			}
		}
		if got := tree(t, dir); got["index.html"] != "1" || got[".well-known/security.txt"] != "2" {
			t.Errorf("%s: not all is there", path)
		}
		if err := target.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestServersMustBeKnown(t *testing.T) {
	s := serveSSH(t, nil)
	dir := filepath.Join(t.TempDir(), "web")
	other, _ := signer(t)
	wrong := filepath.Join(t.TempDir(), "wrong")
	if err := os.WriteFile(wrong, []byte(knownhosts.Line([]string{s.host}, other.PublicKey())+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := s.open(t, dir, "") // ~/.ssh/known_hosts is not there
	p := problem(t, err, "host-unknown")
	if p.Args[2] != ssh.FingerprintSHA256(s.key.PublicKey()) {
		t.Errorf("the problem names %v", p.Args)
	}
	_, err = s.open(t, dir, "?known_hosts="+wrong)
	problem(t, err, "host-changed")
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder was made all the same")
	}
	// The line of the problem is the one to add.
	known := filepath.Join(t.TempDir(), "known")
	if err := os.WriteFile(known, []byte(p.Args[4]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := s.open(t, dir, "?known_hosts="+known)
	if err != nil {
		t.Fatal(err)
	}
	target.Close()
}

func TestWaysToLogIn(t *testing.T) {
	public, private := signer(t)
	s := serveSSH(t, public.PublicKey())
	dir := filepath.Join(t.TempDir(), "web")
	known := "?known_hosts=" + s.known
	write := func(block *pem.Block, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	plain := write(ssh.MarshalPrivateKey(private, ""))
	sealed := write(ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte("phrase")))
	login := func(query string) error {
		target, err := s.open(t, dir, known+query)
		if err != nil {
			return err
		}
		return target.Close()
	}
	if err := login(""); err != nil {
		t.Errorf("by password: %v", err)
	}
	t.Setenv(deploy.EnvPassword, "")
	problem(t, login(""), "no-key")
	if err := login("&key=" + plain); err != nil {
		t.Errorf("by key: %v", err)
	}
	problem(t, login("&key="+sealed), "passphrase")
	t.Setenv(deploy.EnvPassphrase, "phrase")
	if err := login("&key=" + sealed); err != nil {
		t.Errorf("by key with passphrase: %v", err)
	}
	problem(t, login("&key="+s.known), "key")
	problem(t, login("&port=22"), "option")
	t.Setenv(deploy.EnvPassword, "wrong")
	if p := problem(t, login(""), "login"); strings.Contains(p.Error(), "wrong") {
		t.Errorf("with a wrong password: %v", p)
	}
	for address, key := range map[string]string{"sftp://" + s.host + "/web" + known: "sftp-user", "sftp://u@" + s.host + known: "sftp-root"} {
		a, err := deploy.ParseAddress(address, "")
		if err == nil {
			t.Setenv(deploy.EnvPassword, password)
			_, err = deploy.Open(t.Context(), a, false)
		}
		problem(t, err, key)
	}
}
