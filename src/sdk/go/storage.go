package workbench

import (
	"bytes"
	"context"
	"encoding/json"
)

// Storage keeps values from run to run. It needs the manifest's permission.
type Storage struct{ host caller }

// Get reads a value into the variable that into points to, and tells whether there was one.
func (s *Storage) Get(ctx context.Context, key string, into any) (bool, error) {
	var value json.RawMessage
	if err := s.host.call(ctx, "storage/get", map[string]any{"key": key}, &value); err != nil {
		return false, err
	}
	if isNull(value) {
		return false, nil
	}
	return true, s.host.read("storage/get", value, into)
}

// Set keeps a value; it is written as JSON.
func (s *Storage) Set(ctx context.Context, key string, value any) error {
	return s.host.call(ctx, "storage/set", map[string]any{"key": key, "value": value}, nil)
}

// Delete forgets a value, and tells whether there was one.
func (s *Storage) Delete(ctx context.Context, key string) (bool, error) {
	var was bool
	err := s.host.call(ctx, "storage/delete", map[string]any{"key": key}, &was)
	return was, err
}

// Keys lists what is kept.
func (s *Storage) Keys(ctx context.Context) ([]string, error) {
	keys := []string{}
	err := s.host.call(ctx, "storage/keys", struct{}{}, &keys)
	return keys, err
}

func isNull(value json.RawMessage) bool {
	return len(value) == 0 || bytes.Equal(bytes.TrimSpace(value), []byte("null"))
}
