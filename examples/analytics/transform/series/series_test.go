package series

import (
	"errors"
	"math"
	"testing"
	"time"
)

func TestNormaliseTakesTheTrendOut(t *testing.T) {
	// A line of slope 2 from 10 on, with one up and one down.
	normal, err := Normalise([]float64{11, 11, 15, 15}, Trend{Slope: 2, Intercept: 10})
	if err != nil {
		t.Fatal(err)
	}
	for i, expected := range []float64{1, -1, 1, -1} {
		if math.Abs(normal[i]-expected) > 1e-12 {
			t.Errorf("value %d is %v, not %v", i, normal[i], expected)
		}
	}
}

func TestNormaliseRefusesWhatIsFlat(t *testing.T) {
	for _, values := range [][]float64{{}, {0, 0, 0}, {7, 7, 7}, {0.1, 0.2, 0.1 + 0.2}} {
		trend := Trend{Intercept: 7}
		if len(values) > 0 && values[0] != 7 {
			trend = Trend{Slope: values[1] - values[0], Intercept: values[0]}
		}
		if _, err := Normalise(values, trend); !errors.Is(err, ErrFlat) {
			t.Errorf("%v: %v", values, err)
		}
	}
}

func TestByYear(t *testing.T) {
	month := func(year int, month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) }
	dates := []time.Time{month(1949, 11), month(1949, 12), month(1950, 1)}
	found := ByYear([]float64{4, 2, 9}, dates)
	expected := []Bucket{
		{Year: 1949, Count: 2, Mean: 3, Lowest: 2, Highest: 4},
		{Year: 1950, Count: 1, Mean: 9, Lowest: 9, Highest: 9},
	}
	if len(found) != len(expected) || found[0] != expected[0] || found[1] != expected[1] {
		t.Errorf("found %v", found)
	}
	if none := ByYear(nil, nil); len(none) != 0 {
		t.Errorf("found %v in nothing", none)
	}
}
