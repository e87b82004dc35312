package discordtest_test

import (
	"fmt"
	"testing"

	"enlace/bot/discordtest"
)

// BenchmarkStart is what every test pays.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		d, err := discordtest.Start(discordtest.Options{})
		if err != nil {
			b.Fatal(err)
		}
		d.Guild("Library")
		d.Close()
	}
}

// BenchmarkSays is one message, dispatched to one session.
func BenchmarkSays(b *testing.B) {
	d, err := discordtest.Start(discordtest.Options{Keep: 1000})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	general, ana := d.Guild("Library").Channel("general"), d.Guild("Library").Member("ana")
	n := 0
	for b.Loop() {
		n++
		ana.Says(general, fmt.Sprint("message ", n))
	}
}
