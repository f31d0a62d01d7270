/// What `help streets` and the documentation say about reaches along the streets.
public enum StreetTravel {
  /// Sentences of one subject each.
  public static let paragraphs = [
    "A length alone is the straight line. `by MODE` behind a length or a time goes along the streets of the network: `within 15 min by walk of clinics`, `nearest 1 clinics as c by walk`. A time needs a mode. A length gives the column `distance` (m), a time or a mode alone the column `time` (min).",
    "The way is from the row to the place, a resident who goes to a clinic. `from` in front of the places turns it, an ambulance that comes: `within 8 min by drive from stations`, `nearest 1 from stations as s by drive`, `around 8 min by drive from stations as s (n = count())`, `coverage from stations within 8 min by drive of residents`. One-way streets make the difference; the plan below an answer says `to` or `from`.",
    "Rows and places join the network at the nearest position on a street that the mode may use, not farther than `set snap`. The straight stretch to there counts, on foot. A small isolated part of the network is passed over where a longer one is as near as it has to be; a note counts the rows.",
    "A place that is an area or a line is entered wherever a street meets its outline or runs along it, or across what is between from the streets beside it where none does, each within `set snap`; a row that is one goes out likewise. What is in an area is there already, and so is what lies in an area that asks. `via L` behind the places names the points by which areas are entered: `nearest 1 parks via gates as p by walk`. A point is the entrance of the nearest area, not farther than `set snap`; an area without any is entered as before.",
    "`coverage` of people takes the way of each of them from their own place; no outline is drawn for it.",
    "`with route` behind `nearest` makes the way the row's geometry, in the direction of travel and with the stretches to and from the streets, so that an export shows lines; a row that reaches nothing has none.",
    "`set detour = 1.3` lets the straight line times 1.3 stand for the streets where a row or a place is off the network, at the mode's speed on streets without a class; reasons and a note say where. Without it what is off the network is not reached.",
  ]

  /// The words of the column `reason`, and when a row has them.
  public static let reasons: [(words: String, meaning: String)] = [
    ("too far: none within 15 min", "the row is on the network with some place, and none is within the limit"),
    ("no way along the streets", "the same without a limit: one-way streets lead elsewhere"),
    ("closed on 2021-05-01", "a place would be within the limit that `open on` leaves out of the places"),
    ("off the network: nearest street 145 m away", "no street that the mode may use is within `set snap`"),
    ("off the network: no street within 10 km", "the same, far from all streets: another network is due"),
    ("isolated part: no clinics on it", "no street joins the row's part of the network to any place"),
    ("no clinics on the network", "none of the places is within `set snap` of a street"),
    ("no clinics to choose from", "there are no places"),
    ("no clinics open on 2021-05-01", "`open on` leaves none, and the row would have none if all were open"),
    ("off the network: straight line × 1.3", "the row has an answer, which `set detour` made"),
    ("no geometry", "the row has no place to start from"),
  ]
}
