package codec

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf8"
)

func appendMessagePack(to []byte, value any, depth int) ([]byte, error) {
	value, err := plain(value)
	if err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case nil:
		return append(to, 0xc0), nil
	case bool:
		if v {
			return append(to, 0xc3), nil
		}
		return append(to, 0xc2), nil
	case int64:
		return appendPackedInt(to, v), nil
	case uint64:
		return binary.BigEndian.AppendUint64(append(to, 0xcf), v), nil
	case float64:
		return binary.BigEndian.AppendUint64(append(to, 0xcb), floatBits(v)), nil
	case string:
		return append(appendLength(to, len(v), 0xa0, 32, 0xd9), v...), nil
	case []byte:
		return append(appendLength(to, len(v), 0, 0, 0xc4), v...), nil
	case time.Time:
		return appendPackedDate(to, v), nil
	}
	if depth, err = deeper(depth); err != nil {
		return nil, err
	}
	if list, isList := value.([]any); isList {
		to = appendLength(to, len(list), 0x90, 16, 0xdb)
		for _, member := range list {
			if to, err = appendMessagePack(to, member, depth); err != nil {
				return nil, err
			}
		}
		return to, nil
	}
	values := value.(map[string]any)
	keys, err := sortedKeys(values)
	if err != nil {
		return nil, err
	}
	to = appendLength(to, len(keys), 0x80, 16, 0xdd)
	for _, key := range keys {
		to = append(appendLength(to, len(key), 0xa0, 32, 0xd9), key...)
		if to, err = appendMessagePack(to, values[key], depth); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func appendPackedInt(to []byte, v int64) []byte {
	switch {
	case v >= 0 && v <= 0x7f, v < 0 && v >= -32:
		return append(to, byte(v))
	case v >= 0 && v <= math.MaxUint8:
		return append(to, 0xcc, byte(v))
	case v >= 0 && v <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(to, 0xcd), uint16(v))
	case v >= 0 && v <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(to, 0xce), uint32(v))
	case v >= 0:
		return binary.BigEndian.AppendUint64(append(to, 0xcf), uint64(v))
	case v >= math.MinInt8:
		return append(to, 0xd0, byte(v))
	case v >= math.MinInt16:
		return binary.BigEndian.AppendUint16(append(to, 0xd1), uint16(v))
	case v >= math.MinInt32:
		return binary.BigEndian.AppendUint32(append(to, 0xd2), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(to, 0xd3), uint64(v))
}

// appendLength writes the head of a text, list or map: within one byte below fixed, else in the fewest bytes after the
// codes from wide on, of which the first is for 8 bits. Lists and maps have no such: their code for 16 bits is wide+1.
func appendLength(to []byte, length int, base byte, fixed int, wide byte) []byte {
	hasByte := wide == 0xd9 || wide == 0xc4
	switch {
	case length < fixed:
		return append(to, base|byte(length))
	case length <= math.MaxUint8 && hasByte:
		return append(to, wide, byte(length))
	case length <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(to, wide+1), uint16(length))
	}
	return binary.BigEndian.AppendUint32(append(to, wide+2), uint32(length))
}

func appendPackedDate(to []byte, v time.Time) []byte {
	seconds, nanoseconds := v.Unix(), uint32(v.Nanosecond())
	switch {
	case seconds>>34 != 0:
		to = binary.BigEndian.AppendUint32(append(to, 0xc7, 12, 0xff), nanoseconds)
		return binary.BigEndian.AppendUint64(to, uint64(seconds))
	case nanoseconds == 0 && seconds <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(to, 0xd6, 0xff), uint32(seconds))
	}
	return binary.BigEndian.AppendUint64(append(to, 0xd7, 0xff), uint64(nanoseconds)<<34|uint64(seconds))
}

// packed reads MessagePack from the front of rest.
type packed struct{ rest []byte }

func decodeMessagePack(bytes []byte) (any, error) {
	p := &packed{bytes}
	value, err := p.value(0)
	if err == nil && len(p.rest) > 0 {
		return nil, refuse("%d bytes follow the value", len(p.rest))
	}
	return value, err
}

func (p *packed) take(count uint64) ([]byte, error) {
	if count > uint64(len(p.rest)) {
		return nil, refuse("it is cut short")
	}
	taken := p.rest[:count]
	p.rest = p.rest[count:]
	return taken, nil
}

// number reads an unsigned integer of 1, 2, 4 or 8 bytes.
func (p *packed) number(size uint64) (uint64, error) {
	bytes, err := p.take(size)
	var v uint64
	for _, b := range bytes {
		v = v<<8 | uint64(b)
	}
	return v, err
}

func (p *packed) value(depth int) (any, error) {
	head, err := p.number(1)
	if err != nil {
		return nil, err
	}
	switch {
	case head <= 0x7f:
		return int64(head), nil
	case head >= 0xe0:
		return int64(int8(head)), nil
	case head < 0x90:
		return p.mapOf(head&0x0f, depth)
	case head < 0xa0:
		return p.listOf(head&0x0f, depth)
	case head < 0xc0:
		return p.text(head & 0x1f)
	}
	switch head {
	case 0xc0:
		return nil, nil
	case 0xc2, 0xc3:
		return head == 0xc3, nil
	case 0xca:
		v, err := p.number(4)
		return float64(math.Float32frombits(uint32(v))), err
	case 0xcb:
		v, err := p.number(8)
		return math.Float64frombits(v), err
	case 0xcc, 0xcd, 0xce, 0xcf:
		v, err := p.number(1 << (head - 0xcc))
		if v > math.MaxInt64 {
			return v, err
		}
		return int64(v), err
	case 0xd0, 0xd1, 0xd2, 0xd3:
		size := uint64(1) << (head - 0xd0)
		v, err := p.number(size)
		// The sign stands in the highest bit of the size.
		return int64(v<<(64-8*size)) >> (64 - 8*size), err
	case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8:
		return p.extension(1 << (head - 0xd4))
	}
	return p.sized(head, depth)
}

// sized reads what has its length in the bytes after the head.
func (p *packed) sized(head uint64, depth int) (any, error) {
	sizes := map[uint64]uint64{
		0xc4: 1, 0xc5: 2, 0xc6: 4, 0xc7: 1, 0xc8: 2, 0xc9: 4, 0xd9: 1, 0xda: 2, 0xdb: 4, 0xdc: 2, 0xdd: 4, 0xde: 2, 0xdf: 4,
	}
	size, known := sizes[head]
	if !known {
		return nil, refuse("no value begins with %#x", head)
	}
	length, err := p.number(size)
	if err != nil {
		return nil, err
	}
	switch {
	case head <= 0xc6:
		bytes, err := p.take(length)
		return append([]byte{}, bytes...), err
	case head <= 0xc9:
		return p.extension(length)
	case head <= 0xdb:
		return p.text(length)
	case head <= 0xdd:
		return p.listOf(length, depth)
	}
	return p.mapOf(length, depth)
}

func (p *packed) text(length uint64) (any, error) {
	bytes, err := p.take(length)
	if err == nil && !utf8.Valid(bytes) {
		return nil, refuse("a string is not UTF-8")
	}
	return string(bytes), err
}

func (p *packed) listOf(length uint64, depth int) (any, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	// Each member has a byte at least.
	if length > uint64(len(p.rest)) {
		return nil, refuse("it is cut short")
	}
	list := make([]any, length)
	for i := range list {
		if list[i], err = p.value(depth); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (p *packed) mapOf(length uint64, depth int) (any, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	if 2*length > uint64(len(p.rest)) {
		return nil, refuse("it is cut short")
	}
	values := make(map[string]any, length)
	for ; length > 0; length-- {
		key, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		name, isText := key.(string)
		if _, twice := values[name]; !isText || twice {
			return nil, refuse("a key is no string, or comes twice")
		}
		if values[name], err = p.value(depth); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// extension reads the only one there is: a date, -1.
func (p *packed) extension(length uint64) (any, error) {
	kind, err := p.number(1)
	if err != nil {
		return nil, err
	}
	if kind != 0xff || (length != 4 && length != 8 && length != 12) {
		return nil, refuse("an extension is no date")
	}
	if length == 4 {
		seconds, err := p.number(4)
		if err != nil {
			return nil, err
		}
		return dateOf(int64(seconds), 0)
	}
	if length == 8 {
		both, err := p.number(8)
		if err != nil {
			return nil, err
		}
		return dateOf(int64(both&(1<<34-1)), uint32(both>>34))
	}
	nanoseconds, err := p.number(4)
	if err != nil {
		return nil, err
	}
	seconds, err := p.number(8)
	if err != nil {
		return nil, err
	}
	return dateOf(int64(seconds), uint32(nanoseconds))
}
