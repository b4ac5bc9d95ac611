"""Densities written out, and integrals over intervals."""

from __future__ import annotations

import pytest

from tests.homework.tools import checked, verdicts

EXPONENTIAL = r"h(X) &= -\int_0^\infty \lambda e^{-\lambda x} \log(\lambda e^{-\lambda x})\, dx"
UNIFORM = r"h(X) &= -\int_a^b \frac{1}{b-a} \ln\frac{1}{b-a}\, dx"
RATIO = (
    r"\mathrm{KL}[P\|Q] &= \int_0^\infty \lambda_1 e^{-\lambda_1 x}"
    r" \ln\frac{\lambda_1 e^{-\lambda_1 x}}{\lambda_2 e^{-\lambda_2 x}}\, dx"
)

RIGHT = [
    (EXPONENTIAL, r"&= -\int_0^\infty \lambda e^{-\lambda x} (\log\lambda - \lambda x)\, dx", r"&= -\log\lambda + \lambda E[X]"),
    (EXPONENTIAL, r"&= 1 - \log\lambda"),
    (UNIFORM, r"&= \frac{\ln(b-a)}{b-a} \int_a^b 1\, dx", r"&= \ln(b-a)"),
    (RATIO, r"&= \ln\frac{\lambda_1}{\lambda_2} + (\lambda_2 - \lambda_1) E_P[x]"),
    (RATIO, r"&= \ln\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2 - \lambda_1}{\lambda_1}"),
    (r"\int_0^1 2 x^2\, dx &= \frac23",),
]


@pytest.mark.parametrize("rows", RIGHT)
def test_integrals_over_intervals_are_worked_out(rows: tuple[str, ...]) -> None:
    assert set(verdicts(*rows)) <= {"correct", "given"}


WRONG = [
    (EXPONENTIAL, r"&= -\int_0^\infty \lambda e^{-\lambda x} (\log\lambda + \lambda x)\, dx"),
    (EXPONENTIAL, r"&= 1 + \log\lambda"),
    (UNIFORM, r"&= \frac{\ln(b-a)}{b-a} \int_a^b 1\, dx", r"&= -\ln(b-a)"),
    (RATIO, r"&= \ln\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2 - \lambda_1}{\lambda_2}"),
    (r"\int_0^1 2 x^2\, dx &= \frac13",),
]


@pytest.mark.parametrize("rows", WRONG)
def test_a_slip_is_found(rows: tuple[str, ...]) -> None:
    found = verdicts(*rows)
    assert found[-1] == "wrong"
    assert "wrong" not in found[:-1]


def test_what_has_no_total_of_one_is_no_density() -> None:
    document = checked(EXPONENTIAL.replace(r"\lambda e^{-\lambda x}", r"3 \lambda e^{-\lambda x}"), r"&= 3 \lambda E[X]")
    assert all("has the density" not in line.reason for line in document.lines)


def test_rates_of_unknown_sign_are_left_alone() -> None:
    assert verdicts(r"\int_0^\infty x (b - a) e^{-(b-a) x}\, dx &= \frac{1}{b-a}") == ["unknown"]


def test_logs_of_sums_are_left_alone() -> None:
    assert "wrong" not in verdicts(r"\int_0^1 \log(1 + x)\, dx &= 2\log 2 - 1")
