package workbench

import (
	"encoding/binary"
	"errors"
	"fmt"

	"plugin-workbench.dev/sdk/codec"
)

// valueHead is the number of the format and the length of what follows, four bytes each.
const valueHead = 8

// ErrNoValue says that no value was written to a segment yet.
var ErrNoValue = errors.New("no value was written to the segment")

// WriteValue writes a value with its types to the beginning of the segment, so that a plugin in any language reads the
// same; see package codec for what a value is. A segment that is too small is left as it was. It is no lock: tell
// readers by a message when it is done. Format 0 is the best that every plugin knows that has the segment.
func (s *Segment) WriteValue(value any, format codec.Format) error {
	if format == 0 {
		format = s.commonFormat()
	}
	content, err := codec.Encode(value, format)
	if err != nil {
		return err
	}
	if int64(len(content)) > s.Size()-valueHead {
		return fmt.Errorf("the value needs %d bytes, the segment %s has %d", len(content)+valueHead, s.ID(), s.Size())
	}
	// A reader that comes too early finds nothing rather than half a value.
	for _, part := range []struct {
		bytes  []byte
		offset int64
	}{
		{word(0), 0},
		{content, valueHead},
		{word(uint32(len(content))), 4},
		{word(uint32(format)), 0},
	} {
		if _, err := s.WriteAt(part.bytes, part.offset); err != nil {
			return err
		}
	}
	return nil
}

// ReadValue reads what was written by WriteValue or its like in another language. It is ErrNoValue where nothing was.
func (s *Segment) ReadValue() (any, error) {
	head := make([]byte, valueHead)
	if _, err := s.ReadAt(head, 0); err != nil {
		return nil, err
	}
	format := codec.Format(binary.LittleEndian.Uint32(head))
	length := int64(binary.LittleEndian.Uint32(head[4:]))
	if format == 0 {
		return nil, ErrNoValue
	}
	if length > s.Size()-valueHead {
		return nil, fmt.Errorf("the value says it has %d bytes, the segment %s has %d", length, s.ID(), s.Size())
	}
	content := make([]byte, length)
	if _, err := s.ReadAt(content, valueHead); err != nil {
		return nil, err
	}
	return codec.Decode(content, format)
}

func word(value uint32) []byte {
	return binary.LittleEndian.AppendUint32(nil, value)
}

// commonFormat is the best that all who have the segment know.
func (s *Segment) commonFormat() codec.Format {
	known := s.Info().Formats
	for _, format := range known {
		if format == "msgpack" {
			return codec.MessagePack
		}
	}
	for _, format := range known {
		if format == "protobuf" {
			return codec.Protobuf
		}
	}
	return codec.JSON
}
