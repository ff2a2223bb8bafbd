module example.org/intruder

go 1.21
