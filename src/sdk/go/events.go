package workbench

import (
	"context"
	"encoding/json"
	"sync"
)

// Event is something a plugin has announced.
type Event struct {
	Name string
	// From is the id of the plugin that announced it.
	From string
	Data json.RawMessage
}

// Events are announced to every plugin that listens.
type Events struct {
	host caller

	mutex    sync.Mutex
	handlers map[string][]*subscription
}

type subscription struct {
	handler func(ctx context.Context, event Event)
}

func newEvents(host caller) *Events {
	return &Events{host: host, handlers: map[string][]*subscription{}}
}

// On calls handler for each event of that name, until stop is called, one after the other in the order they come. In
// a name, a part "*" stands for any one part between dots, and "**" for any number of them. A panic of a handler is
// logged.
func (e *Events) On(ctx context.Context, name string, handler func(ctx context.Context, event Event)) (stop func(context.Context) error, err error) {
	entry := &subscription{handler}
	e.mutex.Lock()
	first := len(e.handlers[name]) == 0
	e.handlers[name] = append(e.handlers[name], entry)
	e.mutex.Unlock()
	if first {
		if err := e.host.call(ctx, "events/subscribe", map[string]any{"name": name}, nil); err != nil {
			e.remove(name, entry)
			return nil, err
		}
	}
	return func(ctx context.Context) error {
		if !e.remove(name, entry) {
			return nil
		}
		return e.host.call(ctx, "events/unsubscribe", map[string]any{"name": name}, nil)
	}, nil
}

// Emit announces an event. It returns when the host has passed it on.
func (e *Events) Emit(ctx context.Context, name string, data any) error {
	return e.host.call(ctx, "events/emit", map[string]any{"name": name, "data": data}, nil)
}

// remove tells whether it was the last of that name.
func (e *Events) remove(name string, entry *subscription) bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for i, other := range e.handlers[name] {
		if other == entry {
			rest := append([]*subscription(nil), e.handlers[name][:i]...)
			e.handlers[name] = append(rest, e.handlers[name][i+1:]...)
			if len(e.handlers[name]) == 0 {
				delete(e.handlers, name)
				return true
			}
			return false
		}
	}
	return false
}

// matching are the handlers of the given patterns.
func (e *Events) matching(patterns []string) []*subscription {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	var found []*subscription
	for _, pattern := range patterns {
		found = append(found, e.handlers[pattern]...)
	}
	return found
}
