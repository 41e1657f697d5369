// SPDX-License-Identifier: GPL-3.0-or-later

// Verify checks a station's logs with Go's own note and tlog: verify [VKEY…] FOLDER, which holds log, log-2 …; VKEY
// are keys of logs that are known from elsewhere.
// Stored tiles are compared and never read from: tlog.TileHashReader accepts forged ones
// (CVE-2026-56865), so every hash is made anew from the entries.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
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

// file reads tile n of a level ("entries": bundles) that is at least so wide.
func file(log, level string, n int64, width int) ([]byte, error) {
	name := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	full := filepath.Join(log, "tile", level, name)
	for w := width; w < 256; w++ {
		data, err := os.ReadFile(fmt.Sprintf("%s.p/%d", full, w))
		if err == nil {
			return data, nil
		}
	}
	data, err := os.ReadFile(full)
	if err == nil {
		return data, nil
	}
	return unpacked(full + ".gz")
}

// unpacked reads a bundle that the station keeps packed: one member under the head that it writes, and nothing behind.
func unpacked(name string) ([]byte, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(file, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")) {
		return nil, fmt.Errorf("%s: another head", name)
	}
	rest := bytes.NewReader(file)
	reader, err := gzip.NewReader(rest)
	if err != nil {
		return nil, err
	}
	reader.Multistream(false)
	data, err := io.ReadAll(reader)
	if err == nil && rest.Len() > 0 {
		err = fmt.Errorf("%s: something stands behind it", name)
	}
	return data, err
}

// head opens the checkpoint: its signature, its origin, its size and root.
func head(log string) (tlog.Tree, error) {
	var tree tlog.Tree
	vkey, err := os.ReadFile(filepath.Join(log, "vkey"))
	if err != nil {
		return tree, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return tree, err
	}
	text, err := os.ReadFile(filepath.Join(log, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("the checkpoint is not of %s", verifier.Name())
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil || fmt.Sprint(tree.N) != lines[1] || tree.N < 1 {
		return tree, fmt.Errorf("size %q", lines[1])
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
func bundle(log string, from, end int64, hashes *storage, last *word) error {
	begin := from - from%256
	data, err := file(log, "entries", begin/256, int(end-begin))
	if err != nil {
		return err
	}
	for n := begin; n < end; n++ {
		if len(data) < 2 || len(data)-2 < int(data[0])<<8+int(data[1]) {
			return fmt.Errorf("entry %d is not all there", n)
		}
		size := int(data[0])<<8 + int(data[1])
		if n < from {
			data = data[2+size:]
			continue
		}
		more, err := tlog.StoredHashes(n, data[2:2+size], *hashes)
		if err != nil {
			return err
		}
		*hashes = append(*hashes, more...)
		var said word
		if json.Unmarshal(data[2:2+size], &said) != nil || said.Kind != "log.padded" {
			*last = said
		}
		if said.Kind == "witness.doubted" && said.Acted != nil && !*said.Acted {
			fmt.Printf("WARNING: entry %d of %s: a witness has seen another head, and the station signed on\n", n, log)
		}
		last.N = said.N
		data = data[2+size:]
	}
	if end-begin == 256 && len(data) > 0 {
		return fmt.Errorf("bundle %d is too long", begin/256)
	}
	return nil
}

// tiles compares what is stored of a level with the hashes; count is how many it has.
func tiles(log string, level int, count int64, hashes storage) error {
	for n := int64(0); n*256 < count; n++ {
		width := int(count - n*256)
		if width > 256 {
			width = 256
		}
		stored, err := file(log, fmt.Sprint(level), n, width)
		if err != nil {
			return err
		}
		tile := tlog.Tile{H: 8, L: level, N: n, W: width}
		made, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		for i := 0; i < len(made); i += tlog.HashSize {
			if len(stored) < i+tlog.HashSize || !bytes.Equal(stored[i:i+tlog.HashSize], made[i:i+tlog.HashSize]) {
				return fmt.Errorf("entry %d, or tile/%d over it", (n*256+int64(i/tlog.HashSize))<<(8*level), level)
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
	data, err := file(log, "entries", 0, 1)
	if err == nil && (len(data) < 2 || len(data)-2 < int(data[0])<<8+int(data[1])) {
		err = fmt.Errorf("entry 0 is not all there")
	}
	if err == nil {
		err = json.Unmarshal(data[2:2+int(data[0])<<8+int(data[1])], &first)
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
func bundles(log string, count, signed int64) (hashes storage, last word, err error) {
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
		if err := bundle(log, from, end, &hashes, said); err != nil {
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
	tree, err := head(log)
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
	hashes, last, err := bundles(log, all, tree.N)
	if err != nil {
		return nil, err
	}
	level := 0
	for count := all; count > 0; count /= 256 {
		if err := tiles(log, level, count, hashes); err != nil {
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
	vkey, err := os.ReadFile(filepath.Join(log, "vkey"))
	return &seen{log, strings.TrimSpace(string(vkey)), tree.N, hashes, last}, err
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

// all verifies every log of a folder in its order.
func all(folder string, given []string) error {
	if err := whole(folder); err != nil {
		return err
	}
	logs, _ := filepath.Glob(filepath.Join(folder, "log*"))
	sort.Slice(logs, func(i, k int) bool {
		return len(logs[i]) < len(logs[k]) || len(logs[i]) == len(logs[k]) && logs[i] < logs[k]
	})
	if len(logs) == 0 {
		return fmt.Errorf("no log")
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
