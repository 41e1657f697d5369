// SPDX-License-Identifier: GPL-3.0-or-later

// Verify checks a station's logs with Go's own note and tlog: verify [VKEY…] FOLDER, which holds log, log-2 …; VKEY
// are keys of logs that are known from elsewhere.
// Stored tiles are compared and never read from: tlog.TileHashReader accepts forged ones
// (CVE-2026-56865), so every hash is made anew from the entries.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A storage is all hashes of a log, as tlog numbers them.
type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, i := range indexes {
		if i < 0 || i >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", i)
		}
		found = append(found, s[i])
	}
	return found, nil
}

// key reads LOG/vkey: one line, the key of a log, and nothing else.
func key(log string) (string, error) {
	data, err := plain(filepath.Join(log, "vkey"))
	if err != nil {
		return "", err
	}
	vkey := strings.TrimSuffix(string(data), "\n")
	form := regexp.MustCompile(`^[^\x00- +\x7f]+\+[0-9a-f]{8}\+([^ ]+)$`).FindStringSubmatch(vkey)
	if vkey+"\n" != string(data) || form == nil || !canonical(form[1]) {
		return "", fmt.Errorf("vkey is not one line with a key")
	}
	return vkey, nil
}

// canonical tells whether that is how the bytes are written in base64: Go's decoder passes over newlines, and over bits
// that mean nothing.
func canonical(text string) bool {
	data, err := base64.StdEncoding.DecodeString(text)
	return err == nil && base64.StdEncoding.EncodeToString(data) == text
}

// signatures holds each line to what note.Open passes over: another encoding of the same bytes, longer ones than there
// are, and a second line of the log's own key, which must be right as well.
func signatures(text []byte, verifier note.Verifier) error {
	split := bytes.LastIndex(text, []byte("\n\n"))
	for _, line := range strings.Split(strings.TrimSuffix(string(text[split+2:]), "\n"), "\n") {
		words := strings.Split(line, " ")
		if len(words) != 3 || !canonical(words[2]) || len(words[2]) > 6668 || strings.Contains(words[1], "\x7f") {
			return fmt.Errorf("signature line %q", line)
		}
		raw, _ := base64.StdEncoding.DecodeString(words[2])
		if words[1] == verifier.Name() && binary.BigEndian.Uint32(raw) == verifier.KeyHash() &&
			!verifier.Verify(text[:split+1], raw[4:]) {
			return fmt.Errorf("a signature of %s is wrong", words[1])
		}
	}
	return nil
}

// head opens the checkpoint: its signature, its origin, its size and root.
func head(log, vkey string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	text, err := plain(filepath.Join(log, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err == nil {
		err = signatures(text, verifier)
	}
	if err != nil {
		return tree, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("the checkpoint is not of %s", verifier.Name())
	}
	if strings.HasPrefix(lines[3], "\n") || strings.Contains(lines[3], "\n\n") {
		return tree, fmt.Errorf("an empty line in the checkpoint")
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil || fmt.Sprint(tree.N) != lines[1] || tree.N < 1 {
		return tree, fmt.Errorf("size %q", lines[1])
	}
	if !canonical(lines[2]) {
		return tree, fmt.Errorf("root %q", lines[2])
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// A word is what an entry says of keys; the last of a log names the key that may follow.
type word struct {
	Kind     string
	Acted    *bool
	NextVkey string `json:"next_vkey"`
	N        int64
}

// bundle hashes the entries [from, end) of one bundle into the storage; last is the last but for what only fills the
// log up, and N the number of the very last.
func (s source) bundle(from, end int64, hashes *storage, last *word) error {
	begin := from - from%256
	have, err := s.entries(begin, int(end-begin))
	if err != nil {
		return err
	}
	for n := from; n < end; n++ {
		text := have[n-begin]
		more, err := tlog.StoredHashes(n, text, *hashes)
		if err != nil {
			return err
		}
		*hashes = append(*hashes, more...)
		var said word
		if json.Unmarshal(text, &said) != nil || said.Kind != "log.padded" {
			*last = said
		}
		if said.Kind == "witness.doubted" && said.Acted != nil && !*said.Acted {
			fmt.Printf("WARNING: entry %d of %s: a witness has seen another head, and the station signed on\n", n, s.log)
		}
		last.N = said.N
	}
	return nil
}

// tiles compares what is stored of a level with the hashes; count is how many it has, all how many entries there are.
// After a power cut what did not become full may end early, or in sectors of zeros.
func (s source) tiles(level int, count, all int64, hashes storage) error {
	var none [tlog.HashSize]byte
	for n := int64(0); n*256 < count; n++ {
		width := int(least(count-n*256, 256))
		stored, full, err := s.file(fmt.Sprint(level), n, width)
		if err != nil {
			return err
		}
		made, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: width}, hashes)
		if err != nil {
			return err
		}
		torn := false
		for i := 0; i < width; i++ {
			at, end := i*tlog.HashSize, (i+1)*tlog.HashSize
			entry := (n*256 + int64(i)) << (8 * level)
			torn = torn || len(stored) < end || bytes.Equal(stored[at:end], none[:])
			behind := (n*256+int64(i)+1)<<(8*level) > (all-1)/256*256
			if torn && !full && s.recent != nil && behind {
				continue
			}
			if torn || !bytes.Equal(stored[at:end], made[at:end]) || full && len(stored) != 256*tlog.HashSize {
				return fmt.Errorf("entry %d, or tile/%d over it", entry, level)
			}
		}
	}
	return nil
}

// seen is what is known of a log once it is verified.
type seen struct {
	log, vkey string
	size      int64
	hashes    storage
	last      word
}

// secret is what of a key tells who holds it, without the name.
func secret(vkey string) string {
	parts := strings.SplitN(vkey, "+", 3)
	return parts[len(parts)-1]
}

// named tells whether the log before names this one's key: as the next one, or because it is its own.
func named(now, before *seen) error {
	next := before.vkey
	if before.last.Kind == "key.rotated" {
		next = before.last.NextVkey
	}
	if secret(next) != secret(now.vkey) {
		return fmt.Errorf("nothing before names its key %s", now.vkey)
	}
	return nil
}

// continued is what the first entry of a later log says.
type continued struct {
	Kind     string
	Why      string
	Last     *int64
	Previous struct {
		Size int64
		Root string
		Vkey *string
	}
	Kept struct {
		Size int64
		Root string
	}
}

// begins reads a later log's first entry.
func begins(log string) (first continued, err error) {
	have, err := open(log).entries(0, 1)
	if err == nil {
		err = json.Unmarshal(have[0], &first)
	}
	return first, err
}

// follows tells whether a log's first entry names the one before: its key, and its root at a size that is there.
func follows(log string, before *seen) error {
	first, err := begins(log)
	if err != nil {
		return err
	}
	said := first.Previous
	if first.Kind != "log.continued" || before == nil || said.Vkey != nil && *said.Vkey != before.vkey {
		return fmt.Errorf("the first entry does not name the key of the log before")
	}
	if first.Why == "rotated" && before.last.Kind != "key.rotated" {
		return fmt.Errorf("the log before says nothing of a rotation")
	}
	if first.Why == "witness-forked" || first.Why == "witness-larger" {
		fmt.Printf("WARNING: a witness holds another head of %s under the same name: %s\n", before.log, first.Why)
	}
	gone := said.Size > 0 && tlog.StoredHashIndex(0, said.Size-1) >= int64(len(before.hashes))
	if gone && first.Last != nil && *first.Last > before.last.N {
		return fmt.Errorf("entries of the log before are gone that were there when this one began")
	}
	if said.Size <= 0 || gone {
		return nil
	}
	root, err := tlog.TreeHash(said.Size, before.hashes)
	if err != nil || root.String() != said.Root {
		return fmt.Errorf("the first entry does not name the root of the log before: %v", err)
	}
	return nil
}

// bundles hashes the first entries, so many; last is the last of the first `signed` but for what only fills the log up.
func (s source) bundles(count, signed int64) (hashes storage, last word, err error) {
	var ignored word
	for from := int64(0); from < count; {
		end, said := from-from%256+256, &ignored
		if end > count {
			end = count
		}
		if from < signed {
			said = &last
			if end > signed {
				end = signed
			}
		}
		if err := s.bundle(from, end, &hashes, said); err != nil {
			return nil, last, err
		}
		if from = end; from > signed {
			last.N = ignored.N
		}
	}
	return hashes, last, nil
}

// kept is what the log that follows ("" none) vouches for: a head of all that lay there, signed or not.
func kept(next string) (tree tlog.Tree, err error) {
	if next == "" {
		return tree, nil
	}
	first, err := begins(next)
	if err != nil || first.Kept.Size <= 0 {
		return tree, nil // what is wrong with it is said when its turn comes
	}
	tree.N = first.Kept.Size
	tree.Hash, err = tlog.ParseHash(first.Kept.Root)
	return tree, err
}

func verify(log, next string) (*seen, error) {
	vkey, err := key(log)
	if err != nil {
		return nil, err
	}
	tree, err := head(log, vkey)
	if err != nil {
		return nil, err
	}
	vouched, err := kept(next)
	if err != nil {
		return nil, err
	}
	all := tree.N
	if vouched.N > all {
		all = vouched.N
	}
	s := open(log)
	hashes, last, err := s.bundles(all, tree.N)
	if err != nil {
		return nil, err
	}
	level := 0
	for count := all; count > 0; count /= 256 {
		if err := s.tiles(level, count, all, hashes); err != nil {
			return nil, err
		}
		level++
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return nil, err
	}
	if root != tree.Hash {
		return nil, fmt.Errorf("the root is %v, signed is %v", root, tree.Hash)
	}
	if vouched.N > 0 {
		root, err = tlog.TreeHash(vouched.N, hashes)
		if err != nil || root != vouched.Hash {
			return nil, fmt.Errorf("%s names another root over what lies there: %v", next, err)
		}
	}
	fmt.Printf("%s: %d entries, root %v\n", log, tree.N, root)
	return &seen{log, vkey, tree.N, hashes, last}, nil
}

// whole refuses a pack whose pack.json is gone: it alone says what the pack should hold.
func whole(folder string) error {
	there := func(name string) bool {
		_, err := os.Stat(filepath.Join(folder, name))
		return err == nil
	}
	if !there("pack.json") && (there("tables") || there("README.txt") || there("DOC-TRUOC.txt")) {
		return fmt.Errorf("no pack.json: nobody knows what this pack should hold")
	}
	return nil
}

// bare tells whether a folder has no file in it: a log that was about to begin.
func bare(folder string) bool {
	stat, err := os.Stat(folder)
	files := 0
	filepath.Walk(folder, func(_ string, info os.FileInfo, err error) error {
		if err != nil || !info.IsDir() {
			files++
		}
		return nil
	})
	return err == nil && stat.IsDir() && files == 0
}

// find lists log, log-2 … log-256 up to the last; other names are no logs.
func find(folder string) (logs []string, err error) {
	last := 0
	for k := 1; k <= 256; k++ {
		name := filepath.Join(folder, "log")
		if k > 1 {
			name += fmt.Sprintf("-%d", k)
		}
		if _, err := os.Lstat(name); err == nil && (k == 1 || !bare(name)) {
			last = k
		}
		logs = append(logs, name)
	}
	if last == 0 {
		return nil, fmt.Errorf("no log")
	}
	return logs[:last], nil
}

// all verifies every log of a folder in its order.
func all(folder string, given []string) error {
	if err := whole(folder); err != nil {
		return err
	}
	logs, err := find(folder)
	if err != nil {
		return err
	}
	unseen, known := map[string]bool{}, map[string]bool{}
	for _, vkey := range given {
		unseen[vkey], known[vkey] = true, true
	}
	var before *seen
	for i, log := range logs {
		next := ""
		if i+1 < len(logs) {
			next = logs[i+1]
		}
		now, err := verify(log, next)
		if err == nil && filepath.Base(log) != "log" {
			err = follows(log, before)
		}
		if err == nil && before != nil && !known[now.vkey] {
			err = named(now, before)
		}
		if err != nil {
			return fmt.Errorf("%s: %v", log, err)
		}
		delete(unseen, now.vkey)
		before = now
	}
	if before.last.Kind == "key.rotated" {
		return fmt.Errorf("the log after %s is missing", before.log)
	}
	if len(unseen) > 0 {
		return fmt.Errorf("no log here is signed by the key that was given")
	}
	return nil
}

func main() {
	last := len(os.Args) - 1
	if err := all(os.Args[last], os.Args[1:last]); err != nil {
		fmt.Fprintf(os.Stderr, "DIFFERENCE: %v\n", err)
		os.Exit(1)
	}
}
