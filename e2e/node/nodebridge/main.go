// nodebridge PID LISTEN=TARGET…: listens on addresses of this machine and connects inside the network
// namespace of a process, so that tests reach a node whose network has no way out. LISTEN may have port
// 0; the addresses in use are printed, one a line.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
)

const sysSetns = 308 // x86-64; arm64 has 268
const cloneNewnet = 0x40000000

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "nodebridge:", err)
		os.Exit(1)
	}
}

type request struct {
	address string
	answer  chan net.Conn
}

// dialer connects in the other namespace: one thread of its own, which never comes back from there.
func dialer(namespace int, requests chan request) {
	runtime.LockOSThread()
	number := uintptr(sysSetns)
	if runtime.GOARCH == "arm64" {
		number = 268
	}
	if _, _, errno := syscall.RawSyscall(number, uintptr(namespace), cloneNewnet, 0); errno != 0 {
		check(errno)
	}
	for r := range requests {
		r.answer <- dial(r.address)
	}
}

// dial opens the socket on this very thread, because a socket belongs to the namespace it was made in.
func dial(address string) net.Conn {
	tcp, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return nil
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	to := &syscall.SockaddrInet4{Port: tcp.Port}
	copy(to.Addr[:], tcp.IP.To4())
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &syscall.Timeval{Sec: 3})
	if err := syscall.Connect(fd, to); err != nil {
		syscall.Close(fd)
		return nil
	}
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &syscall.Timeval{})
	file := os.NewFile(uintptr(fd), address)
	defer file.Close()
	conn, err := net.FileConn(file)
	if err != nil {
		return nil
	}
	return conn
}

func relay(client, server net.Conn) {
	var both sync.WaitGroup
	copyAll := func(to, from net.Conn) {
		defer both.Done()
		_, _ = io.Copy(to, from)
		if tcp, ok := to.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
	}
	both.Add(2)
	go copyAll(server, client)
	go copyAll(client, server)
	both.Wait()
	client.Close()
	server.Close()
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: nodebridge PID LISTEN=TARGET…")
		os.Exit(2)
	}
	file, err := os.Open("/proc/" + os.Args[1] + "/ns/net")
	check(err)
	requests := make(chan request)
	go dialer(int(file.Fd()), requests)
	for _, pair := range os.Args[2:] {
		listen, target, found := strings.Cut(pair, "=")
		if !found {
			check(fmt.Errorf("%s is not LISTEN=TARGET", pair))
		}
		listener, err := net.Listen("tcp4", listen)
		check(err)
		fmt.Println(listener.Addr())
		go func() {
			for {
				client, err := listener.Accept()
				check(err)
				go func() {
					answer := make(chan net.Conn)
					requests <- request{target, answer}
					if server := <-answer; server != nil {
						relay(client, server)
					} else {
						client.Close()
					}
				}()
			}
		}()
	}
	select {}
}
