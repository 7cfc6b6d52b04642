from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from lab.models import SAMPLES, Keyword, KeywordUse, Specimen, Survey
from shop.seeding.base import make_uuid, moment, png, write_file

KEYWORDS = [
    "plain",
    "and/or",
    "/",
    "trailing/",
    "why?",
    "c#",
    "100%",
    "50%2Foff",
    "snake_case",
    "_5F",
    "a_2Fb",
    "r&d",
    "c++",
    "two words",
    'say "hi"',
    "it's",
    "a=b;c:d",
    "one,two",
    "back\\slash",
    "<b>bold</b>",
    "[list]",
    "me@home",
    "naïve café",
    "日本語",
    "🪑",
    "add",
    "bulk",
    "autocomplete",
    "history",
    "change",
    "delete",
    "None",
    "007",
]


def seed():
    _seed_keywords()
    _seed_specimens()
    for pk, title in enumerate(["Opening hours", "Catalogue"], start=1):
        Survey.objects.create(
            pk=pk,
            title=title,
            question=f"{title}: what do you think?\r\n",
            is_open=pk == 1,
            closes_at=moment(500) if pk == 1 else None,
        )


def _seed_keywords():
    Keyword.objects.bulk_create(
        Keyword(word=word, meaning=f"Meaning of {word}", weight=number)
        for number, word in enumerate(KEYWORDS, start=1)
    )
    Keyword.objects.filter(word="c++").update(broader="c#")
    Keyword.objects.filter(word="two words").update(broader="and/or")
    for pk, word in enumerate(["plain", "and/or", "日本語"], start=1):
        KeywordUse.objects.create(pk=pk, keyword_id=word, sentence=f"A sentence with {word}.")


def _seed_specimens():
    Specimen.objects.create(
        pk=1,
        code="SP-FULL",
        char="every field has a value",
        nullable_char="set",
        slug="every-field",
        text="First line\nsecond line",
        nullable_text="set",
        email="full@lab.example",
        url="https://lab.example/full?a=1&b=2",
        ip_address="2001:db8::1",
        integer=-42,
        small_integer=-7,
        positive_integer=42,
        positive_small_integer=7,
        big_integer=9_007_199_254_740_993,
        positive_big_integer=9_223_372_036_854_775_807,
        decimal=Decimal("1234567890.1234"),
        float=0.1,
        boolean=True,
        nullable_boolean=True,
        date=date(2024, 2, 29),
        time=time(13, 5, 9, 123_456),
        datetime=datetime(2024, 3, 31, 1, 30, 45, 654_321, tzinfo=timezone.utc),
        duration=timedelta(days=1, hours=2, minutes=3, seconds=4, microseconds=5),
        uuid=make_uuid("specimen"),
        json={"nested": [1, 2.5, None, True], "text": "ünïcode"},
        file=write_file("specimens/note.txt", b"A note.\n"),
        image=write_file("specimens/green.png", png(40, 160, 80)),
        file_path=str(SAMPLES / "first.txt"),
        binary=b"\x00\x01\xfe\xff",
        choice="b",
        grouped_choice="y",
        radio_choice=2,
    )
    Specimen.objects.create(
        pk=2, code="SP-EMPTY", char="only what is required", boolean=False, radio_choice=1
    )
    Specimen.objects.create(
        pk=3,
        code="SP-EDGE",
        char="  outer whitespace  ",
        nullable_char="",
        nullable_text="",
        text="CRLF\r\ninside\r\nand three after\r\n\r\n\r\n",
        big_integer=-9_223_372_036_854_775_808,
        positive_big_integer=0,
        integer=0,
        decimal=Decimal("0.0001"),
        float=1e-7,
        boolean=False,
        nullable_boolean=False,
        datetime=datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc),
        time=time(0, 0, 0, 1),
        duration=timedelta(days=-1, microseconds=1),
        json="a plain string",
        grouped_choice="other",
        radio_choice=3,
    )
    Specimen.objects.create(
        pk=4,
        code="SP-MARKUP",
        char='<b>bold</b> & "quoted"',
        text="</textarea><script>alert(1)</script>",
        json=["<i>", "&amp;", "'"],
        boolean=True,
        grouped_choice="1",
    )
