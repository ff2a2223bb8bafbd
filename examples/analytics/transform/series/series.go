// Package series changes time series. It knows nothing of plugins.
package series

import (
	"errors"
	"math"
	"time"
)

// ErrFlat says that a series does not leave its trend, so that there is nothing to compare its values by.
var ErrFlat = errors.New("the series does not leave its trend")

// Trend is a straight line.
type Trend struct {
	// Slope is per value, Intercept the height at the first one.
	Slope, Intercept float64
}

// Normalise returns how far each value is from the trend, in standard deviations of that distance.
func Normalise(values []float64, trend Trend) ([]float64, error) {
	distances := make([]float64, len(values))
	squares, largest := 0.0, 0.0
	for i, value := range values {
		distances[i] = value - trend.Intercept - trend.Slope*float64(i)
		squares += distances[i] * distances[i]
		largest = math.Max(largest, math.Abs(value))
	}
	deviation := math.Sqrt(squares / float64(len(values)))
	// What is left of a straight line are the last digits of its numbers.
	if len(values) == 0 || deviation <= largest*1e-12 {
		return nil, ErrFlat
	}
	for i := range distances {
		distances[i] /= deviation
	}
	return distances, nil
}

// Bucket is what became of the values of one year.
type Bucket struct {
	Year                  int
	Count                 int
	Mean, Lowest, Highest float64
}

// ByYear puts values into buckets, in the order of their dates. There are as many dates as values.
func ByYear(values []float64, dates []time.Time) []Bucket {
	buckets := []Bucket{}
	for i, value := range values {
		year := dates[i].Year()
		if len(buckets) == 0 || buckets[len(buckets)-1].Year != year {
			buckets = append(buckets, Bucket{Year: year, Lowest: value, Highest: value})
		}
		bucket := &buckets[len(buckets)-1]
		bucket.Count++
		bucket.Mean += (value - bucket.Mean) / float64(bucket.Count)
		bucket.Lowest = math.Min(bucket.Lowest, value)
		bucket.Highest = math.Max(bucket.Highest, value)
	}
	return buckets
}
