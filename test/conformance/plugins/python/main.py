import asyncio
import json
import sys
import threading

import exchange
import memory
import outside
from plugin_workbench import PermissionDeniedError, PluginCallError

EDITION = "first"

count = 0
logger = None
gates = {}
heard = []
registered = {}
subscriptions = {}


def activate(context):
    global logger
    commands, config, events, storage = context.commands, context.config, context.events, context.storage
    log = logger = context.log

    @commands.register("echo")
    def echo(args):
        return args

    @commands.register("describe")
    def describe():
        return {
            "pluginId": context.plugin_id,
            "name": context.name,
            "version": context.version,
            "pluginDir": context.plugin_dir,
        }

    @commands.register("edition")
    def edition():
        return EDITION

    @commands.register("throw")
    def throw(args):
        raise LookupError(args["message"])  # conformance:throw

    @commands.register("slow")
    async def slow(args):
        log.info("slow: begun")
        try:
            await asyncio.sleep(args["ms"] / 1000)
        except asyncio.CancelledError:
            log.info("slow: cancelled")
            raise
        return "done"

    @commands.register("wait")
    def wait(args):
        # A plain function, which holds up its own thread and nothing else.
        gate = {"opened": threading.Event(), "value": None}
        gates.setdefault(args["gate"], []).append(gate)
        log.info(f"waiting {args['gate']}")
        gate["opened"].wait()
        return gate["value"]

    @commands.register("open")
    def open_gate(args):
        waiting = gates.pop(args["gate"], [])
        for gate in waiting:
            gate["value"] = args["value"]
            gate["opened"].set()
        return len(waiting)

    @commands.register("storage")
    async def use_storage(args):
        key = args.get("key")
        if args["op"] == "get":
            return await storage.get(key)
        if args["op"] == "set":
            return await storage.set(key, args["value"])
        if args["op"] == "delete":
            return await storage.delete(key)
        return await storage.keys()

    @commands.register("denied")
    def denied(args):
        try:
            storage.set(args["key"], 1).result()
        except PermissionDeniedError as error:
            return {
                "scope": error.scope,
                "action": error.action,
                "resource": error.resource,
                "grant": error.grant,
            }

    @commands.register("denied-unhandled")
    def denied_unhandled(args):
        storage.set(args["key"], 1).result()  # conformance:denied

    @commands.register("execute")
    def execute(args):
        return commands.execute(args["id"], args.get("args")).result()

    @commands.register("execute-caught")
    async def execute_caught(args):
        try:
            return await commands.execute(args["id"], args.get("args"))
        except PluginCallError as error:
            return {"method": error.method, "code": error.code, "message": str(error)}

    @commands.register("register")
    def register(args):
        id = args["id"]
        registered[id] = commands.register(id, lambda: {"registered": id})

    @commands.register("unregister")
    def unregister(args):
        registered.pop(args["id"]).dispose()

    @commands.register("subscribe")
    def subscribe(args):
        def listen(data, event):
            heard.append({"name": event.name, "from": event.source, "data": data})
            log.info(f"heard {event.name}")

        subscriptions[args["name"]] = events.on(args["name"], listen)

    @commands.register("unsubscribe")
    def unsubscribe(args):
        subscriptions.pop(args["name"]).dispose()

    @commands.register("emit")
    async def emit(args):
        await events.emit(args["name"], args.get("data"))

    commands.register("heard", lambda: heard)

    @commands.register("log")
    def write_log(args):
        getattr(log, args["level"])(args["message"])

    @commands.register("print")
    def write_line(args):
        print(args["text"], file=getattr(sys, args["stream"]), flush=True)

    @commands.register("print-bytes")
    def write_bytes():
        sys.stdout.buffer.write(bytes(range(256)) + b"\n")
        sys.stdout.buffer.flush()

    commands.register("config-get", lambda args: config.get(args["key"], args.get("fallback")))
    commands.register("config-all", config.get_all)

    @commands.register("config-set")
    async def config_set(args):
        await config.set(args["key"], args["value"])

    @commands.register("count")
    def counted():
        global count
        count += 1
        return count

    commands.register("large", lambda args: "x" * args["bytes"])

    @commands.register("large-call")
    def large_call(args):
        try:
            storage.set("large", "x" * args["bytes"]).result()
        except PluginCallError as error:
            return error.code

    @commands.register("deep")
    def deep(args):
        value = []
        for _ in range(args["depth"] - 1):
            value = [value]
        return value

    @commands.register("burst")
    def burst(args):
        id = args.get("id")
        numbers = range(args["calls"])
        calls = [storage.get("burst") if id is None else commands.execute(id, n) for n in numbers]
        return len([call.result() for call in calls])

    @commands.register("crash")
    def crash():
        def work():
            raise RuntimeError("conformance crash")  # conformance:crash

        threading.Timer(0.01, work).start()

    commands.register("exit", lambda args: sys.exit(args["code"]))

    @commands.register("file")
    async def use_file(args):
        files, op, path = context.files, args["op"], args["path"]
        if op == "read":
            return await files.read_text(path)
        if op in ("write", "append"):
            return await files.write_text(path, args["text"], append=op == "append")
        if op == "list":
            return [entry._asdict() for entry in await files.list(path)]
        if op == "size":
            facts = await files.stat(path)
            return None if facts is None else facts.size
        return await files.remove(path)

    exchange.register(context)
    memory.register(context)
    outside.register(context)
    config.on_change(lambda change: log.info(f"config {change.key} {json.dumps(change.value)}"))
    log.info("active")


def get_state():
    return {"count": count}


def restore_state(state):
    global count
    count = state["count"]
    logger.info("restored %d", count)


def deactivate():
    logger.info("deactivated")
