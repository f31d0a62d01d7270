"""scipy: cKDTree, on all processors, the fastest peer where points meet points; csgraph along streets."""

import numpy
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from peers import PROCESSORS, timed


def chosen(data, busy, stations):
    """The points of both sides, filtered: demand of more than 30 people, facilities that are stations."""
    demand = data.demand[data.people > 30] if busy else data.demand
    facilities = data.facilities[data.kinds == "station"] if stations else data.facilities
    return demand, facilities


def nearest(count, busy=False, stations=False):
    def work(data):
        demand, facilities = chosen(data, busy, stations)
        return float(cKDTree(facilities).query(demand, k=count, workers=PROCESSORS)[0].sum())

    return lambda data: timed(lambda: work(data))


def around(busy=False, stations=False):
    def work(data):
        demand, facilities = chosen(data, busy, stations)
        counts = cKDTree(facilities).query_ball_point(demand, 500.0, workers=PROCESSORS, return_length=True)
        return int(counts.sum())

    return lambda data: timed(lambda: work(data))


def beyond(data):
    def work():
        tree = cKDTree(data.facilities)
        distances = tree.query(data.demand, distance_upper_bound=300.0 + 1e-6, workers=PROCESSORS)[0]
        far = distances > 300.0
        return [int(far.sum()), int(data.people[far].sum())]

    return timed(work)


def graph(nodes, edges, lengths):
    ends = numpy.vstack([edges, edges[:, ::-1]]).T
    return csr_array((numpy.tile(lengths, 2), ends), shape=(len(nodes), len(nodes)))


def network_nearest(real):
    def work(data):
        nodes, edges, lengths, facilities = data.streets(real)

        def search():
            sources = numpy.unique(cKDTree(nodes).query(facilities)[1])
            distances = dijkstra(graph(nodes, edges, lengths), indices=sources, limit=1200, min_only=True)
            reached = numpy.isfinite(distances)
            return [int(reached.sum()), float(distances[reached].sum())]

        return timed(search)

    return work


def service_area(real):
    """Streets within 1250 m of the eighth facility, each widened by 25 m, united by Shapely."""

    def work(data):
        nodes, edges, lengths, facilities = data.streets(real)
        streets, network, tree = shapely.linestrings(nodes[edges]), graph(nodes, edges, lengths), cKDTree(nodes)

        def area():
            distances = dijkstra(network, indices=tree.query(facilities[7])[1], limit=1250)
            reached = numpy.isfinite(distances[edges]).any(axis=1)
            return shapely.union_all(shapely.buffer(streets[reached], 25)).area

        return timed(area)

    return work


ANSWERS = {
    "W2": nearest(1),
    "W2-three": nearest(3),
    "W2-busy": nearest(1, busy=True),
    "W2-stations": nearest(1, stations=True),
    "W3": around(),
    "W3-busy": around(busy=True),
    "W3-stations": around(stations=True),
    "beyond": beyond,
    "W5a": network_nearest(real=False),
    "W5a-real": network_nearest(real=True),
    "W5c": service_area(real=False),
    "W5c-real": service_area(real=True),
}
