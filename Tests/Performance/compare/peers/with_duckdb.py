"""DuckDB with its spatial extension, on all processors; the extension comes from a Python package, not the network."""

import glob
import os

import duckdb
import duckdb_extension_spatial

from peers import PROCESSORS, timed


def connection():
    package = os.path.dirname(duckdb_extension_spatial.__file__)
    extension = glob.glob(f"{package}/**/*.duckdb_extension", recursive=True)[0]
    opened = duckdb.connect(config={"allow_unsigned_extensions": "true", "threads": PROCESSORS})
    opened.execute(f"load '{extension}'")
    return opened


def query(layers, text, answer=lambda row: row[0]):
    """The text's time over the layers, which are read into tables first."""

    def run(data):
        database = connection()
        for layer in layers:
            database.execute(f"create table {layer} as select * from st_read('{data.file(layer)}')")
        return timed(lambda: answer(database.execute(text).fetchone()))

    return run


def counted(demand="demand", cells="cells"):
    inner = f"select c.name, count(*) n from {demand} d join {cells} c on st_within(d.geom, c.geom) group by 1"
    return query(["demand", "cells"], f"select sum(n) from ({inner})", lambda row: int(row[0]))


def around(demand="demand", facilities="facilities"):
    join = f"{demand} d join {facilities} f on st_dwithin(d.geom, f.geom, 500)"
    return query(["demand", "facilities"], f"select count(*) from {join}")


BUSY = "(select * from demand where pop > 30)"
STATIONS = "(select * from facilities where kind = 'station')"
DISCS = "(select st_union_agg(st_buffer(geom, 300, 16)) discs from facilities)"


def read(text):
    def run(data):
        database = connection()
        database.execute(f"create table cells as select * from st_read('{data.file('cells')}')")
        source = f"st_read('{data.folder}/demand.geojson')"
        projected = "st_transform(geom, 'EPSG:4326', 'EPSG:4548', true)"

        def work():
            database.execute(f"create table demand as select id, pop, {projected} geom from {source}")
            database.execute("create index place on demand using rtree (geom)")
            return database.execute(text).fetchone()[0]

        return timed(work)

    return run


ANSWERS = {
    "W1": counted(),
    "W1-busy": counted(demand=BUSY),
    "W1-cells": counted(cells="(select * from cells where id < 500)"),
    "W3": around(),
    "W3-busy": around(demand=BUSY),
    "W3-stations": around(facilities=STATIONS),
    "W4": query(
        ["facilities", "area"],
        f"select st_area(st_intersection(discs, a.geom)) / st_area(a.geom) from {DISCS}, area a",
    ),
    "gaps": query(["facilities", "area"], f"select 1e-6 * st_area(st_difference(a.geom, discs)) from {DISCS}, area a"),
    "W6": read("select count(*) from demand"),
    "W6-cells": read("select count(*) from demand d join cells c on st_within(d.geom, c.geom)"),
    "locate": query(
        ["demand", "cells"],
        "select count(*), sum(cell) from (select d.id, min(c.id) cell from demand d"
        " join cells c on st_within(d.geom, c.geom) group by d.id)",
        lambda row: [int(row[0]), int(row[1])],
    ),
    "density": query(
        ["demand", "cells"],
        "select sum(n / (st_area(c.geom) / 1e6)) from cells c join (select c.id, count(*) n from demand d"
        " join cells c on st_within(d.geom, c.geom) group by c.id) using (id)",
    ),
    "beyond": query(
        ["demand", "facilities"],
        "select count(*), sum(pop) from demand where id not in (select d.id from demand d"
        " join facilities f on st_dwithin(d.geom, f.geom, 300))",
        lambda row: [int(row[0]), int(row[1])],
    ),
    "pairs": query(
        ["cells", "shifted"],
        "select count(*) from cells c join shifted s on st_intersects(c.geom, s.geom)",
    ),
    "overlay": query(
        ["cells", "blocks"],
        "select 1e-6 * sum(st_area(st_intersection(c.geom, b.geom))) from cells c join blocks b"
        " on st_intersects(c.geom, b.geom)",
    ),
}
