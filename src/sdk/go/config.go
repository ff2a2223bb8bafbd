package workbench

import (
	"bytes"
	"context"
	"encoding/json"
	"sort"
	"sync"
)

// Config holds the plugin's settings. The host keeps them current.
type Config struct {
	host caller

	mutex     sync.Mutex
	values    map[string]json.RawMessage
	listeners map[int]func(ConfigChange)
	lastID    int
}

// ConfigChange is one setting that is different now. A value is nil where there is none.
type ConfigChange struct {
	Key      string
	Value    json.RawMessage
	Previous json.RawMessage
}

func newConfig(host caller) *Config {
	return &Config{host: host, values: map[string]json.RawMessage{}, listeners: map[int]func(ConfigChange){}}
}

// Get reads a setting into the variable that into points to, and tells whether there is one. The variable keeps its
// value where there is none, so it can hold what to fall back to.
func (c *Config) Get(key string, into any) (bool, error) {
	c.mutex.Lock()
	value, found := c.values[key]
	c.mutex.Unlock()
	if !found {
		return false, nil
	}
	return true, json.Unmarshal(value, into)
}

// All returns a copy of all settings.
func (c *Config) All() map[string]json.RawMessage {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return copyOf(c.values)
}

// Set changes a setting for good.
func (c *Config) Set(ctx context.Context, key string, value any) error {
	text, err := encode(value)
	if err != nil {
		return err
	}
	if err := c.host.call(ctx, "config/set", map[string]any{"key": key, "value": text}, nil); err != nil {
		return err
	}
	next := c.All()
	next[key] = text
	c.replace(next)
	return nil
}

// OnChange calls listener for each setting that changes, until stop is called.
func (c *Config) OnChange(listener func(ConfigChange)) (stop func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.lastID++
	id := c.lastID
	c.listeners[id] = listener
	return func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		delete(c.listeners, id)
	}
}

// replace takes all settings anew and tells the listeners what is different.
func (c *Config) replace(next map[string]json.RawMessage) {
	c.mutex.Lock()
	previous := c.values
	c.values = copyOf(next)
	ids := make([]int, 0, len(c.listeners))
	for id := range c.listeners {
		ids = append(ids, id)
	}
	sort.Ints(ids)
	listeners := make([]func(ConfigChange), 0, len(ids))
	for _, id := range ids {
		listeners = append(listeners, c.listeners[id])
	}
	c.mutex.Unlock()
	for _, change := range changesOf(previous, next) {
		for _, listener := range listeners {
			listener(change)
		}
	}
}

func changesOf(previous, next map[string]json.RawMessage) []ConfigChange {
	var changes []ConfigChange
	for key, value := range next {
		if !bytes.Equal(previous[key], value) {
			changes = append(changes, ConfigChange{key, value, previous[key]})
		}
	}
	for key, value := range previous {
		if _, stays := next[key]; !stays {
			changes = append(changes, ConfigChange{key, nil, value})
		}
	}
	sort.Slice(changes, func(a, b int) bool { return changes[a].Key < changes[b].Key })
	return changes
}

func copyOf(values map[string]json.RawMessage) map[string]json.RawMessage {
	result := make(map[string]json.RawMessage, len(values))
	for key, value := range values {
		result[key] = value
	}
	return result
}
