package codec

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxSafe is the largest integer that every reader of JSON holds exactly.
const maxSafe = 1<<53 - 1

func appendJSON(to []byte, value any, depth int) ([]byte, error) {
	value, err := plain(value)
	if err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case nil:
		return append(to, "null"...), nil
	case bool:
		return strconv.AppendBool(to, v), nil
	case int64:
		if v >= -maxSafe && v <= maxSafe {
			return strconv.AppendInt(to, v, 10), nil
		}
		return appendTag(to, "$int", strconv.FormatInt(v, 10)), nil
	case uint64:
		return appendTag(to, "$int", strconv.FormatUint(v, 10)), nil
	case float64:
		return appendJSONFloat(to, v), nil
	case string:
		return appendText(to, v), nil
	case []byte:
		return appendTag(to, "$bytes", base64.StdEncoding.EncodeToString(v)), nil
	case time.Time:
		return appendTag(to, "$date", formatDate(v)), nil
	case []any:
		return appendJSONList(to, v, depth)
	}
	return appendJSONMap(to, value.(map[string]any), depth)
}

func appendJSONList(to []byte, list []any, depth int) ([]byte, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	to = append(to, '[')
	for i, member := range list {
		if i > 0 {
			to = append(to, ',')
		}
		if to, err = appendJSON(to, member, depth); err != nil {
			return nil, err
		}
	}
	return append(to, ']'), nil
}

func appendJSONMap(to []byte, values map[string]any, depth int) ([]byte, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	keys, err := sortedKeys(values)
	if err != nil {
		return nil, err
	}
	// A map that looks like a tag is tagged itself.
	tagged := len(keys) == 1 && strings.HasPrefix(keys[0], "$")
	if tagged {
		to = append(to, `{"$map":`...)
	}
	to = append(to, '{')
	for i, key := range keys {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendText(to, key), ':')
		if to, err = appendJSON(to, values[key], depth); err != nil {
			return nil, err
		}
	}
	to = append(to, '}')
	if tagged {
		to = append(to, '}')
	}
	return to, nil
}

func appendTag(to []byte, tag, text string) []byte {
	to = append(to, `{"`+tag+`":`...)
	return append(appendText(to, text), '}')
}

func appendJSONFloat(to []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return appendTag(to, "$float", "NaN")
	case math.IsInf(v, 1):
		return appendTag(to, "$float", "Infinity")
	case math.IsInf(v, -1):
		return appendTag(to, "$float", "-Infinity")
	case v == 0 && math.Signbit(v):
		return appendTag(to, "$float", "-0")
	}
	// Readers and writers of JSON between here and there may not tell 2.0 from 2.
	if v == math.Trunc(v) && math.Abs(v) <= maxSafe {
		return appendTag(to, "$float", strconv.FormatInt(int64(v), 10))
	}
	return strconv.AppendFloat(to, v, 'g', -1, 64)
}

func appendText(to []byte, text string) []byte {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	// A string can always be written.
	_ = encoder.Encode(text)
	return append(to, bytes.TrimSuffix(written.Bytes(), []byte("\n"))...)
}

func formatDate(v time.Time) string {
	digits := "000"
	if v.Nanosecond()%1_000_000 != 0 {
		digits = "000000"
	}
	if v.Nanosecond()%1000 != 0 {
		digits = "000000000"
	}
	return v.Format("2006-01-02T15:04:05." + digits + "Z")
}

// lone finds an escaped half of a pair: pairs are taken first, so what is left over stands alone.
var (
	escapes = regexp.MustCompile(`\\(?:u([0-9a-fA-F]{4})|.)`)
	date    = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`)
	integer = regexp.MustCompile(`^-?(0|[1-9]\d*)$`)
)

func decodeJSON(text []byte) (any, error) {
	if !utf8.Valid(text) || hasLoneSurrogate(text) {
		return nil, refuse("the JSON is not Unicode")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var parsed any
	if err := decoder.Decode(&parsed); err != nil {
		return nil, refuse("it is not JSON: %v", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, refuse("text follows the value")
	}
	return fromJSON(parsed, 0)
}

func hasLoneSurrogate(text []byte) bool {
	high := -1
	for _, at := range escapes.FindAllSubmatchIndex(text, -1) {
		unit := int64(0)
		if at[2] >= 0 {
			unit, _ = strconv.ParseInt(string(text[at[2]:at[3]]), 16, 32)
		}
		isLow := unit >= 0xdc00 && unit <= 0xdfff
		if (high == at[0]) != isLow || (high >= 0 && high != at[0]) {
			return true
		}
		high = -1
		if unit >= 0xd800 && unit <= 0xdbff {
			high = at[1]
		}
	}
	return high >= 0
}

func fromJSON(parsed any, depth int) (any, error) {
	switch v := parsed.(type) {
	case json.Number:
		return numberOf(string(v))
	case []any:
		depth, err := deeper(depth)
		if err != nil {
			return nil, err
		}
		for i := range v {
			if v[i], err = fromJSON(v[i], depth); err != nil {
				return nil, err
			}
		}
		return v, nil
	case map[string]any:
		if len(v) == 1 {
			for key, content := range v {
				if strings.HasPrefix(key, "$") {
					return untag(key, content, depth)
				}
			}
		}
		return mapFromJSON(v, depth)
	}
	return parsed, nil
}

func mapFromJSON(values map[string]any, depth int) (any, error) {
	depth, err := deeper(depth)
	if err != nil {
		return nil, err
	}
	for key, member := range values {
		if values[key], err = fromJSON(member, depth); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func numberOf(text string) (any, error) {
	if !strings.ContainsAny(text, ".eE") {
		v, err := strconv.ParseInt(text, 10, 64)
		if err == nil && v >= -maxSafe && v <= maxSafe {
			return v, nil
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, refuse("%s is no number of 64 bits", text)
	}
	return v, nil
}

func untag(tag string, content any, depth int) (any, error) {
	if values, isMap := content.(map[string]any); isMap && tag == "$map" {
		return mapFromJSON(values, depth)
	}
	text, isText := content.(string)
	if !isText {
		return nil, refuse("%s has the wrong content", tag)
	}
	switch tag {
	case "$int":
		if !integer.MatchString(text) || text == "-0" {
			return nil, refuse("%q is no integer", text)
		}
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			return v, nil
		}
		if v, err := strconv.ParseUint(text, 10, 64); err == nil {
			return v, nil
		}
	case "$float":
		special := map[string]float64{
			"NaN": math.NaN(), "Infinity": math.Inf(1), "-Infinity": math.Inf(-1), "-0": math.Copysign(0, -1),
		}
		if v, found := special[text]; found {
			return v, nil
		}
		v, err := strconv.ParseInt(text, 10, 64)
		if err == nil && integer.MatchString(text) && v >= -maxSafe && v <= maxSafe {
			return float64(v), nil
		}
	case "$bytes":
		if v, err := base64.StdEncoding.Strict().DecodeString(text); err == nil && !strings.ContainsAny(text, "\r\n") {
			return v, nil
		}
	case "$date":
		v, err := time.Parse("2006-01-02T15:04:05.999999999Z", text)
		if err == nil && date.MatchString(text) && v.Year() >= 1 {
			return v.UTC(), nil
		}
	}
	return nil, refuse("%s has the wrong content, or is unknown", tag)
}
