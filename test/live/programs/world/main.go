// Command world is the outside world of a fleet, on loopback: a proxy (CONNECT) that ends TLS itself, with a CA of its own, and answers
// for the Git host (with GitHub App tokens), for chart repositories and registries (charts made on request), and for AWS (STS, Secrets
// Manager, ECR). Programs under test get HTTPS_PROXY and SSL_CERT_FILE, so nothing that is rendered has to be changed.
// Whatever it does not know is refused: nothing leaves the machine.
package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

var (
	listen = flag.String("listen", "127.0.0.1:0", "where the proxy listens")
	folder = flag.String("folder", ".", "git/OWNER/NAME.git, secrets/NAME.json, charts.json, credentials.json; ca.pem and requests.jsonl are written")
	charts = flag.String("charts", "charts", "NAME/ holds the templates of a chart, common/ what every chart has")
)

func main() {
	flag.Parse()
	check(makeAuthority(filepath.Join(*folder, "ca.pem")))
	listener, err := net.Listen("tcp", *listen)
	check(err)
	check(http.Serve(listener, http.HandlerFunc(proxy)))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// A listener of one connection, which ends when that is closed.
type single struct {
	connection net.Conn
	done       chan struct{}
	once       sync.Once
}

func (s *single) Accept() (net.Conn, error) {
	if c := s.connection; c != nil {
		s.connection = nil
		return &closing{c, s}, nil
	}
	<-s.done
	return nil, io.EOF
}

func (s *single) Close() error   { s.once.Do(func() { close(s.done) }); return nil }
func (s *single) Addr() net.Addr { return &net.TCPAddr{} }

type closing struct {
	net.Conn
	of *single
}

func (c *closing) Close() error { c.of.Close(); return c.Conn.Close() }

type buffered struct {
	net.Conn
	reader *bufio.ReadWriter
}

func (b buffered) Read(p []byte) (int, error) { return b.reader.Read(p) }

func proxy(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		if r.URL.Path == "/ready" {
			fmt.Fprint(w, "ok")
			return
		}
		http.Error(w, "only CONNECT", http.StatusBadRequest)
		return
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	connection, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	fmt.Fprint(connection, "HTTP/1.1 200 OK\r\n\r\n")
	secure := tls.Server(buffered{connection, rw}, &tls.Config{Certificates: []tls.Certificate{*certificateFor(host)}, NextProtos: []string{"http/1.1"}})
	http.Serve(&single{connection: secure, done: make(chan struct{})}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(host, w, r) }))
}

type recorded struct {
	http.ResponseWriter
	status int
}

func (r *recorded) WriteHeader(status int) { r.status = status; r.ResponseWriter.WriteHeader(status) }

var requests sync.Mutex

// One line a request: what was asked for, by whom, and what the answer was.
func record(host string, r *http.Request, path string, status int) {
	scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	user, _, _ := r.BasicAuth()
	line, _ := json.Marshal(map[string]any{"time": time.Now().UTC().Format(time.RFC3339), "method": r.Method, "host": host, "path": path,
		"query": r.URL.RawQuery, "status": status, "authorization": scheme, "user": user, "target": r.Header.Get("X-Amz-Target")})
	requests.Lock()
	defer requests.Unlock()
	file, err := os.OpenFile(filepath.Join(*folder, "requests.jsonl"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		file.Write(append(line, '\n'))
		file.Close()
	}
}

func answer(host string, rw http.ResponseWriter, r *http.Request) {
	w := &recorded{rw, http.StatusOK}
	path := r.URL.Path
	defer func() { record(host, r, path, w.status) }()
	if !allowed(host, w, r) {
		return
	}
	switch {
	case host == "github.com":
		git(w, r)
	case host == "api.github.com":
		githubApp(w, r)
	case strings.Contains(host, ".dkr.ecr.") || strings.HasPrefix(path, "/v2/"):
		registry(host, w, r)
	case strings.HasSuffix(host, ".amazonaws.com"):
		aws(host, w, r)
	default:
		chartRepository(host, w, r)
	}
}

// credentials.json: "user:password" by the beginning of host and path. What is not named there asks for nobody's name.
func allowed(host string, w http.ResponseWriter, r *http.Request) bool {
	var wanted map[string]string
	readJSON("credentials.json", &wanted)
	for prefix, credential := range wanted {
		if !strings.HasPrefix(host+r.URL.Path, prefix) {
			continue
		}
		user, password, _ := r.BasicAuth()
		if user+":"+password == credential {
			continue
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="world"`)
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return false
	}
	return true
}

func readJSON(name string, into any) {
	if text, err := os.ReadFile(filepath.Join(*folder, name)); err == nil {
		if err := json.Unmarshal(text, into); err != nil {
			log.Printf("%s: %v", name, err)
		}
	}
}
