// SPDX-License-Identifier: GPL-3.0-or-later

package main

// What lies in a log's folder, by its names.

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// A source is one log's folder, and what LOG/recent has of its last entries while a station runs, or after a power cut:
// the growing bundle may then lack them, and the growing tiles their hashes. nil: there is none.
type source struct {
	log    string
	recent map[int64][]byte
}

func open(log string) source {
	s := source{log: log}
	data, err := plain(log + "/recent")
	if err != nil {
		return s
	}
	s.recent = map[int64][]byte{}
	head := regexp.MustCompile(`^([0-9]{1,18}) ([0-9]{1,5}) ([0-9a-f]{16})\n`)
	for ; len(data) >= 4096; data = data[4096:] {
		said := head.FindSubmatch(data[:64])
		if said == nil {
			continue
		}
		n, _ := strconv.ParseUint(string(said[1]), 10, 64)
		size, _ := strconv.ParseUint(string(said[2]), 10, 64)
		check, _ := strconv.ParseUint(string(said[3]), 16, 64)
		text := data[len(said[0]):]
		if uint64(len(text)) < size {
			continue
		}
		text = text[:size]
		of := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, n), size)
		if sum := sha256.Sum256(append(of, text...)); binary.LittleEndian.Uint64(sum[:8]) == check {
			s.recent[int64(n)] = text
		}
	}
	return s
}

// plain reads a file that is one: a pipe of that name would never end.
func plain(name string) ([]byte, error) {
	stat, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !stat.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", name)
	}
	return os.ReadFile(name)
}

// file reads tile n of a level ("entries": bundles): the full one, or one that is at least so wide. full: it is full.
func (s source) file(level string, n int64, width int) (data []byte, full bool, err error) {
	name := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	name = filepath.Join(s.log, "tile", level, name)
	if data, err = plain(name); !os.IsNotExist(err) {
		return data, true, err
	}
	if level == "entries" {
		if packed, err := unpacked(name + ".gz"); !os.IsNotExist(err) {
			return packed, true, err
		}
	}
	for w := width; w < 256; w++ {
		if data, err = plain(fmt.Sprintf("%s.p/%d", name, w)); !os.IsNotExist(err) {
			return data, false, err
		}
	}
	for w := 255; s.recent != nil && w > 0; w-- {
		if data, err = plain(fmt.Sprintf("%s.p/%d", name, w)); !os.IsNotExist(err) {
			return data, false, err
		}
	}
	if s.recent != nil {
		return nil, false, nil
	}
	return nil, false, err
}

// unpacked reads a bundle that the station keeps packed: one member under the head that it writes, and nothing behind.
func unpacked(name string) ([]byte, error) {
	file, err := plain(name)
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

// entries are those of one bundle, of which so many must be there.
func (s source) entries(begin int64, count int) (have [][]byte, err error) {
	data, full, err := s.file("entries", begin/256, count)
	if err != nil {
		return nil, err
	}
	for len(have) < 256 && len(data) > 4 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end < 5 || len(data) < end || data[end-1] != '\n' {
			break
		}
		have, data = append(have, data[2:end]), data[end:]
	}
	if full && (len(have) < 256 || len(data) > 0) {
		return nil, fmt.Errorf("entry %d, or the end of its file", least(begin+int64(len(have)), begin+255))
	}
	if len(have) < count && s.recent != nil {
		for i := 0; i < count; i++ {
			text := s.recent[begin+int64(i)]
			if text != nil && i < len(have) {
				have[i] = text
			} else if text != nil && i == len(have) {
				have = append(have, text)
			}
		}
	}
	if len(have) < count {
		return nil, fmt.Errorf("entry %d is not all there", begin+int64(len(have)))
	}
	return have[:count], nil
}

func least(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
