"""What a person does, one function each. They take a ``Session`` and know nothing of Qt, threads, SQL or HTTP."""
