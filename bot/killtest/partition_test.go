//go:build linux

package killtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// inNamespace is set in the environment of the process that has a network of its own.
const inNamespace = "KILLTEST_NETWORK"

// TestWhatAPartitionDoes cuts the lines of servers that have networks of their own, and prints what people see. It needs the right to
// make networks: it runs in a new one, which ends with it.
func TestWhatAPartitionDoes(t *testing.T) {
	slow(t)
	if os.Getenv(inNamespace) == "" {
		if err := exec.Command("unshare", "-n", "true").Run(); err != nil {
			t.Skipf("no network can be made here: %v", err)
		}
		cmd := exec.Command("unshare", "-n", os.Args[0], "-test.run=^TestWhatAPartitionDoes$", "-test.v", "-long", "-test.timeout=15m")
		cmd.Env = append(os.Environ(), inNamespace+"=1", "KILLTEST_SERVER="+clustertest.Build(t))
		out, err := cmd.CombinedOutput()
		if t.Logf("\n%s", out); err != nil {
			t.Error(err)
		}
		return
	}
	n := newNetwork(t)
	n.leads() // as soon as there is a cluster
	log := newJournal(t)
	c := newCrowd(t, log)
	var bots []*process
	for i := range 2 {
		bots = append(bots, newProcess(t, fmt.Sprint("bot", i), log, append(c.environ(), "ENLACE_STATE_URL="+n.url(), "ENLACE_STATE_CREDENTIALS=token", "ENLACE_STATE_REPLICAS=3", "ENLACE_DISCORD_SHARDS=2")...))
		bots[i].start()
	}
	for end := time.Now().Add(time.Minute); c.connected() < 2 && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	c.asks(100 * time.Millisecond)
	defer c.quiet()
	time.Sleep(usual)
	const cut = 30 * time.Second
	var list effects
	row := func(what string, nets []string, node int) {
		list = append(list, c.during(what, func() {
			for _, net := range nets {
				run(t, "ip", "link", "set", fmt.Sprint(net, node), "down")
			}
			time.Sleep(cut)
			for _, net := range nets {
				run(t, "ip", "link", "set", fmt.Sprint(net, node), "up")
			}
		}))
	}
	follower := func() int { return n.leads()%3 + 1 }
	row("a server that leads nothing of the inbox cut off from all, 30 s", []string{"peer", "bots"}, follower())
	row("the leader cut off from all, 30 s", []string{"peer", "bots"}, n.leads())
	row("the leader cut off from the other servers, not from the bots, 30 s", []string{"peer"}, n.leads())
	row("the leader cut off from the bots, not from the servers, 30 s", []string{"bots"}, n.leads())
	list.tell(t)
}

// network is three servers with a line each to the other servers and to the bots.
type network struct{ t *testing.T }

func (network) url() string {
	return "nats://10.78.0.1:4222,nats://10.78.0.2:4222,nats://10.78.0.3:4222"
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func newNetwork(t *testing.T) network {
	t.Helper()
	run(t, "ip", "link", "set", "lo", "up")
	for _, bridge := range []string{"peers", "clients"} {
		run(t, "ip", "link", "add", bridge, "type", "bridge")
		run(t, "ip", "link", "set", bridge, "up")
	}
	run(t, "ip", "addr", "add", "10.78.0.254/24", "dev", "clients") // the bots'
	root := t.TempDir()
	for node := 1; node <= 3; node++ {
		serve(t, node, filepath.Join(root, fmt.Sprint("node", node)))
	}
	return network{t}
}

// serve starts a server in a network of its own, as bot/state/cluster/node.conf says.
func serve(t *testing.T, node int, dir string) {
	t.Helper()
	cmd := exec.Command("unshare", "-n", "sh", "-c", `read _ && ip link set lo up && exec "$KILLTEST_SERVER" -c ../state/cluster/node.conf -l "$0.log"`, dir)
	cmd.Env = append(os.Environ(), fmt.Sprintf("NODE_NAME=\"node%d\"", node), fmt.Sprintf("NODE_DIR=%q", dir), `NODE_TOKEN="token"`, `NODE_SECRET="secret"`,
		fmt.Sprintf("NODE_LISTEN=\"10.78.0.%d:4222\"", node), fmt.Sprintf("NODE_PEERS=\"10.77.0.%d:6222\"", node),
		`NODE_ROUTES=["nats://nodes:secret@10.77.0.1:6222", "nats://nodes:secret@10.77.0.2:6222", "nats://nodes:secret@10.77.0.3:6222"]`)
	start, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	own, _ := os.Readlink("/proc/self/ns/net")
	for now := own; now == own; time.Sleep(5 * time.Millisecond) { // until it has a network of its own
		now, _ = os.Readlink(fmt.Sprintf("/proc/%d/ns/net", cmd.Process.Pid))
	}
	pid := fmt.Sprint(cmd.Process.Pid)
	for i, line := range []struct{ name, bridge string }{{"peer", "peers"}, {"bots", "clients"}} {
		name, inside := fmt.Sprint(line.name, node), fmt.Sprint("in", line.name)
		run(t, "ip", "link", "add", name, "type", "veth", "peer", "name", inside, "netns", pid)
		run(t, "ip", "link", "set", name, "master", line.bridge, "up")
		run(t, "nsenter", "-t", pid, "-n", "ip", "addr", "add", fmt.Sprintf("10.%d.0.%d/24", 77+i, node), "dev", inside)
		run(t, "nsenter", "-t", pid, "-n", "ip", "link", "set", inside, "up")
	}
	if _, err := fmt.Fprintln(start, "go"); err != nil {
		t.Fatal(err)
	}
}

// leads returns the server that leads the inbox.
func (n network) leads() int {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	s, err := jetstream.Open(ctx, jetstream.Options{URL: n.url(), Credentials: "token", Replicas: 3})
	if err != nil {
		n.t.Fatal(err)
	}
	defer s.Close()
	for ctx.Err() == nil {
		in, err := s.Inspect(ctx)
		if err != nil {
			n.t.Fatal(err)
		}
		for _, one := range in.Streams {
			if number, ok := strings.CutPrefix(one.Leader, "node"); ok && one.Name == "enlace_inbox" {
				return int(number[0] - '0')
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	n.t.Fatal("nobody leads the inbox")
	return 0
}
