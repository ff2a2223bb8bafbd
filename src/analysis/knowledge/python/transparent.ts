const receivers =
  'strip lstrip rstrip lower upper title capitalize casefold swapcase encode decode expandtabs copy ' +
  'expanduser absolute as_posix __str__ zfill center ljust rjust removeprefix removesuffix items values popitem result ' +
  'splitlines partition rpartition split rsplit';

const firsts =
  'builtins.str builtins.repr builtins.bytes builtins.bytearray builtins.memoryview builtins.list builtins.tuple builtins.set ' +
  'builtins.frozenset builtins.sorted builtins.reversed builtins.iter builtins.next builtins.dict builtins.unicode builtins.ascii ' +
  'builtins.open_as textwrap.dedent textwrap.indent inspect.cleandoc functools.partial functools.wraps functools.lru_cache ' +
  'copy.copy copy.deepcopy io.StringIO io.BytesIO io.TextIOWrapper os.fspath os.fsdecode os.fsencode os.path.expanduser os.path.expandvars ' +
  'os.path.abspath os.path.normpath os.path.realpath os.path.normcase typing.cast asyncio.create_task asyncio.wait_for asyncio.run ' +
  'asyncio.ensure_future asyncio.gather asyncio.shield itertools.chain itertools.islice urllib.parse.unquote urllib.parse.unquote_plus ' +
  'shlex.split os.path.split os.path.splitext jwt.decode contextlib.closing contextlib.nullcontext codecs.decode codecs.encode six.text_type six.ensure_str django.utils.encoding.force_str ' +
  'django.utils.encoding.smart_str builtins.(response) builtins.staticmethod builtins.classmethod builtins.property asgiref.sync.sync_to_async asgiref.sync.async_to_sync';

/** Calls that hand back what they are given. */
export const transparent: Readonly<Record<string, number | 'receiver'>> = {
  're.split': 1,
  ...Object.fromEntries(firsts.split(' ').map(path => [path, 0])),
  ...Object.fromEntries(receivers.split(' ').map(name => [`**.${name}`, 'receiver'])),
};
