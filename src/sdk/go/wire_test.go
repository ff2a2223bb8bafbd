package workbench

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func TestReadFrame(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"one", "Content-Length: 2\r\n\r\n{}", "{}"},
		{"another header", "content-type: x\r\ncontent-length:2\r\n\r\n[]", "[]"},
	} {
		got, err := readFrame(bufio.NewReader(strings.NewReader(test.text)))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
	for name, text := range map[string]string{
		"no length":   "Content-Type: x\r\n\r\n{}",
		"too large":   "Content-Length: 99999999\r\n\r\n",
		"no number":   "Content-Length: x\r\n\r\n",
		"half header": "Content-Length: 2",
		"half body":   "Content-Length: 20\r\n\r\n{}",
		"long header": strings.Repeat("a: b\r\n", 1000) + "\r\n",
	} {
		_, err := readFrame(bufio.NewReader(strings.NewReader(text)))
		if err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readFrame(bufio.NewReader(strings.NewReader(""))); !errors.Is(err, io.EOF) {
		t.Errorf("the end: %v", err)
	}
}

func TestCheckBoundsCountsBracketsOutsideOfStrings(t *testing.T) {
	good := strings.Repeat("[", maxDepth) + `"[[[[\"[[["` + strings.Repeat("]", maxDepth)
	if err := checkBounds([]byte(good)); err != nil {
		t.Error(err)
	}
	if err := checkBounds([]byte("[" + good + "]")); !errors.Is(err, errTooLarge) {
		t.Error(err)
	}
}

func TestPacerLetsAQuietPluginHurryAndThenHoldsIt(t *testing.T) {
	var p pacer
	count := 2000
	begun := time.Now()
	for i := 0; i < count; i++ {
		p.wait()
	}
	least := time.Duration(count)*messageInterval - messageCredit - messageInterval
	if took := time.Since(begun); took < least {
		t.Errorf("%d messages took %v, less than %v", count, took, least)
	}
}
