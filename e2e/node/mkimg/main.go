// mkimg OUT.tar NAME:TAG CONFIG-JSON SOURCE:DESTINATION…: packs files and folders into an image of one
// layer, in the layout of `docker save`. Equal input gives equal bytes: sorted, owned by root, no times.
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "mkimg:", err)
		os.Exit(1)
	}
}

type layer struct {
	tar  *tar.Writer
	seen map[string]bool
}

func (l *layer) folder(name string) {
	if name == "." || name == "/" || l.seen[name] {
		return
	}
	l.folder(path.Dir(name))
	l.seen[name] = true
	mode := int64(0o755)
	if name == "tmp" {
		mode = 0o1777
	}
	check(l.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: name + "/", Mode: mode}))
}

func (l *layer) add(source, destination string) {
	destination = strings.Trim(destination, "/")
	info, err := os.Lstat(source)
	check(err)
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(source)
		check(err)
		l.folder(path.Dir(destination))
		check(l.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeSymlink, Name: destination, Linkname: target, Mode: 0o777}))
	case info.IsDir():
		l.folder(destination)
		entries, err := os.ReadDir(source)
		check(err)
		sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
		for _, entry := range entries {
			l.add(filepath.Join(source, entry.Name()), path.Join(destination, entry.Name()))
		}
	default:
		content, err := os.ReadFile(source)
		check(err)
		l.folder(path.Dir(destination))
		mode := int64(0o644)
		if info.Mode()&0o111 != 0 {
			mode = 0o755
		}
		check(l.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: destination, Mode: mode, Size: int64(len(content))}))
		_, err = l.tar.Write(content)
		check(err)
	}
}

func main() {
	if len(os.Args) < 5 {
		fmt.Fprintln(os.Stderr, "usage: mkimg OUT.tar NAME:TAG CONFIG-JSON SOURCE:DESTINATION…")
		os.Exit(2)
	}
	var body bytes.Buffer
	l := layer{tar.NewWriter(&body), map[string]bool{}}
	l.folder("tmp")
	for _, pair := range os.Args[4:] {
		source, destination, _ := strings.Cut(pair, ":")
		l.add(source, destination)
	}
	check(l.tar.Close())
	digest := fmt.Sprintf("%x", sha256.Sum256(body.Bytes()))

	var config map[string]any
	check(json.Unmarshal([]byte(os.Args[3]), &config))
	if _, found := config["Env"]; !found {
		config["Env"] = []string{"PATH=/bin:/usr/bin"}
	}
	image, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "created": "1970-01-01T00:00:00Z", "config": config,
		"rootfs":  map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest}},
		"history": []any{map[string]any{"created": "1970-01-01T00:00:00Z"}},
	})
	check(err)
	imageDigest := fmt.Sprintf("%x", sha256.Sum256(image))
	manifest, err := json.Marshal([]any{map[string]any{
		"Config": imageDigest + ".json", "RepoTags": []string{os.Args[2]}, "Layers": []string{digest + ".tar"},
	}})
	check(err)

	file, err := os.Create(os.Args[1])
	check(err)
	out := tar.NewWriter(file)
	for _, entry := range []struct {
		name    string
		content []byte
	}{{imageDigest + ".json", image}, {digest + ".tar", body.Bytes()}, {"manifest.json", manifest}} {
		check(out.WriteHeader(&tar.Header{Name: entry.name, Mode: 0o644, Size: int64(len(entry.content))}))
		_, err := out.Write(entry.content)
		check(err)
	}
	check(out.Close())
	check(file.Close())
}
