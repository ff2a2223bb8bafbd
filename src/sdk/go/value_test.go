package workbench

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"plugin-workbench.dev/sdk/codec"
)

func TestASegmentHoldsAValueWithItsTypes(t *testing.T) {
	var plugin *Context
	h := start(t, Plugin{Activate: func(p *Context) error {
		plugin = p
		return nil
	}})
	path := filepath.Join(t.TempDir(), "segment")
	if err := os.WriteFile(path, make([]byte, 64), 0o600); err != nil {
		t.Fatal(err)
	}
	h.reply = func(string, json.RawMessage) (any, *wireError) {
		return SegmentInfo{ID: "s", Path: path, Size: 64, Writable: true}, nil
	}
	h.activate()
	segment, err := plugin.Memory.Open(plugin, "s")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := segment.ReadValue(); !errors.Is(err, ErrNoValue) {
		t.Errorf("nothing was written yet: %v", err)
	}
	value := map[string]any{"a": []any{int64(1), 1.5, nil, []byte{2}}}
	for _, format := range []codec.Format{codec.JSON, codec.MessagePack, codec.Protobuf} {
		if err := segment.WriteValue(value, format); err != nil {
			t.Error(err)
		}
		if got, err := segment.ReadValue(); err != nil || !reflect.DeepEqual(got, value) {
			t.Errorf("%v, %v", got, err)
		}
	}
	if err := segment.WriteValue(make([]byte, 64), codec.MessagePack); err == nil {
		t.Error("it wrote more than there is room for")
	}
	if got, err := segment.ReadValue(); err != nil || !reflect.DeepEqual(got, value) {
		t.Errorf("what was there is %v, %v", got, err)
	}
	if _, err := segment.WriteAt([]byte{0xff, 0xff, 0xff, 0xff}, 4); err != nil {
		t.Error(err)
	}
	if got, err := segment.ReadValue(); err == nil {
		t.Errorf("a length beyond the end gave %v", got)
	}
}
