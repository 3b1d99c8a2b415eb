"""A chart also has its content in words and numbers."""

from service.web.desk.office import charts
from service.web.desk.office.charts import Series

LABELS = ["1 Jan", "2 Jan"]
SERIES = [Series("approved", "accent", [3.0, 0.0]), Series("refused", "bad", [1.0, 2.0])]


def test_a_stacked_chart_has_its_title_and_each_bar_its_own():
    chart = charts.stacked("people", "What people decided", "Per day.", LABELS, SERIES)
    assert (chart.title, chart.desc) == ("What people decided", "Per day.")
    assert [bar.title for bar in chart.bars] == [
        "1 Jan: approved 3",
        "1 Jan: refused 1",
        "2 Jan: refused 2",
    ]
    assert [list(row) for row in chart.rows] == [["1 Jan", "3", "1"], ["2 Jan", "0", "2"]]


def test_a_line_is_broken_where_there_is_no_number():
    chart = charts.lines("a", "Shares", "Per day.", LABELS, [Series("a", "ink", [50.0, None])])
    assert [dot.title for dot in chart.dots] == ["1 Jan: a 50 %"]
    assert [list(row) for row in chart.rows] == [["1 Jan", "50"], ["2 Jan", "–"]]
