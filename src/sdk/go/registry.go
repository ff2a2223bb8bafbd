package workbench

import (
	"fmt"
	"sync"
)

// registry holds what a plugin has registered with the host, by name.
type registry[T any] struct {
	what    string
	mutex   sync.Mutex
	entries map[string]T
}

func newRegistry[T any](what string) registry[T] {
	return registry[T]{what: what, entries: map[string]T{}}
}

// add keeps an entry, then lets announce tell the host; the entry is taken back when it refuses.
func (r *registry[T]) add(name string, entry T, announce func() error) error {
	r.mutex.Lock()
	_, taken := r.entries[name]
	if !taken {
		r.entries[name] = entry
	}
	r.mutex.Unlock()
	if taken {
		return fmt.Errorf("this plugin has registered the %s %q already", r.what, name)
	}
	err := announce()
	if err != nil {
		r.remove(name)
	}
	return err
}

func (r *registry[T]) remove(name string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.entries, name)
}

func (r *registry[T]) find(name string) (T, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	entry, found := r.entries[name]
	return entry, found
}
