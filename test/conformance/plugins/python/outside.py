"""What lies beyond the workbench: other machines, programs, the desktop."""

import os
import urllib.error
import urllib.request


def register(context):
    command = context.commands.register

    @command("fetch")
    async def fetch(args):
        more = {key: args[key] for key in ("method", "redirect", "body", "headers") if key in args}
        response = await context.net.fetch(args["url"], **more)
        return {
            "status": response.status,
            "url": response.url,
            "header": response.header("x-own"),
            "text": response.text(),
        }

    @command("library-fetch")
    def library_fetch(args):
        try:
            with urllib.request.urlopen(args["url"]) as response:
                return {"status": response.status, "text": response.read().decode()}
        except urllib.error.HTTPError as error:
            return {"status": error.code, "text": error.read().decode()}

    @command("run-program")
    async def run_program(args):
        ended = await context.process.run(args["command"], args["args"], input=args.get("input"))
        return {"code": ended.code, "stdout": ended.stdout, "stderr": ended.stderr}

    command("environment", lambda args: os.environ.get(args["name"]))

    @command("clipboard")
    async def clipboard(args):
        if args["op"] == "read":
            return await context.clipboard.read()
        await context.clipboard.write(args["text"])

    @command("notify")
    async def notify(args):
        return await context.notifications.show(args["message"], level=args["level"], actions=args.get("actions"))

    context.permissions.on_change(lambda: context.log.info("capabilities changed"))
