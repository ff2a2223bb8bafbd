module example.org/analytics-transform

go 1.21
