"""Name tables of the world by naming culture."""

from demo.material.names import (
    africa,
    americas,
    east_asia,
    eastern_europe,
    europe,
    south_asia,
    west_asia,
)
from demo.material.names.pool import Pool, romanise
from demo.material.names.shapes import Name, compose

POOLS: dict[str, Pool] = {
    pool.key: pool
    for region in (africa, americas, east_asia, eastern_europe, europe, south_asia, west_asia)
    for pool in region.POOLS
}

__all__ = ["POOLS", "Name", "Pool", "compose", "romanise"]
