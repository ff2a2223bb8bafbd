// Package codec writes values with their types, for plugins in other languages: as JSON with tags, as MessagePack, and
// as Protocol Buffers.
//
// A value is nil, a bool, an int64 (a uint64 above its range), a float64, a string, a []byte, a time.Time, a []any or a
// map[string]any. Writers take every other integer and float type as well.
package codec

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"time"
	"unicode/utf8"
)

// Format is a way to write values.
type Format uint32

// The formats, by their numbers in shared memory.
const (
	JSON        Format = 1
	MessagePack Format = 2
	Protobuf    Format = 3
)

// ErrCodec is wrapped by every error of this package.
var ErrCodec = errors.New("the value can't be carried")

const (
	maxDepth = 64
	maxBytes = 64 << 20
)

// Encode writes a value.
func Encode(value any, format Format) ([]byte, error) {
	var bytes []byte
	var err error
	switch format {
	case JSON:
		bytes, err = appendJSON(nil, value, 0)
	case MessagePack:
		bytes, err = appendMessagePack(nil, value, 0)
	case Protobuf:
		bytes, err = appendProtobuf(nil, value, 0)
	default:
		return nil, refuse("there is no format %d", format)
	}
	if err == nil && len(bytes) > maxBytes {
		return nil, refuse("it has %d bytes", len(bytes))
	}
	return bytes, err
}

// Decode reads a value that was written by [Encode] or its like in another language.
func Decode(bytes []byte, format Format) (any, error) {
	if len(bytes) > maxBytes {
		return nil, refuse("it has %d bytes", len(bytes))
	}
	switch format {
	case JSON:
		return decodeJSON(bytes)
	case MessagePack:
		return decodeMessagePack(bytes)
	case Protobuf:
		return decodeProtobuf(bytes, 0)
	}
	return nil, refuse("there is no format %d", format)
}

// floatBits are those of a float, with one form for all that are not a number.
func floatBits(v float64) uint64 {
	if math.IsNaN(v) {
		return 0x7ff8000000000000
	}
	return math.Float64bits(v)
}

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrCodec}, args...)...)
}

// plain makes one of the types a value has of those a writer takes besides, and checks what can't be written.
func plain(value any) (any, error) {
	switch v := value.(type) {
	case int:
		return int64(v), nil
	case int8:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case uint8:
		return int64(v), nil
	case uint16:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case uint:
		return plain(uint64(v))
	case uint64:
		if v <= math.MaxInt64 {
			return int64(v), nil
		}
	case float32:
		return float64(v), nil
	case string:
		if !utf8.ValidString(v) {
			return nil, refuse("a string is not UTF-8")
		}
	case time.Time:
		if utc := v.UTC(); utc.Year() < 1 || utc.Year() > 9999 {
			return nil, refuse("a date is beyond the years 1 to 9999")
		}
		return v.UTC(), nil
	case nil, bool, int64, float64, []byte, []any, map[string]any:
	default:
		return nil, refuse("it is a %T", value)
	}
	return value, nil
}

func sortedKeys(values map[string]any) ([]string, error) {
	keys := make([]string, 0, len(values))
	for key := range values {
		if !utf8.ValidString(key) {
			return nil, refuse("a key is not UTF-8")
		}
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys, nil
}

// deeper counts a list or map within others.
func deeper(depth int) (int, error) {
	if depth >= maxDepth {
		return 0, refuse("more than %d lists and maps are in one another", maxDepth)
	}
	return depth + 1, nil
}

func dateOf(seconds int64, nanoseconds uint32) (any, error) {
	const first, last = -62135596800, 253402300799
	if seconds < first || seconds > last || nanoseconds > 999_999_999 {
		return nil, refuse("a date is none")
	}
	return time.Unix(seconds, int64(nanoseconds)).UTC(), nil
}
