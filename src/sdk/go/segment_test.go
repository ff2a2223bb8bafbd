package workbench

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestASegmentIsReadWrittenMovedAndRevoked(t *testing.T) {
	var plugin *Context
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		return nil
	}})
	dir := t.TempDir()
	file := func(name string, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	info := SegmentInfo{ID: "s", Path: file("one", "abcdef"), Size: 6, Writable: true}
	h.reply = func(string, json.RawMessage) (any, *wireError) { return info, nil }
	h.activate()

	segment, err := plugin.Memory.Allocate(plugin, 6, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := segment.WriteAt([]byte("XY"), 1); err != nil {
		t.Error(err)
	}
	bytes, err := segment.Bytes()
	if err != nil || string(bytes) != "aXYdef" {
		t.Errorf("%q, %v", bytes, err)
	}
	for _, offset := range []int64{-1, 5, 7} {
		if _, err := segment.ReadAt(make([]byte, 2), offset); err == nil {
			t.Errorf("it read at %d", offset)
		}
	}

	// The file moves, and the old one is gone before the notification has come.
	if err := os.Remove(info.Path); err != nil {
		t.Fatal(err)
	}
	info = SegmentInfo{ID: "s", Path: file("two", "frozen"), Size: 6, Frozen: true}
	h.send(map[string]any{"jsonrpc": "2.0", "method": "memory/moved", "params": map[string]any{"handle": info}})
	h.call("getState", map[string]any{})
	into := make([]byte, 6)
	if _, err := segment.ReadAt(into, 0); err != nil || string(into) != "frozen" {
		t.Errorf("%q, %v", into, err)
	}
	if _, err := segment.WriteAt([]byte("x"), 0); !errors.Is(err, os.ErrPermission) {
		t.Errorf("writing what is frozen: %v", err)
	}
	if err := os.Truncate(info.Path, 3); err != nil {
		t.Fatal(err)
	}
	if _, err := segment.ReadAt(into, 0); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("reading what was cut: %v", err)
	}

	h.send(map[string]any{"jsonrpc": "2.0", "method": "memory/revoked", "params": map[string]any{"id": "s"}})
	h.call("getState", map[string]any{})
	if _, err := segment.ReadAt(into, 0); !errors.Is(err, ErrRevoked) {
		t.Errorf("reading what was revoked: %v", err)
	}
	if err := segment.Close(); err != nil {
		t.Error(err)
	}
}

func TestASegmentThatMovedUnnoticedIsAskedForAgain(t *testing.T) {
	var plugin *Context
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		return nil
	}})
	path := filepath.Join(t.TempDir(), "there")
	info := SegmentInfo{ID: "s", Path: path + "-not", Size: 1}
	h.reply = func(method string, _ json.RawMessage) (any, *wireError) {
		if method == "memory/open" && info.Path != path {
			defer func() { info.Path = path }()
		}
		return info, nil
	}
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.activate()
	segment, err := plugin.Memory.Open(plugin, "s")
	if err != nil {
		t.Fatal(err)
	}
	into := make([]byte, 1)
	if _, err := segment.ReadAt(into, 0); err != nil || string(into) != "x" {
		t.Errorf("%q, %v", into, err)
	}
}
