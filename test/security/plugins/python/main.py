"""What a plugin can lay hands on with Python, system calls by ctypes included: one command for each way."""

import ctypes
import errno
import inspect
import os
import signal
import socket
import subprocess
import time
from urllib.parse import urlsplit

from plugin_workbench import PluginCallError

held = []
sleepy = False


def activate(context):
    def hand(id):
        def decorate(work):
            # What the system or the host refuses is an answer; any other failure is one of this plugin, and raised.
            def command(args):
                try:
                    return {"done": work(**wanted(work, args or {}))}
                except PluginCallError as error:
                    return {"refused": str(error.code), "message": str(error)}
                except socket.gaierror as error:
                    return {"refused": "EAI", "message": str(error)}
                except OSError as error:
                    return {"refused": errno.errorcode.get(error.errno, "EIO"), "message": str(error)}
                except ValueError as error:
                    return {"refused": "EINVAL", "message": str(error)}

            context.commands.register(id, command)
            return work

        return decorate

    @hand("read")
    def read(path):
        with open(path, "rb") as file:
            return file.read(100_000).decode("latin-1")

    @hand("write")
    def write(path, text):
        with open(path, "w") as file:
            file.write(text)

    hand("list")(lambda path: os.listdir(path))
    hand("symlink")(lambda target, path: os.symlink(target, path))
    hand("link")(lambda path, **args: os.link(args["from"], path))
    hand("rename")(lambda path, **args: os.rename(args["from"], path))
    hand("chmod")(lambda path, mode: os.chmod(path, mode))
    hand("unlink")(lambda path: os.unlink(path))
    hand("truncate")(lambda path: os.truncate(path, 0))
    hand("environment")(lambda: dict(os.environ))
    hand("descriptors")(descriptors)
    hand("kill")(lambda pid, signal: os.kill(pid, signal))
    hand("connect")(connect)
    hand("udp")(send_datagram)
    hand("resolve")(lambda name: sorted({found[4][0] for found in socket.getaddrinfo(name, 80)}))
    hand("run")(lambda program, args=(): subprocess.run([program, *args], stdout=subprocess.PIPE).stdout.decode("latin-1"))
    hand("syscall")(system_call)

    @hand("raw")
    def raw(times=1, **args):
        frame = bytes.fromhex(args["bytes"])
        for _ in range(times):
            write_all(3, frame)

    hand("storage-get")(lambda key: context.storage.get(key).result())
    hand("storage-set")(lambda key, value: context.storage.set(key, value).result())
    hand("files-read")(lambda path: context.files.read_text(path).result())
    hand("files-write")(lambda path, text: context.files.write_text(path, text).result())
    hand("files-remove")(lambda path: context.files.remove(path).result())
    hand("fetch")(lambda url: context.net.fetch(url).result().text())
    hand("call")(lambda plugin, method, args=None: context.plugins.call(plugin, method, args).result())
    hand("execute")(lambda id, args=None: context.commands.execute(id, args).result())
    hand("process-run")(lambda command, args=(): str(context.process.run(command, list(args)).result()))
    hand("memory-open")(lambda id: context.memory.open(id).result().path)
    hand("clipboard")(lambda: context.clipboard.read().result())

    @hand("eat-memory")
    def eat_memory():
        while True:
            held.append(bytearray(b"x" * (4 << 20)))

    @hand("fork-bomb")
    def fork_bomb():
        for _ in range(20):
            if os.fork() == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        time.sleep(1)

    @hand("spin")
    def spin():
        while True:
            pass

    @hand("leak-descriptors")
    def leak_descriptors():
        while True:
            held.append(os.open("/dev/null", os.O_RDONLY))

    @hand("let-go")
    def let_go():
        while held:
            os.close(held.pop())

    @hand("fill")
    def fill(path, size):
        piece = b"x" * (1 << 20)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            for _ in range(0, size, len(piece)):
                os.write(file, piece)
        finally:
            os.close(file)

    @hand("flood-log")
    def flood_log(lines):
        line = b"flood " * 20 + b"\n"
        for _ in range(lines):
            write_all(1, line)

    @hand("stay")
    def stay():
        global sleepy
        sleepy = True
        # The disposition of a signal is the whole process's; the module signal insists on the main thread.
        libc = ctypes.CDLL(None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
            libc.signal(ctypes.c_int(number), ctypes.c_void_p(1))

    @hand("leave-orphans")
    def leave_orphans(count):
        for _ in range(count):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(1e6)
                os._exit(0)


def wanted(work, args):
    """Those of the arguments that a function takes."""
    code = work.__code__
    if code.co_flags & inspect.CO_VARKEYWORDS:
        return args
    return {name: value for name, value in args.items() if name in code.co_varnames[: code.co_argcount]}


def deactivate():
    while sleepy:
        time.sleep(1)


def write_all(file, data):
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(file, view) :]
        except BlockingIOError:
            time.sleep(0.001)


def descriptors():
    """What every descriptor is, and the beginning of those that are files."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            what = os.readlink(f"/proc/self/fd/{number}")
            if int(number) > 2 and what.startswith("/") and not what.startswith("/dev"):
                what += " " + os.pread(int(number), 4096, 0).decode("latin-1")
        except OSError as error:
            what = str(error)
        found.append(f"{number} {what}")
    return found


def connect(host=None, port=None, path=None, proxy=False, send="", wait=4000):
    """Sends bytes and gives back what comes, until the other side closes or ``wait`` ms are over."""
    if proxy:
        via = urlsplit(os.environ.get("HTTP_PROXY") or os.environ["http_proxy"])
        host, port = via.hostname, via.port
    if path is not None:
        there = socket.socket(socket.AF_UNIX)
        there.connect(path)
    else:
        there = socket.create_connection((host, port), timeout=wait / 1000)
    received = b""
    with there:
        there.settimeout(wait / 1000)
        try:
            there.sendall(bytes.fromhex(send))
            while piece := there.recv(65536):
                received += piece
        except (socket.timeout, ConnectionError, BrokenPipeError):
            pass
    return received.decode("latin-1")


def send_datagram(host, port, text):
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as there:
        there.sendto(text.encode(), (host, port))


def system_call(number, args):
    """Numbers, ``{"text"}`` for a string, ``{"bytes"}`` in hex for the address of such memory."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    given = []
    for arg in args:
        if isinstance(arg, dict) and "text" in arg:
            given.append(ctypes.create_string_buffer(arg["text"].encode()))
        elif isinstance(arg, dict):
            data = bytes.fromhex(arg["bytes"])
            given.append(ctypes.create_string_buffer(data, len(data)))
        else:
            given.append(ctypes.c_long(arg))
    result = call(ctypes.c_long(number), *given)
    if result == -1:
        raise OSError(ctypes.get_errno(), "system call")
    return result
