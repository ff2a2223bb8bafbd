package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	workbench "plugin-workbench.dev/sdk"
)

var held [][]byte
var open []int

func beginningOf(descriptor int) string {
	bytes := make([]byte, 4096)
	n, err := syscall.Pread(descriptor, bytes, 0)
	if err != nil {
		return err.Error()
	}
	return string(bytes[:n])
}

// systemCall takes numbers, {"text"} for a string, {"bytes"} in hex for the address of such memory.
func systemCall(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	var given []json.RawMessage
	if err := json.Unmarshal(args.Args, &given); err != nil {
		return nil, err
	}
	var words [6]uintptr
	var kept [][]byte
	for index, text := range given {
		var memory struct{ Text, Bytes *string }
		var number int64
		if json.Unmarshal(text, &number) == nil {
			words[index] = uintptr(number)
			continue
		}
		if err := json.Unmarshal(text, &memory); err != nil {
			return nil, err
		}
		var bytes []byte
		if memory.Text != nil {
			bytes = append([]byte(*memory.Text), 0)
		} else {
			bytes, _ = hex.DecodeString(*memory.Bytes)
		}
		kept = append(kept, bytes)
		words[index] = uintptr(unsafe.Pointer(&bytes[0]))
	}
	result, _, number := syscall.RawSyscall6(args.Number, words[0], words[1], words[2], words[3], words[4], words[5])
	runtime.KeepAlive(kept)
	if number != 0 {
		return nil, number
	}
	return int64(result), nil
}

func kill(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	return nil, syscall.Kill(args.PID, syscall.Signal(args.Signal))
}

func runProgram(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	var list []string
	if len(args.Args) > 0 {
		if err := json.Unmarshal(args.Args, &list); err != nil {
			return nil, err
		}
	}
	text, err := exec.Command(args.Program, list...).Output()
	return string(text), err
}

func raw(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	frame, err := hex.DecodeString(args.Bytes)
	if err != nil {
		return nil, err
	}
	for n := 0; n < max(args.Times, 1); n++ {
		if err := writeAll(3, frame); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func writeAll(descriptor int, bytes []byte) error {
	for len(bytes) > 0 {
		n, err := syscall.Write(descriptor, bytes)
		if err == syscall.EAGAIN || err == syscall.EINTR {
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		bytes = bytes[n:]
	}
	return nil
}

func eatMemory(context.Context, *workbench.Context, arguments) (any, error) {
	for {
		piece := make([]byte, 4<<20)
		for at := range piece {
			piece[at] = 1
		}
		held = append(held, piece)
	}
}

func spin(context.Context, *workbench.Context, arguments) (any, error) {
	for n := 0; ; n++ {
		if n < 0 {
			return n, nil
		}
	}
}

func leakDescriptors(context.Context, *workbench.Context, arguments) (any, error) {
	for {
		descriptor, err := syscall.Open("/dev/null", syscall.O_RDONLY, 0)
		if err != nil {
			return nil, err
		}
		open = append(open, descriptor)
	}
}

func letGo(context.Context, *workbench.Context, arguments) (any, error) {
	for _, descriptor := range open {
		syscall.Close(descriptor)
	}
	open = nil
	return nil, nil
}

func fill(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	file, err := os.Create(args.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	piece := make([]byte, 1<<20)
	for written := int64(0); written < args.Size; written += int64(len(piece)) {
		if _, err := file.Write(piece); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func floodLog(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	line := make([]byte, 0, 128)
	for len(line) < 120 {
		line = append(line, "flood "...)
	}
	line = append(line, '\n')
	for n := 0; n < args.Lines; n++ {
		if err := writeAll(1, line); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// child is what this program does when it is started by itself.
func child(what string) {
	if what == "sleep" {
		time.Sleep(1000 * time.Hour)
	}
	for {
		if !start("bomb") {
			time.Sleep(time.Second)
		}
	}
}

func start(what string) bool {
	program, err := os.Executable()
	if err != nil {
		return false
	}
	command := exec.Command(program, what)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if command.Start() != nil {
		return false
	}
	go func() { _ = command.Wait() }()
	return true
}

func forkBomb(context.Context, *workbench.Context, arguments) (any, error) {
	for n := 0; n < 20; n++ {
		start("bomb")
	}
	return nil, nil
}

func leaveOrphans(_ context.Context, _ *workbench.Context, args arguments) (any, error) {
	for n := 0; n < args.Count; n++ {
		start("sleep")
	}
	return nil, nil
}
