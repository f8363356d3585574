package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
)

// record puts on record that documents were posted on a channel, or deleted there.
// All of them, or none: a mistyped channel or day would be there for ever.
func (c *shareCmd) record(a *app, s *build.Site, es []*catalog.Entry) error {
	channel, event := c.Posted, ledger.Posted
	if c.Deleted != "" {
		channel, event = c.Deleted, ledger.Deleted
	}
	if known := s.Config.Share.Channels; len(known) > 0 && event == ledger.Posted && !slices.Contains(known, channel) {
		fmt.Fprintln(a.stderr, a.strings.T("share.channel", channel, strings.Join(known, "、")))
		return errFindings
	}
	at, err := c.time()
	if err != nil {
		return err
	}
	if c.URL != "" && !strings.HasPrefix(c.URL, "https://") && !strings.HasPrefix(c.URL, "http://") {
		return usageError{"usage.share-url", []string{c.URL}}
	}
	var posts []ledger.Post
	for _, e := range es {
		switch {
		case event == ledger.Posted && !a.isPublic(s.Catalog, e):
			return errFindings
		case event == ledger.Posted && at < e.Document.Signed.String(): // both begin with the day
			fmt.Fprintln(a.stderr, a.strings.T("share.before", e.Title(), e.Document.Signed.String(), at))
			return errFindings
		case event == ledger.Deleted && !stands(s.Catalog.Ledger, e, channel):
			fmt.Fprintln(a.stderr, a.strings.T("share.not-posted", e.Title(), channel))
			return errFindings
		}
		posts = append(posts, ledger.Post{At: at, Event: event, ID: e.ID, Number: e.Document.Number, Channel: channel, URL: c.URL, TextHash: e.TextHash.String()})
	}
	b, err := ledger.AppendPosts(posts)
	if err != nil {
		return err
	}
	if err := appendLines(filepath.Join(a.Dir, filepath.FromSlash(ledger.PostsFile)), b); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("share.recorded."+event, fmt.Sprint(len(posts)), channel, at))
	}
	return nil
}

// stands reports whether a document stands on a channel, as far as is on record.
func stands(l *ledger.Ledger, e *catalog.Entry, channel string) bool {
	return slices.ContainsFunc(l.Standing(e.ID), func(p ledger.Post) bool { return p.Channel == channel })
}

// time is when it happened: now, or what --at says, which is not to come.
func (c *shareCmd) time() (string, error) {
	now := time.Now().In(beijing)
	if c.At == "" {
		return now.Format(time.RFC3339), nil
	}
	at, err := gazette.ParseDateTime(c.At)
	if err != nil || at.String() > now.Format(time.RFC3339) {
		return "", usageError{"usage.share-at", []string{c.At}}
	}
	return at.String(), nil
}

// appendLines adds whole lines to a file of the ledger.
func appendLines(name string, lines []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	old, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if n := len(old); n > 0 && old[n-1] != '\n' {
		old = append(old, '\n')
	}
	return replace(name, append(old, lines...))
}
