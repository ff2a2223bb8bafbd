"""
Runs a plugin: `python -I -S …/plugin_workbench/__main__.py [folder of packages…]`, with a socket to the host as file
descriptor 3.
"""

import os
import sys

if __name__ == "__main__":
    # Started by its path in isolated mode, where Python adds no folder of its own accord.
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from plugin_workbench._process.main import main

    sys.path.pop(0)
    main(sys.argv[1:])
