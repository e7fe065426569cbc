"""Proofs of possession at the gateway: each is checked, and none is taken twice (RFC 9449 11.1)."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from sencoapp.crypto.dpop import LEEWAY_SECONDS, BadProof, Proof, read_proof

_MOST_REMEMBERED = 1_000_000


class Proofs:
    """Checks proofs for one gateway, known by its address, and remembers their ids for as long as they could be used again."""

    def __init__(self, base_url: str, clock: Callable[[], float]) -> None:
        self._base_url, self._clock = base_url, clock
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, proof: str | None, method: str, path: str, token: str | None = None) -> Proof:
        """Raises ``BadProof``."""
        now = self._clock()
        found = read_proof(proof or "", method, self._base_url + path, now=now, token=token)
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now:
                self._seen.popitem(last=False)
            if (found.key, found.id) in self._seen or len(self._seen) >= _MOST_REMEMBERED:
                raise BadProof("seen before")
            self._seen[found.key, found.id] = now + 2 * LEEWAY_SECONDS
        return found
