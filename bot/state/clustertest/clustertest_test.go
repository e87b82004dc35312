package clustertest

import (
	"testing"

	"github.com/nats-io/nats.go"
)

func TestAServerComesBackWhereItWas(t *testing.T) {
	c := Start(t, 1)
	for range 2 {
		nc, err := nats.Connect(c.URL())
		if err != nil {
			t.Fatal(err)
		}
		nc.Close()
		c.Kill(0)
		if nc, err := nats.Connect(c.URL()); err == nil {
			nc.Close()
			t.Fatal("a killed server answers")
		}
		c.Restart(0)
	}
}
