"""pandana, the accessibility library: contraction hierarchies, built before and not timed except where that is the work.

Its network takes minutes to build for the streets that are made, and seconds for real ones.
"""

import numpy
import pandana
import pandas

from peers import timed


def network(nodes, edges, lengths):
    ends = pandas.Series(edges[:, 0]), pandas.Series(edges[:, 1])
    return pandana.Network(
        pandas.Series(nodes[:, 0]), pandas.Series(nodes[:, 1]), *ends, pandas.DataFrame({"length": lengths})
    )


def nearest(real):
    def work(data):
        nodes, edges, lengths, facilities = data.streets(real)
        built = network(nodes, edges, lengths)

        def search():
            built.set_pois("facilities", 1200, 1, facilities[:, 0], facilities[:, 1])
            distances = built.nearest_pois(1200, "facilities", num_pois=1)[1].to_numpy()
            # Those without a facility are given the limit.
            reached = distances < 1200
            return [int(reached.sum()), float(distances[reached].sum())]

        return timed(search)

    return work


def around(real):
    def work(data):
        nodes, edges, lengths, facilities = data.streets(real)
        built = network(nodes, edges, lengths)

        def search():
            built.precompute(1200)
            built.set(built.get_node_ids(facilities[:, 0], facilities[:, 1]), name="facilities")
            return int(round(built.aggregate(1200, type="count", name="facilities").sum()))

        return timed(search)

    return work


def build(data):
    """Reading a file of streets, joining them, and the hierarchy."""
    import pyogrio
    import shapely

    def work():
        lines = shapely.from_wkb(pyogrio.raw.read(data.file("real_streets"))[2])
        vertices = shapely.get_coordinates(lines)
        nodes, numbers = numpy.unique(numpy.round(vertices, 3), axis=0, return_inverse=True)
        edges = numbers.reshape(-1, 2)
        network(nodes, edges, numpy.hypot(*(nodes[edges[:, 0]] - nodes[edges[:, 1]]).T))
        return len(lines)

    return timed(work)


ANSWERS = {
    "W5a": nearest(real=False),
    "W5a-real": nearest(real=True),
    "W5b": around(real=False),
    "W5b-real": around(real=True),
    "W5-build": build,
}
