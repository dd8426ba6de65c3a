package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Smart HTTP, by Git's own program.
func git(w http.ResponseWriter, r *http.Request) {
	parts := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 3)
	if len(parts) < 3 {
		http.NotFound(w, r)
		return
	}
	repositories := filepath.Join(*folder, "git")
	name := strings.TrimSuffix(parts[1], ".git") + ".git"
	if _, err := os.Stat(filepath.Join(repositories, parts[0], name)); err != nil {
		http.Error(w, "no such repository", http.StatusNotFound)
		return
	}
	programs, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	r.URL.Path = "/" + parts[0] + "/" + name + "/" + parts[2]
	handler := &cgi.Handler{Path: filepath.Join(strings.TrimSpace(string(programs)), "git-http-backend"), Env: []string{"GIT_PROJECT_ROOT=" + repositories,
		"GIT_HTTP_EXPORT_ALL=1", "HOME=/nonexistent", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"}}
	if version := r.Header.Get("Git-Protocol"); version != "" {
		handler.Env = append(handler.Env, "GIT_PROTOCOL="+version)
	}
	// Git sends large requests in chunks, and CGI needs a length.
	if r.Body != nil && r.ContentLength < 0 {
		body, _ := io.ReadAll(r.Body)
		r.Body, r.ContentLength, r.TransferEncoding = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
	}
	handler.ServeHTTP(w, r)
}

// The token that a GitHub App gets for its installation.
func githubApp(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if !strings.HasSuffix(r.URL.Path, "/access_tokens") {
		http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusCreated)
	json.NewEncoder(w).Encode(map[string]string{"token": "ghs_world", "expires_at": time.Now().Add(time.Hour).UTC().Format(time.RFC3339)})
}
