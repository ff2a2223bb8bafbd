// Says "!" on file descriptor 3, then echoes.
package main

import (
	"net"
	"os"
)

func main() {
	wire, err := net.FileConn(os.NewFile(3, "wire"))
	if err != nil {
		panic(err)
	}
	chunk := make([]byte, 65536)
	for n, err := copy(chunk, "!"), error(nil); err == nil; n, err = wire.Read(chunk) {
		if _, err := wire.Write(chunk[:n]); err != nil {
			return
		}
	}
}
