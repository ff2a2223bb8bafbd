"""Shared memory."""


def register(context):
    command = context.commands.register
    memory = context.memory
    segments = {}

    def segment(id):
        if id not in segments:
            segments[id] = memory.open(id).result()
        return segments[id]

    @command("memory-allocate")
    async def allocate(args):
        made = await memory.allocate(args["size"], args.get("name"))
        segments[made.id] = made
        return made.id

    @command("memory-share")
    def share(args):
        return memory.share(args["id"], args["plugins"], args["access"])

    @command("memory-write")
    def write(args):
        segment(args["id"]).write(args["offset"], bytes.fromhex(args["hex"]))

    @command("memory-read")
    def read(args):
        return segment(args["id"]).read(args["offset"], args["length"]).hex()

    @command("memory-write-value")
    def write_value(args):
        segment(args["id"]).write_structured({"list": [1, "two", None], "yes": True}, args["format"])

    @command("memory-read-value")
    def read_value(args):
        return segment(args["id"]).read_structured()

    @command("memory-try-write")
    def try_write(args):
        try:
            segment(args["id"]).write(0, b"!")
        except PermissionError:
            return "refused"
        return "written"

    @command("memory-resize")
    async def resize(args):
        return (await memory.resize(args["id"], args["size"])).size

    @command("memory-freeze")
    async def freeze(args):
        return (await memory.freeze(args["id"])).frozen

    @command("memory-pass")
    def pass_value(args):
        segment(args["to"]).write_structured(segment(args["from"]).read_structured(), args["format"])

    @command("memory-release")
    def release(args):
        segments.pop(args["id"], None)
        return memory.release(args["id"])
