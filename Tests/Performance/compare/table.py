"""Medians as a Markdown table that reads well as plain text, too."""

import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def markdown(header, rows, right=()):
    """A table of texts; the columns of which the numbers are in `right` are aligned to the right."""
    widths = [max(map(width, column)) for column in zip(header, *rows)]

    def line(cells):
        padded = [
            (" " * (w - width(cell)) + cell if number in right else cell + " " * (w - width(cell)))
            for number, (cell, w) in enumerate(zip(cells, widths))
        ]
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (w + 1) + (":" if number in right else "-") for number, w in enumerate(widths)) + "|"
    return "\n".join([line(header), rule, *map(line, rows)])


def seconds(value):
    """Three digits are more than the noise leaves."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def ratio(value):
    return f"{value:.0f} ×" if value >= 10 else f"{value:.1f} ×" if value >= 2 else f"{value:.2f} ×"
