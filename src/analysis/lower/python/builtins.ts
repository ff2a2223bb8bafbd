/** The names that Python has everywhere, those of Python 2 too. */
export const builtinNames: ReadonlySet<string> = new Set(
  (
    'ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup ' +
    'BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ' +
    'ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError ' +
    'DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ' +
    'ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning ' +
    'GeneratorExit IOError ImportError ImportWarning IndentationError IndexError ' +
    'InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ' +
    'ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError ' +
    'OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError ' +
    'RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning ' +
    'StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit ' +
    'TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError ' +
    'UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ' +
    'ValueError Warning WindowsError ZeroDivisionError __build_class__ __debug__ __doc__ ' +
    '__file__ __import__ __name__ __path__ abs aiter all anext any apply ascii basestring bin ' +
    'bool breakpoint buffer bytearray bytes callable chr classmethod cmp coerce compile ' +
    'complex copyright credits delattr dict dir divmod enumerate eval exec execfile exit file ' +
    'filter float format frozenset getattr globals hasattr hash help hex id input int intern ' +
    'isinstance issubclass iter len license list locals long map max memoryview min next ' +
    'object oct open ord pow print property quit range raw_input reduce reload repr reversed ' +
    'round set setattr slice sorted staticmethod str sum super tuple type unichr unicode vars ' +
    'xrange zip'
  ).split(' '),
);
