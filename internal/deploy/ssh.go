package deploy

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

// What SFTP takes from the environment: no secret stands in an address, in
// config.toml or on the command line.
const (
	EnvPassword   = "GONGBAO_SSH_PASSWORD"   // of the user at the server
	EnvPassphrase = "GONGBAO_SSH_PASSPHRASE" // of the file of the key
	envAgent      = "SSH_AUTH_SOCK"
)

// dialTimeout is how long a server may take to answer at first.
const dialTimeout = 30 * time.Second

// dial connects to the server of an address. Its options are key (a file, else those
// of ~/.ssh) and known_hosts (a file, else that of ~/.ssh).
func dial(ctx context.Context, u *url.URL) (*ssh.Client, error) {
	q := u.Query()
	for k := range q {
		if k != "key" && k != "known_hosts" {
			return nil, &Problem{Key: "option", Args: []string{k, "key, known_hosts"}}
		}
	}
	if u.User.Username() == "" {
		return nil, &Problem{Key: "sftp-user"}
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "22")
	}
	auth, closeAgent, err := authentication(q.Get("key"))
	if err != nil {
		return nil, err
	}
	defer closeAgent()
	check, algorithms, err := hostKeys(host, q.Get("known_hosts"))
	if err != nil {
		return nil, err
	}
	conn, err := (&net.Dialer{Timeout: dialTimeout}).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(dialTimeout)) // of TCP: cannot fail
	c, chans, requests, err := ssh.NewClientConn(conn, host, &ssh.ClientConfig{
		User: u.User.Username(), Auth: auth, HostKeyCallback: check, HostKeyAlgorithms: algorithms,
	})
	if err != nil {
		if strings.Contains(err.Error(), "unable to authenticate") { // the library has no value for it
			err = &Problem{Key: "login", Args: []string{u.User.Username(), host}, Cause: err}
		}
		return nil, errors.Join(err, conn.Close())
	}
	_ = conn.SetDeadline(time.Time{})
	return ssh.NewClient(c, chans, requests), nil
}

// hostKeys checks the key of a server against a file of known ones. The algorithms are
// those of the keys that are known of it, or a server that has several would show another.
func hostKeys(host, file string) (check ssh.HostKeyCallback, algorithms []string, err error) {
	if file == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, nil, err
		}
		file = filepath.Join(home, ".ssh", "known_hosts")
	}
	known, err := knownhosts.New(file)
	if errors.Is(err, fs.ErrNotExist) {
		known, err = func(string, net.Addr, ssh.PublicKey) error { return &knownhosts.KeyError{} }, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var asked *knownhosts.KeyError
	if errors.As(known(host, &net.TCPAddr{}, noKey{}), &asked) {
		for _, k := range asked.Want {
			if t := k.Key.Type(); t == ssh.KeyAlgoRSA {
				algorithms = append(algorithms, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
			} else {
				algorithms = append(algorithms, t)
			}
		}
	}
	return func(name string, addr net.Addr, key ssh.PublicKey) error {
		err := known(name, addr, key)
		var wrong *knownhosts.KeyError
		if !errors.As(err, &wrong) {
			return err
		}
		args := []string{knownhosts.Normalize(host), key.Type(), ssh.FingerprintSHA256(key), file, knownhosts.Line([]string{host}, key)}
		if len(wrong.Want) > 0 {
			return &Problem{Key: "host-changed", Args: args}
		}
		return &Problem{Key: "host-unknown", Args: args}
	}, slices.Compact(algorithms), nil
}

// noKey is the key of no server.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return nil }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.ErrUnsupported }

// authentication is how a user proves who he is: by a key (of the agent, of a file),
// else by a password.
func authentication(keyFile string) (out []ssh.AuthMethod, closeAgent func(), err error) {
	closeAgent = func() {}
	signers, err := fileKeys(keyFile)
	if err != nil {
		return nil, nil, err
	}
	if socket := os.Getenv(envAgent); socket != "" && keyFile == "" {
		if conn, err := net.Dial("unix", socket); err == nil { // an agent that is gone is none
			closeAgent = func() { conn.Close() }
			if more, err := agent.NewClient(conn).Signers(); err == nil {
				signers = append(more, signers...)
			}
		}
	}
	if len(signers) > 0 {
		out = append(out, ssh.PublicKeys(signers...))
	}
	if password := os.Getenv(EnvPassword); password != "" {
		out = append(out, ssh.Password(password), ssh.KeyboardInteractive(func(_, _ string, questions []string, echos []bool) ([]string, error) {
			answers := make([]string, len(questions))
			for i := range questions {
				if !echos[i] {
					answers[i] = password
				}
			}
			return answers, nil
		}))
	}
	if len(out) == 0 {
		return nil, nil, &Problem{Key: "no-key", Args: []string{EnvPassword}}
	}
	return out, closeAgent, nil
}

// fileKeys reads a key, or those that stand where ssh looks for them. One that needs a
// passphrase is a *Problem only where it was asked for.
func fileKeys(name string) (out []ssh.Signer, err error) {
	names := []string{name}
	if name == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		names = names[:0]
		for _, n := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
			names = append(names, filepath.Join(home, ".ssh", n))
		}
	}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if errors.Is(err, fs.ErrNotExist) && name == "" {
			continue
		}
		if err != nil {
			return nil, err
		}
		key, err := ssh.ParsePrivateKey(b)
		var locked *ssh.PassphraseMissingError
		if errors.As(err, &locked) {
			if phrase := os.Getenv(EnvPassphrase); phrase != "" {
				key, err = ssh.ParsePrivateKeyWithPassphrase(b, []byte(phrase))
			} else if name == "" {
				continue
			} else {
				return nil, &Problem{Key: "passphrase", Args: []string{n, EnvPassphrase}}
			}
		}
		if err != nil {
			return nil, &Problem{Key: "key", Args: []string{n}, Cause: err}
		}
		out = append(out, key)
	}
	return out, nil
}
