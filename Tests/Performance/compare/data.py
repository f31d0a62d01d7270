"""The data of the comparison: made once, from a seed, into a folder.

Everything lies in a plane of metres (EPSG:4548) over an area of 31.92 km x 25 km, 798 km2. GeoPackages, and GeoJSON in
degrees as RFC 7946 wants it; what only arithmetic needs is in arrays.npz. Run by itself: data.py FOLDER DEMAND GROWN [STREETS].
"""

import os
import sys

SEED = 20221103
WEST, SOUTH = 500_000.0, 4_065_000.0
WIDTH, HEIGHT = 31_920.0, 25_000.0
REFERENCE_SYSTEM = 4548

FACILITIES, CELLS, CLUSTERS = 14_000, 1_000, 60
STREETS_SEED, SIDE = 20221104, 450  # streets between so many corners each way
SHIFT = 300.0  # metres east and north, of the cells that others are compared with
FACILITY_KINDS = {"bin": 0.95, "station": 0.045, "transfer": 0.005}


def clustered(random, count, uniform_share):
    """Points of a city: normal clusters of 200 m to 2 km, and a share spread evenly; all inside, rounded to 1 cm."""
    import numpy as np

    size = np.array((WIDTH, HEIGHT))
    centres = random.random((CLUSTERS, 2)) * size
    spreads = 200 + random.random(CLUSTERS) * 1800
    cluster = random.integers(0, CLUSTERS, count)
    points = centres[cluster] + random.normal(size=(count, 2)) * spreads[cluster, None]

    scattered = random.random(count) < uniform_share
    points[scattered] = random.random((scattered.sum(), 2)) * size
    strayed = ((points < 1) | (points > size - 1)).any(axis=1)
    points[strayed] = 1 + random.random((strayed.sum(), 2)) * (size - 2)
    return np.round(points + (WEST, SOUTH), 2)


def fractal_cells(random):
    """Voronoi cells whose common borders are bent five times over, so that a cell has about 190 vertices.

    The borders of the area itself stay straight: the cells of points mirrored at them end there. A border belongs to two
    cells and is made once; bending may let it cross another, which is why some cells overlap a little.
    """
    import numpy as np
    import shapely
    from scipy.spatial import Voronoi

    sites = random.random((CELLS, 2)) * (WIDTH, HEIGHT)
    west, south = sites * (-1, 1), sites * (1, -1)
    mirrored = [west, south, (2 * WIDTH, 0) + west, (0, 2 * HEIGHT) + south]
    diagram = Voronoi(np.vstack([sites, *mirrored]))
    corners, borders = diagram.vertices, {}

    def inside(corner):
        return 1 < corner[0] < WIDTH - 1 and 1 < corner[1] < HEIGHT - 1

    def bent(low, high):
        # The bends of a border depend on its two corners alone, not on which cell asks first.
        own_random = np.random.default_rng(low * 1_000_003 + high)
        line = [corners[low], corners[high]]
        for _ in range(5 if inside(line[0]) and inside(line[1]) else 0):
            finer = line[:1]
            for start, end in zip(line, line[1:]):
                along = end - start
                across = np.array([-along[1], along[0]])
                finer += [(start + end) / 2 + across * own_random.uniform(-0.12, 0.12), end]
            line = finer
        return np.round(np.array(line), 2)

    def border(start, end):
        low, high = min(start, end), max(start, end)
        if (low, high) not in borders:
            borders[low, high] = bent(low, high)
        return borders[low, high] if start == low else borders[low, high][::-1]

    def cell(site):
        ring = diagram.regions[diagram.point_region[site]]
        outline = [border(a, b)[:-1] for a, b in zip(ring, ring[1:] + ring[:1])]
        polygon = shapely.Polygon(np.vstack(outline))
        return polygon if polygon.is_valid else shapely.make_valid(polygon)

    cells = np.array([cell(site) for site in range(CELLS)], dtype=object)
    return shapely.transform(cells, lambda coordinates: coordinates + (WEST, SOUTH))


def apart(areas):
    """The numbers of areas of which none meets an earlier one: a layer whose areas can be summed one by one."""
    import shapely

    tree, chosen = shapely.STRtree(areas), []
    taken = set()
    for number, area in enumerate(areas):
        if number not in taken:
            chosen.append(number)
            taken.update(tree.query(area, predicate="intersects").tolist())
    return chosen


def layer(geometries, **columns):
    import geopandas

    return geopandas.GeoDataFrame(columns, geometry=geometries, crs=REFERENCE_SYSTEM)


def make(folder, demand_count):
    """Writes demand, facilities, cells, area, shifted and blocks, and arrays.npz."""
    import numpy as np
    import shapely

    # The order of the draws is part of the recipe: the expected answers belong to it.
    random = np.random.default_rng(SEED)
    demand = clustered(random, demand_count, uniform_share=0.2)
    facilities = clustered(random, FACILITIES, uniform_share=0.4)
    cells = fractal_cells(random)
    people = random.integers(1, 60, demand_count)
    kinds = random.choice(list(FACILITY_KINDS), FACILITIES, p=list(FACILITY_KINDS.values()))

    shifted = shapely.transform(cells, lambda coordinates: coordinates + SHIFT)
    blocks = shifted[apart(shifted)]
    area = shapely.box(WEST, SOUTH, WEST + WIDTH, SOUTH + HEIGHT)
    numbered = lambda geometries: {"id": np.arange(len(geometries))}
    layers = {
        "demand": layer(shapely.points(demand), **numbered(demand), pop=people),
        "facilities": layer(shapely.points(facilities), **numbered(facilities), kind=kinds),
        "cells": layer(cells, **numbered(cells), name=[f"cell{number}" for number in range(CELLS)]),
        "area": layer([area], id=[0]),
        "shifted": layer(shifted, **numbered(shifted)),
        "blocks": layer(blocks, **numbered(blocks)),
    }
    for name, rows in layers.items():
        rows.to_file(f"{folder}/{name}.gpkg", driver="GPKG")
    layers["demand"].to_crs(4326).to_file(f"{folder}/demand.geojson", driver="GeoJSON", RFC7946="YES")
    np.savez(f"{folder}/arrays.npz", demand=demand, people=people, facilities=facilities, kinds=kinds)


def make_grown(folder, count):
    """Writes demand_COUNT.gpkg and arrays_COUNT.npz: more demand in the same clusters, for the same other layers."""
    import numpy as np
    import shapely

    random = np.random.default_rng(SEED)
    demand = clustered(random, count, uniform_share=0.2)
    people = random.integers(1, 60, count)
    rows = layer(shapely.points(demand), id=np.arange(count), pop=people)
    rows.to_file(f"{folder}/demand_{count}.gpkg", layer="demand", driver="GPKG")
    np.savez(f"{folder}/arrays_{count}.npz", demand=demand, people=people)


def make_streets(folder):
    """Writes streets, nodes and streets.npz: a crooked grid with some edges gone and some diagonals."""
    import numpy as np

    random = np.random.default_rng(STREETS_SEED)
    column, row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    step = np.array((WIDTH / SIDE, HEIGHT / SIDE))
    corners = np.column_stack([column.ravel(), row.ravel()]) + 0.5 + random.uniform(-0.3, 0.3, (SIDE * SIDE, 2))
    nodes = np.round((WEST, SOUTH) + corners * step, 2)
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    pairs = lambda a, b: np.column_stack([a.ravel(), b.ravel()])
    edges = np.vstack([pairs(number[:, :-1], number[:, 1:]), pairs(number[:-1], number[1:])])
    edges = edges[random.random(len(edges)) > 0.08]
    diagonals = pairs(number[:-1, :-1], number[1:, 1:])
    edges = np.vstack([edges, diagonals[random.random(len(diagonals)) < 0.05]])
    write_streets(folder, "", nodes, edges, REFERENCE_SYSTEM)


def make_real(folder, source):
    """The same of a file of streets in metres, each a line of two vertices; and 2000 facilities beside them."""
    import geopandas
    import numpy as np
    import shapely

    lines = geopandas.read_file(source)
    vertices = shapely.get_coordinates(lines.geometry.values)
    nodes, numbers = np.unique(np.round(vertices, 3), axis=0, return_inverse=True)
    write_streets(folder, "real_", nodes, numbers.reshape(-1, 2), lines.crs)
    with open(f"{folder}/real_system", "w") as file:
        file.write(str(lines.crs.to_epsg()))
    random = np.random.default_rng(7)
    facilities = nodes[random.integers(0, len(nodes), 2000)] + random.normal(size=(2000, 2)) * 20
    rows = geopandas.GeoDataFrame({"id": np.arange(2000)}, geometry=shapely.points(facilities), crs=lines.crs)
    rows.to_file(f"{folder}/real_facilities.gpkg", driver="GPKG")
    np.savez(f"{folder}/real_facilities.npz", facilities=facilities)


def write_streets(folder, prefix, nodes, edges, system):
    import geopandas
    import numpy as np
    import shapely

    lengths = np.hypot(*(nodes[edges[:, 0]] - nodes[edges[:, 1]]).T)
    for name, geometry in (("streets", shapely.linestrings(nodes[edges])), ("nodes", shapely.points(nodes))):
        rows = geopandas.GeoDataFrame({"id": np.arange(len(geometry))}, geometry=geometry, crs=system)
        rows.to_file(f"{folder}/{prefix}{name}.gpkg", driver="GPKG")
    np.savez(f"{folder}/{prefix}streets.npz", nodes=nodes, edges=edges, lengths=lengths)


def once(mark, build):
    """Runs build unless its last file is there; an interrupted run leaves no mark."""
    if not os.path.exists(mark):
        build()
        open(mark, "w").close()


def main(folder, demand_count, grown, real=None):
    os.makedirs(folder, exist_ok=True)
    once(f"{folder}/made", lambda: make(folder, demand_count))
    once(f"{folder}/made_streets", lambda: make_streets(folder))
    if real:
        once(f"{folder}/made_real", lambda: make_real(folder, real))
    if grown:
        once(f"{folder}/made_{grown}", lambda: make_grown(folder, grown))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
