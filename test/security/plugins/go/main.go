// What a plugin can lay hands on with Go, raw system calls included: one command for each way.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	workbench "plugin-workbench.dev/sdk"
)

var sleepy bool

// arguments are those of every command; each uses its own.
type arguments struct {
	Path, Text, Target, From, Host, Name, Program, Send, Bytes string
	Key, URL, Plugin, Method, ID, Command                      string
	Mode, Port, PID, Signal, Times, Lines, Count, Wait         int
	Size                                                       int64

	Number      uintptr
	Proxy       bool
	Args, Value json.RawMessage
}

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1])
	}
	workbench.Run(workbench.Plugin{Activate: activate, Deactivate: func() error {
		for sleepy {
			time.Sleep(time.Second)
		}
		return nil
	}})
}

func activate(plugin *workbench.Context) error {
	for id, work := range map[string]func(context.Context, *workbench.Context, arguments) (any, error){
		"read": read, "write": write, "list": list, "symlink": symlink, "link": link, "rename": rename,
		"chmod": chmod, "unlink": unlink, "truncate": truncate, "environment": environment,
		"descriptors": descriptors, "kill": kill, "connect": connect, "udp": sendDatagram, "resolve": resolve,
		"run": runProgram, "syscall": systemCall, "raw": raw,
		"storage-get": storageGet, "storage-set": storageSet, "files-read": filesRead, "files-write": filesWrite,
		"files-remove": filesRemove, "fetch": fetch, "call": call, "execute": execute, "process-run": processRun,
		"memory-open": memoryOpen, "clipboard": clipboard,
		"eat-memory": eatMemory, "fork-bomb": forkBomb, "spin": spin, "leak-descriptors": leakDescriptors,
		"let-go": letGo, "fill": fill, "flood-log": floodLog, "stay": stay, "leave-orphans": leaveOrphans,
	} {
		work := work
		handler := func(ctx context.Context, args arguments) (any, error) {
			value, err := work(ctx, plugin, args)
			return tell(value, err)
		}
		if err := plugin.Commands.Register(plugin, id, workbench.Handle(handler)); err != nil {
			return err
		}
	}
	return nil
}

// tell makes an answer of what the system or the host refuses; any other failure is one of this plugin.
func tell(value any, err error) (any, error) {
	var failed *workbench.CallError
	var number syscall.Errno
	switch {
	case err == nil:
		return map[string]any{"done": value}, nil
	case errors.As(err, &failed):
		return map[string]any{"refused": strconv.Itoa(failed.Code), "message": failed.Message}, nil
	case errors.As(err, &number):
		return map[string]any{"refused": fmt.Sprintf("errno %d", number), "message": err.Error()}, nil
	case isOfTheSystem(err):
		return map[string]any{"refused": "system", "message": err.Error()}, nil
	}
	return nil, err
}

func stay(context.Context, *workbench.Context, arguments) (any, error) {
	sleepy = true
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT)
	return nil, nil
}
