#!/usr/bin/env python3
"""Writes site.dwg, the drawing of AutoCAD 2000 that DrawingFileTests read.

    pip install ezdwg==0.17.0
    python3 write_site_drawing.py site.dwg

Its layers and texts are Chinese, in code page 936 (GBK). Metres, as in CGCS2000 / 3-degree Gauss-Krüger CM 117E.
"""

import sys

import ezdwg

E, N = 500_000.0, 4_070_000.0

drawing = ezdwg.new()
for layer in ["垃圾投放点", "道路", "公园", "注记", "诊所"]:
    drawing.layers[layer] = {"color_index": 7}

# Two entities round a base point that is not the origin.
clinic = drawing.blocks.new("诊所", base_point=(1, 1, 0))
clinic.add_line((1, 1), (4, 1), layer="0")
clinic.add_circle((1, 5), 2, layer="公园")
# The other block within it, turned and moved.
yard = drawing.blocks.new("院区")
yard.add_blockref("诊所", (10, 0), rotation=90, layer="0")
yard.add_point((0, 0), layer="0")
# One entity alone.
tree = drawing.blocks.new("树")
tree.add_lwpolyline([(0, 0), (2, 0), (2, 2)], closed=True, layer="0")

space = drawing.modelspace()
space.add_point((E, N), layer="垃圾投放点")
space.add_line((E, N), (E + 100, N + 50), layer="道路")
space.add_arc((E, N + 500), 50, 0, 90, layer="道路")
space.add_circle((E + 300, N), 20, layer="公园")
space.add_ellipse((E + 600, N), (40, 0, 0), 0.5, layer="公园")
space.add_lwpolyline(
    [(E, N), (E + 200, N), (E + 200, N + 100), (E, N + 100)], closed=True, bulges=[0, 1, 0, 0], layer="公园"
)
space.add_lwpolyline([(E, N + 200), (E + 50, N + 250), (E + 100, N + 200)], layer="道路")
space.add_polyline2d([(E, N + 900), (E + 10, N + 900), (E + 10, N + 910)], closed=True, layer="道路")
space.add_polyline3d([(E, N + 950, 1), (E + 10, N + 950, 2), (E + 20, N + 960, 3)], layer="道路")
space.add_text("济南起步区", (E, N + 300), 5, rotation=30, layer="注记")
space.add_mtext("第一行\\P第二行", (E, N + 320), 5, layer="注记")
space.add_spline([(E, N + 700, 0), (E + 30, N + 750, 0), (E + 60, N + 700, 0), (E + 90, N + 750, 0)], layer="道路")
space.add_spline_fit([(E, N + 800, 0), (E + 50, N + 850, 0), (E + 100, N + 800, 0)], layer="道路")
space.add_solid([(E, N + 400, 0), (E + 10, N + 400, 0), (E, N + 410, 0), (E + 10, N + 410, 0)], layer="公园")
space.add_3dface([(E, N + 420, 0), (E + 10, N + 420, 0), (E + 10, N + 430, 0), (E, N + 430, 0)], layer="公园")
space.add_blockref("诊所", (E + 400, N + 400), layer="诊所")
named = space.add_blockref("诊所", (E + 500, N + 400), scale=(2, 2, 2), rotation=90, layer="诊所")
space.add_attrib(named, "NAME", "一号诊所", (E + 500, N + 410), 3, layer="注记")
space.add_blockref("院区", (E + 700, N + 400), layer="诊所")
space.add_blockref("树", (E + 800, N + 400), scale=(-1, 1, 1), layer="公园")
# What is not carried over.
space.add_hatch([[(E, N), (E + 10, N), (E + 10, N + 10)]], layer="公园")
space.add_ray((E, N), (1, 0, 0), layer="道路")
space.add_ray((E, N), (0, 1, 0), layer="道路")
drawing.paperspace().add_line((0, 0), (9, 0), layer="道路")

print(drawing.save(sys.argv[1] if len(sys.argv) > 1 else "site.dwg"))
