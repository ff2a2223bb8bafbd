package main

import (
	"encoding/binary"
	"math"
	"time"

	workbench "plugin-workbench.dev/sdk"

	"example.org/analytics-transform/series"
)

// facts are what the plugin that loaded a series wrote about it.
type facts struct {
	name  string
	trend series.Trend
	dates []time.Time
}

// readFacts reads what another plugin wrote, in whatever language: so nothing is taken for granted.
func readFacts(segment *workbench.Segment) (facts, error) {
	value, err := segment.ReadValue()
	if err != nil {
		return facts{}, err
	}
	table, _ := value.(map[string]any)
	name, named := table["name"].(string)
	trend, _ := table["trend"].(map[string]any)
	slope, sloped := number(trend["slope"])
	intercept, intercepted := number(trend["intercept"])
	list, listed := table["dates"].([]any)
	if !named || !sloped || !intercepted || !listed {
		return facts{}, workbench.Fail("BAD_FACTS", "The facts lack the name, the trend or the dates.", nil)
	}
	dates := make([]time.Time, len(list))
	for i, one := range list {
		date, ok := one.(time.Time)
		if !ok {
			return facts{}, workbench.Fail("BAD_FACTS", "One of the dates is no date.", map[string]any{"index": i})
		}
		dates[i] = date
	}
	return facts{name, series.Trend{Slope: slope, Intercept: intercept}, dates}, nil
}

// number takes whole numbers, too: some languages don't tell 2.0 from 2.
func number(value any) (float64, bool) {
	switch value := value.(type) {
	case float64:
		return value, true
	case int64:
		return float64(value), true
	default:
		return 0, false
	}
}

// readLane reads one number for each row; the lanes follow one another.
func readLane(segment *workbench.Segment, lane, count int) ([]float64, error) {
	bytes := make([]byte, 8*count)
	if _, err := segment.ReadAt(bytes, int64(8*count*lane)); err != nil {
		return nil, err
	}
	values := make([]float64, count)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(bytes[8*i:]))
	}
	return values, nil
}

func writeLane(segment *workbench.Segment, lane int, values []float64) error {
	bytes := make([]byte, 0, 8*len(values))
	for _, value := range values {
		bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(value))
	}
	_, err := segment.WriteAt(bytes, int64(8*len(values)*lane))
	return err
}
