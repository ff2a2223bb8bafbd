package codec

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// words is a value in words of no format.
type words struct {
	Type  string
	Value json.RawMessage
}

func (w words) value(t *testing.T) any {
	t.Helper()
	var text string
	_ = json.Unmarshal(w.Value, &text)
	switch w.Type {
	case "null":
		return nil
	case "bool":
		return string(w.Value) == "true"
	case "int":
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			return v
		}
		v, err := strconv.ParseUint(text, 10, 64)
		must(t, err)
		return v
	case "float":
		v, err := strconv.ParseFloat(strings.Replace(text, "Infinity", "Inf", 1), 64)
		must(t, err)
		return v
	case "string":
		return text
	case "bytes":
		return unhex(t, text)
	case "date":
		v, err := time.Parse(time.RFC3339Nano, text)
		must(t, err)
		return v.UTC()
	case "list":
		var members []words
		must(t, json.Unmarshal(w.Value, &members))
		list := make([]any, 0, len(members))
		for _, member := range members {
			list = append(list, member.value(t))
		}
		return list
	}
	var entries [][2]json.RawMessage
	must(t, json.Unmarshal(w.Value, &entries))
	values := map[string]any{}
	for _, entry := range entries {
		var key string
		var member words
		must(t, json.Unmarshal(entry[0], &key))
		must(t, json.Unmarshal(entry[1], &member))
		values[key] = member.value(t)
	}
	return values
}

var formats = map[string]Format{"json": JSON, "msgpack": MessagePack, "protobuf": Protobuf}

func TestTheVectorsOfAllLanguages(t *testing.T) {
	text, err := os.ReadFile("../../../../test/vectors/codec.json")
	if err != nil {
		t.Skip("the vectors are not shipped with the SDK")
	}
	var vectors struct {
		Values, WholeFloats []struct {
			Name                    string
			Value                   words
			JSON, Msgpack, Protobuf string
		}
		Accepted, Refused []struct {
			Name, Format, Hex string
			Value             words
		}
	}
	must(t, json.Unmarshal(text, &vectors))
	if len(vectors.Values) == 0 || len(vectors.WholeFloats) == 0 || len(vectors.Accepted) == 0 || len(vectors.Refused) == 0 {
		t.Fatal("there are no vectors")
	}
	for _, v := range append(vectors.Values, vectors.WholeFloats...) {
		want := v.Value.value(t)
		for name, written := range map[string][]byte{
			"json": []byte(v.JSON), "msgpack": unhex(t, v.Msgpack), "protobuf": unhex(t, v.Protobuf),
		} {
			got, err := Encode(want, formats[name])
			if err != nil || !sameBytes(name, got, written) {
				t.Errorf("%s as %s was written %x (%v), not %x", v.Name, name, got, err, written)
			}
			checkRead(t, v.Name+" as "+name, written, formats[name], want)
		}
	}
	for _, v := range vectors.Accepted {
		checkRead(t, v.Name, unhex(t, v.Hex), formats[v.Format], v.Value.value(t))
	}
	for _, v := range vectors.Refused {
		if got, err := Decode(unhex(t, v.Hex), formats[v.Format]); !errors.Is(err, ErrCodec) {
			t.Errorf("%s in %s was read as %v (%v)", v.Name, v.Format, got, err)
		}
	}
}

func TestWhatHasNoFormIsRefused(t *testing.T) {
	deep := any([]any{})
	for i := 0; i < maxDepth; i++ {
		deep = []any{deep}
	}
	for name, value := range map[string]any{
		"a function": func() {}, "a struct": struct{}{}, "not UTF-8": "\xff", "a key": map[string]any{"\xff": 1},
		"a late date": time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "too deep": deep,
	} {
		for format := range formats {
			if _, err := Encode(value, formats[format]); !errors.Is(err, ErrCodec) {
				t.Errorf("%s as %s: %v", name, format, err)
			}
		}
	}
}

func FuzzDecodeNeverPanics(f *testing.F) {
	f.Add([]byte(`{"$int":"1"}`), uint32(JSON))
	f.Add([]byte{0x82, 0xa1, 0x61, 0x01, 0xa1, 0x62, 0xc7, 0x0c, 0xff}, uint32(MessagePack))
	f.Add([]byte{0x52, 0x06, 0x0a, 0x04, 0x12, 0x02, 0x18, 0x02}, uint32(Protobuf))
	f.Fuzz(func(t *testing.T, data []byte, format uint32) {
		value, err := Decode(data, Format(format%4))
		if err != nil {
			return
		}
		if _, err := Encode(value, Format(format%4)); err != nil {
			t.Errorf("%x was read as %v, which can't be written: %v", data, value, err)
		}
	})
}

func checkRead(t *testing.T, name string, written []byte, format Format, want any) {
	t.Helper()
	got, err := Decode(written, format)
	if err != nil || !same(got, want) {
		t.Errorf("%s was read as %#v (%v), not %#v", name, got, err, want)
	}
}

func same(a, b any) bool {
	if x, isFloat := a.(float64); isFloat {
		y, also := b.(float64)
		return also && (math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y))
	}
	return reflect.DeepEqual(a, b)
}

func sameBytes(name string, a, b []byte) bool {
	if name != "json" {
		return bytes.Equal(a, b)
	}
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	v, err := hex.DecodeString(text)
	must(t, err)
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
