// Checks a log copied by `creditmesh audit mirror` with Go's golang.org/x/mod/sumdb alone, which shares no
// code with CreditMesh: the checkpoint's signature, every tile against the root, every entry against its
// tile, and every earlier checkpoint against the tree.
//
// Usage: go run . DIR VKEY
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles reads tiles at the paths of C2SP tlog-tiles, which leave out the height (always 8).
type tiles struct{ dir string }

func (t tiles) Height() int                                { return 8 }
func (t tiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.dir, path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// tree is what a signed checkpoint says.
func tree(path string, verifier note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(signed.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint of another log")
	}
	// sumdb's own trees begin with another first line.
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

func check(dir, vkey string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	head, err := tree(filepath.Join(dir, "checkpoint"), verifier)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(head, tiles{dir})
	for first := int64(0); first < head.N; first += 256 {
		width := head.N - first
		if width > 256 {
			width = 256
		}
		if err := checkBundle(dir, reader, first, int(width)); err != nil {
			return err
		}
	}
	earlier, _ := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	for _, path := range earlier {
		old, err := tree(path, verifier)
		if err != nil {
			return err
		}
		if old.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(head.N, old.N, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, head.N, head.Hash, old.N, old.Hash); err != nil {
			return err
		}
	}
	fmt.Printf("%d entries, root %s, %d earlier checkpoints: as signed\n", head.N, head.Hash, len(earlier))
	return nil
}

// checkBundle compares up to 256 entries with the hashes that lead to the root.
func checkBundle(dir string, reader tlog.HashReader, first int64, width int) error {
	tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: width}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return err
	}
	indexes := make([]int64, width)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
	}
	hashes, err := reader.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for i := 0; i < width; i++ {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return fmt.Errorf("%s ends early", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		if tlog.RecordHash(data[2:end]) != hashes[i] {
			return fmt.Errorf("entry %d is not the one that was signed", first+int64(i))
		}
		data = data[end:]
	}
	if len(data) > 0 {
		return fmt.Errorf("%s goes on behind its entries", path)
	}
	return nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: go run . DIR VKEY")
	}
	if err := check(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}
