"""What is asked of a price: it, the cost, the profit, or how far it has changed."""

from __future__ import annotations

from collections.abc import Callable

from assistant.maths import terms as t
from assistant.maths.reading.stories.prices_ledger import Ledger
from assistant.maths.reading.stories.telling import Hit, exact


def _ask_old(book: Ledger, _hit: Hit) -> bool:
    return book.ask(book.of_start(), "start")


def _ask_now(book: Ledger, _hit: Hit) -> bool:
    return book.ask(book.of_now(), "now")


def _ask_cost(book: Ledger, _hit: Hit) -> bool:
    return book.ask(book.of_cost(), "cost")


def _ask_profit(book: Ledger, _hit: Hit) -> bool:
    return book.ask(t.sub(book.of_now(), book.of_cost()), "profit")


def _ask_rate(book: Ledger, _hit: Hit) -> bool:
    cost = book.of_cost()
    return book.ask(t.Div(t.sub(book.of_now(), cost), cost), "rate", percent=True)


def ask_fold(book: Ledger, _hit: Hit) -> bool:
    """The tenths of the old price that are paid."""
    share = t.Div(book.of_now(), book.of_start())
    return _up_to_one(share) and book.ask(t.Mul((t.integer(10), share)))


def _up_to_one(share: t.Expr) -> bool:
    """Whether a part of a price can be one, as far as its value is known."""
    value = exact(share)
    return value is None or 0 <= value <= 1


def _ask_saved(book: Ledger, _hit: Hit) -> bool:
    return book.ask(t.sub(book.of_start(), book.of_now()))


def ask_fall(book: Ledger, _hit: Hit) -> bool:
    """By which part the price has fallen."""
    fall = t.Div(t.sub(book.of_start(), book.of_now()), book.of_start())
    return _up_to_one(fall) and book.ask(fall, percent=True)


def _ask_rise(book: Ledger, _hit: Hit) -> bool:
    return book.ask(t.Div(t.sub(book.of_now(), book.of_start()), book.of_start()), percent=True)


def _ask_share(book: Ledger, _hit: Hit) -> bool:
    return book.ask(t.Div(book.of_now(), book.of_start()), percent=True)


def _ask_restore(book: Ledger, _hit: Hit) -> bool:
    """The rise that leads back to the price before."""
    rise = t.sub(book.of_start(), book.of_now())
    return book.changed and book.ask(t.Div(rise, book.of_now()), percent=True)


def _ask_start_rate(book: Ledger, _hit: Hit) -> bool:
    """The profit at the price before changes, as a part of the cost."""
    cost = book.of_cost()
    return book.ask(t.Div(t.sub(book.of_start(), cost), cost), percent=True)


ASKED: dict[str, Callable[[Ledger, Hit], bool]] = {
    "ask_start": _ask_old,
    "ask_now": _ask_now,
    "ask_cost": _ask_cost,
    "ask_profit": _ask_profit,
    "ask_rate": _ask_rate,
    "ask_fold": ask_fold,
    "ask_saved": _ask_saved,
    "ask_fall": ask_fall,
    "ask_rise": _ask_rise,
    "ask_share": _ask_share,
    "ask_restore": _ask_restore,
    "ask_start_rate": _ask_start_rate,
}
