"""SedonaDB: Apache Sedona's single machine engine over Arrow, the fastest peer where points meet areas."""

import sedonadb

from peers import timed


def query(layers, text, answer):
    def run(data):
        database = sedonadb.connect()
        for layer in layers:
            database.create_data_frame(data.frame(layer)).to_view(layer)
        return timed(lambda: answer(database.sql(text).to_pandas().iloc[0, 0]))

    return run


def counted(demand="demand", cells="cells"):
    inner = (
        f"select c.name, count(*) n from {demand} d join {cells} c on st_within(d.geometry, c.geometry) group by c.name"
    )
    return query(["demand", "cells"], f"select sum(n) from ({inner})", int)


def around(demand="demand", facilities="facilities"):
    join = f"{demand} d join {facilities} f on st_dwithin(d.geometry, f.geometry, 500)"
    return query(["demand", "facilities"], f"select count(*) from {join}", int)


BUSY = "(select * from demand where pop > 30)"
STATIONS = "(select * from facilities where kind = 'station')"

ANSWERS = {
    "W1": counted(),
    "W1-busy": counted(demand=BUSY),
    "W1-cells": counted(cells="(select * from cells where id < 500)"),
    "W2": query(
        ["demand", "facilities"],
        "select sum(st_distance(d.geometry, f.geometry)) from demand d"
        " join facilities f on st_knn(d.geometry, f.geometry, 1, false)",
        float,
    ),
    "W3": around(),
    "W3-busy": around(demand=BUSY),
    "W3-stations": around(facilities=STATIONS),
    "pairs": query(
        ["cells", "shifted"],
        "select count(*) from cells c join shifted s on st_intersects(c.geometry, s.geometry)",
        int,
    ),
    "overlay": query(
        ["cells", "blocks"],
        "select 1e-6 * sum(st_area(st_intersection(c.geometry, b.geometry))) from cells c"
        " join blocks b on st_intersects(c.geometry, b.geometry)",
        float,
    ),
}
