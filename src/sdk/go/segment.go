package workbench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"sync"
	"syscall"
)

// ErrRevoked says that a segment was closed, released, or taken away from this plugin.
var ErrRevoked = errors.New("the segment is closed or was taken away")

// Segment is a piece of shared memory. It may be used by several goroutines. Close it when it is no longer needed.
type Segment struct {
	memory *Memory

	mutex    sync.Mutex
	info     SegmentInfo
	file     *os.File
	mappings [][]byte
	gone     bool
}

// ID names the segment among plugins.
func (s *Segment) ID() string { return s.Info().ID }

// Size is in bytes.
func (s *Segment) Size() int64 { return s.Info().Size }

// Info is what is known of the segment now.
func (s *Segment) Info() SegmentInfo {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.info
}

// ReadAt implements io.ReaderAt, but for a read beyond the end, which fails as a whole.
func (s *Segment) ReadAt(into []byte, offset int64) (int, error) {
	count := 0
	err := s.memory.use(s, func() error {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if err := s.prepare(offset, len(into)); err != nil {
			return err
		}
		var err error
		count, err = s.file.ReadAt(into, offset)
		if errors.Is(err, io.EOF) && count < len(into) {
			// A plugin that may write has made the file shorter.
			return io.ErrUnexpectedEOF
		}
		return err
	})
	return count, err
}

// WriteAt implements io.WriterAt. It never makes the segment longer.
func (s *Segment) WriteAt(from []byte, offset int64) (int, error) {
	count := 0
	err := s.memory.use(s, func() error {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if !s.gone && !s.info.Writable {
			return fmt.Errorf("the segment %s is read-only: %w", s.info.ID, os.ErrPermission)
		}
		if err := s.prepare(offset, len(from)); err != nil {
			return err
		}
		var err error
		count, err = s.file.WriteAt(from, offset)
		return err
	})
	return count, err
}

// Bytes maps the segment as it is now. The slice is valid until Close; after a revocation, a freeze or a change of
// size it still shows the old memory, which nobody else uses any more. Writing to the bytes of a segment that is not
// writable ends the program, and so does touching them where a plugin that may write has made the file shorter: use
// ReadAt and WriteAt with plugins you don't trust.
func (s *Segment) Bytes() ([]byte, error) {
	var mapping []byte
	err := s.memory.use(s, func() error {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if err := s.prepare(0, 0); err != nil {
			return err
		}
		facts, err := s.file.Stat()
		if err != nil {
			return err
		}
		if facts.Size() < s.info.Size {
			return io.ErrUnexpectedEOF
		}
		protection := syscall.PROT_READ
		if s.info.Writable {
			protection |= syscall.PROT_WRITE
		}
		mapping, err = syscall.Mmap(int(s.file.Fd()), 0, int(s.info.Size), protection, syscall.MAP_SHARED)
		if err == nil {
			s.mappings = append(s.mappings, mapping)
		}
		return err
	})
	return mapping, err
}

// Close lets go of the segment; other plugins keep it, and it can be opened again.
func (s *Segment) Close() error {
	s.memory.forget(s)
	s.revoke()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var failure error
	for _, mapping := range s.mappings {
		failure = errors.Join(failure, syscall.Munmap(mapping))
	}
	s.mappings = nil
	return failure
}

// prepare opens the file and checks that a use lies within the segment.
func (s *Segment) prepare(offset int64, length int) error {
	if s.gone {
		return ErrRevoked
	}
	if offset < 0 || offset > s.info.Size || int64(length) > s.info.Size-offset {
		return fmt.Errorf("%d bytes from %d on are not within the %d bytes of the segment", length, offset, s.info.Size)
	}
	if s.file != nil {
		return nil
	}
	flags := os.O_RDONLY
	if s.info.Writable {
		flags = os.O_RDWR
	}
	file, err := os.OpenFile(s.info.Path, flags|syscall.O_NOFOLLOW, 0)
	s.file = file
	return err
}

func (s *Segment) move(info SegmentInfo) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if reflect.DeepEqual(info, s.info) {
		return
	}
	s.info = info
	s.closeFile()
}

func (s *Segment) revoke() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.gone = true
	s.closeFile()
}

func (s *Segment) closeFile() {
	if s.file != nil {
		_ = s.file.Close()
		s.file = nil
	}
}
