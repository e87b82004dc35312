// Scripted is an OpenAI-compatible model for development: it answers as a script tells it to, honestly or not.
//
//	go run ./knowledge/llm/llmtest/scripted --script honest
//	OPENAI_BASE_URL=http://127.0.0.1:8765/v1 go run . ask "Who signed the memorandum?"
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"enlace/knowledge/llm/llmtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scripted:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("scripted", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:8765", "address to listen on")
	script := flags.String("script", "honest", "behaviours, one for each request and then again from the first: "+strings.Join(llmtest.Names(), ", "))
	if err := flags.Parse(args); err != nil {
		return err
	}
	model, err := llmtest.Parse(*script)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	fmt.Printf("a scripted model (%s) listens on http://%s/v1\n", *script, listener.Addr())
	server := &http.Server{Handler: model.Cycle(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}
