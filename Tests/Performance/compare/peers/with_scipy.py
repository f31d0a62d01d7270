"""scipy's cKDTree, on all processors: the fastest peer where points meet points."""

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


ANSWERS = {
    "W2": nearest(1),
    "W2-three": nearest(3),
    "W2-busy": nearest(1, busy=True),
    "W2-stations": nearest(1, stations=True),
    "W3": around(),
    "W3-busy": around(busy=True),
    "W3-stations": around(stations=True),
    "beyond": beyond,
}
