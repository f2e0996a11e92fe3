// auditverify reads an audit log of Newel's with nothing of Newel: hashes, proofs, notes and tile paths are those of
// golang.org/x/mod/sumdb/{tlog,note}, events are read by encoding/json. It is the second opinion of the tests.
//
//	auditverify FOLDER VKEY
//
// It ends with 0 when the log is sound, with 1 and a reason when it is not, with 2 when it cannot tell.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: auditverify FOLDER VKEY")
		os.Exit(2)
	}
	tree, err := checkpoint(os.Args[1], os.Args[2])
	if err == nil {
		err = verify(os.Args[1], tree)
	}
	var unusable *fs
	switch {
	case errors.As(err, &unusable):
		fmt.Fprintln(os.Stderr, "auditverify:", err)
		os.Exit(2)
	case err != nil:
		fmt.Println("NOT SOUND:", err)
		os.Exit(1)
	}
	fmt.Printf("SOUND: %d events, root %v\n", tree.N, tree.Hash)
}

// fs is a failure of the machine, not of the log.
type fs struct{ error }

func read(folder, path string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, &fs{err}
	}
	return b, err
}

// checkpoint opens the signed note (C2SP tlog-checkpoint): origin, size, root.
func checkpoint(folder, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return tlog.Tree{}, &fs{err}
	}
	signed, err := read(folder, "checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("checkpoint of another log: %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, errors.New("the checkpoint has no root")
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}

// tiles reads tiles in the layout of C2SP tlog-tiles: the paths of Go's sumdb without its height.
type tiles struct{ folder string }

func (t tiles) Height() int                         { return tileHeight }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range want {
		b, err := read(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func entries(folder string, size, first int64) ([][]byte, error) {
	width := min(256, size-first)
	tile := tlog.Tile{H: tileHeight, L: -1, N: first / 256, W: int(width)}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	b, err := read(folder, path)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for len(b) > 0 {
		if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
			return nil, fmt.Errorf("%s is cut", path)
		}
		n := int(binary.BigEndian.Uint16(b))
		out, b = append(out, b[2:2+n]), b[2+n:]
	}
	if int64(len(out)) != width {
		return nil, fmt.Errorf("%s holds %d entries, not %d", path, len(out), width)
	}
	return out, nil
}

type event struct {
	Producer, Epoch, Seq, PrevHash, ID, Phase, Cause string
}

type head struct {
	epoch, seq int64
	hash       string
}

// verify makes the root from the leaves, proves each tile's first leaf by the tiles, and follows each producer's chain.
func verify(folder string, tree tlog.Tree) error {
	var hashes []tlog.Hash
	stored := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			if i >= int64(len(hashes)) {
				return nil, fmt.Errorf("no hash %d", i)
			}
			out = append(out, hashes[i])
		}
		return out, nil
	})
	reader := tlog.TileHashReader(tree, tiles{folder})
	heads, intents := map[string]head{}, map[string]bool{}
	for first := int64(0); first < tree.N; first += 256 {
		leaves, err := entries(folder, tree.N, first)
		if err != nil {
			return err
		}
		for i, leaf := range leaves {
			more, err := tlog.StoredHashes(first+int64(i), leaf, stored)
			if err != nil {
				return err
			}
			hashes = append(hashes, more...)
			if err := follow(leaf, heads, intents); err != nil {
				return fmt.Errorf("index %d: %w", first+int64(i), err)
			}
		}
		proof, err := tlog.ProveRecord(tree.N, first, reader)
		if err != nil {
			return fmt.Errorf("tiles: %w", err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, first, tlog.RecordHash(leaves[0])); err != nil {
			return fmt.Errorf("index %d: %w", first, err)
		}
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the leaves have the root %v, signed is %v", root, tree.Hash)
	}
	return nil
}

func follow(leaf []byte, heads map[string]head, intents map[string]bool) error {
	var e event
	decoder := json.NewDecoder(bytes.NewReader(leaf))
	if err := decoder.Decode(&e); err != nil {
		return fmt.Errorf("no event: %w", err)
	}
	epoch, err1 := strconv.ParseInt(e.Epoch, 10, 64)
	seq, err2 := strconv.ParseInt(e.Seq, 10, 64)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	want := head{epoch: epoch, hash: strings.Repeat("0", 64)}
	if h, ok := heads[e.Producer]; ok && h.epoch == epoch {
		want = h
	}
	if seq != want.seq+1 {
		return fmt.Errorf("%s epoch %d: seq %d where %d was next", e.Producer, epoch, seq, want.seq+1)
	}
	if e.PrevHash != want.hash {
		return fmt.Errorf("%s epoch %d seq %d: prevhash is not that of the event before", e.Producer, epoch, seq)
	}
	sum := sha256.Sum256(leaf)
	heads[e.Producer] = head{epoch, seq, hex.EncodeToString(sum[:])}
	switch e.Phase {
	case "intent":
		intents[e.ID] = true
	case "outcome":
		if !intents[e.Cause] {
			return fmt.Errorf("an outcome without an open intent: %s", e.Cause)
		}
		delete(intents, e.Cause)
	}
	return nil
}
