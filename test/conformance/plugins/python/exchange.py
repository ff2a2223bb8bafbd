"""What goes between plugins beyond commands and events."""

from plugin_workbench import PluginCallError, PluginError
from plugin_workbench.codec import decode, encode


def register(context):
    command = context.commands.register
    plugins, messages, hooks = context.plugins, context.messages, context.hooks
    middleware, providers, log = context.middleware, context.providers, context.log
    heard = []
    undo = {}

    @command("call")
    async def call(args):
        return await plugins.call(args["plugin"], args["method"], args.get("args"))

    data = context.data

    def value_of(text):
        return decode(text.encode(), "json")

    def text_of(value):
        return encode(value, "json").decode()

    command("typed-echo", lambda value: value)

    @command("call-typed")
    async def call_typed(args):
        return text_of(await plugins.call(args["plugin"], args["method"], value_of(args["text"]), typed=True))

    class Same:
        def same(self, value):
            return value

    @command("provide-typed")
    def provide_typed(args):
        providers.register(args["kind"], args["id"], Same())

    @command("use-provider-typed")
    async def use_provider_typed(args):
        return text_of(await providers.call(args["kind"], "same", value_of(args["text"]), typed=True))

    @command("schema")
    async def schema(args):
        return await data.generate_schema(value_of(args["text"]))

    @command("validate")
    def validate(args):
        problems = data.validate(value_of(args["text"]), args["schema"]).result().problems
        return [{"path": path, "message": message} for path, message in problems]

    @command("cache-set")
    async def cache_set(args):
        await data.cache.set(args["key"], value_of(args["text"]), args["ttlMs"] / 1000)

    @command("cache-get")
    async def cache_get(args):
        found = await data.cache.get(args["key"])
        return None if found is None else text_of(found)

    @command("call-caught")
    def call_caught(args):
        try:
            return plugins.call(args["plugin"], args["method"], args.get("args")).result()
        except PluginCallError as error:
            data = error.data if isinstance(error.data, dict) else {}
            return {
                "code": error.code,
                "message": str(error),
                "name": data.get("name"),
                "word": data.get("code"),
                "details": data.get("details"),
            }

    @command("fail-with")
    def fail_with(args):
        raise PluginError(args["message"], code=args["code"], details=args["details"])

    @command("who-calls")
    def who_calls(args, call):
        return {"plugin": call.caller}

    @command("listen")
    def listen():
        @messages.on_message
        def hear(message):
            heard.append({"from": message.source, "method": message.method, "data": message.data})
            log.info(f"message {message.method}")

    @command("broadcast")
    async def broadcast(args):
        return await messages.broadcast(args["method"], args.get("data"), to=args.get("to"))

    command("messages", lambda: heard)

    @command("hook")
    def hook(args):
        async def handle(value):
            return value + args["suffix"]

        undo["hook", args["hook"]] = hooks.register(args["hook"], handle, priority=args.get("priority"))

    @command("hook-fails")
    def hook_fails(args):
        def handle(value):
            raise ValueError(args["message"])

        undo["hook", args["hook"]] = hooks.register(args["hook"], handle)

    command("unhook", lambda args: undo["hook", args["hook"]].dispose())
    command("run-hook", lambda args: hooks.run(args["hook"], args["value"]))
    command("collect-hook", lambda args: hooks.collect(args["hook"], args["value"]))

    @command("chain")
    def chain(args):
        def handle(value, next):
            return next(f"{value}>{args['name']}").result() + f"<{args['name']}"

        undo["chain", args["chain"]] = middleware.use(args["chain"], handle, priority=args.get("priority"))

    @command("chain-stop")
    def chain_stop(args):
        undo["chain", args["chain"]] = middleware.use(args["chain"], lambda value: f"{value}|{args['name']}")

    command("unchain", lambda args: undo["chain", args["chain"]].dispose())
    command("run-chain", lambda args: middleware.run(args["chain"], args["value"]))

    @command("provide")
    def provide(args):
        class Greeter:
            def greet(self, wanted):
                return {"id": args["id"], "name": wanted["name"]}

            async def fail(self):
                raise RuntimeError("provider failed")

        registration = providers.register(args["kind"], args["id"], Greeter(), info=args.get("info"))
        undo["provider", args["kind"], args["id"]] = registration

    command("unprovide", lambda args: undo["provider", args["kind"], args["id"]].dispose())

    @command("providers")
    async def list_providers(args):
        return [entry._asdict() for entry in await providers.list(args["kind"])]

    @command("use-provider")
    def use_provider(args):
        return providers.call(args["kind"], args["method"], args.get("args"), id=args.get("id"))
