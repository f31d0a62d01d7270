"""GeoPandas: data frames over Shapely, reading with pyogrio."""

import geopandas

from peers import timed


def count(data):
    demand, cells = data.frame("demand"), data.frame("cells")
    joined = lambda: demand.sjoin(cells[["name", "geometry"]], predicate="within").groupby("name").size()
    return timed(lambda: int(joined().sum()))


def nearest(data):
    demand, facilities = data.frame("demand"), data.frame("facilities")
    return timed(lambda: float(demand.sjoin_nearest(facilities[["geometry"]], distance_col="metres").metres.sum()))


def read_geojson(data):
    demand = geopandas.read_file(f"{data.folder}/demand.geojson").to_crs(4548)
    demand.sindex  # made by being asked for
    return demand


def read(data):
    return timed(lambda: len(read_geojson(data)))


def read_and_count(data):
    cells = data.frame("cells")
    joined = lambda: read_geojson(data).sjoin(cells[["geometry"]], predicate="within")
    return timed(lambda: len(joined()))


ANSWERS = {"W1": count, "W2": nearest, "W6": read, "W6-cells": read_and_count}
