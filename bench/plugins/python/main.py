from time import perf_counter

GENERATION = 1
PAYLOAD = "x" * 100
count = 0


def activate(context):
    register = context.commands.register

    @register("ping")
    async def ping(args):
        return args

    @register("generation")
    async def generation():
        return GENERATION

    @register("count")
    async def count_up():
        global count
        count += 1
        return count

    @register("round-trips")
    async def round_trips(args):
        samples = []
        for _ in range(args["calls"]):
            began = perf_counter()
            await context.plugins.call(args["plugin"], "ping", PAYLOAD)
            samples.append((perf_counter() - began) * 1e6)
        return samples


def get_state():
    return {"count": count}


def restore_state(state):
    global count
    count = state["count"]
