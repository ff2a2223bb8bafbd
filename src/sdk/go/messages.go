package workbench

import (
	"context"
	"encoding/json"
	"sync"
)

// Plugins are the other plugins of the host.
type Plugins struct{ host caller }

// Call has a method of another plugin carried out and reads its result into the variable that into points to; nil
// ignores it. The other plugin has as long as ctx leaves it, 30 seconds where that has no end. Its own error
// comes back as a [*CallError].
func (p *Plugins) Call(ctx context.Context, plugin, method string, args, into any) error {
	params := struct {
		Plugin  string `json:"plugin"`
		Method  string `json:"method"`
		Args    any    `json:"args"`
		Timeout *int64 `json:"timeout,omitempty"`
		During  string `json:"during,omitempty"`
	}{plugin, method, args, timeoutOf(ctx), callOf(ctx)}
	return p.host.call(ctx, "messages/call", params, into)
}

// CallTyped is [Plugins.Call] with types: args and the result are values of package codec, which keep them on the way.
func (p *Plugins) CallTyped(ctx context.Context, plugin, method string, args any) (any, error) {
	return p.host.callTyped(ctx, "messages/call", map[string]any{"plugin": plugin, "method": method}, args)
}

// Message is what travels between plugins.
type Message struct {
	ID string `json:"id"`
	// Timestamp is in milliseconds since the epoch, by the host's clock.
	Timestamp int64  `json:"timestamp"`
	From      string `json:"from"`
	// To is empty for a message to everyone.
	To          []string        `json:"to"`
	Type        string          `json:"type"`
	Method      string          `json:"method"`
	Data        json.RawMessage `json:"data"`
	Correlation string          `json:"correlation"`
}

// Messages are broadcast among plugins.
type Messages struct {
	host caller

	mutex     sync.Mutex
	listeners []*messageListener
}

type messageListener struct {
	handler func(ctx context.Context, message Message)
}

func newMessages(host caller) *Messages { return &Messages{host: host} }

// Broadcast hands data to the plugins of the given ids, or to every plugin that listens when none is given. It
// returns the number of plugins it was handed to.
func (m *Messages) Broadcast(ctx context.Context, method string, data any, to ...string) (int, error) {
	params := struct {
		Method string   `json:"method"`
		Data   any      `json:"data"`
		To     []string `json:"to,omitempty"`
	}{method, data, to}
	var reached int
	err := m.host.call(ctx, "messages/broadcast", params, &reached)
	return reached, err
}

// Listen calls handler for each broadcast, in the order they come, until stop is called.
func (m *Messages) Listen(ctx context.Context, handler func(ctx context.Context, message Message)) (stop func(context.Context) error, err error) {
	entry := &messageListener{handler}
	m.mutex.Lock()
	m.listeners = append(m.listeners, entry)
	first := len(m.listeners) == 1
	m.mutex.Unlock()
	if first {
		if err := m.host.call(ctx, "messages/listen", struct{}{}, nil); err != nil {
			m.remove(entry)
			return nil, err
		}
	}
	return func(ctx context.Context) error {
		if !m.remove(entry) {
			return nil
		}
		return m.host.call(ctx, "messages/unlisten", struct{}{}, nil)
	}, nil
}

// remove tells whether it was the last.
func (m *Messages) remove(entry *messageListener) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for i, other := range m.listeners {
		if other == entry {
			m.listeners = append(append([]*messageListener(nil), m.listeners[:i]...), m.listeners[i+1:]...)
			return len(m.listeners) == 0
		}
	}
	return false
}

func (m *Messages) current() []*messageListener {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return append([]*messageListener(nil), m.listeners...)
}
