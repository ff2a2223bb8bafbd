package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// Memory is shared with other plugins without copying it through messages. It needs the manifest's permission.
type Memory struct {
	host caller

	mutex sync.Mutex
	open  map[string][]*Segment
}

// SegmentInfo is what the host says of a segment.
type SegmentInfo struct {
	ID string `json:"id"`
	// Name is for people; "" for none.
	Name string `json:"name"`
	// Owner is the id of the plugin that allocated it.
	Owner string `json:"owner"`
	// Path is that of a file, as this plugin sees it.
	Path string `json:"path"`
	// Size is in bytes.
	Size int64 `json:"size"`
	// Writable says whether this plugin may write to it.
	Writable bool `json:"writable"`
	// Frozen is true for one that nobody can write to any more.
	Frozen bool `json:"frozen"`
	// Formats are those of values that every plugin knows that has the segment.
	Formats []string `json:"formats"`
}

// Access levels of [Memory.Share].
const (
	AccessRead  = "read"
	AccessWrite = "write"
)

func newMemory(host caller) *Memory { return &Memory{host: host, open: map[string][]*Segment{}} }

// Allocate makes a segment of size bytes, all zero. name is for people; "" for none.
func (m *Memory) Allocate(ctx context.Context, size int64, name string) (*Segment, error) {
	params := struct {
		Size int64  `json:"size"`
		Name string `json:"name,omitempty"`
	}{size, name}
	return m.take(ctx, "memory/allocate", params)
}

// Open opens a segment of this plugin, or one that another has shared with it.
func (m *Memory) Open(ctx context.Context, id string) (*Segment, error) {
	return m.take(ctx, "memory/open", map[string]any{"id": id})
}

// Share replaces the list of plugins that may use a segment; access is AccessRead or AccessWrite. No plugin takes it
// back from all.
func (m *Memory) Share(ctx context.Context, id, access string, plugins ...string) error {
	if plugins == nil {
		plugins = []string{}
	}
	return m.host.call(ctx, "memory/share", map[string]any{"id": id, "plugins": plugins, "access": access}, nil)
}

// Resize changes the size of a segment; new bytes are zero. Open segments of that id follow.
func (m *Memory) Resize(ctx context.Context, id string, size int64) error {
	return m.change(ctx, "memory/resize", map[string]any{"id": id, "size": size})
}

// Freeze makes a segment read-only for all, this plugin too, for good.
func (m *Memory) Freeze(ctx context.Context, id string) error {
	return m.change(ctx, "memory/freeze", map[string]any{"id": id})
}

// Release ends a segment of this plugin, or gives the access to another's back.
func (m *Memory) Release(ctx context.Context, id string) error {
	err := m.host.call(ctx, "memory/release", map[string]any{"id": id}, nil)
	if err == nil {
		m.revoke(id)
	}
	return err
}

// List returns the segments this plugin may use.
func (m *Memory) List(ctx context.Context) ([]SegmentInfo, error) {
	infos := []SegmentInfo{}
	err := m.host.call(ctx, "memory/list", struct{}{}, &infos)
	return infos, err
}

func (m *Memory) take(ctx context.Context, method string, params any) (*Segment, error) {
	var info SegmentInfo
	if err := m.host.call(ctx, method, params, &info); err != nil {
		return nil, err
	}
	segment := &Segment{memory: m, info: info}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.open[info.ID] = append(m.open[info.ID], segment)
	return segment, nil
}

func (m *Memory) change(ctx context.Context, method string, params any) error {
	var info SegmentInfo
	if err := m.host.call(ctx, method, params, &info); err != nil {
		return err
	}
	m.move(info)
	return nil
}

// refresh asks where a segment is now.
func (m *Memory) refresh(ctx context.Context, id string) error {
	return m.change(ctx, "memory/open", map[string]any{"id": id})
}

// moved takes the notification that a segment lives in another file.
func (m *Memory) moved(text json.RawMessage) {
	var params struct{ Handle SegmentInfo }
	if json.Unmarshal(text, &params) == nil {
		m.move(params.Handle)
	}
}

// revoked takes the notification that a segment is gone for this plugin.
func (m *Memory) revoked(text json.RawMessage) {
	var params struct{ ID string }
	if json.Unmarshal(text, &params) == nil {
		m.revoke(params.ID)
	}
}

func (m *Memory) move(info SegmentInfo) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, segment := range m.open[info.ID] {
		segment.move(info)
	}
}

func (m *Memory) revoke(id string) {
	m.mutex.Lock()
	segments := m.open[id]
	delete(m.open, id)
	m.mutex.Unlock()
	for _, segment := range segments {
		segment.revoke()
	}
}

func (m *Memory) forget(closed *Segment) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	rest := []*Segment{}
	for _, segment := range m.open[closed.info.ID] {
		if segment != closed {
			rest = append(rest, segment)
		}
	}
	m.open[closed.info.ID] = rest
}

// use runs f with the segment's file, and once more where the file has moved meanwhile.
func (m *Memory) use(segment *Segment, f func() error) error {
	err := f()
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := m.refresh(context.Background(), segment.ID()); err != nil {
		return fmt.Errorf("%w: %w", ErrRevoked, err)
	}
	return f()
}
