package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"

	workbench "plugin-workbench.dev/sdk"
)

func isOfTheSystem(err error) bool {
	var path *fs.PathError
	var network net.Error
	return errors.As(err, &path) || errors.As(err, &network)
}

func read(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	file, err := os.Open(args.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 100_000))
	return string(text), err
}

func write(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.WriteFile(args.Path, []byte(args.Text), 0o666)
}

func list(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	entries, err := os.ReadDir(args.Path)
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names, err
}

func symlink(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Symlink(args.Target, args.Path)
}

func link(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Link(args.From, args.Path)
}

func rename(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Rename(args.From, args.Path)
}

func chmod(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Chmod(args.Path, os.FileMode(args.Mode))
}

func unlink(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Remove(args.Path)
}

func truncate(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, os.Truncate(args.Path, 0)
}

func environment(context.Context, *workbench.Context, arguments) (any, error) {
	return os.Environ(), nil
}

// descriptors tells what every descriptor is, and the beginning of those that are files.
func descriptors(context.Context, *workbench.Context, arguments) (any, error) {
	entries, err := os.ReadDir("/proc/self/fd")
	found := []string{}
	for _, entry := range entries {
		what, err := os.Readlink("/proc/self/fd/" + entry.Name())
		if err != nil {
			continue
		}
		number, _ := strconv.Atoi(entry.Name())
		if number > 2 && strings.HasPrefix(what, "/") && !strings.HasPrefix(what, "/dev") {
			what += " " + beginningOf(number)
		}
		found = append(found, entry.Name()+" "+what)
	}
	return found, err
}
