package clustertest_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

var long = flag.Bool("long", false, "run the slow tests as well: the script of a cluster")

const folder = "../cluster"

func TestTheConfigurationOfANodeIsDurableAndClosed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "node1")
	for name, value := range map[string]string{
		"NAME": `"node1"`, "LISTEN": `"127.0.0.1:4222"`, "PEERS": `"127.0.0.1:6222"`, "DIR": fmt.Sprintf("%q", dir), "TOKEN": `"1e5token"`, "SECRET": `"007"`,
		"ROUTES": `["nats://nodes:007@127.0.0.1:6222", "nats://nodes:007@127.0.0.1:6223", ]`,
	} {
		t.Setenv("NODE_"+name, value)
	}
	o, err := server.ProcessConfigFile(filepath.Join(folder, "node.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if !o.SyncAlways || !o.JetStream || o.StoreDir != dir || o.JetStreamMaxStore != 4<<30 || o.JetStreamMaxMemory != 64<<20 {
		t.Errorf("%+v", o)
	}
	if o.Authorization != "1e5token" || o.Cluster.Password != "007" || o.Cluster.Username != "nodes" || len(o.Routes) != 2 {
		t.Errorf("it is open: %q, %+v, %v", o.Authorization, o.Cluster, o.Routes)
	}
}

// script runs cluster.sh and returns what it prints.
func script(t *testing.T, environ []string, fails bool, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", append([]string{filepath.Join(folder, "cluster.sh")}, args...)...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), environ...), &out, &errs
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); (err != nil) != fails {
		t.Fatalf("cluster.sh %v: %v\n%s%s", args, err, &out, &errs)
	}
	return out.String() + errs.String()
}

// freePorts returns the first of three ports that are free, as those 2000 above are.
func freePorts(t *testing.T) int {
	t.Helper()
	for first := 20_000 + os.Getpid()%10_000; first < 50_000; first += 7 {
		ok := true
		for i := range 6 {
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", first+i%3+i/3*2000))
			if ok = ok && err == nil; err == nil {
				_ = l.Close()
			}
		}
		if ok {
			return first
		}
	}
	t.Fatal("no ports are free")
	return 0
}

func TestTheScriptRunsAClusterThatKeepsWhatItWasGiven(t *testing.T) {
	if !*long {
		t.Skip("takes half a minute: go test ./bot/state/clustertest -run Script -long")
	}
	dir, port := filepath.Join(t.TempDir(), "nats"), freePorts(t)
	environ := []string{fmt.Sprint("CLUSTER_PORT=", port), "NATS_SERVER=" + clustertest.Build(t), "ENLACE="}
	t.Cleanup(func() { script(t, environ, false, "stop", dir) })
	settings := map[string]string{}
	for line := range strings.Lines(script(t, environ, false, "start", dir)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		settings[name] = value
	}
	token, err := os.ReadFile(settings["ENLACE_STATE_CREDENTIALS_FILE"])
	if err != nil || settings["ENLACE_STATE_REPLICAS"] != "3" {
		t.Fatal(settings, err)
	}
	open := func(token string) (*jetstream.Store, error) {
		return jetstream.Open(t.Context(), jetstream.Options{URL: settings["ENLACE_STATE_URL"], Credentials: strings.TrimSpace(token), Replicas: 3})
	}
	if _, err := open("guessed"); !errors.Is(err, state.ErrDown) || !strings.Contains(err.Error(), "uthorization") {
		t.Errorf("with a wrong token: %v", err)
	}
	s, err := open(string(token))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutMark(t.Context(), "paused", "yes"); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	script(t, environ, false, "status", dir)
	script(t, environ, false, "stop", dir)
	if says := script(t, environ, true, "status", dir); !strings.Contains(says, "node2 does not run") {
		t.Error(says)
	}
	script(t, environ, false, "start", dir)
	if s, err = open(string(token)); err != nil {
		t.Fatal(err)
	}
	if m, err := s.Marks(t.Context(), ""); err != nil || m["paused"] != "yes" {
		t.Errorf("after all were stopped and started: %v, %v", m, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}

	used := t.TempDir()
	alone, err := jetstream.Open(t.Context(), jetstream.Options{Dir: filepath.Join(used, "node1")})
	if err != nil {
		t.Fatal(err)
	}
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}
	if says := script(t, environ, true, "start", used); !strings.Contains(says, "a clustered server would delete") {
		t.Error(says)
	}
	if _, err := os.Stat(filepath.Join(used, "node1", "engine", "jetstream")); err != nil {
		t.Errorf("the embedded state is touched: %v", err)
	}
}
