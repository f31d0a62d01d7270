"""Shapely: GEOS over arrays of geometries, with its STRtree."""

import numpy
import shapely

from peers import timed


def within_cells(data, busy=False, few=False):
    """For each pair of a point and the cell that holds it: the number of the point and of the cell."""
    points, cells = shapely.points(data.demand), data.areas("cells")

    def work():
        chosen = points[data.people > 30] if busy else points
        tree = shapely.STRtree(cells[:500] if few else cells)
        shapely.prepare(tree.geometries)
        return tree.query(chosen, predicate="within"), cells

    return work


def count(**filters):
    def answer(data):
        work = within_cells(data, **filters)
        return timed(lambda: int(numpy.bincount(work()[0][1]).sum()))

    return answer


def density(data):
    work = within_cells(data)

    def summed():
        (_, holders), cells = work()
        counts = numpy.bincount(holders, minlength=len(cells))
        return float((counts / (shapely.area(cells) / 1e6)).sum())

    return timed(summed)


def locate(data):
    work = within_cells(data)

    def first_holders():
        (points, holders), cells = work()
        first = numpy.full(len(data.demand), len(cells))
        numpy.minimum.at(first, points, holders)
        located = first < len(cells)
        return [int(located.sum()), int(first[located].sum())]

    return timed(first_holders)


def nearest(data):
    demand, facilities = shapely.points(data.demand), shapely.points(data.facilities)

    def work():
        tree = shapely.STRtree(facilities)
        return float(tree.query_nearest(demand, return_distance=True, all_matches=False)[1].sum())

    return timed(work)


def around(data):
    demand, facilities = shapely.points(data.demand), shapely.points(data.facilities)
    return timed(lambda: shapely.STRtree(facilities).query(demand, predicate="dwithin", distance=500.0).shape[1])


def discs(facilities):
    return shapely.union_all(shapely.buffer(facilities, 300.0, quad_segs=16))


def coverage(data):
    facilities, area = shapely.points(data.facilities), data.areas("area")[0]
    return timed(lambda: shapely.intersection(discs(facilities), area).area / area.area)


def gaps(data):
    facilities, area = shapely.points(data.facilities), data.areas("area")[0]
    return timed(lambda: shapely.difference(area, discs(facilities)).area / 1e6)


def pairs(data):
    cells, shifted = data.areas("cells"), data.areas("shifted")

    def work():
        shapely.prepare(cells)
        return shapely.STRtree(shifted).query(cells, predicate="intersects").shape[1]

    return timed(work)


def overlay(data):
    cells, blocks = data.areas("cells"), data.areas("blocks")

    def work():
        shapely.prepare(cells)
        i, j = shapely.STRtree(blocks).query(cells, predicate="intersects")
        return float(shapely.area(shapely.intersection(cells[i], blocks[j])).sum() / 1e6)

    return timed(work)


ANSWERS = {
    "W1": count(),
    "W1-busy": count(busy=True),
    "W1-cells": count(few=True),
    "W2": nearest,
    "W3": around,
    "W4": coverage,
    "locate": locate,
    "density": density,
    "gaps": gaps,
    "pairs": pairs,
    "overlay": overlay,
}
