"""A script that the server has never seen is taught to it once, and each run counts once."""

from service.store import scripts


def test_many_runs_of_an_unknown_script_count_once_each(record):
    record.redis.script_flush()
    place = record.keys.allowance("test", "ann")
    calls = [([place], [1000, 1000, 3]) for _ in range(5)]
    answers = scripts.run_many(record.redis, "take_allowance", calls)
    assert [answer == 0 for answer in answers] == [True, True, True, False, False]
