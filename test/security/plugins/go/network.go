package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/url"
	"os"
	"strconv"
	"time"

	workbench "plugin-workbench.dev/sdk"
)

// connect sends bytes and gives back what comes, until the other side closes or Wait ms are over.
func connect(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	network, address := "tcp", net.JoinHostPort(args.Host, strconv.Itoa(args.Port))
	if args.Path != "" {
		network, address = "unix", args.Path
	}
	if args.Proxy {
		proxy, err := url.Parse(os.Getenv("HTTP_PROXY"))
		if err != nil {
			return nil, err
		}
		address = proxy.Host
	}
	wait := 4 * time.Second
	if args.Wait > 0 {
		wait = time.Duration(args.Wait) * time.Millisecond
	}
	there, err := net.DialTimeout(network, address, wait)
	if err != nil {
		return nil, err
	}
	defer there.Close()
	_ = there.SetDeadline(time.Now().Add(wait))
	data, err := hex.DecodeString(args.Send)
	if err != nil {
		return nil, err
	}
	_, _ = there.Write(data)
	received := []byte{}
	piece := make([]byte, 65536)
	for {
		n, err := there.Read(piece)
		received = append(received, piece[:n]...)
		if err != nil {
			return string(received), nil
		}
	}
}

func sendDatagram(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	there, err := net.Dial("udp", net.JoinHostPort(args.Host, strconv.Itoa(args.Port)))
	if err != nil {
		return nil, err
	}
	defer there.Close()
	_, err = there.Write([]byte(args.Text))
	return nil, err
}

func resolve(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return net.LookupHost(args.Name)
}

func storageGet(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	var value json.RawMessage
	_, err := p.Storage.Get(ctx, args.Key, &value)
	return value, err
}

func storageSet(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	return nil, p.Storage.Set(ctx, args.Key, args.Value)
}

func filesRead(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	text, err := p.Files.ReadFile(ctx, args.Path)
	return string(text), err
}

func filesWrite(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	return nil, p.Files.WriteFile(ctx, args.Path, []byte(args.Text))
}

func filesRemove(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	return nil, p.Files.Remove(ctx, args.Path)
}

func fetch(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	response, err := p.Net.Fetch(ctx, workbench.FetchRequest{URL: args.URL})
	if err != nil {
		return nil, err
	}
	return string(response.Body), nil
}

func call(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	var result json.RawMessage
	err := p.Plugins.Call(ctx, args.Plugin, args.Method, args.Args, &result)
	return result, err
}

func execute(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	var result json.RawMessage
	err := p.Commands.Execute(ctx, args.ID, args.Args, &result)
	return result, err
}

func processRun(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	var list []string
	if len(args.Args) > 0 {
		if err := json.Unmarshal(args.Args, &list); err != nil {
			return nil, err
		}
	}
	return p.Process.Run(ctx, workbench.Command{Name: args.Command, Args: list})
}

func memoryOpen(ctx context.Context, p *workbench.Context, args arguments) (any, error) {
	segment, err := p.Memory.Open(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	return segment.Info().Path, nil
}

func clipboard(ctx context.Context, p *workbench.Context, _ arguments) (any, error) {
	return p.Clipboard.Read(ctx)
}
