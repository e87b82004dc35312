// Package clustertest starts NATS servers on this machine's loopback for tests: in the test's process, which is quick, or as
// processes of their own, which can be killed. Everything ends with the test.
package clustertest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// readyTime bounds the start of a cluster.
const readyTime = 60 * time.Second

// Cluster is one server alone, or several that form a cluster. Every write is on disk before it is confirmed.
type Cluster struct {
	t      testing.TB
	nodes  []*node
	routes string
	binary string // "" = in this process
}

// node is one server, which runs or not.
type node struct {
	name         string
	dir          string
	client, peer int // ports
	mu           sync.Mutex
	srv          *server.Server
	process      *exec.Cmd
}

// Start starts n servers in this process, and waits until they are ready.
func Start(t testing.TB, n int) *Cluster { return start(t, n, "") }

// Spawn starts n servers as processes of a nats-server binary (see [Build]), and waits until they are ready.
func Spawn(t testing.TB, n int, binary string) *Cluster { return start(t, n, binary) }

// Build builds nats-server from the module, and returns the path of the binary.
func Build(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nats-server")
	out, err := exec.Command("go", "build", "-o", path, "github.com/nats-io/nats-server/v2").CombinedOutput()
	if err != nil {
		t.Fatalf("nats-server cannot be built: %v\n%s", err, out)
	}
	return path
}

func start(t testing.TB, n int, binary string) *Cluster {
	t.Helper()
	c := &Cluster{t: t, binary: binary}
	ports := free(t, 2*n)
	root := t.TempDir()
	var routes []string
	for i := range n {
		c.nodes = append(c.nodes, &node{name: fmt.Sprintf("node%d", i), dir: filepath.Join(root, fmt.Sprint(i)), client: ports[2*i], peer: ports[2*i+1]})
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[2*i+1]))
	}
	c.routes = strings.Join(routes, ",")
	t.Cleanup(func() {
		for i := range c.nodes {
			c.Kill(i)
		}
	})
	for i := range c.nodes {
		c.Restart(i)
	}
	c.Ready()
	return c
}

// free returns ports that are free at the moment.
func free(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// URL returns the addresses of all servers, with commas.
func (c *Cluster) URL() string {
	var urls []string
	for i := range c.nodes {
		urls = append(urls, c.NodeURL(i))
	}
	return strings.Join(urls, ",")
}

// NodeURL returns the address of one server.
func (c *Cluster) NodeURL(i int) string { return fmt.Sprintf("nats://127.0.0.1:%d", c.nodes[i].client) }

// Len returns how many servers there are, running or not.
func (c *Cluster) Len() int { return len(c.nodes) }

// Name returns the name of a server, as streams name their leaders.
func (c *Cluster) Name(i int) string { return c.nodes[i].name }

// Process returns the id of a server's process, where it has one of its own and runs; 0 = it does not.
func (c *Cluster) Process(i int) int {
	n := c.nodes[i]
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.process == nil {
		return 0
	}
	return n.process.Process.Pid
}

// Kill ends a server: a process by SIGKILL, one in this process as orderly as it goes.
func (c *Cluster) Kill(i int) {
	n := c.nodes[i]
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.srv != nil {
		n.srv.Shutdown()
		n.srv.WaitForShutdown()
		n.srv = nil
	}
	if n.process != nil {
		_ = n.process.Process.Kill()
		_ = n.process.Wait()
		n.process = nil
	}
}

// Restart starts a server that does not run. It does not wait until it is ready.
func (c *Cluster) Restart(i int) {
	c.t.Helper()
	n := c.nodes[i]
	n.mu.Lock()
	defer n.mu.Unlock()
	var err error
	if c.binary == "" {
		err = n.start(c)
	} else {
		err = n.spawn(c)
	}
	if err != nil {
		c.t.Fatalf("%s: %v", n.name, err)
	}
}

func (n *node) start(c *Cluster) error {
	opts := &server.Options{
		ServerName: n.name, Host: "127.0.0.1", Port: n.client, NoSigs: true, NoLog: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: n.dir, SyncAlways: true, JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 16 << 30,
	}
	if len(c.nodes) > 1 {
		opts.Cluster = server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: n.peer}
		opts.Routes = server.RoutesFromStr(c.routes)
	}
	srv, err := server.NewServer(opts)
	if err != nil {
		return err
	}
	srv.Start()
	n.srv = srv
	if !srv.ReadyForConnections(readyTime) {
		return errors.New("it takes no connections")
	}
	return nil
}

func (n *node) spawn(c *Cluster) error {
	config := fmt.Sprintf("server_name: %s\nlisten: 127.0.0.1:%d\njetstream { store_dir: %q, sync_interval: always, max_mem: 64MB, max_file: 16GB }\n", n.name, n.client, n.dir)
	if len(c.nodes) > 1 {
		config += fmt.Sprintf("cluster { name: test, listen: 127.0.0.1:%d, routes: [%s] }\n", n.peer, c.routes)
	}
	path := n.dir + ".conf"
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		return err
	}
	n.process = exec.Command(c.binary, "-c", path, "-l", n.dir+".log")
	return n.process.Start()
}

// Ready waits until streams can be made on all servers.
func (c *Cluster) Ready() {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), readyTime)
	defer cancel()
	nc, err := nats.Connect(c.URL(), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
	if err != nil {
		c.t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		c.t.Fatal(err)
	}
	for tick := time.NewTicker(50 * time.Millisecond); ; <-tick.C {
		try, cancel := context.WithTimeout(ctx, 3*time.Second)
		_, err = js.CreateOrUpdateStream(try, jetstream.StreamConfig{Name: "ready", Replicas: len(c.nodes), Storage: jetstream.MemoryStorage, MaxBytes: 1 << 10})
		if err == nil {
			err = js.DeleteStream(try, "ready")
		}
		cancel()
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			c.t.Fatalf("the cluster does not get ready: %v", err)
		}
	}
}
