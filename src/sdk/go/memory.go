package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
)

// Memory is shared with other plugins without copying. It needs the manifest's permission.
type Memory struct {
	host caller

	mutex sync.Mutex
	open  map[string][]*Segment
}

// Segment is a piece of shared memory. Close it when it is no longer used.
type Segment struct {
	// ID names it among plugins.
	ID string
	// Writable says whether this plugin may write to it.
	Writable bool

	host  caller
	mutex sync.RWMutex
	bytes []byte
	gone  bool
}

// ErrRevoked says that a segment was taken away from this plugin, or closed.
var ErrRevoked = errors.New("the segment is closed or was revoked")

// SegmentInfo is what the host says of a segment.
type SegmentInfo struct {
	ID string `json:"id"`
	// Path is that of a file, as the plugin sees it.
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	Writable bool   `json:"writable"`
}

func newMemory(host caller) *Memory { return &Memory{host: host, open: map[string][]*Segment{}} }

// Allocate makes a segment of size bytes, all zero. name is for people; "" for none.
func (m *Memory) Allocate(ctx context.Context, size int64, name string) (*Segment, error) {
	params := struct {
		Size int64  `json:"size"`
		Name string `json:"name,omitempty"`
	}{size, name}
	return m.take(ctx, "memory/allocate", params)
}

// Open opens a segment that another plugin has shared with this one.
func (m *Memory) Open(ctx context.Context, id string) (*Segment, error) {
	return m.take(ctx, "memory/open", map[string]any{"id": id})
}

// Share replaces the list of plugins that may use a segment. access is "read" or "write".
func (m *Memory) Share(ctx context.Context, id, access string, plugins ...string) error {
	if plugins == nil {
		plugins = []string{}
	}
	return m.host.call(ctx, "memory/share", map[string]any{"id": id, "plugins": plugins, "access": access}, nil)
}

// Resize changes the size of a segment and maps it anew; what [Segment.Bytes] returned before must not be used any
// more.
func (m *Memory) Resize(ctx context.Context, segment *Segment, size int64) error {
	var info SegmentInfo
	if err := m.host.call(ctx, "memory/resize", map[string]any{"id": segment.ID, "size": size}, &info); err != nil {
		return err
	}
	return segment.remap(info)
}

// Freeze makes a segment read-only for all, for good.
func (m *Memory) Freeze(ctx context.Context, segment *Segment) error {
	var info SegmentInfo
	if err := m.host.call(ctx, "memory/freeze", map[string]any{"id": segment.ID}, &info); err != nil {
		return err
	}
	return segment.remap(info)
}

// Release gives a segment back and closes it.
func (m *Memory) Release(ctx context.Context, segment *Segment) error {
	segment.Close()
	return m.host.call(ctx, "memory/release", map[string]any{"id": segment.ID}, nil)
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
	segment := &Segment{ID: info.ID, host: m.host}
	if err := segment.remap(info); err != nil {
		return nil, err
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.open[info.ID] = append(m.open[info.ID], segment)
	return segment, nil
}

// revoked closes the segments the host has taken away.
func (m *Memory) revoked(text json.RawMessage) {
	var params struct{ ID string }
	if json.Unmarshal(text, &params) != nil {
		return
	}
	m.mutex.Lock()
	segments := m.open[params.ID]
	delete(m.open, params.ID)
	m.mutex.Unlock()
	for _, segment := range segments {
		segment.Close()
	}
}

// Bytes is the memory itself. It must not be used after Close, Resize, Freeze or Release; [Segment.ReadAt] and
// [Segment.WriteAt] look first. Writing to a segment that is not writable ends the program.
func (s *Segment) Bytes() []byte {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return s.bytes
}

// Size is in bytes.
func (s *Segment) Size() int64 { return int64(len(s.Bytes())) }

// ReadAt implements io.ReaderAt.
func (s *Segment) ReadAt(into []byte, offset int64) (int, error) {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	if s.gone {
		return 0, ErrRevoked
	}
	if offset < 0 || offset > int64(len(s.bytes)) {
		return 0, fmt.Errorf("offset %d is outside of the %d bytes of the segment", offset, len(s.bytes))
	}
	count := copy(into, s.bytes[offset:])
	if count < len(into) {
		return count, io.EOF
	}
	return count, nil
}

// WriteAt implements io.WriterAt.
func (s *Segment) WriteAt(from []byte, offset int64) (int, error) {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	if s.gone {
		return 0, ErrRevoked
	}
	if !s.Writable {
		return 0, os.ErrPermission
	}
	if offset < 0 || offset > int64(len(s.bytes)) {
		return 0, fmt.Errorf("offset %d is outside of the %d bytes of the segment", offset, len(s.bytes))
	}
	count := copy(s.bytes[offset:], from)
	if count < len(from) {
		return count, io.ErrShortWrite
	}
	return count, nil
}

// Close unmaps the segment from this plugin; others keep it.
func (s *Segment) Close() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.unmap()
	s.gone = true
}

func (s *Segment) unmap() {
	if s.bytes != nil {
		_ = syscall.Munmap(s.bytes)
		s.bytes = nil
	}
}

func (s *Segment) remap(info SegmentInfo) error {
	flags, protection := os.O_RDONLY, syscall.PROT_READ
	if info.Writable {
		flags, protection = os.O_RDWR, syscall.PROT_READ|syscall.PROT_WRITE
	}
	file, err := os.OpenFile(info.Path, flags, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	facts, err := file.Stat()
	if err != nil {
		return err
	}
	// Touching a page beyond the end of the file would end the program.
	if facts.Size() < info.Size {
		return fmt.Errorf("the segment has %d bytes, not %d", facts.Size(), info.Size)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.unmap()
	s.Writable, s.gone = info.Writable, false
	if info.Size == 0 {
		return nil
	}
	s.bytes, err = syscall.Mmap(int(file.Fd()), 0, int(info.Size), protection, syscall.MAP_SHARED)
	return err
}
