package workbench

import (
	"context"
	"encoding/json"
	"time"

	"plugin-workbench.dev/sdk/codec"
)

// Data makes schemas of values, and keeps values for a time. Values are those of package codec.
type Data struct {
	// Cache keeps values in the host's memory.
	Cache *Cache

	host caller
}

// Problem says where a value does not fit a schema, and why.
type Problem struct {
	// Path is such as $, $.name or $.list[3].
	Path    string `json:"path"`
	Message string `json:"message"`
}

// GenerateSchema makes a JSON Schema of a value as an example.
func (d *Data) GenerateSchema(ctx context.Context, value any) (json.RawMessage, error) {
	text, err := codec.Encode(value, codec.JSON)
	if err != nil {
		return nil, err
	}
	var schema json.RawMessage
	params := map[string]any{"value": json.RawMessage(text)}
	err = d.host.call(ctx, "data/generateSchema", params, &schema)
	return schema, err
}

// Validate says what of a value does not fit a schema, which is anything that is written as one; nothing when all does.
func (d *Data) Validate(ctx context.Context, value, schema any) ([]Problem, error) {
	text, err := codec.Encode(value, codec.JSON)
	if err != nil {
		return nil, err
	}
	var answer struct{ Problems []Problem }
	params := map[string]any{"value": json.RawMessage(text), "schema": schema}
	err = d.host.call(ctx, "data/validate", params, &answer)
	return answer.Problems, err
}

// Cache keeps values in the host's memory for this plugin, over reloads too. They may go early when there is no room.
type Cache struct{ host caller }

// Set keeps a value, so long at most.
func (c *Cache) Set(ctx context.Context, key string, value any, ttl time.Duration) error {
	text, err := codec.Encode(value, codec.JSON)
	if err != nil {
		return err
	}
	params := map[string]any{"key": key, "value": json.RawMessage(text), "ttlMs": max(1, ttl.Milliseconds())}
	return c.host.call(ctx, "data/cache/set", params, nil)
}

// Get returns a value; nil when it is not there, or not any more.
func (c *Cache) Get(ctx context.Context, key string) (any, error) {
	var text json.RawMessage
	if err := c.host.call(ctx, "data/cache/get", map[string]any{"key": key}, &text); err != nil {
		return nil, err
	}
	return codec.Decode(orNull(text), codec.JSON)
}
