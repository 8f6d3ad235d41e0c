"""From sources to the model: one module or folder per format. Today: ``source``, the YAML and HTML that authors write."""
