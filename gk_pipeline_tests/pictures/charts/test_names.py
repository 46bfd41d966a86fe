"""Names beside points neither cover each other nor run out of the chart."""

from gk_pipeline.pictures.charts.names import Placed, sides

WIDTH = 640


def test_a_name_stands_to_the_right_of_its_point():
    assert sides([Placed(100, 50, "云岭县水利局")], WIDTH) == {0: "right"}


def test_at_the_right_edge_it_stands_to_the_left():
    assert sides([Placed(WIDTH - 20, 50, "云岭县水利局")], WIDTH) == {0: "left"}


def test_of_three_names_in_one_place_two_have_room_on_either_side_and_the_last_has_none():
    together = [Placed(300 + 2 * at, 50, "云岭县水利局") for at in range(3)]
    assert sides(together, WIDTH) == {0: "left", 1: "right"}


def test_a_name_covers_no_other_point():
    assert sides([Placed(300, 50, "云岭县水利局"), Placed(330, 50, "夏邑县水利局")], WIDTH) == {0: "left", 1: "right"}


def test_names_of_places_apart_all_stand():
    column = [Placed(WIDTH - 10, 20.0 * at, "云岭县水利局") for at in range(12)]
    assert sides(column, WIDTH) == dict.fromkeys(range(12), "left")


def test_a_name_covers_no_point_that_has_none():
    named = [Placed(300, 50, "云岭县水利局")]
    assert sides(named, WIDTH, [Placed(330, 50, "夏邑县水利局")]) == {0: "left"}
    assert sides(named, WIDTH, [Placed(330, 50, ""), Placed(270, 50, "")]) == {}
