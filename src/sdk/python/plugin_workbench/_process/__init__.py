"""What runs the plugin inside its process: the wire, the threads, and the turns of the plugin's life."""
