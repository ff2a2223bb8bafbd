package codec

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf8"
)

// Wire types of Protocol Buffers.
const (
	varint  = 0
	fixed64 = 1
	counted = 2
)

// Fields of the message Value.
const (
	nullField = iota + 1
	boolField
	intField
	uintField
	floatField
	stringField
	bytesField
	dateField
	listField
	mapField
)

func appendProtobuf(to []byte, value any, depth int) ([]byte, error) {
	value, err := plain(value)
	if err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case nil:
		return append(to, nullField<<3|varint, 0), nil
	case bool:
		if v {
			return append(to, boolField<<3|varint, 1), nil
		}
		return append(to, boolField<<3|varint, 0), nil
	case int64:
		return binary.AppendVarint(append(to, intField<<3|varint), v), nil
	case uint64:
		return binary.AppendUvarint(append(to, uintField<<3|varint), v), nil
	case float64:
		return binary.LittleEndian.AppendUint64(append(to, floatField<<3|fixed64), floatBits(v)), nil
	case string:
		return appendField(to, stringField, []byte(v)), nil
	case []byte:
		return appendField(to, bytesField, v), nil
	case time.Time:
		return appendField(to, dateField, timestamp(v)), nil
	}
	if depth, err = deeper(depth); err != nil {
		return nil, err
	}
	if list, isList := value.([]any); isList {
		var members []byte
		for _, member := range list {
			one, err := appendProtobuf(nil, member, depth)
			if err != nil {
				return nil, err
			}
			members = appendField(members, 1, one)
		}
		return appendField(to, listField, members), nil
	}
	values := value.(map[string]any)
	keys, err := sortedKeys(values)
	if err != nil {
		return nil, err
	}
	var entries []byte
	for _, key := range keys {
		one, err := appendProtobuf(nil, values[key], depth)
		if err != nil {
			return nil, err
		}
		entries = appendField(entries, 1, appendField(appendField(nil, 1, []byte(key)), 2, one))
	}
	return appendField(to, mapField, entries), nil
}

func appendField(to []byte, field byte, content []byte) []byte {
	to = binary.AppendUvarint(append(to, field<<3|counted), uint64(len(content)))
	return append(to, content...)
}

func timestamp(v time.Time) []byte {
	var to []byte
	if seconds := v.Unix(); seconds != 0 {
		to = binary.AppendUvarint(append(to, 1<<3|varint), uint64(seconds))
	}
	if nanoseconds := v.Nanosecond(); nanoseconds != 0 {
		to = binary.AppendUvarint(append(to, 2<<3|varint), uint64(nanoseconds))
	}
	return to
}

// field is one of a message. number holds a varint or the bits of a fixed64.
type field struct {
	id, wire uint64
	number   uint64
	content  []byte
}

func readFields(bytes []byte) ([]field, error) {
	var fields []field
	next := func() (uint64, error) {
		v, size := binary.Uvarint(bytes)
		if size <= 0 {
			return 0, refuse("a number is cut short or has more than 64 bits")
		}
		bytes = bytes[size:]
		return v, nil
	}
	for len(bytes) > 0 {
		head, err := next()
		if err != nil {
			return nil, err
		}
		one := field{id: head >> 3, wire: head & 7}
		switch one.wire {
		case varint:
			if one.number, err = next(); err != nil {
				return nil, err
			}
		case fixed64:
			if len(bytes) < 8 {
				return nil, refuse("it is cut short")
			}
			one.number, bytes = binary.LittleEndian.Uint64(bytes), bytes[8:]
		case counted:
			length, err := next()
			if err != nil {
				return nil, err
			}
			if length > uint64(len(bytes)) {
				return nil, refuse("it is cut short")
			}
			one.content, bytes = bytes[:length], bytes[length:]
		default:
			return nil, refuse("a field has the unknown type %d", one.wire)
		}
		fields = append(fields, one)
	}
	return fields, nil
}

func decodeProtobuf(bytes []byte, depth int) (any, error) {
	fields, err := readFields(bytes)
	if err != nil {
		return nil, err
	}
	if len(fields) != 1 {
		return nil, refuse("a value has %d kinds", len(fields))
	}
	f := fields[0]
	wires := map[uint64]uint64{
		nullField: varint, boolField: varint, intField: varint, uintField: varint, floatField: fixed64,
		stringField: counted, bytesField: counted, dateField: counted, listField: counted, mapField: counted,
	}
	if wire, known := wires[f.id]; !known || wire != f.wire {
		return nil, refuse("a value has the field %d of type %d", f.id, f.wire)
	}
	switch f.id {
	case nullField, boolField:
		if f.number > 1 || f.id == nullField && f.number != 0 {
			return nil, refuse("a field is out of range")
		}
		if f.id == nullField {
			return nil, nil
		}
		return f.number == 1, nil
	case intField:
		return int64(f.number>>1) ^ -int64(f.number&1), nil
	case uintField:
		if f.number <= math.MaxInt64 {
			return int64(f.number), nil
		}
		return f.number, nil
	case floatField:
		return math.Float64frombits(f.number), nil
	case stringField:
		if !utf8.Valid(f.content) {
			return nil, refuse("a string is not UTF-8")
		}
		return string(f.content), nil
	case bytesField:
		return append([]byte{}, f.content...), nil
	case dateField:
		return readTimestamp(f.content)
	case listField:
		return readList(f.content, depth)
	}
	return readMap(f.content, depth)
}

func readTimestamp(bytes []byte) (any, error) {
	fields, err := readFields(bytes)
	if err != nil {
		return nil, err
	}
	var seconds int64
	var nanoseconds uint64
	for _, f := range fields {
		switch {
		case f.id == 1 && f.wire == varint:
			seconds = int64(f.number)
		case f.id == 2 && f.wire == varint && f.number <= math.MaxUint32:
			nanoseconds = f.number
		default:
			return nil, refuse("a date is none")
		}
	}
	return dateOf(seconds, uint32(nanoseconds))
}

func readList(bytes []byte, depth int) (any, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	fields, err := readFields(bytes)
	if err != nil {
		return nil, err
	}
	list := make([]any, 0, len(fields))
	for _, f := range fields {
		if f.id != 1 || f.wire != counted {
			return nil, refuse("a list has another field")
		}
		member, err := decodeProtobuf(f.content, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, member)
	}
	return list, nil
}

func readMap(bytes []byte, depth int) (any, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	fields, err := readFields(bytes)
	if err != nil {
		return nil, err
	}
	values := make(map[string]any, len(fields))
	for _, f := range fields {
		if f.id != 1 || f.wire != counted {
			return nil, refuse("a map has another field")
		}
		key, content, err := readEntry(f.content)
		if err != nil {
			return nil, err
		}
		if _, twice := values[key]; twice {
			return nil, refuse("the key %q comes twice", key)
		}
		if values[key], err = decodeProtobuf(content, depth); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func readEntry(bytes []byte) (key string, content []byte, err error) {
	fields, err := readFields(bytes)
	if err != nil {
		return "", nil, err
	}
	var seen [3]bool
	for _, f := range fields {
		if f.id < 1 || f.id > 2 || f.wire != counted || seen[f.id] {
			return "", nil, refuse("an entry has another field, or one twice")
		}
		seen[f.id] = true
		if f.id == 1 {
			key = string(f.content)
		} else {
			content = f.content
		}
	}
	if !seen[2] || !utf8.ValidString(key) {
		return "", nil, refuse("an entry has no value, or a key that is not UTF-8")
	}
	return key, content, nil
}
