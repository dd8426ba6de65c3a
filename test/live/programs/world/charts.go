package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// charts.json: by the beginning of host and path, the charts of a repository or registry and their versions.
func repositories() map[string]map[string][]string {
	known := map[string]map[string][]string{}
	readJSON("charts.json", &known)
	return known
}

func chartRepository(host string, w http.ResponseWriter, r *http.Request) {
	for prefix, charts := range repositories() {
		file, ok := strings.CutPrefix(host+r.URL.Path, prefix+"/")
		if !ok {
			continue
		}
		if file == "index.yaml" {
			index(w, prefix, charts)
			return
		}
		for name, versions := range charts {
			for _, version := range versions {
				if file == name+"-"+version+".tgz" {
					w.Header().Set("Content-Type", "application/gzip")
					w.Write(chart(name, version))
					return
				}
			}
		}
	}
	http.Error(w, "nothing here", http.StatusNotFound)
}

// JSON is YAML.
func index(w http.ResponseWriter, prefix string, charts map[string][]string) {
	entries := map[string][]map[string]any{}
	for name, versions := range charts {
		for _, version := range versions {
			entries[name] = append(entries[name], map[string]any{"apiVersion": "v2", "name": name, "version": version, "created": "2026-01-01T00:00:00Z",
				"urls": []string{"https://" + prefix + "/" + name + "-" + version + ".tgz"}})
		}
	}
	json.NewEncoder(w).Encode(map[string]any{"apiVersion": "v1", "generated": "2026-01-01T00:00:00Z", "entries": entries})
}

// A stand-in: the files of common/, over them those of the folder of its name.
func chart(name, version string) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	archive := tar.NewWriter(zip)
	add := func(path string, text []byte) {
		archive.WriteHeader(&tar.Header{Name: name + "/" + path, Mode: 0o644, Size: int64(len(text)), ModTime: time.Unix(1700000000, 0)})
		archive.Write(text)
	}
	add("Chart.yaml", fmt.Appendf(nil, "apiVersion: v2\nname: %s\nversion: %q\ntype: application\n", name, version))
	for _, folder := range []string{"common", name} {
		root := filepath.Join(*charts, folder)
		filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				text, _ := os.ReadFile(path)
				relative, _ := filepath.Rel(root, path)
				add(filepath.ToSlash(relative), text)
			}
			return nil
		})
	}
	archive.Close()
	zip.Close()
	return out.Bytes()
}

const (
	manifestType = "application/vnd.oci.image.manifest.v1+json"
	configType   = "application/vnd.cncf.helm.config.v1+json"
	layerType    = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
)

// An OCI registry that holds the charts of charts.json: tags, manifests and blobs, to read only.
func registry(host string, w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/v2/")
	if path == "" || path == "/v2" {
		w.WriteHeader(http.StatusOK)
		return
	}
	for prefix, charts := range repositories() {
		for name, versions := range charts {
			rest, ok := strings.CutPrefix(host+"/"+path, prefix+"/"+name+"/")
			if ok && image(w, r, name, versions, rest) {
				return
			}
		}
	}
	http.Error(w, `{"errors":[{"code":"NAME_UNKNOWN"}]}`, http.StatusNotFound)
}

func image(w http.ResponseWriter, r *http.Request, name string, versions []string, rest string) bool {
	if rest == "tags/list" {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"name": name, "tags": versions})
		return true
	}
	for _, version := range versions {
		config := fmt.Appendf(nil, `{"apiVersion":"v2","name":%q,"version":%q,"type":"application"}`, name, version)
		layer := chart(name, version)
		manifest, _ := json.Marshal(map[string]any{"schemaVersion": 2, "mediaType": manifestType, "config": described(configType, config),
			"layers": []any{described(layerType, layer)}})
		for where, text := range map[string][]byte{"manifests/" + version: manifest, "manifests/" + digest(manifest): manifest,
			"blobs/" + digest(config): config, "blobs/" + digest(layer): layer} {
			if rest != where {
				continue
			}
			kind := "application/octet-stream"
			if strings.HasPrefix(where, "manifests/") {
				kind = manifestType
			}
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Docker-Content-Digest", digest(text))
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
			return true
		}
	}
	return false
}

func digest(text []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(text)) }

func described(kind string, text []byte) map[string]any {
	return map[string]any{"mediaType": kind, "digest": digest(text), "size": len(text)}
}
