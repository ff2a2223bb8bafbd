"""
Runs the tests of the plugin in the working directory: `python -I -S …/_testing/__main__.py [--filter text] [folder of
packages…]`. Each test is told as a line of JSON on file descriptor 3.
"""

import os
import sys

if __name__ == "__main__":
    # Started by its path in isolated mode, where Python adds no folder of its own accord.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.dirname(os.path.dirname(here)))
    from plugin_workbench._testing.run import main

    sys.exit(main(sys.argv[1:]))
