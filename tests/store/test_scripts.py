"""Scripts name their keys and arguments; a mismatch is an error at load and at each call."""

from pathlib import Path

import pytest

from service.store import script_header, scripts
from service.store.script_header import BadScript
from service.store.scripts import Call

LIBRARY = Path(scripts.__file__).with_name("lua") / "lib"
HEADER = """-- Keep two things.
--
-- KEYS
--   place   where they are kept (hash)
-- ARGV
--   first   the one,
--           which is explained at length
--   second
--   more…   field, value, …
--
-- Returns "ok".

"""
BODY = "redis.call('HSET', keys.place, 'a', args.first, 'b', args.second, unpack(args.more))\n"
WHOLE = HEADER + BODY + "return 'ok'\n"


def test_names_become_positions():
    script = scripts.make("keep", WHOLE)
    assert script.header.keys == ("place",)
    assert (script.header.args, script.header.rest) == (("first", "second"), "more")
    call = "redis.call('HSET', KEYS[1], 'a', ARGV[1], 'b', ARGV[2], unpack({unpack(ARGV, 3)}))"
    assert script.source.splitlines()[12] == call
    given = {"second": 2, "more": ["c", 3], "first": 1}
    assert script.arrange(Call({"place": "k"}, given)) == [1, "k", 1, 2, "c", 3]


def test_what_a_list_holds_arrives(record):
    script = scripts.make("keep", WHOLE)
    call = Call({"place": "k"}, {"first": 1, "second": 2, "more": ["c", 3, "d", 4]})
    assert record.redis.eval(script.source, *script.arrange(call)) == "ok"
    assert record.redis.hgetall("k") == {"a": "1", "b": "2", "c": "3", "d": "4"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("args.second", "args.secnod"),
        ("keys.place", "keys.plaice"),
        ("args.second", "ARGV[2]"),
        ("keys.place", "KEYS[1]"),
        (", 'b', args.second", ""),
        ("--   second\n", "--   second one\n"),
        ("--   second\n", "-- second\n"),
        ("--   second\n", "--   first\n"),
        ("--   second\n", "--   second…\n"),
        ("--   second\n", "--   more\n"),
        ("--   place ", "--   place…"),
        ("-- KEYS\n", ""),
        ("-- ARGV\n", ""),
        ('-- Returns "ok".\n', ""),
    ],
    ids=[
        "an unknown argument",
        "an unknown key",
        "an argument by its position",
        "a key by its position",
        "a name that nothing uses",
        "a name of two words",
        "no indent",
        "a name twice",
        "a list that is not the last",
        "a list and an argument of one name",
        "a list of keys",
        "no keys",
        "no arguments",
        "nothing returned",
    ],
)
def test_a_script_that_is_not_sound_is_refused(before, after):
    assert before in WHOLE
    with pytest.raises(BadScript, match=r"^keep\.lua: "):
        scripts.make("keep", WHOLE.replace(before, after))


PAID = {"now": 1, "interval": 1, "burst": 1, "payers": ["ann", 1]}


@pytest.mark.parametrize(
    ("keys", "args", "says"),
    [
        ({}, PAID, "lacks keys.allowances"),
        ({"allowances": "k"}, {"now": 1, "interval": 1, "payers": []}, "lacks args.burst"),
        ({"allowances": "k"}, PAID | {"who": 1}, "knows no args.who"),
        ({"allowances": "k", "where": "l"}, PAID, "knows no keys.where"),
    ],
)
def test_a_call_that_does_not_fit_is_refused(record, keys, args, says):
    with pytest.raises(TypeError, match=says):
        scripts.run(record.redis, "take_allowance", keys=keys, args=args)
    assert not record.redis.exists("k")


def test_a_list_is_a_list():
    script = scripts.make("keep", WHOLE)
    with pytest.raises(TypeError, match="wants a list as more"):
        script.arrange(Call({"place": "k"}, {"first": 1, "second": 2, "more": "cd"}))


@pytest.mark.parametrize("line", ["return ARGV[1]", "return KEYS[1]", "return keys.place"])
def test_what_scripts_share_may_not_take_its_arguments_itself(line):
    assert script_header.is_bound(f"local function first() {line} end\n")


def test_what_scripts_share_is_given_its_arguments():
    assert not any(script_header.is_bound(path.read_text("utf-8")) for path in LIBRARY.glob("*"))


def test_many_runs_of_an_unknown_script_count_once_each(record):
    record.redis.script_flush()
    keys = {"allowances": record.keys.allowance("test", "")}
    args = {"now": 1000, "interval": 1000, "burst": 3, "payers": ["ann", 1]}
    calls = [Call(keys, args) for _ in range(5)]
    answers = scripts.run_many(record.redis, "take_allowance", calls)
    assert [answer == 0 for answer in answers] == [True, True, True, False, False]
