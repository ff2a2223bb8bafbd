package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"

	workbench "plugin-workbench.dev/sdk"
)

// outside are the commands about what lies beyond the workbench: files, other machines, programs, the desktop.
func (p *subject) outside() map[string]workbench.Handler {
	p.OnCapabilitiesChange(func() { p.Log.Info("capabilities changed") })
	return map[string]workbench.Handler{
		"file":          workbench.Handle(p.file),
		"fetch":         workbench.Handle(p.fetch),
		"library-fetch": workbench.Handle(p.libraryFetch),
		"run-program":   workbench.Handle(p.runProgram),
		"environment":   workbench.Handle(environment),
		"clipboard":     workbench.Handle(p.clipboard),
		"notify":        workbench.Handle(p.notify),
	}
}

func (p *subject) file(ctx context.Context, args struct{ Op, Path, Text string }) (any, error) {
	switch args.Op {
	case "read":
		content, err := p.Files.ReadFile(ctx, args.Path)
		return string(content), err
	case "write":
		return nil, p.Files.WriteFile(ctx, args.Path, []byte(args.Text))
	case "append":
		return nil, p.Files.AppendFile(ctx, args.Path, []byte(args.Text))
	case "list":
		return p.Files.ReadDir(ctx, args.Path)
	case "size":
		facts, err := p.Files.Stat(ctx, args.Path)
		if facts == nil {
			return nil, err
		}
		return facts.Size, err
	}
	return nil, p.Files.Remove(ctx, args.Path)
}

func (p *subject) fetch(ctx context.Context, args struct {
	URL, Method, Redirect, Body string
	Headers                     map[string]string
}) (any, error) {
	request := workbench.FetchRequest{
		URL: args.URL, Method: args.Method, Redirect: args.Redirect, Body: []byte(args.Body),
	}
	for name, value := range args.Headers {
		request.Headers = append(request.Headers, [2]string{name, value})
	}
	response, err := p.Net.Fetch(ctx, request)
	if err != nil {
		return nil, err
	}
	found := map[string]any{
		"status": response.Status, "url": response.URL, "text": string(response.Body), "header": nil,
	}
	for _, pair := range response.Headers {
		if strings.EqualFold(pair[0], "x-own") {
			found["header"] = pair[1]
		}
	}
	return found, nil
}

func (p *subject) libraryFetch(ctx context.Context, args struct{ URL string }) (any, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, args.URL, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return map[string]any{"status": response.StatusCode, "text": string(text)}, err
}

func (p *subject) runProgram(ctx context.Context, args struct {
	Command string
	Args    []string
	Input   string
}) (any, error) {
	ended, err := p.Process.Run(ctx, workbench.Command{Name: args.Command, Args: args.Args, Input: args.Input})
	if err != nil {
		return nil, err
	}
	return map[string]any{"code": ended.Code, "stdout": ended.Stdout, "stderr": ended.Stderr}, nil
}

func environment(_ context.Context, args struct{ Name string }) (any, error) {
	if value, found := os.LookupEnv(args.Name); found {
		return value, nil
	}
	return nil, nil
}

func (p *subject) clipboard(ctx context.Context, args struct{ Op, Text string }) (any, error) {
	if args.Op == "read" {
		return p.Clipboard.Read(ctx)
	}
	return nil, p.Clipboard.Write(ctx, args.Text)
}

func (p *subject) notify(ctx context.Context, args struct {
	Level, Message string
	Actions        []string
}) (any, error) {
	chosen, err := p.Notifications.Show(ctx, args.Level, args.Message, args.Actions...)
	if chosen == "" {
		return nil, err
	}
	return chosen, err
}
